"""Plans with dates for a team's queue, and the list of what measures are of

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OWN = "association_id = NULLIF(current_setting('followup.association', true), '')::integer"
ASSOCIATIONS = sa.text("SELECT id FROM association ORDER BY id")
TABLES = ("queue_plan", "queue_measure", "queue_follow_up")
KINDS = (
    ("FLER", "Fler medarbetare", "More colleagues"),
    ("VIST", "Kortare vistelsetid", "Shorter stays"),
    ("REM", "Ändrad remittering", "Changed referrals"),
    ("SAMK", "Gemensam kö med annat team", "A queue shared with another team"),
    ("VANT", "Stöd under väntetiden", "Support while waiting"),
    ("OVR", "Annat", "Other"),
)


def upgrade() -> None:
    _create_plan()
    _create_measure()
    op.create_table(
        "queue_follow_up",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "plan_id"],
            ["queue_plan.association_id", "queue_plan.id"],
            name=op.f("fk_queue_follow_up_association_id_plan_id_queue_plan"),
        ),
        sa.PrimaryKeyConstraint("association_id", "plan_id", "day", name=op.f("pk_queue_follow_up")),
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY own_association ON {table} USING ({OWN}) WITH CHECK ({OWN})")
    _add_kinds()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    connection = op.get_bind()
    for association_id in connection.scalars(ASSOCIATIONS).all():
        _act_for(connection, association_id)
        connection.execute(sa.text("DELETE FROM code WHERE list_name = 'queue_measure_kind'"))


def _create_plan() -> None:
    op.create_table(
        "queue_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("pace_known_to", sa.String(length=7), nullable=True),
        sa.Column("stay", sa.Integer(), nullable=False),
        sa.Column("wait", sa.Integer(), nullable=True),
        sa.Column("wait_low", sa.Integer(), nullable=True),
        sa.Column("wait_high", sa.Integer(), nullable=True),
        sa.Column("waits_known_to", sa.String(length=7), nullable=True),
        sa.Column("target_weeks", sa.Integer(), nullable=True),
        sa.Column("target_decision", sa.String(length=60), nullable=True),
        sa.Column("target_decided", sa.Date(), nullable=True),
        sa.Column("decision", sa.String(length=60), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("joined", sa.Integer(), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), server_default="0", nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("planned", sa.JSON(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "waiting >= 0 AND joined >= 0 AND started >= 0 AND days > 0", name=op.f("ck_queue_plan_counted")
        ),
        sa.CheckConstraint("stay > 0", name=op.f("ck_queue_plan_some_stay")),
        sa.CheckConstraint(
            "(wait IS NULL) OR (waits_known_to IS NOT NULL)", name=op.f("ck_queue_plan_wait_of_a_month")
        ),
        sa.CheckConstraint(
            "(target_weeks IS NULL) = (target_decision IS NULL)"
            " AND (target_weeks IS NULL) = (target_decided IS NULL)",
            name=op.f("ck_queue_plan_target_with_decision"),
        ),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_on IS NULL)", name=op.f("ck_queue_plan_decided_with_number")
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "team_id"],
            ["team.association_id", "team.id"],
            name=op.f("fk_queue_plan_association_id_team_id_team"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_plan")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_queue_plan_association_id_id")),
        sa.UniqueConstraint(
            "association_id",
            "team_id",
            "version",
            name=op.f("uq_queue_plan_association_id_team_id_version"),
        ),
    )


def _create_measure() -> None:
    op.create_table(
        "queue_measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.Column("responsible_function", sa.String(length=80), nullable=False),
        sa.Column("first", sa.String(length=7), nullable=False),
        sa.Column("last", sa.String(length=7), nullable=True),
        sa.Column("colleagues", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("stay_change", sa.Integer(), nullable=False),
        sa.Column("referrals", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "last IS NULL OR last >= first", name=op.f("ck_queue_measure_ends_after_it_begins")
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "plan_id"],
            ["queue_plan.association_id", "queue_plan.id"],
            name=op.f("fk_queue_measure_association_id_plan_id_queue_plan"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_measure")),
    )


def _act_for(connection: sa.Connection, association_id: int) -> None:
    """On PostgreSQL the rows of a förbund are reached one förbund at a time."""
    if connection.dialect.name == "postgresql":
        setting = sa.text("SELECT set_config('followup.association', :id, true)")
        connection.execute(setting, {"id": str(association_id)})


def _add_kinds() -> None:
    connection = op.get_bind()
    insert = sa.text(
        "INSERT INTO code (association_id, list_name, code, label_sv, label_en, position)"
        " VALUES (:association, 'queue_measure_kind', :code, :sv, :en, :position)"
    )
    for association_id in connection.scalars(ASSOCIATIONS).all():
        _act_for(connection, association_id)
        for position, (code, sv, en) in enumerate(KINDS, start=2000):
            connection.execute(
                insert,
                {"association": association_id, "code": code, "sv": sv, "en": en, "position": position},
            )
