"""Cubes count what the counting rules say, whatever happened when."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.disclosure import TOTAL, OwnTeamTable, own_team_view
from followup.participation.counts import lines_to_count, teams_in_sight
from followup.participation.models import Participation, random_key
from followup.periods import JanAug, Month, Period, Quarter, Week, Year
from followup.statistics.catalogue import TABLES
from followup.statistics.cubes import Ground, count_table
from followup.statistics.declarations import TEAM
from followup.statistics.meaning import shipped_lists
from followup.statistics.service import Shown, own_team_statistics
from followup.statistics.variables import PARTICIPATION, QUEUE, units_of
from tests.statistics.histories import FIRST, History, histories, plain_count

LISTS = shipped_lists()
PERIODS: tuple[Period, ...] = (Year(2023), JanAug(2023), Quarter(2023, 2), Month(2023, 1))
FLOWS = {
    "T1": ("flow", ("active_at_start", "started", "ended", "active_at_end", "participants")),
    "T10": ("queue", ("queue_at_start", "joined", "started_from_queue", "left", "queue_at_end")),
}


def tables(groups: Sequence, period: Period) -> dict[str, OwnTeamTable]:  # type: ignore[type-arg]
    """Every cube without teams, as the team itself sees it."""
    people = units_of(groups, LISTS)
    units = {PARTICIPATION: people, QUEUE: people}
    ground = Ground((period, period.previous), frozenset(), [("1", "Team")], LISTS, units, team="1")
    return {
        f"{table.id} {cube.key}".strip(): own_team_view(
            count_table(table, cube, ground), team="1", own_teams={"1"}
        )
        for table in TABLES
        for cube in table.counted(period)
        if TEAM not in cube.stub
    }


def number(table: OwnTeamTable, **codes: str) -> float:
    cell = table.cells[tuple(codes.get(axis.name, TOTAL) for axis in table.axes)]
    assert cell.value is not None
    return cell.value


@settings(max_examples=60, deadline=None)
@given(st.lists(histories(), max_size=25), st.sampled_from(PERIODS))
def test_flows_follow_the_definitions(people: list[History], period: Period) -> None:
    found = tables([person.group() for person in people], period)
    for table, (axis, names) in FLOWS.items():
        for name in names:
            for each in (period, period.previous):
                expected = sum(plain_count(person, name, each) for person in people)
                assert number(found[table], **{axis: name}, period=each.code) == expected, f"{name} {each}"


@settings(max_examples=60, deadline=None)
@given(st.lists(histories(), max_size=25), st.sampled_from(PERIODS))
def test_flows_add_up(people: list[History], period: Period) -> None:
    found = tables([person.group() for person in people], period)
    flow = {name: number(found["T1"], flow=name, period=period.code) for name in FLOWS["T1"][1]}
    queue = {name: number(found["T10"], queue=name, period=period.code) for name in FLOWS["T10"][1]}
    assert flow["active_at_start"] + flow["started"] - flow["ended"] == flow["active_at_end"]
    assert flow["active_at_start"] + flow["started"] == flow["participants"]
    assert (
        queue["queue_at_start"] + queue["joined"] - queue["started_from_queue"] - queue["left"]
        == queue["queue_at_end"]
    )


ENDED = History(None, Month(2023, 2), None, Month(2023, 5)).group()


def test_the_deceased_leave_the_outcome_but_not_the_exits() -> None:
    found = tables([ENDED, ENDED._replace(exit_reason="AVL", occupation_at_exit=None)], Year(2023))
    assert number(found["T7"], measure="VM", figure="base", period="2023") == 1
    assert number(found["T7"], measure="VM", figure="share", period="2023") == 100
    assert number(found["T8"], exit_reason="AVL", period="2023") == 1
    assert number(found["T8"], period="2023") == 2
    assert number(found["T1"], flow="ended", period="2023") == 2


@pytest.mark.parametrize(
    ("before", "extent", "at_exit", "later", "progressed"),
    [
        ("ING", None, "STU", None, True),
        ("ARS", "2", "ARS", "4", True),
        ("ARS", "4", "ARB", "4", False),
        ("ARS", None, "ARB", "4", False),
        ("ING", None, "OAF", None, False),
        (None, None, "ARB", "1", True),
    ],
)
def test_progress_is_to_begin_or_to_do_more(
    before: str | None, extent: str | None, at_exit: str, later: str | None, progressed: bool
) -> None:
    group = ENDED._replace(
        occupation_before=before, extent_before=extent, occupation_at_exit=at_exit, extent_at_exit=later
    )
    found = tables([group], Year(2023))
    assert number(found["T7 förändring"], step="STEP", figure="count", period="2023") == progressed


def test_a_coarsened_row_counts_where_it_did_before() -> None:
    coarsened = ENDED._replace(age_group="30-49", referring_party="KOM")
    found = tables([coarsened, ENDED._replace(referring_party="KFS")], Year(2023))
    assert number(found["T2"], age_group="30-49", period="2023") == 2
    assert number(found["T3"], referring_party="KOM", period="2023") == 2


def test_what_nobody_filled_in_is_a_category_of_its_own() -> None:
    found = tables([ENDED._replace(occupation_at_exit=None)], Year(2023))
    assert number(found["T7 vid avslut"], occupation_at_exit="U", period="2023") == 1


def test_every_category_stands_in_the_table_when_nobody_is_counted() -> None:
    found = tables([], Year(2023))
    axis = found["T5"].axis("time_on_public_support")
    assert axis.labels == (
        "Totalt", "Ingen", "< 1 år", "1–2 år", "3–4 år", "5–6 år", "7 år eller mer", "Okänt",
    )  # fmt: skip
    assert all(number(found["T5"], time_on_public_support=code, period="2023") == 0 for code in axis.codes)


@pytest.mark.both_databases
def test_flows_from_the_database_follow_the_definitions(session: Session, association, scope_of) -> None:  # type: ignore[no-untyped-def]
    chance = Random(2)
    people = [_drawn(chance) for _ in range(150)]
    session.add_all(_row(person, association.id, association.north) for person in people)
    voided = _row(people[0], association.id, association.north)
    voided.void_reason = "FEL"
    session.add(voided)
    session.add(_row(people[0], association.id, association.south))
    session.flush()
    for period in PERIODS:
        statistics = own_team_statistics(
            session=session, scope=scope_of(Role.TEAM_STAFF), team_id=association.north, period=period
        )
        for table, (axis, names) in FLOWS.items():
            shown = statistics.table(table)
            assert isinstance(shown, Shown)
            for name in names:
                cube = shown.cubes[""]
                assert isinstance(cube, OwnTeamTable)
                found = number(cube, **{axis: name}, period=period.code)
                assert found == sum(plain_count(person, name, period) for person in people), (
                    f"{name} {period}"
                )


def _drawn(chance: Random) -> History:
    begun = FIRST + chance.randrange(30)
    if chance.random() < 0.3:
        left = begun + chance.randrange(6) if chance.random() < 0.5 else None
        return History(begun, None, left, None)
    started = begun + chance.randrange(8)
    ended = started + chance.randrange(12) if chance.random() < 0.6 else None
    history = History(begun, started, None, ended)
    return history if chance.random() < 0.7 else replace(history, accepted=None)


def _row(person: History, association_id: int, team_id: int) -> Participation:
    times = {}
    for name in ("accepted", "started", "left", "ended"):
        month: Month | None = getattr(person, name)
        if month is not None:
            times |= {f"{name}_month": month, f"{name}_week": Week.of(month.first_day)}
    return Participation(
        key=random_key(), association_id=association_id, team_id=team_id, sex="M", age_group="20-24",
        referring_party="AF", left_reason="EJA" if person.left else None,
        exit_reason="PLAN" if person.ended else None, **times,
    )  # fmt: skip


@pytest.mark.both_databases
def test_what_decides_the_tables_changes_with_every_counted_field(
    session: Session, association, scope_of
) -> None:  # type: ignore[no-untyped-def]
    scope = scope_of(Role.DIRECTOR)
    session.add_all(
        _row(History(None, Month(2023, month), None, None), association.id, association.north)
        for month in (3, 5)
    )
    session.flush()
    row = session.scalars(select(Participation)).first()
    assert row is not None
    seen = [lines_to_count(session, scope, Year(2023))]
    assert teams_in_sight(session, scope, Year(2023)) == {association.north}
    changes = {
        "sex": "F",
        "age_group": "30-39",
        "education": "2",
        "extent_before": "2",
        "continuation": "AF",
        "started_month": Month(2023, 6),
        "void_reason": "FEL",
    }
    for field, value in changes.items():
        setattr(row, field, value)
        session.flush()
        seen.append(lines_to_count(session, scope, Year(2023)))
    assert len({tuple(lines) for lines in seen}) == len(seen)
    assert lines_to_count(session, scope, Year(2019)) == []
