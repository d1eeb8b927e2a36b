"""A command that cannot use its database says why and what to do, without the driver's own words."""

import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from followup.cli import cli
from followup.db import Database
from followup.keys import KeyRing
from followup.settings import DATABASE_FILE, Settings

COMMANDS = [("import", "list"), ("create-admin", "--email", "it@adalen.example"), ("migrate",)]


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--instance", str(folder), *words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    KeyRing.generate().write(tmp_path)
    return tmp_path


def _refused(answer: Result) -> str:
    assert answer.exit_code == 1
    assert isinstance(answer.exception, SystemExit), "a traceback"
    assert "sqlalche.me" not in answer.output
    return answer.output


@pytest.mark.parametrize("words", COMMANDS)
def test_a_lost_database_is_not_replaced_by_an_empty_one(folder: Path, words: tuple[str, ...]) -> None:
    assert f"{folder / DATABASE_FILE} saknas. Lägg tillbaka den" in _refused(run(folder, *words))
    assert not (folder / DATABASE_FILE).exists()


@pytest.mark.parametrize("words", COMMANDS)
def test_a_file_that_is_no_database_is_called_that(folder: Path, words: tuple[str, ...]) -> None:
    (folder / DATABASE_FILE).write_text("Det här är ingen databas. " * 20)
    assert "är filen ingen databas" in _refused(run(folder, *words))


@pytest.mark.parametrize("words", COMMANDS)
def test_a_database_that_does_not_answer(
    folder: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOLLOWUP_DATABASE_URL", "postgresql://followup:hemligt@127.0.0.1:1/followup")
    answer = _refused(run(folder, *words))
    assert "Databasen svarar inte. Kontrollera att den är igång" in answer
    assert "hemligt" not in answer


def test_tables_that_are_missing_lead_to_migrate_and_a_missing_forbund_to_init(folder: Path) -> None:
    sqlite3.connect(folder / DATABASE_FILE).close()
    assert "Kör followup migrate" in _refused(run(folder, "import", "list"))
    assert run(folder, "migrate").exit_code == 0
    assert "inget förbund" in _refused(run(folder, "import", "list"))


def test_a_database_of_a_later_version_is_left_alone(folder: Path) -> None:
    assert run(folder / "ny", "init", "--name", "Ådalen").exit_code == 0
    with sqlite3.connect(folder / "ny" / DATABASE_FILE) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    assert "troligen en nyare" in _refused(run(folder / "ny", "migrate"))


@pytest.mark.postgresql
def test_what_the_database_says_of_a_table_or_row_is_not_repeated(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    monkeypatch.setenv("FOLLOWUP_DATABASE_URL", settings.database_url)
    answer = _refused(run(settings.instance, "migrate"))
    assert "Databasen kunde inte uppdateras (DuplicateTable)" in answer
    assert "already exists" not in answer
    assert "CREATE TABLE" not in answer


def test_init_wants_a_name_and_names_the_folder_in_what_comes_next(tmp_path: Path) -> None:
    assert "Skriv förbundets namn" in _refused(run(tmp_path / "ny", "init", "--name", " "))
    assert not (tmp_path / "ny").exists()
    answer = run(tmp_path / "ny", "init", "--name", "Ådalen").output
    assert f"followup --instance {tmp_path / 'ny'} create-admin" in answer
