"""Who the service is to PostgreSQL: somebody who owns the tables, or somebody who is only let in to them."""

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

# What the service adds to and never changes. Where it owns no tables, it cannot do so either.
ADDED_TO = ("audit_event", "edition", "ledger_record")
VERSION = "alembic_version"
STRANGE_OWNER = text(
    "SELECT tableowner FROM pg_tables WHERE schemaname = current_schema()"
    " AND NOT pg_has_role(tableowner, 'MEMBER') LIMIT 1"
)
# MEMBER: also what the role could become by SET ROLE.
PASSES_WALLS = text("SELECT bool_or(pg_has_role(oid, 'MEMBER')) FROM pg_roles WHERE rolsuper OR rolbypassrls")
OWNS = text(
    "SELECT bool_or(pg_has_role(owner, 'MEMBER')) FROM"
    " (SELECT nspowner AS owner FROM pg_namespace WHERE nspname = current_schema() UNION"
    " SELECT relowner FROM pg_class WHERE relnamespace = current_schema()::regnamespace) AS owners"
)


# Read column by column: what PostgreSQL itself keeps of a row, who wrote it and where it lies, is not for the
# service to see.
COLUMNS = text(
    "SELECT quote_ident(relname), string_agg(quote_ident(attname), ', ') FROM pg_attribute"
    " JOIN pg_class ON pg_class.oid = attrelid WHERE relkind = 'r' AND attnum > 0 AND NOT attisdropped"
    " AND relnamespace = current_schema()::regnamespace GROUP BY relname"
)


def role_of(connection: Connection | Session) -> str:
    return str(connection.scalar(text("SELECT current_user")))


def passes_walls(connection: Connection | Session) -> bool:
    """Whether row-level security holds the role back from nothing."""
    return bool(connection.scalar(PASSES_WALLS))


def owns_tables(connection: Connection | Session) -> bool:
    """Whether the role could take the policies away: as owner of a table, or of the schema they are in."""
    return bool(connection.scalar(OWNS))


def owner_in_the_way(connection: Connection) -> str | None:
    """Whose tables there are that this role may not change."""
    return connection.scalar(STRANGE_OWNER)


def let_in(connection: Connection, role: str) -> None:
    """Rows may be read and written, and nothing else: least of all TRUNCATE, which no policy stops.

    Given anew with each version, so that what an earlier one gave, or somebody by hand, does not remain.
    """
    schema = _quoted(connection, str(connection.scalar(text("SELECT current_schema()"))))
    who = _quoted(connection, role)
    for statement in (
        f"GRANT USAGE ON SCHEMA {schema} TO {who}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {who}",
        f"GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {who}",
        *(f"GRANT SELECT ({names}) ON {table} TO {who}" for table, names in connection.execute(COLUMNS)),
        f"REVOKE UPDATE, DELETE ON {', '.join(ADDED_TO)} FROM {who}",
        f"REVOKE INSERT, UPDATE, DELETE ON {VERSION} FROM {who}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {who}",
    ):
        connection.exec_driver_sql(statement)


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote_identifier(name)
