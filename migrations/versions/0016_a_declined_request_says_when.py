"""A request for approval that was declined says when

Revision: 0016, after 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("edition_draft", sa.Column("declined_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """What was declined is a draft like any other."""
    op.drop_column("edition_draft", "declined_on")
