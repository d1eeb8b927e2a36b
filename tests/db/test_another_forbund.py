"""With a session of one förbund everything is tried on rows of another, and PostgreSQL lets nothing through.

A new table is tried with the others, without anybody having to write a test for it.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Connection, Date, Engine, Integer, Table, create_engine, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from followup.access.models import Membership
from followup.db import Database
from followup.db.tables import Base
from followup.organisation.models import Association
from followup.participation.models import ParticipationIncome
from tests.db.test_row_level_security import OF_NO_FORBUND
from tests.infrastructure.databases import Stock
from tests.infrastructure.furnish import NEIGHBOUR, Furnished

pytestmark = pytest.mark.postgresql

TABLES = [table for name, table in Base.metadata.tables.items() if name not in OF_NO_FORBUND]
# What a row says wherever it must say something: its own key, and those of the rows it hangs on.
OURS, THEIRS, NEW = 9001, 9002, 9003
NO_CHECKS = text(
    "DO $$ DECLARE it record; BEGIN FOR it IN SELECT conrelid::regclass AS place, conname FROM pg_constraint"
    " WHERE contype = 'c' AND connamespace = 'public'::regnamespace LOOP"
    " EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', it.place, it.conname); END LOOP; END $$"
)
NO_FOREIGN_KEYS = text("SET LOCAL session_replication_role = replica")
WALL = "row-level security"


@pytest.fixture
def admin(database: Database, stock: Stock) -> Iterator[Engine]:
    """The database, for whom nothing in it holds back."""
    engine = create_engine(stock.admin_url(database.engine.url))
    yield engine
    engine.dispose()


@pytest.fixture
def neighbour(database: Database, admin: Engine, association: Furnished) -> int:
    """The other förbund. Both have a row of every kind."""
    with database.session() as session:
        found = session.scalars(select(Association.id).where(Association.name == NEIGHBOUR)).one()
    with admin.begin() as connection:
        connection.execute(NO_CHECKS)
        connection.execute(NO_FOREIGN_KEYS)
        for association_id, mark in ((association.id, OURS), (found, THEIRS)):
            for table in TABLES:
                if table.name != "association":
                    write(connection, table, a_row(table, association_id, mark))
                assert number(connection, f"SELECT 1 FROM {of(table, association_id, mark)}") >= 1
    return found


@pytest.fixture
def session(database: Database, neighbour: int) -> Iterator[Session]:
    """One of our own förbund, in which anything may be written; it is never committed."""
    with database.open(write=True) as session:
        yield session


def a_row(table: Table, association_id: int, mark: int) -> dict[str, Any]:
    return {
        column.name: association_id if column.name == "association_id" else something(column, mark)
        for column in table.columns
        if not column.nullable
    }


def something(column: Column[Any], mark: int) -> object:
    match column.type:
        case Boolean():
            return False
        case Integer():
            return mark
        case Date():
            return "2024-06-01"
    return str(mark)


def write(connection: Connection | Session, table: Table, row: dict[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    values = ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table.name} ({names}) VALUES ({values})"), row)


def owner_of(table: Table) -> str:
    return {"association": "id", "import_row": "batch_id"}.get(table.name, "association_id")


def owner(table: Table, association_id: int, mark: int) -> str:
    return f"'{mark}'" if table.name == "import_row" else str(association_id)


def of(table: Table, association_id: int, mark: int) -> str:
    return f"{table.name} WHERE {owner_of(table)} = {owner(table, association_id, mark)}"


def number(connection: Connection | Session, statement: str) -> int:
    return int(connection.execute(text(statement)).rowcount)  # type: ignore[attr-defined]


def test_nothing_of_another_forbund_is_read(session: Session, neighbour: int) -> None:
    """But that it is there, and its name: editions that are open data are listed by förbund."""
    seen = [
        table.name for table in TABLES if number(session, f"SELECT 1 FROM {of(table, neighbour, THEIRS)}")
    ]
    assert seen == ["association"]


def test_nothing_is_written_into_another_forbund(session: Session, neighbour: int) -> None:
    for table in TABLES:
        row = a_row(table, neighbour, THEIRS if table.name == "import_row" else NEW)
        with pytest.raises(DBAPIError, match=WALL), session.begin_nested():
            write(session, table, row)


def test_nothing_of_another_forbund_is_changed_or_removed(session: Session, neighbour: int) -> None:
    for table in TABLES:
        column = owner_of(table)
        changed = of(table, neighbour, THEIRS).replace(" WHERE", f" SET {column} = {column} WHERE")
        assert number(session, f"UPDATE {changed}") == 0, table.name
        assert number(session, f"DELETE FROM {of(table, neighbour, THEIRS)}") == 0, table.name


def test_nothing_of_ones_own_is_given_to_another_forbund(
    session: Session, neighbour: int, association: Furnished
) -> None:
    for table in TABLES:
        given = f"SET {owner_of(table)} = {owner(table, neighbour, THEIRS)}"
        moved = of(table, association.id, OURS).replace(" WHERE", f" {given} WHERE")
        with pytest.raises(DBAPIError, match=WALL), session.begin_nested():
            number(session, f"UPDATE {moved}")


def test_nothing_of_another_forbund_is_taken(
    session: Session, neighbour: int, association: Furnished
) -> None:
    for table in TABLES:
        given = f"SET {owner_of(table)} = {owner(table, association.id, OURS)}"
        moved = of(table, neighbour, THEIRS).replace(" WHERE", f" {given} WHERE")
        assert number(session, f"UPDATE {moved}") == 0, table.name


def test_an_income_is_not_hung_on_a_participation_of_another_forbund(
    session: Session, association: Furnished
) -> None:
    """Its key is random, but a wall does not rest on nobody knowing it."""
    own = {"association_id": association.id, "team_id": association.north}
    session.add(ParticipationIncome(participation_key=str(THEIRS), phase="before", code="x", **own))
    with pytest.raises(IntegrityError, match="fk_participation_income_participation"):
        session.flush()


def test_nobody_becomes_director_of_another_forbund_by_a_role_in_ones_own(
    session: Session, association: Furnished
) -> None:
    """An account's roles hold in its own förbund, in whichever they were written."""
    session.add(Membership(association_id=association.id, account_id=THEIRS, role="director"))
    with pytest.raises(IntegrityError, match="fk_membership_association_id_account_id_account"):
        session.flush()


def test_whoever_has_not_signed_in_reads_accounts_and_writes_none(
    database: Database, database_url: str, neighbour: int, association: Furnished
) -> None:
    unbound = Database(database_url)
    with unbound.open(write=True) as session:
        for table in (Base.metadata.tables[name] for name in ("account", "membership")):
            assert number(session, f"SELECT 1 FROM {of(table, neighbour, THEIRS)}") == 1
            assert number(session, f"DELETE FROM {table.name}") == 0
            with pytest.raises(DBAPIError, match=WALL), session.begin_nested():
                write(session, table, a_row(table, association.id, NEW))
        assert number(session, "UPDATE account SET password = 'x'") == 0
        assert number(session, "UPDATE association SET open_data = true") == 0
        assert number(session, "DELETE FROM association") == 0
    unbound.engine.dispose()
