"""A mean of a survey tells between which values it can lie

Revision: 0014, after 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Means that are there already have none; they are left out of the tables until somebody fills it in."""
    op.add_column("survey_figure", sa.Column("scale", sa.String(length=15), nullable=True))


def downgrade() -> None:
    op.drop_column("survey_figure", "scale")
