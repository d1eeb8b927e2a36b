"""T15: how far the figures can be trusted."""

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.disclosure import Status
from followup.months import service as months
from followup.months.history import acts
from followup.organisation.models import Team
from followup.periods import Month, Quarter
from followup.statistics.exhibits import table_exhibit
from followup.statistics.service import association_statistics
from tests.infrastructure.furnish import Furnished
from tests.statistics.test_completeness import declare


def test_months_are_told_with_how_soon_they_were_declared_and_that_some_were_opened_again(
    session: Session, association: Furnished, scope_of, clock
) -> None:  # type: ignore[no-untyped-def]
    south = session.get_one(Team, association.south)
    south.opened = Month(2024, 2)
    manager = scope_of(Role.TEAM_MANAGER)
    for month, day in ((1, "2024-02-01"), (2, "2024-03-08"), (3, "2024-04-11")):
        clock.move_to(f"{day}T09:00+00:00")
        months.declare_complete(
            session=session, scope=manager, team_id=association.north, month=Month(2024, month)
        )
    months.reopen(
        session=session, scope=manager, team_id=association.north, month=Month(2024, 2), reason="SEN"
    )
    months.declare_complete(session=session, scope=manager, team_id=association.north, month=Month(2024, 2))
    declare(session, association, association.south, Quarter(2024, 1))
    found = association_statistics(
        session=session, scope=scope_of(Role.DIRECTOR), period=Quarter(2024, 1), key=b"k" * 32
    )
    shown = found.table("T15")
    assert shown is not None
    cells = shown.cubes[""].cells

    def told(team: int) -> dict[str, float | None]:
        return {
            figure: cells[str(team), "2024-Q1", figure].value for figure in ("worked", "complete", "days")
        }

    assert told(association.north) == {"worked": 3, "complete": 3, "days": 7}
    assert told(association.south) == {"worked": 2, "complete": 2, "days": None}
    assert cells[str(association.south), "2024-Q1", "days"].status is Status.MISSING
    again = {codes: cell.value for codes, cell in shown.cubes["öppnade igen"].cells.items()}
    assert table_exhibit(shown.cubes["öppnade igen"]).columns[0].label == "Vilka team"
    assert again == {
        ("worked", "2024-Q1"): 2,
        ("reopened", "2024-Q1"): 1,
        ("worked", "2023-Q1"): None,
        ("reopened", "2023-Q1"): None,
    }


@pytest.mark.parametrize("first", [1, 2, 3])
def test_months_that_stand_open_in_the_year_before_are_not_counted(
    session: Session, association: Furnished, scope_of, first: int
) -> None:  # type: ignore[no-untyped-def]
    """How many are left would say from which month a correction opened them."""
    for year in (2023, 2024):
        for team in (association.north, association.south):
            declare(session, association, team, Quarter(year, 1))
    where = {"session": session, "scope": scope_of(Role.TEAM_MANAGER), "team_id": association.north}
    months.reopen(**where, month=Month(2023, first), reason="SEN", with_later=True)
    for month in range(1, 4):
        months.declare_complete(**where, month=Month(2024, month))
    shown = association_statistics(
        session=session, scope=scope_of(Role.DIRECTOR), period=Quarter(2024, 1), key=b"k" * 32
    ).table("T15")
    assert shown is not None
    before = {codes: cell.value for codes, cell in shown.cubes[""].cells.items() if "2023-Q1" in codes}
    assert {codes[-1]: value for codes, value in before.items()} == {
        "worked": 3,
        "complete": None,
        "days": None,
    }


@pytest.mark.parametrize("first", [1, 2, 3])
def test_how_far_back_a_correction_was_is_told_by_no_figure(
    session: Session, association: Furnished, scope_of, first: int
) -> None:  # type: ignore[no-untyped-def]
    """A team opens all months from that of the correction, and declares them again."""
    where = {"session": session, "scope": scope_of(Role.TEAM_MANAGER), "team_id": association.north}
    for team in (association.north, association.south):
        declare(session, association, team, Quarter(2024, 1))
    months.reopen(**where, month=Month(2024, first), reason="SEN", with_later=True)
    for month in range(first, 4):
        months.declare_complete(**where, month=Month(2024, month))
    shown = association_statistics(
        session=session, scope=scope_of(Role.DIRECTOR), period=Quarter(2024, 1), key=b"k" * 32
    ).table("T15")
    assert shown is not None
    told = {
        (key, *codes): cell.value
        for key in ("", "öppnade igen")
        for codes, cell in shown.cubes[key].cells.items()
        if "2024-Q1" in codes
    }
    assert told == {
        **{
            ("", str(team), "2024-Q1", figure): 3
            for team in (association.north, association.south)
            for figure in ("worked", "complete")
        },
        **{("", str(team), "2024-Q1", "days"): None for team in (association.north, association.south)},
        ("öppnade igen", "worked", "2024-Q1"): 2,
        ("öppnade igen", "reopened", "2024-Q1"): 1,
    }


def test_a_month_declared_with_an_imported_list_is_not_late_when_it_is_opened_and_declared_again(
    session: Session, association: Furnished, scope_of, clock
) -> None:  # type: ignore[no-untyped-def]
    """Nobody declared it month by month: how soon, is not known, and the second time says nothing of it."""
    where = {"session": session, "scope": scope_of(Role.TEAM_MANAGER), "team_id": association.north}
    declare(session, association, association.north, Quarter(2024, 1))
    clock.move_to("2024-12-01T09:00+00:00")
    months.reopen(**where, month=Month(2024, 2), reason="SEN")
    months.declare_complete(**where, month=Month(2024, 2))
    found = acts(session, where["scope"], [association.north])[association.north]
    assert found.days([Month(2024, 2)]) == []
    assert found.reopened == {Month(2024, 2)}


def test_a_month_that_stood_open_between_those_opened_is_not_counted_as_opened(
    session: Session, association: Furnished, scope_of
) -> None:  # type: ignore[no-untyped-def]
    where = {"session": session, "scope": scope_of(Role.TEAM_MANAGER), "team_id": association.north}
    for month in (1, 3, 4):
        months.declare_complete(**where, month=Month(2024, month))
    months.reopen(**where, month=Month(2024, 1), reason="SEN", with_later=True)
    found = acts(session, where["scope"], [association.north])[association.north]
    assert found.reopened == {Month(2024, 1), Month(2024, 3), Month(2024, 4)}
