"""Whatever a team does, in whatever order: the figures of every period add up, in both databases."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.db import Database
from followup.db.session import act_for
from followup.errors import Refusal
from followup.months.service import declare_complete
from followup.participation.commands import RowRef
from followup.participation.models import Participation as Row
from followup.participation.state import EVENTS, State
from followup.periods import Month
from tests.infrastructure.furnish import Furnished
from tests.participation.acts import Acts, day

MONTHS = [Month(2023, 11) + step for step in range(8)]
DAYS = st.dates(min_value=MONTHS[0].first_day, max_value=Month(2024, 6).first_day).map(str)
# What to do, to which of the rows made so far, and on which day.
ACTS = st.tuples(
    st.sampled_from(
        [
            "join",
            "join",
            "start_directly",
            "start",
            "start",
            "leave",
            "end",
            "correct",
            "void",
            "undo",
            "declare",
        ]
    ),
    st.integers(0, 11),
    DAYS,
)


class History:
    """Does what it is told as far as the register lets it, and knows what every complete month showed."""

    def __init__(self, acts: Acts, manager: Scope) -> None:
        self.acts, self.manager = acts, manager
        self.keys: list[str] = []
        self.shown: dict[Month, dict[str, int]] = {}

    def do(self, act: str, which: int, on: str) -> None:
        attempt = self.acts.session.begin_nested()
        try:
            self._do(act, which, on)
        except Refusal:
            attempt.rollback()

    def _do(self, act: str, which: int, on: str) -> None:
        if act in ("join", "start_directly"):
            self.keys.append(getattr(self.acts, act)(on).key)
        elif act == "declare":
            month = MONTHS[which % len(MONTHS)]
            declare_complete(
                session=self.acts.session, scope=self.manager, team_id=self.acts.team_id, month=month
            )
            self.shown[month] = self.figures(month)
        elif act == "undo":
            if self.acts.latest:
                self.acts.undo()
        elif self.keys:
            self._step(act, self.ref(self.keys[which % len(self.keys)]), on)

    def _step(self, act: str, row: RowRef, on: str) -> None:
        if act == "void":
            self.acts.void(row)
        elif act == "correct":
            known = [event for event in EVENTS if getattr(self.acts.state(row), event)]
            self.acts.correct(row, **{known[int(on[-1]) % len(known)]: day(on)})
        else:
            getattr(self.acts, act)(row, on)

    def ref(self, key: str) -> RowRef:
        row = self.acts.session.get_one(Row, key)
        return RowRef(team_id=row.team_id, key=key, stamp=row.stamp)

    def figures(self, month: Month) -> dict[str, int]:
        """Counted as the statistics count, straight from the table."""
        before, after = month, month + 1
        begun = {
            "active_at_start": (Row.started_month < before) & _not_before(Row.ended_month, before),
            "started": Row.started_month == month,
            "ended": Row.ended_month == month,
            "active_at_end": (Row.started_month < after) & _not_before(Row.ended_month, after),
            "queue_at_start": (Row.accepted_month < before)
            & _not_before(Row.started_month, before)
            & _not_before(Row.left_month, before),
            "joined": Row.accepted_month == month,
            "started_from_queue": (Row.started_month == month) & Row.accepted_month.is_not(None),
            "left": Row.left_month == month,
            "queue_at_end": (Row.accepted_month < after)
            & _not_before(Row.started_month, after)
            & _not_before(Row.left_month, after),
        }
        return {
            name: self.acts.session.scalar(
                select(func.count()).where(
                    Row.team_id == self.acts.team_id, Row.void_reason.is_(None), condition
                )
            )
            or 0
            for name, condition in begun.items()
        }


def _not_before(column: Any, month: Month) -> Any:
    return column.is_(None) | (column >= month)


@pytest.mark.both_databases
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(told=st.lists(ACTS, min_size=8, max_size=40))
def test_periods_add_up_and_complete_months_stand_still(
    database: Database,
    association: Furnished,
    scope_of: Callable[..., Scope],
    told: list[tuple[str, int, str]],
) -> None:
    session = database.open(write=True)
    try:
        act_for(session, association.id)
        acts = Acts(session, scope_of(Role.TEAM_STAFF), association.north)
        history = History(acts, scope_of(Role.TEAM_MANAGER))
        for act in told:
            history.do(*act)
        for month in MONTHS:
            count = history.figures(month)
            assert count["active_at_start"] + count["started"] - count["ended"] == count["active_at_end"]
            left = count["started_from_queue"] + count["left"]
            assert count["queue_at_start"] + count["joined"] - left == count["queue_at_end"]
            assert history.shown.get(month, count) == count
        for key in history.keys:
            _check_order(acts.state(history.ref(key)))
    finally:
        session.rollback()
        session.close()


def _check_order(state: State) -> None:
    moments = [moment for name in EVENTS if (moment := getattr(state, name))]
    assert [moment.week for moment in moments] == sorted(moment.week for moment in moments)
    assert [moment.month for moment in moments] == sorted(moment.month for moment in moments)
    assert not (state.started and state.left)
    assert state.started or not state.ended
