"""The first tables

Revision: 0001, the first
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "association",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_association")),
        sa.UniqueConstraint("name", name=op.f("uq_association_name")),
    )
    op.create_table(
        "sign_in_delay",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("wait_until", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_delay")),
    )
    op.create_table(
        "spent_form",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_spent_form")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("invitation_hash", sa.String(length=64), nullable=True),
        sa.Column("invited_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_account_association_id_association")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_account_fs_uniquifier")),
        sa.UniqueConstraint("invitation_hash", name=op.f("uq_account_invitation_hash")),
    )
    op.create_table(
        "age_range",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("from_year", sa.Integer(), nullable=False),
        sa.Column("lowest", sa.Integer(), nullable=False),
        sa.Column("highest", sa.Integer(), nullable=False),
        sa.CheckConstraint("lowest <= highest", name=op.f("ck_age_range_lowest_first")),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_age_range_association_id_association")
        ),
        sa.PrimaryKeyConstraint("association_id", "from_year", name=op.f("pk_age_range")),
    )
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=20), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=20), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_audit_event_association_id_association")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("association_id", "number", name=op.f("uq_audit_event_association_id_number")),
    )
    op.create_table(
        "code",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("list_name", sa.String(length=30), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("label_sv", sa.String(length=80), nullable=False),
        sa.Column("label_en", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("report_code", sa.String(length=8), nullable=True),
        sa.Column("active_from", sa.String(length=7), nullable=True),
        sa.Column("active_to", sa.String(length=7), nullable=True),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_code_association_id_association")
        ),
        sa.PrimaryKeyConstraint("association_id", "list_name", "code", name=op.f("pk_code")),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=14), nullable=False),
        sa.Column("imported_on", sa.Date(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.CheckConstraint(
            "kind IN ('participations', 'screening')", name=op.f("ck_import_batch_known_kind")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'settled', 'undone')", name=op.f("ck_import_batch_known_state")
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_import_batch_association_id_association")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_table(
        "municipality",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_municipality_association_id_association")
        ),
        sa.PrimaryKeyConstraint("association_id", "code", name=op.f("pk_municipality")),
    )
    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("opened", sa.String(length=7), nullable=False),
        sa.Column("closed", sa.String(length=7), nullable=True),
        sa.CheckConstraint("kind IN ('coordination', 'advisory')", name=op.f("ck_team_known_kind")),
        sa.CheckConstraint("closed IS NULL OR closed >= opened", name=op.f("ck_team_closes_after_opening")),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_team_association_id_association")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_team_association_id_id")),
        sa.UniqueConstraint("association_id", "name", name=op.f("uq_team_association_id_name")),
    )
    op.create_table(
        "import_row",
        sa.Column("batch_id", sa.String(length=12), nullable=False),
        sa.Column("target", sa.String(length=80), nullable=False),
        sa.Column("value", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_import_row_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("batch_id", "target", name=op.f("pk_import_row")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "(role IN ('team_staff', 'team_manager')) = (team_id IS NOT NULL)",
            name=op.f("ck_membership_team_role_in_team"),
        ),
        sa.CheckConstraint(
            "role IN ('team_staff', 'team_manager', 'director', 'officer', 'reader', 'system_admin')",
            name=op.f("ck_membership_known_role"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_membership_account_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "team_id"],
            ["team.association_id", "team.id"],
            name=op.f("fk_membership_association_id_team_id_team"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index("uq_membership", ["account_id", "team_id", "role"], unique=True)

    op.create_table(
        "month_declaration",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("complete", sa.Boolean(create_constraint=True, name="complete_is_boolean"), nullable=False),
        sa.Column("reopen_reason", sa.String(length=8), nullable=True),
        sa.CheckConstraint(
            "complete OR reopen_reason IS NOT NULL", name=op.f("ck_month_declaration_reopened_with_reason")
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "team_id"],
            ["team.association_id", "team.id"],
            name=op.f("fk_month_declaration_association_id_team_id_team"),
        ),
        sa.PrimaryKeyConstraint("association_id", "team_id", "month", name=op.f("pk_month_declaration")),
    )
    op.create_table(
        "participation",
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("stamp", sa.String(length=12), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=4), nullable=True),
        sa.Column("sex", sa.String(length=8), nullable=False),
        sa.Column("age_group", sa.String(length=8), nullable=False),
        sa.Column("referring_party", sa.String(length=8), nullable=False),
        sa.Column("education", sa.String(length=8), nullable=True),
        sa.Column("time_on_public_support", sa.String(length=8), nullable=True),
        sa.Column("occupation_before", sa.String(length=8), nullable=True),
        sa.Column("extent_before", sa.String(length=8), nullable=True),
        sa.Column("accepted_week", sa.String(length=8), nullable=True),
        sa.Column("accepted_month", sa.String(length=7), nullable=True),
        sa.Column("started_week", sa.String(length=8), nullable=True),
        sa.Column("started_month", sa.String(length=7), nullable=True),
        sa.Column("left_week", sa.String(length=8), nullable=True),
        sa.Column("left_month", sa.String(length=7), nullable=True),
        sa.Column("left_reason", sa.String(length=8), nullable=True),
        sa.Column("ended_week", sa.String(length=8), nullable=True),
        sa.Column("ended_month", sa.String(length=7), nullable=True),
        sa.Column("exit_reason", sa.String(length=8), nullable=True),
        sa.Column("continuation", sa.String(length=8), nullable=True),
        sa.Column("occupation_at_exit", sa.String(length=8), nullable=True),
        sa.Column("extent_at_exit", sa.String(length=8), nullable=True),
        sa.Column("void_reason", sa.String(length=8), nullable=True),
        sa.CheckConstraint(
            "(accepted_week IS NULL) = (accepted_month IS NULL)", name=op.f("ck_participation_accepted_whole")
        ),
        sa.CheckConstraint(
            "(ended_week IS NULL) = (ended_month IS NULL)", name=op.f("ck_participation_ended_whole")
        ),
        sa.CheckConstraint(
            "(ended_week IS NULL) = (exit_reason IS NULL)", name=op.f("ck_participation_ended_with_reason")
        ),
        sa.CheckConstraint(
            "(left_week IS NULL) = (left_month IS NULL)", name=op.f("ck_participation_left_whole")
        ),
        sa.CheckConstraint(
            "(left_week IS NULL) = (left_reason IS NULL)", name=op.f("ck_participation_left_with_reason")
        ),
        sa.CheckConstraint(
            "(started_week IS NULL) = (started_month IS NULL)", name=op.f("ck_participation_started_whole")
        ),
        sa.CheckConstraint(
            "accepted_week IS NOT NULL OR started_week IS NOT NULL", name=op.f("ck_participation_has_begun")
        ),
        sa.CheckConstraint(
            "ended_week IS NULL OR (started_week <= ended_week AND started_month <= ended_month)",
            name=op.f("ck_participation_start_before_exit"),
        ),
        sa.CheckConstraint(
            "ended_week IS NULL OR started_week IS NOT NULL", name=op.f("ck_participation_ends_after_start")
        ),
        sa.CheckConstraint(
            "left_week IS NULL OR (accepted_week <= left_week AND accepted_month <= left_month)",
            name=op.f("ck_participation_queue_before_leaving"),
        ),
        sa.CheckConstraint(
            "left_week IS NULL OR accepted_week IS NOT NULL", name=op.f("ck_participation_leaves_from_queue")
        ),
        sa.CheckConstraint(
            "started_week IS NULL OR accepted_week IS NULL"
            " OR (accepted_week <= started_week AND accepted_month <= started_month)",
            name=op.f("ck_participation_queue_before_start"),
        ),
        sa.CheckConstraint(
            "started_week IS NULL OR left_week IS NULL", name=op.f("ck_participation_starts_or_leaves")
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "team_id"],
            ["team.association_id", "team.id"],
            name=op.f("fk_participation_association_id_team_id_team"),
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_participation")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.create_index(
            "ix_participation_accepted", ["association_id", "team_id", "accepted_month"], unique=False
        )
        batch_op.create_index(
            "ix_participation_started",
            ["association_id", "team_id", "started_month", "ended_month"],
            unique=False,
        )

    op.create_table(
        "screening_count",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("round", sa.String(length=8), nullable=False),
        sa.Column("sex", sa.String(length=8), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count >= 0", name=op.f("ck_screening_count_not_negative")),
        sa.ForeignKeyConstraint(
            ["association_id", "team_id"],
            ["team.association_id", "team.id"],
            name=op.f("fk_screening_count_association_id_team_id_team"),
        ),
        sa.PrimaryKeyConstraint(
            "association_id", "team_id", "month", "round", "sex", "measure", name=op.f("pk_screening_count")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "team_municipality",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "municipality"],
            ["municipality.association_id", "municipality.code"],
            name=op.f("fk_team_municipality_association_id_municipality_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "team_id"],
            ["team.association_id", "team.id"],
            name=op.f("fk_team_municipality_association_id_team_id_team"),
        ),
        sa.PrimaryKeyConstraint(
            "association_id", "team_id", "municipality", name=op.f("pk_team_municipality")
        ),
    )
    op.create_table(
        "participation_income",
        sa.Column("participation_key", sa.String(length=26), nullable=False),
        sa.Column("phase", sa.String(length=8), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "phase IN ('before', 'at_exit')", name=op.f("ck_participation_income_known_phase")
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "team_id"],
            ["team.association_id", "team.id"],
            name=op.f("fk_participation_income_association_id_team_id_team"),
        ),
        sa.ForeignKeyConstraint(
            ["participation_key"],
            ["participation.key"],
            name=op.f("fk_participation_income_participation_key_participation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participation_key", "phase", "code", name=op.f("pk_participation_income")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("participation_income")
    op.drop_table("team_municipality")
    op.drop_table("screening_count")
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.drop_index("ix_participation_started")
        batch_op.drop_index("ix_participation_accepted")

    op.drop_table("participation")
    op.drop_table("month_declaration")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index("uq_membership")

    op.drop_table("membership")
    op.drop_table("import_row")
    op.drop_table("team")
    op.drop_table("municipality")
    op.drop_table("import_batch")
    op.drop_table("code")
    op.drop_table("audit_event")
    op.drop_table("age_range")
    op.drop_table("account")
    op.drop_table("spent_form")
    op.drop_table("sign_in_delay")
    op.drop_table("association")
