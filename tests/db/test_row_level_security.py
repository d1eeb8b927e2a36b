"""PostgreSQL's second wall: even a query that forgot its scope sees one förbund only."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from followup.db import Database, act_for
from tests.infrastructure.furnish import Furnished

pytestmark = pytest.mark.postgresql

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
