"""Activities, meetings, interventions and their money, goals, surveys and figures of earlier years

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OWN = "association_id = NULLIF(current_setting('followup.association', true), '')::integer"
ASSOCIATIONS = sa.text("SELECT id FROM association ORDER BY id")
# In an order in which each may be dropped.
TABLES = (
    "attendance", "activity", "meeting_count", "goal", "budget", "intervention", "financing",
    "survey_figure", "history_figure",
)  # fmt: skip
CODES = (
    ("member_party", "AF", "Arbetsförmedlingen", "Public Employment Service", None),
    ("member_party", "FK", "Försäkringskassan", "Social Insurance Agency", None),
    ("member_party", "REG", "Regionen", "Region", None),
    ("member_party", "KOM", "Kommun", "Municipality", None),
    ("member_party", "OTH", "Annan organisation", "Other organisation", None),
    ("member_party", "UNK", "Organisation inte angiven", "Organisation not stated", None),
    ("activity_kind", "UTB", "utbildning", "training", None),
    ("activity_kind", "NAT", "nätverksträff", "network meeting", None),
    ("activity_kind", "DEJ", "dejt med en verksamhet", "meet an organisation", None),
    ("activity_kind", "KON", "konferens", "conference", None),
    ("activity_kind", "SEM", "seminarium eller föreläsning", "seminar or lecture", None),
    ("activity_kind", "VRK", "workshop eller dialogmöte", "workshop", None),
    ("activity_kind", "OTH", "annan aktivitet", "other activity", None),
    ("goal_assessment", "UPP", "uppfyllt", "met", None),
    ("goal_assessment", "DEL", "delvis uppfyllt", "partly met", None),
    ("goal_assessment", "EJ", "ej uppfyllt", "not met", None),
    ("financing_source", "STA", "Staten", "State", None),
    ("financing_source", "REG", "Regionen", "Region", None),
    ("financing_source", "KOM", "Kommunerna", "Municipalities", None),
    ("financing_source", "ESF", "Europeiska socialfonden (ESF)", "European Social Fund", None),
    ("financing_source", "OTH", "Annan finansiering", "Other financing", None),
    ("respondent_group", "DEL", "deltagare", "participants", None),
    ("respondent_group", "DEK", "deltagare, kvinnor", "participants, women", "DEL"),
    ("respondent_group", "DEM", "deltagare, män", "participants, men", "DEL"),
    ("respondent_group", "MED", "medarbetare i insatserna", "staff", None),
    ("respondent_group", "CHE", "chefer hos parterna", "managers", None),
    ("respondent_group", "STY", "styrelse och beredningsgrupp", "board", None),
    ("respondent_group", "OTH", "annan grupp", "other group", None),
)
KINDS_BEFORE = ("participations", "screening")
KINDS = (*KINDS_BEFORE, "activities", "plan")


def upgrade() -> None:
    op.create_table(
        "intervention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('individual', 'structural', 'process_support', 'administration')",
            name=op.f("ck_intervention_known_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "team_id"],
            ["team.association_id", "team.id"],
            name=op.f("fk_intervention_association_id_team_id_team"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_intervention_association_id_association")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervention")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_intervention_association_id_id")),
        sa.UniqueConstraint("association_id", "name", name=op.f("uq_intervention_association_id_name")),
    )
    op.create_table(
        "activity",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.String(length=12), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "intervention_id"],
            ["intervention.association_id", "intervention.id"],
            name=op.f("fk_activity_association_id_intervention_id_intervention"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_activity_association_id_association")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_activity_association_id_id")),
    )
    op.create_table(
        "financing",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_financing_association_id_association")
        ),
        sa.PrimaryKeyConstraint("association_id", "year", "source", name=op.f("pk_financing")),
    )
    op.create_table(
        "history_figure",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(length=16), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("figure", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.String(length=12), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "team_id"],
            ["team.association_id", "team.id"],
            name=op.f("fk_history_figure_association_id_team_id_team"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_history_figure_association_id_association")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_figure")),
    )
    op.create_index(
        "uq_history_figure_team",
        "history_figure",
        ["association_id", "indicator", "year", "team_id"],
        unique=True,
        sqlite_where=sa.text("NOT voided"),
        postgresql_where=sa.text("NOT voided"),
    )
    op.create_index(
        "uq_history_figure_whole",
        "history_figure",
        ["association_id", "indicator", "year"],
        unique=True,
        sqlite_where=sa.text("NOT voided AND team_id IS NULL"),
        postgresql_where=sa.text("NOT voided AND team_id IS NULL"),
    )
    op.create_table(
        "meeting_count",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count >= 0", name=op.f("ck_meeting_count_not_negative")),
        sa.ForeignKeyConstraint(
            ["association_id", "team_id"],
            ["team.association_id", "team.id"],
            name=op.f("fk_meeting_count_association_id_team_id_team"),
        ),
        sa.PrimaryKeyConstraint("association_id", "team_id", "month", name=op.f("pk_meeting_count")),
    )
    op.create_table(
        "survey_figure",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.String(length=60), nullable=False),
        sa.Column("respondent_group", sa.String(length=8), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("topic", sa.String(length=120), nullable=False),
        sa.Column("respondents", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=5), nullable=False),
        sa.Column("figure", sa.Numeric(precision=7, scale=2), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.String(length=12), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "measure = 'mean' OR figure BETWEEN 0 AND 100", name=op.f("ck_survey_figure_share_in_percent")
        ),
        sa.CheckConstraint("measure IN ('mean', 'share')", name=op.f("ck_survey_figure_known_measure")),
        sa.CheckConstraint("respondents > 0", name=op.f("ck_survey_figure_somebody_answered")),
        sa.ForeignKeyConstraint(
            ["association_id", "team_id"],
            ["team.association_id", "team.id"],
            name=op.f("fk_survey_figure_association_id_team_id_team"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_survey_figure_association_id_association")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_figure")),
    )
    op.create_index("ix_survey_figure_year", "survey_figure", ["association_id", "year"], unique=False)
    op.create_index("ix_activity_day", "activity", ["association_id", "day"], unique=False)
    op.create_table(
        "budget",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.BigInteger(), nullable=True),
        sa.Column("planned", sa.Integer(), nullable=True),
        sa.CheckConstraint("planned >= 0", name=op.f("ck_budget_planned_not_negative")),
        sa.ForeignKeyConstraint(
            ["association_id", "intervention_id"],
            ["intervention.association_id", "intervention.id"],
            name=op.f("fk_budget_association_id_intervention_id_intervention"),
        ),
        sa.PrimaryKeyConstraint("association_id", "intervention_id", "year", name=op.f("pk_budget")),
    )
    op.create_table(
        "goal",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("intervention_id", sa.Integer(), nullable=True),
        sa.Column("wording", sa.String(length=300), nullable=False),
        sa.Column("indicator", sa.String(length=16), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Integer(), nullable=True),
        sa.Column("assessment", sa.String(length=8), nullable=True),
        sa.Column("remark", sa.String(length=500), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.String(length=12), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "intervention_id"],
            ["intervention.association_id", "intervention.id"],
            name=op.f("fk_goal_association_id_intervention_id_intervention"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "team_id"],
            ["team.association_id", "team.id"],
            name=op.f("fk_goal_association_id_team_id_team"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_goal_association_id_association")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    op.create_index("ix_goal_year", "goal", ["association_id", "year"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=8), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_attendance_somebody_came")),
        sa.ForeignKeyConstraint(
            ["association_id", "activity_id"],
            ["activity.association_id", "activity.id"],
            name=op.f("fk_attendance_association_id_activity_id_activity"),
        ),
        sa.PrimaryKeyConstraint("association_id", "activity_id", "party", name=op.f("pk_attendance")),
    )

    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY own_association ON {table} USING ({OWN}) WITH CHECK ({OWN})")
    _add_codes()
    _allow_kinds(KINDS)


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    lists = tuple({list_name for list_name, *_ in CODES})
    forget = (
        sa.text("DELETE FROM code WHERE list_name IN :lists").bindparams(
            sa.bindparam("lists", lists, expanding=True)
        ),
        sa.text(
            "DELETE FROM import_row WHERE batch_id IN (SELECT id FROM import_batch WHERE kind IN :new)"
        ).bindparams(sa.bindparam("new", KINDS[2:], expanding=True)),
        sa.text("DELETE FROM import_batch WHERE kind IN :new").bindparams(
            sa.bindparam("new", KINDS[2:], expanding=True)
        ),
    )
    connection = op.get_bind()
    for association_id in connection.scalars(ASSOCIATIONS).all():
        _act_for(connection, association_id)
        for statement in forget:
            connection.execute(statement)
    _allow_kinds(KINDS_BEFORE)


def _act_for(connection: sa.Connection, association_id: int) -> None:
    """On PostgreSQL the rows of a förbund are reached one förbund at a time."""
    if connection.dialect.name == "postgresql":
        setting = sa.text("SELECT set_config('followup.association', :id, true)")
        connection.execute(setting, {"id": str(association_id)})


def _add_codes() -> None:
    connection = op.get_bind()
    insert = sa.text(
        "INSERT INTO code (association_id, list_name, code, label_sv, label_en, report_code, position)"
        " VALUES (:association, :list_name, :code, :sv, :en, :report, :position)"
    )
    for association_id in connection.scalars(ASSOCIATIONS).all():
        _act_for(connection, association_id)
        for position, (list_name, code, sv, en, report) in enumerate(CODES, start=1100):
            said = {"list_name": list_name, "code": code, "sv": sv, "en": en, "report": report}
            connection.execute(insert, {"association": association_id, "position": position, **said})


def _allow_kinds(kinds: tuple[str, ...]) -> None:
    known = f"kind IN ({', '.join(repr(kind) for kind in kinds)})"
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("ck_import_batch_known_kind", "import_batch")
        op.create_check_constraint(op.f("ck_import_batch_known_kind"), "import_batch", known)
        return
    # SQLite makes the table anew, which it lets nobody do while rows point at it.
    for table in ("import_row", "import_batch"):
        op.execute(f"CREATE TEMPORARY TABLE kept_{table} AS SELECT * FROM {table}")  # noqa: S608 # a name of ours
        op.execute(f"DELETE FROM {table}")  # noqa: S608 # a name of ours
    op.drop_table("import_batch")
    op.create_table(
        "import_batch",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=14), nullable=False),
        sa.Column("imported_on", sa.Date(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.CheckConstraint(known, name=op.f("ck_import_batch_known_kind")),
        sa.CheckConstraint(
            "state IN ('open', 'settled', 'undone')", name=op.f("ck_import_batch_known_state")
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_import_batch_association_id_association")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    for table in ("import_batch", "import_row"):
        op.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")  # noqa: S608 # a name of ours
        op.execute(f"DROP TABLE kept_{table}")
