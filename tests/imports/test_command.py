"""`followup import`, as a script or an auditor runs it on a new installation."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.audit.models import AuditEvent
from followup.audit.service import find_break
from followup.db import Database
from followup.months import queries as months
from followup.organisation.models import Association, Team, TeamMunicipality
from followup.participation.counts import Group, counted_by_group
from followup.periods import JanAug, Year
from followup.screening import queries as screening
from tests.imports.conftest import LIST, MESSY, SCREENING, Command

BOTH = pytest.mark.both_databases
POSITIVE = {"WORK": ("ARB", "ARS", "EGF"), "STUDY": ("STU",), "ORD": ("OAF", "OAN")}


def scope_of(session: Session) -> Scope:
    association = session.scalars(select(Association)).one()
    return Scope.of_command(association.id, set(session.scalars(select(Team.id))))


def number(groups: list[Group]) -> int:
    return sum(group.number for group in groups)


def of_year(session: Session, year: int) -> tuple[list[Group], list[Group], list[Group]]:
    """Participants in a year, and those of them who started and who ended in it."""
    groups = counted_by_group(session, scope_of(session), Year(year))
    within = [
        group
        for group in groups
        if group.started
        and group.started <= f"{year}-12"
        and (group.ended is None or group.ended >= f"{year}-01")
    ]
    started = [group for group in within if group.started and group.started.startswith(str(year))]
    ended = [group for group in within if group.ended and group.ended.startswith(str(year))]
    return within, started, ended


@BOTH
def test_the_board_gets_back_the_figures_it_printed(command: Command, installed: Database) -> None:
    done = command("import", "participations", LIST, "--declare-complete")
    assert done.exit_code == 0, done.output
    assert "215 rader är inlästa" in done.stdout
    with installed.session() as session:
        within, started, ended = of_year(session, 2022)
        assert (number(within), number(started), number(ended)) == (134, 54, 42)
        within, started, ended = of_year(session, 2023)
        assert (number(within), number(started), number(ended)) == (145, 53, 56)
        work, study, service = (
            number([group for group in ended if group.occupation_at_exit in codes])
            for codes in POSITIVE.values()
        )
        assert (work, study, work + study + service) == (14, 9, 40)
        assert number([group for group in within if group.time_on_public_support == "5"]) == 48
        assert number([group for group in within if group.sex == "F"]) == 79
        queue = counted_by_group(session, scope_of(session), Year(2023))
        waiting = [
            group
            for group in queue
            if group.accepted
            and (group.started is None or group.started > "2023-12")
            and (group.left is None or group.left > "2023-12")
        ]
        left = [group for group in queue if group.left and group.left.startswith("2023")]
        assert (number(waiting), number(left)) == (19, 9)


@BOTH
def test_months_that_the_list_covers_become_complete(command: Command, installed: Database) -> None:
    """The list has nobody who left before 2022, so what it tells of earlier years is not the whole."""
    done = command("import", "participations", LIST, "--declare-complete")
    assert "Tidigare månader är inte klarmarkerade" in done.stdout
    assert command("import", "screening", SCREENING, "--declare-complete").exit_code == 0
    with installed.session() as session:
        scope = scope_of(session)
        for period in (Year(2022), Year(2023), JanAug(2023)):
            assert not any(months.missing_months(session, scope, scope.team_ids, period).values())
        assert all(months.missing_months(session, scope, scope.team_ids, Year(2021)).values())
        sums = screening.sums(session, scope, Year(2023))
        assert sum(count for address, count in sums.items() if address.measure == "asked") == 137
        association = scope.association_id
        assert find_break(session, association) is None


@BOTH
def test_teams_and_municipalities_come_with_the_first_list(command: Command, installed: Database) -> None:
    done = command("import", "participations", LIST)
    assert "Nya team: " in done.stdout
    with installed.session() as session:
        teams = {team.name: team for team in session.scalars(select(Team))}
        assert sorted(teams) == [
            "Samordningsteam FNS",
            "Samordningsteam Hallstahammar",
            "Samordningsteam Sala",
            "Samordningsteam Surahammar",
        ]
        covered = session.scalars(
            select(TeamMunicipality.municipality).where(
                TeamMunicipality.team_id == teams["Samordningsteam FNS"].id
            )
        )
        assert sorted(covered) == ["1904", "1962", "1982"]


@BOTH
def test_trial_writes_nothing(command: Command, installed: Database) -> None:
    tried = command("import", "participations", LIST, "--dry-run", "--declare-complete")
    assert tried.exit_code == 0
    assert "215 rader kan läsas in, 0 avvisas" in tried.stdout
    with installed.session() as session:
        for table in ("participation", "team", "month_declaration", "import_batch"):
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0


@BOTH
def test_undone_import_leaves_nothing_behind(command: Command, installed: Database) -> None:
    command("import", "participations", LIST, "--declare-complete")
    command("import", "screening", SCREENING, "--declare-complete")
    for line in command("import", "list").stdout.splitlines():
        undone = command("import", "undo", line.split("\t")[0])
        assert undone.exit_code == 0, undone.output
    with installed.session() as session:
        scope = scope_of(session)
        for table in ("participation", "participation_income", "screening_count", "import_row"):
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0
        assert not any(months.complete_months(session, scope, scope.team_ids).values())
    assert command("import", "list").stdout.count("ångrad") == 2
    assert command("import", "participations", LIST, "--declare-complete").exit_code == 0


def test_counts_undone_alone_leave_their_months_complete(command: Command, installed: Database) -> None:
    command("import", "participations", LIST, "--declare-complete")
    command("import", "screening", SCREENING, "--declare-complete")
    batch = next(line for line in command("import", "list").stdout.splitlines() if "våld" in line)
    assert command("import", "undo", batch.split("\t")[0]).exit_code == 0
    with installed.session() as session:
        scope = scope_of(session)
        assert not any(months.missing_months(session, scope, scope.team_ids, Year(2023)).values())
        assert screening.sums(session, scope, Year(2023)) == {}


def test_settled_import_cannot_be_undone(command: Command) -> None:
    command("import", "participations", LIST)
    batch = command("import", "list").stdout.split("\t")[0]
    assert command("import", "settle", batch).exit_code == 0
    refused = command("import", "undo", batch)
    assert refused.exit_code == 1
    assert "kan inte längre ångras" in refused.stderr


def test_the_same_list_is_not_read_in_twice(command: Command) -> None:
    assert command("import", "participations", LIST).exit_code == 0
    again = command("import", "participations", LIST)
    assert again.exit_code == 1
    assert "verkar redan vara inläst" in again.stderr


def test_complete_months_refuse_counts_unless_declared_anew(command: Command) -> None:
    command("import", "participations", LIST, "--declare-complete")
    refused = command("import", "screening", SCREENING)
    assert refused.exit_code == 1
    assert "Januari 2023 är klarmarkerad. Öppna månaden" in refused.stderr
    assert command("import", "screening", SCREENING, "--declare-complete").exit_code == 0
    again = command("import", "screening", SCREENING, "--declare-complete")
    assert again.exit_code == 1


def test_messy_list_is_refused_row_by_row_and_the_rest_read_in_on_demand(
    command: Command, installed: Database, clock: time_machine.Traveller
) -> None:
    clock.move_to(datetime(2025, 2, 3, 9, tzinfo=UTC))
    command("import", "participations", LIST)
    words = ("import", "participations", MESSY, "--team", "samordningsteam sala")
    refused = command(*words)
    assert refused.exit_code == 1
    assert "Ingenting har sparats" in refused.stderr
    for line, reason in {
        11: "Start ligger före I kö",
        12: "Avslut ligger före Start",
        13: "Åldern ska vara 16–67 år",
        14: "ser ut att innehålla ett personnummer",
    }.items():
        assert f"Avvisad, rad {line}: " in refused.stderr
        assert reason in refused.stderr
    assert "Varning, rad 18: Möjlig dubblett" in refused.stderr
    assert command(*words, "--skip-refused").exit_code == 0
    with installed.session() as session:
        assert session.scalar(text("SELECT count(*) FROM participation")) == 215 + 13


def test_nothing_of_an_identity_is_told_or_kept(
    command: Command, installed: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    command("import", "participations", LIST)
    done = command("import", "participations", MESSY, "--team", "Samordningsteam Sala", "--skip-refused")
    for secret in ("9820", "19850312", "anna", "exempel.se", "12 34 56"):
        assert secret not in done.output + caplog.text
        with installed.session() as session:
            for event in session.scalars(select(AuditEvent)):
                assert secret not in str(event.details)


def test_log_tells_of_an_import_without_an_exact_number(command: Command, installed: Database) -> None:
    command("import", "participations", LIST)
    with installed.session() as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.event == "IMPORTED")).one()
        assert event.actor == "command"
        assert event.details["count_class"] == "200 eller fler"
        assert event.details["kind"] == "participations"
        assert event.details["declared"] == ""


def test_unknown_teams_are_created_only_on_demand_once_there_are_teams(
    command: Command, tmp_path: Path
) -> None:
    command("import", "participations", LIST)
    other = tmp_path / "other.csv"
    other.write_text(LIST.read_text(encoding="utf-8-sig").replace("Samordningsteam Sala", "Team Ny"))
    refused = command("import", "participations", other, "--dry-run")
    assert "Teamet finns inte bland dina team" in refused.stderr
    created = command("import", "participations", other, "--create-teams")
    assert created.exit_code == 0
    assert "Nya team: Team Ny." in created.stdout


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Filen är tom"),
        (b"%PDF-1.7 ...", "Filen är en pdf"),
        (b"PK\x03\x04 not a workbook", "Arbetsboken går inte att öppna"),
        (b"hello;world\n1;2\n", "Hittar ingen rad med kolumnrubriker"),
    ],
)
def test_file_that_is_no_list_is_refused(command: Command, tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "file.csv"
    file.write_bytes(content)
    refused = command("import", "participations", file)
    assert refused.exit_code == 1
    assert told in refused.stderr
    missing = command("import", "participations", tmp_path / "nowhere.csv")
    assert missing.exit_code == 1
    assert "Filen går inte att öppna: den finns inte. Kontrollera sökvägen." in missing.stderr


def test_somebody_who_knows_better_says_from_when_the_list_is_whole(
    command: Command, installed: Database
) -> None:
    choice = ("--declare-complete", "--complete-from", "2023-01")
    done = command("import", "participations", LIST, *choice)
    assert "januari 2023–december 2023" in done.stdout
    with installed.session() as session:
        scope = scope_of(session)
        assert not any(months.missing_months(session, scope, scope.team_ids, Year(2023)).values())
        assert all(months.missing_months(session, scope, scope.team_ids, Year(2022)).values())
    wrong = command("import", "participations", LIST, "--complete-from", "våren")
    assert wrong.exit_code == 2


def test_sum_row_makes_no_team(command: Command, installed: Database, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(LIST.read_text(encoding="utf-8-sig") + "Summa;;;;;;;;;;215\n", encoding="utf-8")
    assert command("import", "participations", file).exit_code == 0
    with installed.session() as session:
        assert "Summa" not in set(session.scalars(select(Team.name)))
