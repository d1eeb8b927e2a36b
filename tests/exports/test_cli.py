"""`followup export`, as a script runs it."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from followup.audit.models import AuditEvent
from followup.cli import cli
from tests.exports import reading
from tests.statistics.conftest import Report

Run = Callable[..., Result]


@pytest.fixture
def run(report: Report, monkeypatch: pytest.MonkeyPatch) -> Run:
    url = report.database.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("FOLLOWUP_DATABASE_URL", url)

    def export(*arguments: object) -> Result:
        words = ["--instance", str(report.settings.instance), "export", *map(str, arguments)]
        return CliRunner().invoke(cli, words)

    return export


@pytest.mark.parametrize("kind", ["xlsx", "csv", "csv-excel"])
def test_writes_the_file_and_logs_its_checksum(run: Run, report: Report, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "ut"
    result = run("--period", "2023", "--format", kind, "--output", path)
    assert result.exit_code == 0, result.output
    assert (
        result.output == f"{path}: statistik för 2023. Utkast – internt arbetsmaterial, får inte spridas.\n"
    )
    with report.database.session() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
        assert last is not None
        assert last.event == "EXPORTED"
        assert last.details == {
            "period": "2023",
            "format": kind,
            "marking": "utkast-internt",
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }


def test_a_file_that_is_there_is_replaced(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ut.csv"
    path.write_text("gammal")
    assert run("--period", "2023", "--format", "csv", "--output", path).exit_code == 0
    assert reading.machine_csv(path.read_bytes())


def test_a_period_that_is_not_complete_says_what_is_missing(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ut.csv"
    result = run("--period", "2024-Q1", "--format", "csv", "--output", path)
    assert result.exit_code == 1
    assert "Samordningsteam Sala: januari–mars 2024" in result.output
    assert not path.exists()


@pytest.mark.parametrize("period", ["2023-X9", "i år", "2023-13", ""])
def test_an_unknown_period_is_a_fault_in_the_command(run: Run, tmp_path: Path, period: str) -> None:
    result = run("--period", period, "--format", "csv", "--output", tmp_path / "ut.csv")
    assert result.exit_code == 2
    assert "2023-JanAug" in result.output or "mellan 1 och 12" in result.output


def test_an_unwritable_place_leaves_no_file_and_no_line_in_the_log(
    run: Run, report: Report, tmp_path: Path
) -> None:
    def logged() -> int:
        with report.database.session() as session:
            return len(session.scalars(select(AuditEvent)).all())

    before = logged()
    result = run("--period", "2023", "--format", "csv", "--output", tmp_path / "saknas" / "ut.csv")
    assert result.exit_code == 1
    assert "Mappen finns inte" in result.output
    assert logged() == before


def test_help_tells_periods_formats_and_exit_codes(run: Run) -> None:
    text = " ".join(run("--help").output.split())
    for words in ("2023-JanAug", "csv-excel", "Slutkod 0", "1: inget är skrivet"):
        assert words in text


def test_a_period_or_an_edition_is_named_and_never_both(run: Run, tmp_path: Path) -> None:
    rest = ("--format", "csv", "--output", tmp_path / "ut.csv")
    for words in ((), ("--period", "2023", "--edition", "2024:1")):
        result = run(*words, *rest)
        assert result.exit_code == 2
        assert "antingen --period eller --edition" in result.output
    unknown = run("--edition", "2024:1", *rest)
    assert unknown.exit_code == 1
    assert "Det finns ingen utgåva 2024:1" in str(unknown.output)
