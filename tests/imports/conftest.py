"""What the tests of imports share: files, an installation of its own, and the command."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from followup.cli import cli
from followup.db import Database
from followup.settings import Settings
from tests.infrastructure.databases import EMPTY, SQLITE, Stock

DATA = Path(__file__).parent.parent / "data"
LIST = DATA / "norra-vastmanland-2022-2023.csv"
SCREENING = DATA / "screening-2023.csv"
MESSY = DATA / "messy-sala-2024.csv"

Command = Callable[..., Result]


@pytest.fixture
def command(
    stock: Stock, database_kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Command]:
    """`command("import", "list")` in an installation that has just been made with `followup init`."""
    url = stock.take(database_kind, tmp_path, EMPTY)
    instance = tmp_path / "new"
    if database_kind != SQLITE:
        monkeypatch.setenv("FOLLOWUP_DATABASE_URL", url)

    def run(*words: str | Path) -> Result:
        return CliRunner().invoke(cli, [str(word) for word in (*words, "--instance", instance)])

    made = run("init", "--name", "Norra Västmanland")
    assert made.exit_code == 0, made.output
    yield run
    stock.give_back(url)


@pytest.fixture
def installed(command: Command, tmp_path: Path) -> Iterator[Database]:
    """The database that `command` works with."""
    database = Database(Settings.load(tmp_path / "new").database_url)
    yield database
    database.engine.dispose()
