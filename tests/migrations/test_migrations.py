"""Every migration goes up and down on both databases, with data in the tables, and ends at the models."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, create_engine, inspect

from followup.db import Database
from followup.db.migrate import downgrade, is_current, upgrade
from followup.db.tables import Base
from followup.demo.service import create_demo
from followup.places import MIGRATIONS
from tests.infrastructure.databases import EMPTY, Stock

pytestmark = pytest.mark.both_databases


def revisions() -> list[str]:
    """Oldest first."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    found = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    return found[::-1]


@pytest.fixture
def empty_database(stock: Stock, database_kind: str, tmp_path: Path) -> Iterator[Database]:
    url = stock.take(database_kind, tmp_path, EMPTY)
    database = Database(url)
    yield database
    database.engine.dispose()
    stock.give_back(url)


def tables_of(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def reflect(connection: Connection) -> MetaData:
    metadata = MetaData()
    metadata.reflect(connection)
    return metadata


# A code that a migration brings stands last on screen in an old installation, wherever a new one has it.
# An older version has no place for the scale of a mean, which has to be filled in again.
NOT_KEPT = {("code", "position"), ("survey_figure", "scale")}


def rows_of(connection: Connection, table: str) -> list[str]:
    """As the database tells them: what is reflected and converted on the way takes longer than reading."""
    found = connection.exec_driver_sql(f'SELECT * FROM "{table}"')
    columns = sorted(
        (name, place) for place, name in enumerate(found.keys()) if (table, name) not in NOT_KEPT
    )
    return sorted(repr([row[place] for _, place in columns]) for row in found)


def contents(stock: Stock, database: Database) -> dict[str, list[str]]:
    """Every row of every table, of all förbund together, which only the database's administrator sees."""
    engine = create_engine(stock.admin_url(database.engine.url))
    with engine.connect() as connection:
        found = {name: rows_of(connection, name) for name in tables_of(connection)}
    engine.dispose()
    return found


def test_there_is_one_line_of_migrations(database_kind: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert len(scripts.get_heads()) == 1
    assert not [script.revision for script in scripts.walk_revisions() if script.is_merge_point]


def test_migrated_tables_are_what_the_models_say(empty_database: Database) -> None:
    upgrade(empty_database)
    assert is_current(empty_database)
    with empty_database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_step_goes_up_and_down_again(empty_database: Database) -> None:
    before: list[set[str]] = []
    for revision in revisions():
        with empty_database.engine.connect() as connection:
            before.append(tables_of(connection))
        upgrade(empty_database, revision)
        downgrade(empty_database, "-1")
        with empty_database.engine.connect() as connection:
            assert tables_of(connection) == before[-1]
        upgrade(empty_database, revision)
    downgrade(empty_database, "base")
    with empty_database.engine.connect() as connection:
        assert tables_of(connection) == set()


def test_the_way_down_and_up_again_keeps_the_rows(migrated_database: Database, stock: Stock) -> None:
    """Each step down, up and down again, and at last all the way up, with a whole förbund in the tables."""
    with migrated_database.session(write=True) as session:
        create_demo(session)
    newest = above = contents(stock, migrated_database)
    assert len(newest["participation"]) > 300
    for higher, revision in pairwise(revisions()[::-1]):
        downgrade(migrated_database, revision)
        here = contents(stock, migrated_database)
        upgrade(migrated_database, higher)
        again = contents(stock, migrated_database)
        assert {name: again[name] for name in here} == {name: above[name] for name in here}, higher
        downgrade(migrated_database, revision)
        assert contents(stock, migrated_database) == here, higher
        above = here
    upgrade(migrated_database)
    after = contents(stock, migrated_database)
    assert len(above["participation"]) > 300
    assert {name: after[name] for name in above} == {name: newest[name] for name in above}


def _constraints(table: Table) -> dict[str, Any]:
    return {
        "keys": sorted(column.name for column in table.primary_key),
        "foreign": sorted(
            (tuple(element.parent.name for element in key.elements), key.referred_table.name)
            for key in table.foreign_key_constraints
        ),
        "nullable": {column.name: column.nullable for column in table.columns},
    }


def test_keys_and_obligations_are_what_the_models_say(migrated_database: Database) -> None:
    """What comparing column types alone would not notice."""
    with migrated_database.engine.connect() as connection:
        found = reflect(connection)
    for name, table in Base.metadata.tables.items():
        assert _constraints(found.tables[name]) == _constraints(table), name


def test_checks_are_what_the_models_say(migrated_database: Database) -> None:
    # PostgreSQL has a boolean type; SQLite keeps to 0 and 1 by a check that belongs to the column's type.
    bound_to_type = set() if migrated_database.is_sqlite else {"complete_is_boolean"}
    with migrated_database.engine.connect() as connection:
        inspector = inspect(connection)
        for name, table in Base.metadata.tables.items():
            declared = {
                str(constraint.name)
                for constraint in table.constraints
                if constraint.__class__.__name__ == "CheckConstraint"
            }
            found = {check["name"] for check in inspector.get_check_constraints(name)}
            assert {full.removeprefix(f"ck_{name}_") for full in found} == {
                full.removeprefix(f"ck_{name}_") for full in declared
            } - bound_to_type, name
