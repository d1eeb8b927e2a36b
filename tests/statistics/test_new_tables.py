"""T4, T6, T9, T10, T11 and T15 count what their definitions say."""

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.disclosure import TOTAL, OwnTeamTable, Status
from followup.months.models import MonthDeclaration
from followup.participation.models import Participation, ParticipationIncome, random_key
from followup.periods import Month, Week, Year
from followup.screening.models import ScreeningCount
from followup.statistics.material import lists_of
from followup.statistics.service import Statistics, association_statistics, own_team_statistics
from followup.statistics.units import everybody
from followup.statistics.variables import PARTICIPATION, YES
from tests.infrastructure.furnish import Furnished


def _row(association: Furnished, started: str, ended: str | None = None, **more: object) -> Participation:
    times = {"started_week": Week.of(Month.parse(started).first_day), "started_month": Month.parse(started)}
    if ended:
        times |= {"ended_week": Week.of(Month.parse(ended).first_day), "ended_month": Month.parse(ended)}
        more = {"exit_reason": "PLAN", **more}
    return Participation(
        key=random_key(), association_id=association.id, team_id=association.north, sex="F",
        age_group="30-39", referring_party="FK", **times, **more,
    )  # fmt: skip


def _income(association: Furnished, phase: str, code: str) -> ParticipationIncome:
    return ParticipationIncome(
        phase=phase, code=code, association_id=association.id, team_id=association.north
    )


def _statistics(session: Session, scope_of, association: Furnished) -> Statistics:  # type: ignore[no-untyped-def]
    session.flush()
    return own_team_statistics(
        session=session, scope=scope_of(Role.TEAM_STAFF), team_id=association.north, period=Year(2023)
    )


def _told(statistics: Statistics, table: str, cube: str = "", **codes: str) -> float | None:
    shown = statistics.table(table)
    assert shown is not None
    found = shown.cubes[cube]
    assert isinstance(found, OwnTeamTable)
    chosen = {"period": "2023", **codes}
    return found.cells[tuple(chosen.get(axis.name, TOTAL) for axis in found.axes)].value


def test_each_income_source_counts_and_who_stated_none_is_unknown(
    session: Session, association: Furnished, scope_of
) -> None:  # type: ignore[no-untyped-def]
    two = [_income(association, "before", code) for code in ("SJP", "FST")]
    session.add(
        _row(association, "2022-05", "2023-05", income=[*two, _income(association, "at_exit", "LON")])
    )
    session.add(_row(association, "2022-05", "2023-06"))
    found = _statistics(session, scope_of, association)
    for phase, code, number in (
        ("before", "SJP", 1), ("before", "FST", 1), ("before", "U", 1), ("before", "LON", 0),
        ("at_exit", "LON", 1), ("at_exit", "U", 1), ("before", TOTAL, 2), ("at_exit", TOTAL, 2),
    ):  # fmt: skip
        assert _told(found, "T6", phase=phase, income=code) == number, (phase, code)


def test_a_stay_is_as_many_months_as_lie_between_start_and_exit(
    session: Session, association: Furnished, scope_of
) -> None:  # type: ignore[no-untyped-def]
    for started in ("2023-03", "2023-01", "2022-12", "2022-04", "2021-03"):
        session.add(_row(association, started, "2023-03"))
    found = _statistics(session, scope_of, association)
    bands = {code: _told(found, "T9", stay=code) for code in ("0", "3", "6", "12", "18", "24")}
    assert bands == {"0": 2, "3": 1, "6": 1, "12": 0, "18": 0, "24": 1}
    weeks = [
        Week.of(Month(2023, 3).first_day) - Week.of(Month.parse(text).first_day)
        for text in ("2023-03", "2023-01", "2022-12", "2022-04", "2021-03")
    ]
    assert _told(found, "T9", "median", exits="ended", figure="median") == sorted(weeks)[2]
    assert _told(found, "T9", "median", exits="ended", figure="ninetieth") == max(weeks)


def test_the_queue_is_looked_at_on_four_days_and_waits_are_told_for_both(
    session: Session, association: Furnished, scope_of
) -> None:  # type: ignore[no-untyped-def]
    def queued(month: str) -> dict[str, object]:
        return {"accepted_month": Month.parse(month), "accepted_week": Week.of(Month.parse(month).first_day)}

    session.add(_row(association, "2023-05", **queued("2023-02")))
    waiting = _row(association, "2023-05", **queued("2023-08"))
    waiting.started_month = waiting.started_week = None
    session.add(waiting)
    found = _statistics(session, scope_of, association)
    days = {day: _told(found, "T10", "fasta dagar", day=day) for day in ("03", "06", "09", "12")}
    assert days == {"03": 1, "06": 0, "09": 1, "12": 1}
    waited = Week.of(Month(2023, 5).first_day) - Week.of(Month(2023, 2).first_day)
    still = Week.of(Year(2023).last_day) - Week.of(Month(2023, 8).first_day)
    assert _told(found, "T10", "väntetid", wait="started_from_queue", figure="median") == waited
    assert _told(found, "T10", "väntetid", wait="queue_at_end", figure="median") == still


def test_rounds_of_screening_stand_apart_and_shares_are_of_those_who_answered(
    session: Session, association: Furnished, scope_of
) -> None:  # type: ignore[no-untyped-def]
    for month, measure, number in (
        ("2023-02", "asked", 6), ("2023-02", "declined", 1), ("2023-02", "answered", 5),
        ("2023-02", "yes_any", 4), ("2023-09", "asked", 1), ("2023-09", "answered", 1),
        ("2022-09", "asked", 7),
    ):  # fmt: skip
        session.add(
            ScreeningCount(
                association_id=association.id, team_id=association.north, month=Month.parse(month),
                round="START", sex="F", measure=measure, count=number,
            )
        )  # fmt: skip
    found = _statistics(session, scope_of, association)
    first = {"round": "START", "figure": "count"}
    assert _told(found, "T11", answer="asked", **first) == 7
    assert _told(found, "T11", answer="yes_any", **first) == 4
    assert _told(found, "T11", answer="yes_any", round="START", figure="share") == 67
    assert _told(found, "T11", answer="asked", round="EXIT", figure="count") == 0
    shown = found.table("T11")
    assert shown is not None
    assert TOTAL not in shown.cubes[""].axis("round").codes


def test_unknown_answers_and_voided_rows_are_counted(
    session: Session, association: Furnished, scope_of
) -> None:  # type: ignore[no-untyped-def]
    session.add(_row(association, "2023-01", education="U"))
    session.add(_row(association, "2023-01", education="2"))
    session.add(_row(association, "2023-01", void_reason="DUB"))
    found = _statistics(session, scope_of, association)
    assert _told(found, "T15", "saknas vid start", unknown_at_start="education", figure="count") == 1
    assert _told(found, "T15", "saknas vid start", unknown_at_start="education", figure="share") == 50
    assert _told(found, "T15", "makulerade", void_reason="DUB") == 1
    assert _told(found, "T4", education="2") == 1
    assert _told(found, "T1", flow="participants") == 2


def test_nothing_of_the_screening_is_told_that_is_under_ten_or_nearly_everybody(report) -> None:  # type: ignore[no-untyped-def]
    shown = report.statistics("2023").table("T11")
    assert shown is not None
    for cube in shown.cubes.values():
        position = [axis.name for axis in cube.axes].index("answer")
        for codes, cell in cube.cells.items():
            if cell.status is Status.VALUE and "share" not in codes:
                assert cell.value >= 10, codes
            if "answered" not in cube.axis("answer").codes:
                continue  # per team only how many were asked is told
            whole = cube.cells[(*codes[:position], "answered", *codes[position + 1 :])]
            told = cell.value and whole.value and codes[position] in ("yes_any", "ongoing", "yes_V1")
            if told and "share" not in codes:
                assert not 0 < whole.value - cell.value < 10, codes


@pytest.mark.parametrize(("asked", "told"), [(29, False), (30, True)])
def test_a_team_is_told_of_when_thirty_were_asked(
    session: Session, association: Furnished, scope_of, asked: int, told: bool
) -> None:  # type: ignore[no-untyped-def]
    for team, numbers in (
        (association.north, {"asked": 160, "declined": 40, "answered": 120, "yes_any": 75}),
        (association.south, {"asked": asked, "answered": asked, "yes_any": 15}),
    ):
        session.add_all(
            MonthDeclaration(association_id=association.id, team_id=team, month=month, complete=True)
            for month in Year(2023)
        )
        session.add_all(
            ScreeningCount(
                association_id=association.id, team_id=team, month=Month(2023, 4), round="START",
                sex="F", measure=measure, count=number,
            )
            for measure, number in numbers.items()
        )  # fmt: skip
    session.flush()
    director = scope_of(Role.DIRECTOR)
    found = association_statistics(session=session, scope=director, period=Year(2023), key=b"k" * 32)
    shown = found.table("T11")
    assert shown is not None
    cells = shown.cubes["per team"].cells
    north, south = str(association.north), str(association.south)
    known = [cells[team, "START", "asked", "2023"].value for team in (north, south)]
    whole = shown.cubes[""].cells["START", "asked", "2023", "count"].value
    assert known[1] == (30 if told else None)
    # The other team's number and the sum would together give the hidden one away.
    assert None not in (known[0], whole) if told else None in (known[0], whole)


def test_protection_starts_from_everybody_there_ever_was_but_for_voided_rows(
    session: Session, association: Furnished, scope_of
) -> None:  # type: ignore[no-untyped-def]
    long_ago, voided = (
        _row(association, "2009-02", "2009-11"),
        _row(association, "2023-01", void_reason="DUB"),
    )
    session.add_all([long_ago, voided, _row(association, "2023-05")])
    session.flush()
    scope = scope_of(Role.DIRECTOR)
    people = everybody(session, scope, lists_of(session, scope))[PARTICIPATION]
    started = sorted((unit.months["started"], unit.number) for unit in people)
    assert started == [("2009-02", 1), ("2023-05", 1)]


def test_protection_knows_the_income_sources_of_everybody(
    session: Session, association: Furnished, scope_of
) -> None:  # type: ignore[no-untyped-def]
    one, other = _row(association, "2023-01", "2023-09"), _row(association, "2023-01", "2023-09")
    one.income = [_income(association, "before", "SJP"), _income(association, "before", "STU")]
    other.income = [_income(association, "before", "SJP"), _income(association, "at_exit", "LON")]
    session.add_all([one, other])
    session.flush()
    scope = scope_of(Role.DIRECTOR)
    people = everybody(session, scope, lists_of(session, scope))[PARTICIPATION]
    found = sorted(sorted(name for name in unit.codes if name.startswith("income_")) for unit in people)
    assert found == [
        ["income_at_exit_LON", "income_before_SJP"],
        ["income_at_exit_U", "income_before_SJP", "income_before_STU"],
    ]
    assert {unit.codes["income_before_SJP"] for unit in people} == {YES}
