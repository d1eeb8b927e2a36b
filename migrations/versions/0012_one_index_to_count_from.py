"""One index that holds everything statistics count by, so that a few years out of many are found at once

Revision: 0012, after 0011
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

COUNTED = (
    "association_id", "ended_month", "left_month", "accepted_month", "started_month", "void_reason",
    "team_id", "sex", "age_group", "referring_party", "education", "time_on_public_support",
    "occupation_before", "extent_before", "exit_reason", "continuation", "occupation_at_exit",
    "extent_at_exit", "accepted_week", "started_week", "ended_week",
)  # fmt: skip


def upgrade() -> None:
    op.create_index("ix_participation_counted", "participation", COUNTED)


def downgrade() -> None:
    op.drop_index("ix_participation_counted", "participation")
