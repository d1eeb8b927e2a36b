"""Drafts kept beside editions, a second person who approves, checksums of an edition's files, and open data

Revision: 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OWN = "association_id = NULLIF(current_setting('followup.association', true), '')::integer"


def upgrade() -> None:
    off = {"nullable": False, "server_default": sa.false()}
    op.add_column("association", sa.Column("open_data", sa.Boolean(), **off))
    op.add_column("association", sa.Column("second_approval", sa.Boolean(), **off))
    op.add_column(
        "association",
        sa.Column("open_data_decision", sa.String(length=40), nullable=False, server_default=""),
    )
    op.add_column("edition", sa.Column("files", sa.JSON(), nullable=True))
    op.create_table(
        "edition_draft",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=12), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("saved_on", sa.Date(), nullable=False),
        sa.Column("saved_by", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=8), nullable=True),
        sa.Column("for_approval", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_edition_draft_association_id_association")
        ),
        sa.PrimaryKeyConstraint("association_id", "period", name=op.f("pk_edition_draft")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE edition_draft ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE edition_draft FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_association ON edition_draft USING ({OWN}) WITH CHECK ({OWN})")


def downgrade() -> None:
    op.drop_table("edition_draft")
    op.drop_column("edition", "files")
    for column in ("open_data_decision", "second_approval", "open_data"):
        op.drop_column("association", column)
