"""Published editions, and the register of what they told and promised

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OWN = "association_id = NULLIF(current_setting('followup.association', true), '')::integer"
ASSOCIATIONS = sa.text("SELECT id FROM association ORDER BY id")
REASONS = (
    ("SEN", "Sena registreringar", "Late registrations"),
    ("RAT", "Rättelser av uppgifter", "Corrections"),
    ("REG", "Ny regel eller definition", "New rule or definition"),
)


def upgrade() -> None:
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("period", sa.String(length=12), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("rule_version", sa.String(length=20), nullable=False),
        sa.Column("revises", sa.Integer(), nullable=True),
        sa.Column("revision_reason", sa.String(length=8), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "(revises IS NULL) = (revision_reason IS NULL)", name=op.f("ck_edition_revised_with_reason")
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_edition_association_id_association")
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "revises"],
            ["edition.association_id", "edition.id"],
            name=op.f("fk_edition_association_id_revises_edition"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_edition_association_id_id")),
        sa.UniqueConstraint("association_id", "number", name=op.f("uq_edition_association_id_number")),
    )
    op.create_table(
        "ledger_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "edition_id"],
            ["edition.association_id", "edition.id"],
            name=op.f("fk_ledger_record_association_id_edition_id_edition"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_record")),
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in ("edition", "ledger_record"):
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY own_association ON {table} USING ({OWN}) WITH CHECK ({OWN})")
    _add_reasons()


def downgrade() -> None:
    op.drop_table("ledger_record")
    op.drop_table("edition")
    connection = op.get_bind()
    for association_id in connection.scalars(ASSOCIATIONS).all():
        _act_for(connection, association_id)
        connection.execute(sa.text("DELETE FROM code WHERE list_name = 'revision_reason'"))


def _act_for(connection: sa.Connection, association_id: int) -> None:
    """On PostgreSQL the rows of a förbund are reached one förbund at a time."""
    if connection.dialect.name == "postgresql":
        setting = sa.text("SELECT set_config('followup.association', :id, true)")
        connection.execute(setting, {"id": str(association_id)})


def _add_reasons() -> None:
    connection = op.get_bind()
    insert = sa.text(
        "INSERT INTO code (association_id, list_name, code, label_sv, label_en, position)"
        " VALUES (:association, 'revision_reason', :code, :sv, :en, :position)"
    )
    for association_id in connection.scalars(ASSOCIATIONS).all():
        _act_for(connection, association_id)
        for position, (code, sv, en) in enumerate(REASONS, start=1000):
            connection.execute(
                insert,
                {"association": association_id, "code": code, "sv": sv, "en": en, "position": position},
            )
