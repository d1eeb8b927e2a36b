"""A complete month refuses what would move its figures, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.months.service import MonthIsComplete, declare_complete, reopen
from followup.participation.commands import RowRef
from followup.periods import Month
from tests.participation.acts import Acts, day


@pytest.fixture
def complete(acts: Acts, scope_of: Callable[..., Scope]) -> Callable[..., None]:
    manager = scope_of(Role.TEAM_MANAGER)

    def declare(*months: int) -> None:
        for month in months:
            declare_complete(
                session=acts.session, scope=manager, team_id=acts.team_id, month=Month(2024, month)
            )

    return declare


@pytest.fixture
def row(acts: Acts) -> RowRef:
    """In the queue in February, started in March, ended in May."""
    row = acts.start(acts.join("2024-02-05"), "2024-03-04", education="2")
    return acts.end(row, "2024-05-06")


def refuses(act: Callable[[], Any]) -> bool:
    try:
        act()
    except MonthIsComplete:
        return True
    return False


@pytest.mark.both_databases
def test_no_new_event_in_a_complete_month(acts: Acts, complete: Callable[..., None]) -> None:
    queued, active = acts.join("2024-02-05"), acts.start_directly("2024-02-05")
    complete(4)
    assert refuses(lambda: acts.join("2024-04-08"))
    assert refuses(lambda: acts.start_directly("2024-04-08"))
    assert refuses(lambda: acts.start(queued, "2024-04-08"))
    assert refuses(lambda: acts.leave(queued, "2024-04-08"))
    assert refuses(lambda: acts.end(active, "2024-04-08"))
    acts.start(queued, "2024-05-06")
    acts.end(active, "2024-05-06")


def test_a_late_event_is_refused_when_it_moves_a_later_complete_month(
    acts: Acts, complete: Callable[..., None]
) -> None:
    active, short = acts.start_directly("2024-01-08"), acts.start_directly("2024-01-08")
    short = acts.end(short, "2024-03-25")
    complete(4)
    assert refuses(lambda: acts.join("2024-03-11"))
    assert refuses(lambda: acts.end(active, "2024-03-11"))
    acts.correct(short, ended=day("2024-03-11"))


def test_a_start_is_not_stopped_by_a_complete_queue_month(acts: Acts, complete: Callable[..., None]) -> None:
    row = acts.join("2024-02-05")
    complete(2)
    acts.start(row, "2024-03-04", age_group="40-49", education="3", occupation_before="ING")
    acts.undo()


CHANGES: list[tuple[dict[str, Any], set[int]]] = [
    ({"sex": "M"}, {2, 3, 4, 5}),
    ({"referring_party": "AF"}, {2, 3, 4, 5}),
    ({"accepted": day("2024-01-08")}, {1, 2, 3, 4, 5}),
    ({"education": "4"}, {3, 4, 5}),
    ({"age_group": "40-49"}, {3, 4, 5}),
    ({"started": day("2024-04-02")}, {3, 4, 5}),
    ({"income_before": ("FST",)}, {3, 4, 5}),
    ({"exit_reason": "MED"}, {5}),
    ({"continuation": "ING", "income_at_exit": ("SJP",)}, {5}),
    ({"ended": day("2024-06-03")}, {5}),
    ({"ended": day("2024-04-29")}, {4, 5}),
]


@pytest.mark.parametrize(("changes", "moved"), CHANGES, ids=lambda change: "-".join(map(str, change)))
def test_a_correction_needs_every_month_it_moves_open(
    acts: Acts, row: RowRef, complete: Callable[..., None], changes: dict[str, Any], moved: set[int]
) -> None:
    found = set()
    for month in range(1, 6):
        attempt = acts.session.begin_nested()
        complete(month)
        if refuses(lambda: acts.correct(row, **changes)):
            found.add(month)
        attempt.rollback()
    assert found == moved


@pytest.mark.parametrize("month", [2, 3, 5])
def test_voiding_needs_every_month_of_the_row_open(
    acts: Acts, row: RowRef, complete: Callable[..., None], month: int
) -> None:
    complete(month)
    assert refuses(lambda: acts.void(row))


def test_taking_back_and_undoing_need_the_month_open(
    acts: Acts, row: RowRef, complete: Callable[..., None], scope_of: Callable[..., Scope]
) -> None:
    complete(5)
    assert refuses(lambda: acts.take_back(row))
    assert refuses(acts.undo)
    reopen(
        session=acts.session,
        scope=scope_of(Role.TEAM_MANAGER),
        team_id=acts.team_id,
        month=Month(2024, 5),
        reason="RAT",
    )
    acts.undo()


def test_another_teams_complete_month_does_not_matter(acts: Acts, scope_of: Callable[..., Scope]) -> None:
    south = scope_of(Role.TEAM_MANAGER, "south")
    (team_id,) = south.team_ids
    declare_complete(session=acts.session, scope=south, team_id=team_id, month=Month(2024, 4))
    acts.join("2024-04-08")


def test_the_refusal_says_which_month_and_who_can_open_it(acts: Acts, complete: Callable[..., None]) -> None:
    complete(3, 4)
    with pytest.raises(MonthIsComplete) as refusal:
        acts.join("2024-04-08")
    assert "april 2024" in refusal.value.message
    assert "mars" not in refusal.value.message
    assert "Verksamhetsledaren" in refusal.value.message


def test_the_refusal_counts_the_months_and_says_how_to_open_them_at_once(
    acts: Acts, complete: Callable[..., None]
) -> None:
    complete(3, 4, 5)
    with pytest.raises(MonthIsComplete) as refusal:
        acts.start_directly("2024-03-04")
    assert "månader som är klarmarkerade (mars 2024 och 2 till)" in refusal.value.message
    assert "välj mars 2024 och öppna de senare samtidigt" in refusal.value.message
