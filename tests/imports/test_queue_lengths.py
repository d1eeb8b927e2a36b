"""`followup import queue`: how many waited, from before the teams' own rows."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from followup.audit.models import AuditEvent
from followup.db import Database
from followup.queues.models import QueueHistory
from tests.imports.conftest import LIST, Command

HEAD = "Team;Månad;Antal i kö\n"


@pytest.fixture
def teams(command: Command) -> None:
    """The teams of the list, whose rows begin in 2022 or earlier."""
    assert command("import", "participations", LIST, "--declare-complete").exit_code == 0


@pytest.fixture
def team_name(teams: None, installed: Database) -> str:
    from followup.organisation.models import Team

    with installed.session() as session:
        return session.scalars(select(Team.name).order_by(Team.id)).first() or ""


def lengths(installed: Database) -> dict[str, int]:
    with installed.session() as session:
        return {str(row.month): row.waiting for row in session.scalars(select(QueueHistory))}


def test_lengths_are_read_in_and_a_second_reading_takes_their_place(
    command: Command, installed: Database, team_name: str, tmp_path: Path
) -> None:
    file = tmp_path / "queue.csv"
    file.write_text(
        HEAD + f"{team_name};2019-03;12\n{team_name};april 2019;14\nSumma;;26\n", encoding="utf-8"
    )
    assert "2 kölängder kan läsas in." in command("import", "queue", file, "--dry-run").output
    assert lengths(installed) == {}
    (tmp_path / "empty.csv").write_text(HEAD, encoding="utf-8")
    assert "inga rader att läsa in" in command("import", "queue", tmp_path / "empty.csv").output
    done = command("import", "queue", file)
    assert "2 kölängder är inlästa." in done.output
    assert lengths(installed) == {"2019-03": 12, "2019-04": 14}
    file.write_text(HEAD + f"{team_name};2019-04;15\n", encoding="utf-8")
    command("import", "queue", file)
    assert lengths(installed) == {"2019-03": 12, "2019-04": 15}
    with installed.session() as session:
        kinds = [event.event for event in session.scalars(select(AuditEvent).order_by(AuditEvent.number))]
    assert kinds[-2:] == ["QUEUE_HISTORY_FILLED_IN"] * 2


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Team Ingenstans;2019-03;12", "rad 2"),
        ("{team};mars;12", "skriv år och månad"),
        ("{team};2019-03;många", "skriv ett heltal"),
        ("{team};2019-03;12\n{team};mars 2019;13", "redan på en tidigare rad"),
        ("{team};2019-03;19850312-9820", "personnummer"),
        ("{team};2022-06;4", "räknas redan från deltagarlistan"),
    ],
)
def test_a_file_with_anything_wrong_is_refused_as_a_whole(
    command: Command, installed: Database, team_name: str, tmp_path: Path, row: str, message: str
) -> None:
    file = tmp_path / "queue.csv"
    good = f"{team_name};2019-01;9\n"
    file.write_text(HEAD + good + row.format(team=team_name) + "\n", encoding="utf-8")
    with time_machine.travel(datetime(2024, 6, 12, tzinfo=UTC), tick=False):
        done = command("import", "queue", file)
    assert done.exit_code == 1
    assert message in done.output.replace("rad 3", "rad 2")
    assert "9820" not in done.output
    assert lengths(installed) == {}
