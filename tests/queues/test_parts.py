"""A queue counted in parts of weeks adds up to weeks and to months, whatever the calendar does."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.participation.waiting import QueueTimes
from followup.periods import Month, WeekAndMonth
from followup.queues.parts import by_month, by_week, parts_of, with_kept
from followup.queues.passages import Passage, passages_in_parts, passages_in_weeks
from followup.queues.series import SeriesError, Step, series

moments = st.dates(date(2020, 10, 1), date(2021, 5, 31))


@given(st.lists(st.tuples(moments, st.integers(0, 200), st.sampled_from("wsl")), max_size=30))
def test_parts_of_weeks_add_up_to_weeks_and_to_months(rows):
    """Also about week 53 and a year that begins in the middle of a week."""
    last = date(2021, 6, 9)
    times = []
    for accepted, wait, fate in rows:
        out = WeekAndMonth.of(min(accepted + timedelta(days=wait), last))
        times.append(
            QueueTimes(WeekAndMonth.of(accepted), out if fate == "s" else None, out if fate == "l" else None)
        )
    first, end = Month(2020, 11), WeekAndMonth.of(last)
    parts = parts_of(first, end)
    passages = passages_in_parts(times)
    steps = with_kept(parts, series(passages, parts[0].number, parts[-1].number), {})
    in_weeks = passages_in_weeks(
        (each.accepted.week, each.started and each.started.week, each.left and each.left.week)
        for each in times
    )
    in_months = [
        Passage(
            each.accepted.month.ordinal,
            each.started and each.started.month.ordinal,
            each.left and each.left.month.ordinal,
        )
        for each in times
    ]
    assert by_month(parts, steps, first) == series(in_months, first.ordinal, end.month.ordinal)
    assert by_week(parts, steps) == series(in_weeks, parts[0].week, end.week.ordinal)


def test_kept_counts_that_do_not_add_up_with_the_rows_are_refused():
    parts = parts_of(Month(2024, 6), WeekAndMonth.of(date(2024, 6, 12)))
    counted = [Step(part.number, 0, 0, 0, 0) for part in parts]
    with pytest.raises(SeriesError, match="after"):
        with_kept(parts, counted, {parts[1].number: Step(parts[1].number, 2, 0, 0, 2)})
