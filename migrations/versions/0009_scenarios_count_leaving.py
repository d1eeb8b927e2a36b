"""A forecast that is kept counts those who left the queue without a start, too

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("queue_scenario", sa.Column("left", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("queue_scenario", "left")
