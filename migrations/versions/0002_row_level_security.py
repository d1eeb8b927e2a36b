"""Row-level security: on PostgreSQL a session sees the rows of its own förbund only.

Revision: 0002, after 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Accounts and memberships are read before it is known whose they are, and förbund by their name.
TABLES = (
    "municipality",
    "team",
    "team_municipality",
    "age_range",
    "code",
    "participation",
    "participation_income",
    "month_declaration",
    "screening_count",
    "audit_event",
    "import_batch",
)
OWN = "association_id = NULLIF(current_setting('followup.association', true), '')::integer"
OWN_BATCH = "batch_id IN (SELECT id FROM import_batch)"


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, own in [*((table, OWN) for table in TABLES), ("import_row", OWN_BATCH)]:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_association ON {table} USING ({own}) WITH CHECK ({own})")


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in (*TABLES, "import_row"):
        op.execute(f"DROP POLICY own_association ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
