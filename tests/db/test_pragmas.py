"""What SQLite is told at every connection; a PRAGMA inside a migration may do nothing."""

import pytest

from followup.db import Database

EXPECTED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "temp_store": 2}


@pytest.mark.parametrize("name", EXPECTED)
def test_every_connection_has_the_pragma(database: Database, name: str) -> None:
    for write in (False, True):
        with database.session(write=write) as session:
            value = session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
        assert value == EXPECTED[name]


def test_a_writer_waits_for_another_instead_of_failing(database: Database) -> None:
    with database.session() as session:
        assert session.connection().exec_driver_sql("PRAGMA busy_timeout").scalar() >= 5000
