"""PostgreSQL's second wall: even a query that forgot its scope sees one förbund only."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from followup.db import Base, Database, act_for
from followup.db import tables as _every_table  # noqa: F401 - what the metadata holds
from tests.infrastructure.furnish import Furnished

pytestmark = pytest.mark.postgresql

# Read before it is known whose they are: accounts sign in by an address that is unique everywhere.
READ_BEFORE_SIGNING_IN = {"account", "membership"}
POLICIES = text(
    "SELECT c.relname, p.polcmd, p.polpermissive, c.relforcerowsecurity,"
    " pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)"
    " FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relrowsecurity"
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


def test_every_table_of_a_forbund_stands_behind_the_wall(database: Database) -> None:
    """One policy each, for reading and writing alike, that even the owner of the table must pass."""
    with database.session() as session:
        policies = session.execute(POLICIES).all()
    tables = {name for name, table in Base.metadata.tables.items() if "association_id" in table.columns}
    walled = [name for name, *_ in policies if name != "import_row"]
    assert sorted(walled) == sorted(tables - READ_BEFORE_SIGNING_IN)
    for name, command, _, is_forced, reads, writes in policies:
        assert (command, is_forced) == ("*", True), name
        assert reads == writes, name
        assert "followup.association" in reads or name == "import_row", name


def test_the_service_is_nobody_whom_the_wall_lets_through(database: Database) -> None:
    with database.session() as session:
        user = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert session.scalar(user) is False
