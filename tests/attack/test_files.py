"""`followup attack` on real files: finds nothing in what was protected, and whatever somebody lets slip."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result

from followup.attack.cli import attack
from followup.command import speak_swedish
from followup.db import Database
from followup.disclosure.intruder import Exposure
from followup.exports.formats import FORMATS
from followup.exports.service import prepare
from followup.periods import parse_period
from followup.statistics import service
from tests.conftest import NOW
from tests.infrastructure.databases import MIGRATED, SQLITE, Stock
from tests.statistics import board

KEY = b"k" * 32
PERIODS = ("2023", "2023-JanAug")


@pytest.fixture(scope="module")
def files(stock: Stock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The printed annual report's förbund, in every format."""
    folder = tmp_path_factory.mktemp("files")
    database = Database(stock.take(SQLITE, folder, MIGRATED))
    with time_machine.travel(NOW, tick=False), database.session(write=True) as session:
        known = board.furnish(session)
        for code in PERIODS:
            period = parse_period(code)
            statistics = service.association_statistics(
                session=session, scope=known.scope, period=period, key=KEY
            )
            publication = prepare(statistics=statistics, scope=known.scope)
            for name, form in FORMATS.items():
                (folder / f"{code}-{name}.{form.ending}").write_bytes(form.write(publication))
    yield folder
    database.engine.dispose()


def run(*paths: Path | str) -> Result:
    speak_swedish()
    return CliRunner().invoke(attack, [str(path) for path in paths])


@pytest.mark.parametrize(
    "name", ["2023-xlsx.xlsx", "2023-csv.csv", "2023-csv-excel.csv", "2023-JanAug-csv.csv"]
)
def test_nothing_can_be_worked_out_from_a_release(files: Path, name: str) -> None:
    result = run(files / name)
    assert result.exit_code == 0, result.output
    assert "Inget går att räkna ut" in result.stdout


def test_the_same_release_in_several_formats_tells_no_more(files: Path) -> None:
    result = run(files / "2023-xlsx.xlsx", files / "2023-csv.csv", files / "2023-csv-excel.csv")
    assert result.exit_code == 0, result.output


def test_two_drafts_that_were_not_protected_together_are_found_out(files: Path) -> None:
    """Why drafts stay in the house and only editions are published, each against all before it."""
    result = run(files / "2023-csv.csv", files / "2023-JanAug-csv.csv")
    assert result.exit_code == 1
    assert Exposure.DIFFERENCE.value in result.output


def test_one_hidden_number_let_slip_is_found(files: Path, tmp_path: Path) -> None:
    text = (files / "2023-csv.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(StringIO(text)))
    slip = next(row for row in rows if row["tabell"] == "T8" and row["status"] == "u")
    slip |= {"varde": "2", "status": "v"}
    leaked = tmp_path / "slip.csv"
    with leaked.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    result = run(leaked)
    assert result.exit_code == 1
    assert Exposure.SHOWN.value in result.output
    assert "T8" in result.output


def test_the_report_tells_no_number_unless_asked(files: Path) -> None:
    plain = run(files / "2023-csv.csv", files / "2023-JanAug-csv.csv")
    shown = run(files / "2023-csv.csv", files / "2023-JanAug-csv.csv", "--show")
    assert "mellan 1 och" not in plain.output
    assert "mellan 1 och" in shown.output


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("other.csv", b"a;b\n1;2\n"),
        ("binary.csv", bytes(range(256))),
        ("broken.xlsx", b"PK\x03\x04 not a workbook"),
    ],
)
def test_another_file_is_refused_in_plain_words(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    result = run(tmp_path / name)
    assert result.exit_code == 1
    assert f"{name} går inte att granska" in str(result.exception or result.output)


def test_a_file_with_words_it_does_not_know_is_not_called_safe(files: Path, tmp_path: Path) -> None:
    text = (files / "2023-csv.csv").read_text(encoding="utf-8")
    (tmp_path / "renamed.csv").write_text(text.replace("åldersgrupp", "årskull"), encoding="utf-8")
    result = run(tmp_path / "renamed.csv")
    assert result.exit_code == 1
    assert "gick inte att tolka" in result.output
