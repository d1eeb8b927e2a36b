"""Versions of the rule of disclosure control, each with its decision

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OWN = "association_id = NULLIF(current_setting('followup.association', true), '')::integer"
NUMBERS = (
    "threshold",
    "screening_threshold",
    "share_base",
    "screening_share_base",
    "median_base",
    "insider",
)
CHECKS = {
    "first_is_built_in": "number >= 2",
    "threshold_floor": "threshold >= 3",
    "screening_floor": "screening_threshold >= 5 AND screening_threshold >= threshold",
    "share_floor": "share_base >= 10 AND screening_share_base >= share_base",
    "median_floor": "median_base >= 10",
    "insider_not_negative": "insider >= 0",
}


def upgrade() -> None:
    op.create_table(
        "disclosure_rule",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NUMBERS),
        sa.Column("decision", sa.String(length=60), nullable=False),
        sa.Column("decided", sa.Date(), nullable=False),
        *(
            sa.CheckConstraint(check, name=op.f(f"ck_disclosure_rule_{name}"))
            for name, check in CHECKS.items()
        ),
        sa.ForeignKeyConstraint(
            ["association_id"],
            ["association.id"],
            name=op.f("fk_disclosure_rule_association_id_association"),
        ),
        sa.PrimaryKeyConstraint("association_id", "number", name=op.f("pk_disclosure_rule")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE disclosure_rule ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE disclosure_rule FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_association ON disclosure_rule USING ({OWN}) WITH CHECK ({OWN})")


def downgrade() -> None:
    op.drop_table("disclosure_rule")
