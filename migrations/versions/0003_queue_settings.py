"""What a team says about its places and its target for the waiting time

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OWN = "association_id = NULLIF(current_setting('followup.association', true), '')::integer"


def upgrade() -> None:
    op.create_table(
        "queue_setting",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.String(length=7), nullable=False),
        sa.Column("colleagues", sa.Integer(), nullable=False),
        sa.Column("places_per_colleague", sa.Integer(), nullable=False),
        sa.Column("target_weeks", sa.Integer(), nullable=True),
        sa.Column("target_decision", sa.String(length=60), nullable=True),
        sa.Column("target_decided", sa.Date(), nullable=True),
        sa.Column("stop_from", sa.Integer(), nullable=True),
        sa.Column("stop_to", sa.Integer(), nullable=True),
        sa.CheckConstraint("colleagues >= 0", name=op.f("ck_queue_setting_colleagues_not_negative")),
        sa.CheckConstraint("places_per_colleague > 0", name=op.f("ck_queue_setting_some_places")),
        sa.CheckConstraint(
            "(target_weeks IS NULL) = (target_decision IS NULL)"
            " AND (target_weeks IS NULL) = (target_decided IS NULL)",
            name=op.f("ck_queue_setting_target_with_decision"),
        ),
        sa.CheckConstraint(
            "(stop_from IS NULL) = (stop_to IS NULL)", name=op.f("ck_queue_setting_stop_whole")
        ),
        sa.CheckConstraint(
            "stop_from IS NULL OR stop_from <= stop_to", name=op.f("ck_queue_setting_stop_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "team_id"],
            ["team.association_id", "team.id"],
            name=op.f("fk_queue_setting_association_id_team_id_team"),
        ),
        sa.PrimaryKeyConstraint("association_id", "team_id", "valid_from", name=op.f("pk_queue_setting")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE queue_setting ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE queue_setting FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_association ON queue_setting USING ({OWN}) WITH CHECK ({OWN})")


def downgrade() -> None:
    op.drop_table("queue_setting")
