"""What a queue page counts adds up for any history, by week and by month alike."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.participation.waiting import QueueTimes
from followup.periods import Month, Week, WeekAndMonth
from followup.queues.overview import Overview
from followup.queues.waits import banded
from tests.queues import q2

TODAY = date(2021, 6, 12)
FIRST = Month(2019, 7)


@st.composite
def times(draw: st.DrawFn) -> QueueTimes:
    """Accepted within four years before today; started or left by today, or still waiting."""
    accepted = TODAY - timedelta(days=draw(st.integers(0, 1460)))
    out = WeekAndMonth.of(draw(st.dates(accepted, TODAY)))
    fate = draw(st.sampled_from(["waits", "started", "left"]))
    return QueueTimes(
        WeekAndMonth.of(accepted),
        out if fate == "started" else None,
        out if fate == "left" else None,
    )


def moment(day: date | None) -> WeekAndMonth | None:
    return WeekAndMonth.of(day) if day else None


@given(st.lists(times(), max_size=40))
def test_queue_at_start_plus_joined_minus_started_minus_left_is_queue_at_end(history):
    overview = Overview.of(history, FIRST, TODAY)
    started = sum(step.started for step in overview.months)
    assert overview.length_before + overview.joined - started - overview.left == overview.length
    assert overview.months[-1].length == overview.weeks[-1].length == overview.length
    assert overview.started.n == started
    assert all(step.length >= 0 for step in overview.months)


@given(st.lists(times(), max_size=40))
def test_every_start_and_every_wait_lies_in_one_band(history):
    overview = Overview.of(history, FIRST, TODAY)
    assert sum(banded(overview.started)) == overview.started.n
    assert sum(banded(overview.waiting)) == overview.length
    assert overview.longer_than(8) == sum(banded(overview.waiting)[2:])


@given(st.lists(times(), max_size=40))
def test_the_expected_wait_is_made_from_everyone_accepted_in_the_months_shown(history):
    curve = Overview.of(history, FIRST, TODAY).curve
    assert curve.started + curve.censored == sum(each.accepted.month >= FIRST for each in history)


@pytest.mark.parametrize("only", ["waiting", "nobody"])
def test_an_empty_or_only_waiting_queue_has_no_median_of_starts(only):
    history = [QueueTimes(WeekAndMonth.of(TODAY), None, None)] * (4 if only == "waiting" else 0)
    overview = Overview.of(history, FIRST, TODAY)
    assert overview.started.median is None
    assert overview.curve.median is None
    assert overview.is_empty == (only == "nobody")


def test_the_worked_example():
    history = [
        QueueTimes(WeekAndMonth.of(accepted), moment(started), None) for accepted, started, _ in q2.ROWS
    ]
    overview = Overview.of(history, Month(2024, 1), q2.LAST)
    assert (overview.length_before, overview.joined, overview.started.n, overview.length) == (0, 24, 15, 9)
    assert (overview.started.median, overview.waiting.median, overview.curve.median) == (7, 8, 9)
    assert overview.weeks[-1].time == Week.of(q2.LAST).ordinal
