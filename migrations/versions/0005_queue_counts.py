"""Queue counts that outlive the rows: what was counted in complete months, and before the first rows

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OWN = "association_id = NULLIF(current_setting('followup.association', true), '')::integer"
TABLES = ("queue_step", "queue_history")


def upgrade() -> None:
    _create(
        "queue_step",
        ("week", sa.String(length=8)),
        *((name, sa.Integer()) for name in ("joined", "started", "left", "length")),
        checks={
            "counts_not_negative": 'joined >= 0 AND started >= 0 AND "left" >= 0',
            "length_not_negative": "length >= 0",
        },
        keys=("month", "week"),
    )
    _create(
        "queue_history",
        ("waiting", sa.Integer()),
        checks={"waiting_not_negative": "waiting >= 0"},
        keys=("month",),
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY own_association ON {table} USING ({OWN}) WITH CHECK ({OWN})")


def _create(
    table: str,
    *columns: tuple[str, sa.types.TypeEngine[object]],
    checks: dict[str, str],
    keys: tuple[str, ...],
) -> None:
    op.create_table(
        table,
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        *(sa.Column(name, kind, nullable=False) for name, kind in columns),
        *(sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}")) for name, text in checks.items()),
        sa.ForeignKeyConstraint(
            ["association_id", "team_id"],
            ["team.association_id", "team.id"],
            name=op.f(f"fk_{table}_association_id_team_id_team"),
        ),
        sa.PrimaryKeyConstraint("association_id", "team_id", *keys, name=op.f(f"pk_{table}")),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
