"""Queue lengths and flows agree with the worked example, and always add up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.periods import Week
from followup.queues.passages import Passage, passages_in_days, passages_in_weeks
from followup.queues.series import length_at, mean_length, series
from tests.queues import q2
from tests.queues.strategies import histories

by_day = passages_in_days(q2.ROWS)
first, last = q2.FIRST.toordinal(), q2.LAST.toordinal()


def test_the_example_ends_with_nine_waiting():
    steps = series(by_day, first, last)
    assert len(steps) == 305
    assert steps[-1].length == length_at(by_day, last) == 9
    assert sum(step.joined for step in steps) == 24
    assert sum(step.started for step in steps) == 15


def test_the_mean_daily_queue_of_the_example():
    assert mean_length(series(by_day, first, last)) == pytest.approx(4.593443, abs=5e-7)


def test_the_example_in_weeks_ends_with_the_same_queue():
    def week(day: date | None) -> Week | None:
        return Week.of(day) if day else None

    rows = [(Week.of(accepted), week(started), None) for accepted, started, _ in q2.ROWS]
    steps = series(passages_in_weeks(rows), Week(2024, 1).ordinal, Week.of(q2.LAST).ordinal)
    assert steps[-1].length == 9
    assert len(steps) == 44


@given(histories, st.integers(-5, 110), st.integers(0, 60))
def test_every_step_adds_up_and_every_step_is_there(history, start, span):
    steps = series(history, start, start + span)
    assert [step.time for step in steps] == list(range(start, start + span + 1))
    before = length_at(history, start - 1)
    for step in steps:
        assert step.length == before + step.joined - step.started - step.left
        assert step.length == length_at(history, step.time) >= 0
        before = step.length


@given(st.lists(st.tuples(st.dates(date(2020, 6, 1), date(2021, 6, 1)), st.integers(0, 300)), max_size=30))
def test_days_and_weeks_agree_on_every_sunday_also_about_week_53(waits):
    rows = [(day, day + timedelta(days=wait), None) for day, wait in waits]
    in_weeks = passages_in_weeks((Week.of(a), Week.of(b), None) for a, b, _ in rows)
    for step in range(100):
        week = Week(2020, 40) + step
        assert length_at(in_weeks, week.ordinal) == length_at(passages_in_days(rows), week.sunday.toordinal())


def test_an_empty_history_has_steps_of_zero_and_no_steps_have_no_mean():
    assert [step.length for step in series([], 1, 3)] == [0, 0, 0]
    assert series([], 3, 1) == []
    assert mean_length([]) is None


def test_leaving_shortens_the_queue_but_is_no_start():
    (step,) = series([Passage(4, left=5), Passage(4, started=5), Passage(5)], 5, 5)
    assert (step.joined, step.started, step.left, step.length) == (1, 1, 1, 1)


@pytest.mark.parametrize("times", [(5, 4, None), (5, None, 4), (5, 6, 6)])
def test_an_impossible_passage_is_refused(times):
    with pytest.raises(ValueError, match="passage"):
        Passage(*times)
