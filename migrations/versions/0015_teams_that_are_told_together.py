"""Teams that are told together in the statistics

Revision: 0015, after 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

OWN = "association_id = NULLIF(current_setting('followup.association', true), '')::integer"


def upgrade() -> None:
    op.create_table(
        "reporting_group",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_reporting_group_numbered_from_one")),
        sa.ForeignKeyConstraint(
            ["association_id", "team_id"],
            ["team.association_id", "team.id"],
            name=op.f("fk_reporting_group_association_id_team"),
        ),
        sa.PrimaryKeyConstraint("association_id", "team_id", name=op.f("pk_reporting_group")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE reporting_group ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE reporting_group FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_association ON reporting_group USING ({OWN}) WITH CHECK ({OWN})")


def downgrade() -> None:
    """Every team is told by itself again in what is published from now on."""
    op.drop_table("reporting_group")
