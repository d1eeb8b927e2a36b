"""Surveys and figures of earlier years may be read in from files, too

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KINDS_BEFORE = ("participations", "screening", "activities", "plan")
KINDS = (*KINDS_BEFORE, "surveys", "history")
ASSOCIATIONS = sa.text("SELECT id FROM association ORDER BY id")
OURS = "SELECT id FROM import_batch WHERE kind IN ('surveys', 'history')"
FORGET = (
    f"DELETE FROM import_row WHERE batch_id IN ({OURS})",  # noqa: S608 # words of ours
    "DELETE FROM import_batch WHERE kind IN ('surveys', 'history')",
)


def upgrade() -> None:
    _allow_kinds(KINDS)


def downgrade() -> None:
    """What was read in stays; only the way back from it is forgotten."""
    connection = op.get_bind()
    for association_id in connection.scalars(ASSOCIATIONS).all():
        if connection.dialect.name == "postgresql":
            setting = sa.text("SELECT set_config('followup.association', :id, true)")
            connection.execute(setting, {"id": str(association_id)})
        for statement in FORGET:
            connection.execute(sa.text(statement))
    _allow_kinds(KINDS_BEFORE)


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
