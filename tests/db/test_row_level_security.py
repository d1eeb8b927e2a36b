"""PostgreSQL's second wall: even a query that forgot its scope sees one förbund only."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from followup.db import Database, act_for
from followup.db.tables import Base
from tests.infrastructure.furnish import Furnished

pytestmark = pytest.mark.postgresql

# Tables without a policy, each with the reason.
OF_NO_FORBUND = {
    "alembic_version": "Which version the tables are of; one row for the whole installation.",
    "sign_in_delay": "An attempt is counted before it is known whose it is, and by network.",
    "spent_form": "Hashes of forms and sessions that are over; they name nobody.",
}
# Policies that are not `own_association` for everything, and what they let through.
EXCEPTIONS = {
    ("account", "read_before_sign_in"): "r",
    ("membership", "read_before_sign_in"): "r",
    ("association", "known_to_all"): "r",
    ("association", "made_by_the_unbound"): "a",
    ("association", "own_association"): "w",
}
WALLED = text(
    "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
    " AND relrowsecurity AND relforcerowsecurity"
)
TABLES = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
POLICIES = text(
    "SELECT c.relname, p.polname, p.polcmd::text,"
    " pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)"
    " FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid"
)
TEAM_NAMES = text("SELECT name FROM team")


def test_a_careless_query_sees_only_its_own_forbund(database: Database, association: Furnished) -> None:
    with database.session() as session:
        names = set(session.scalars(TEAM_NAMES))
    assert "Team Norra" in names
    assert "Team Granne" not in names


def test_a_session_bound_to_nobody_sees_nothing(database: Database, database_url: str) -> None:
    unbound = Database(database_url)
    with unbound.open(write=False) as session:
        assert session.scalars(TEAM_NAMES).all() == []
    unbound.engine.dispose()


def test_a_row_cannot_be_written_into_another_forbund(database: Database, association: Furnished) -> None:
    moved = text("UPDATE team SET association_id = association_id + 1 WHERE name = 'Team Norra'")
    with database.open(write=True) as session, pytest.raises(DBAPIError, match="row-level security"):
        session.execute(moved)


def test_a_session_never_changes_forbund(database: Database, association: Furnished) -> None:
    with database.session() as session, pytest.raises(RuntimeError, match="one förbund"):
        act_for(session, association.id + 1)


def test_the_binding_outlives_a_commit_and_dies_with_the_session(database: Database) -> None:
    with database.open(write=True) as session:
        session.execute(TEAM_NAMES)
        session.commit()
        assert "Team Norra" in session.scalars(TEAM_NAMES).all()
    with database.engine.connect() as connection:
        assert connection.execute(TEAM_NAMES).all() == []


def test_every_table_stands_behind_the_wall_or_says_why_not(database: Database) -> None:
    """A policy, that even the owner of the table must pass."""
    with database.session() as session:
        tables, walled = set(session.scalars(TABLES)), set(session.scalars(WALLED))
    assert set(Base.metadata.tables) <= tables
    assert tables - walled == set(OF_NO_FORBUND)


def test_policies_are_for_reading_and_writing_alike(database: Database) -> None:
    with database.session() as session:
        policies = session.execute(POLICIES).all()
    assert {(table, name): command for table, name, command, *_ in policies if command != "*"} == EXCEPTIONS
    for table, name, command, reads, writes in policies:
        if command in "*w":
            assert (name, reads) == ("own_association", writes), table
            assert "followup.association" in reads or table == "import_row", table


def test_the_service_is_nobody_whom_the_wall_lets_through(database: Database) -> None:
    with database.session() as session:
        user = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert session.scalar(user) is False
