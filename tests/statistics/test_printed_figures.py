"""What a real board printed for 2022 and 2023 comes out again, and stays visible under disclosure control."""

import pytest

from followup.disclosure import TOTAL, OwnTeamTable, ProtectedTable, Status
from followup.periods import Year
from followup.statistics.declarations import cube_id
from followup.statistics.findings import words
from followup.statistics.meaning import counts_people
from tests.statistics.conftest import Report

THRESHOLD = 5


def figure(report: Report, year: int, table: str, cube: str = "", **codes: str) -> float | None:
    shown = report.statistics(str(year)).table(table)
    assert shown is not None
    found = shown.cubes[cube]
    chosen = {"period": str(year), **codes}
    cell = found.cells[tuple(chosen.get(axis.name, TOTAL) for axis in found.axes)]
    assert cell.status is not Status.SUPPRESSED, f"{table} {codes} is hidden"
    return cell.value


@pytest.mark.parametrize(
    ("year", "flow"),
    [
        (2022, {"active_at_start": 80, "started": 54, "ended": 42, "active_at_end": 92, "participants": 134}),
        (2023, {"active_at_start": 92, "started": 53, "ended": 56, "active_at_end": 89, "participants": 145}),
    ],
)
def test_flow_is_the_printed_one(report: Report, year: int, flow: dict[str, int]) -> None:
    assert {name: figure(report, year, "T1", flow=name) for name in flow} == flow


def test_outcome_of_2023_is_the_printed_one(report: Report) -> None:
    assert figure(report, 2023, "T7", measure="VM", figure="count") == 40
    assert figure(report, 2023, "T7", measure="VM", figure="base") == 56
    assert figure(report, 2023, "T7", measure="VM", figure="share") == 71
    assert figure(report, 2023, "T7", "vid avslut", occupation_at_exit="WORK") == 14
    assert figure(report, 2023, "T7", "vid avslut", occupation_at_exit="STUDY") == 9


def test_long_time_on_public_support_women_and_queue_are_the_printed_ones(report: Report) -> None:
    assert figure(report, 2023, "T5", time_on_public_support="5") == 48
    assert figure(report, 2023, "T2", sex="F") == 79
    assert figure(report, 2023, "T10", queue="queue_at_end") == 19
    assert figure(report, 2023, "T10", queue="left") == 9


def test_last_year_stands_beside_this_year(report: Report) -> None:
    shown = report.statistics("2023").table("T1")
    assert shown is not None
    assert shown.cubes[""].cells["participants", TOTAL, "2022"].value == 134


def test_the_finding_says_what_the_board_printed(report: Report) -> None:
    shown = report.statistics("2023").table("T7")
    assert shown is not None
    told = words(shown, Year(2023))
    assert told.heading == "71\u00a0% gick vidare till arbete, studier eller ordinarie insats mot arbete"
    assert told.sentence == (
        "Av de 56 deltagare som avslutat insatsen har 40 (71\u00a0%) gått vidare till arbete, studier eller "
        "ordinarie insats mot arbete. Samma period året före var de 28. Antalet har ökat med 12 och "
        "andelen med 4\u00a0procentenheter. En så liten skillnad i andel kan bero på slumpen."
    )


@pytest.mark.parametrize("year", [2022, 2023])
def test_flows_add_up_in_every_team(report: Report, year: int) -> None:
    for team in report.board.teams.values():
        for table, axis, terms in (
            ("T1", "flow", ("active_at_start", "started", "ended", "active_at_end")),
            ("T10", "queue", ("queue_at_start", "joined", "started_from_queue", "queue_at_end")),
        ):
            start, more, fewer, end = (
                figure(report, year, table, "per team", team=str(team), **{axis: term}) or 0 for term in terms
            )
            left = figure(report, year, "T10", "per team", team=str(team), queue="left") or 0
            assert start + more - fewer - (left if table == "T10" else 0) == end


def test_teams_add_up_to_the_association(report: Report) -> None:
    teams = [
        figure(report, 2023, "T1", "per team", team=str(team), flow="participants") or 0
        for team in report.board.teams.values()
    ]
    assert sum(teams) == 145


def test_no_small_group_is_told_but_bare_head_counts(report: Report) -> None:
    statistics = report.statistics("2023")
    bare = {
        cube_id(shown.table, cube)
        for shown in statistics.tables
        for cube in shown.table.counted(Year(2023))
        if cube.bare
    }
    for table in statistics.protected:
        if not counts_people(table.id):
            continue
        for codes, cell in table.cells.items():
            is_head_count = table.id in bare and {"F", "M", "X"}.isdisjoint(codes)
            is_count = {"share", "median", "ninetieth"}.isdisjoint(codes)
            if cell.status is Status.VALUE and is_count and not is_head_count:
                assert (cell.value or 0) >= THRESHOLD, f"{table.id} {codes}"


def test_everything_shown_of_the_association_is_protected(report: Report) -> None:
    cubes = [cube for shown in report.statistics("2023").tables for cube in shown.cubes.values()]
    assert cubes
    assert all(isinstance(cube, ProtectedTable) and not isinstance(cube, OwnTeamTable) for cube in cubes)
