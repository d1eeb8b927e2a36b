"""SQLite writes every page of every transaction down beside the database. It is not to be read there."""

from pathlib import Path

import pytest
from sqlalchemy import text

from followup.db import Database
from tests.infrastructure.furnish import Furnished

NEW = "Förbundet i Provstad"
RENAME = text("UPDATE association SET name = :name WHERE id = :id")


@pytest.fixture
def diary(database: Database) -> Path:
    return Path(f"{database.engine.url.database}-wal")


def rename(database: Database, association: Furnished) -> None:
    with database.session(write=True) as session:
        session.execute(RENAME, {"name": NEW, "id": association.id})


def pages_in(diary: Path) -> int:
    return diary.stat().st_size if diary.exists() else 0


def test_what_was_saved_is_in_the_database_and_nowhere_else(
    database: Database, association: Furnished, diary: Path
) -> None:
    rename(database, association)
    assert NEW.encode() in diary.with_name(diary.name.removesuffix("-wal")).read_bytes()
    assert pages_in(diary) == 0


def test_what_is_saved_while_somebody_reads_is_put_in_its_place_when_they_are_done(
    database: Database, association: Furnished, diary: Path
) -> None:
    with database.session() as reading:
        reading.execute(text("SELECT name FROM association")).all()
        rename(database, association)
        assert pages_in(diary) > 0
    assert pages_in(diary) == 0


def test_what_a_killed_process_left_is_put_in_its_place_at_the_next_start(
    database: Database, association: Furnished, diary: Path
) -> None:
    killed = database.engine.raw_connection()  # it never tells that it has written
    killed.execute("BEGIN IMMEDIATE")
    killed.execute("UPDATE association SET name = ? WHERE id = ?", (NEW, association.id))
    killed.execute("COMMIT")
    assert pages_in(diary) > 0
    started = Database(database.engine.url.render_as_string(hide_password=False))
    with started.session() as session:
        session.execute(text("SELECT name FROM association")).all()
    assert pages_in(diary) == 0
    killed.close()
    started.engine.dispose()
