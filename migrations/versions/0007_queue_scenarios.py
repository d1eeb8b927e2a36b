"""Questions about a queue that are saved by name

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OWN = "association_id = NULLIF(current_setting('followup.association', true), '')::integer"


def upgrade() -> None:
    op.create_table(
        "queue_scenario",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("colleagues", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("stay", sa.Integer(), nullable=False),
        sa.Column("stay_change", sa.Integer(), nullable=False),
        sa.Column("referrals", sa.Integer(), nullable=False),
        sa.Column("vacancy", sa.Integer(), nullable=True),
        sa.Column("vacancy_from", sa.String(length=7), nullable=True),
        sa.Column("vacancy_to", sa.String(length=7), nullable=True),
        sa.Column("stop_from", sa.Integer(), nullable=True),
        sa.Column("stop_to", sa.Integer(), nullable=True),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("joined", sa.Integer(), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("planned", sa.JSON(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "waiting >= 0 AND joined >= 0 AND started >= 0 AND days > 0",
            name=op.f("ck_queue_scenario_counted"),
        ),
        sa.CheckConstraint(
            "(vacancy IS NULL) = (vacancy_from IS NULL) AND (vacancy IS NULL) = (vacancy_to IS NULL)",
            name=op.f("ck_queue_scenario_vacancy_whole"),
        ),
        sa.CheckConstraint(
            "(stop_from IS NULL) = (stop_to IS NULL)", name=op.f("ck_queue_scenario_stop_whole")
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "team_id"],
            ["team.association_id", "team.id"],
            name=op.f("fk_queue_scenario_association_id_team_id_team"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_scenario")),
        sa.UniqueConstraint(
            "association_id", "team_id", "name", name=op.f("uq_queue_scenario_association_id_team_id_name")
        ),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE queue_scenario ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE queue_scenario FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_association ON queue_scenario USING ({OWN}) WITH CHECK ({OWN})")


def downgrade() -> None:
    op.drop_table("queue_scenario")
