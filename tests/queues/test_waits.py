"""Completed waits and waits so far, as worked out by hand, and honest when there are few."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.periods import Week
from followup.queues.passages import Passage, passages_in_days, passages_in_weeks
from followup.queues.waits import BANDS, Waits, banded, completed, percentile, so_far
from tests.queues import q2
from tests.queues.strategies import histories

by_day = passages_in_days(q2.ROWS)
by_week = passages_in_weeks(
    (Week.of(accepted), Week.of(started) if started else None, None) for accepted, started, _ in q2.ROWS
)
last = q2.LAST.toordinal()


def test_completed_waits_of_the_example_in_days():
    waits = completed(by_day)
    assert (waits.n, waits.mean, waits.median) == (15, pytest.approx(54.6), 49)


def test_waits_so_far_of_the_example_in_days():
    waits = so_far(by_day, last)
    assert waits.sorted == (3, 17, 31, 45, 59, 66, 80, 129, 143)
    assert (waits.mean, waits.median, waits.longest) == (pytest.approx(63.667, abs=5e-4), 59, 143)


def test_completed_waits_of_the_example_in_weeks():
    waits = completed(by_week)
    assert (waits.n, waits.median) == (15, 7)


def test_waits_so_far_of_the_example_in_weeks_and_in_bands():
    waits = so_far(by_week, Week.of(q2.LAST).ordinal)
    assert waits.sorted == (0, 2, 4, 6, 8, 9, 11, 18, 20)
    assert banded(waits) == [3, 2, 2, 2, 0]


def test_leaving_is_no_completed_wait_and_a_later_start_is_still_waiting():
    assert completed([Passage(0, left=9), Passage(0)]).n == 0
    assert so_far([Passage(0, started=9), Passage(0, left=4)], 8).sorted == (8,)


@pytest.mark.parametrize(
    ("n", "has_percentile", "may_leave"),
    [
        (0, False, False),
        (1, False, False),
        (4, False, False),
        (5, False, True),
        (9, False, True),
        (10, True, True),
    ],
)
def test_few_waits_give_no_percentile_and_fewer_still_nothing_outside_the_team(n, has_percentile, may_leave):
    waits = Waits(tuple(range(n)))
    assert (waits.ninetieth is not None) == has_percentile
    assert waits.may_leave_team == may_leave
    assert (waits.median is None) == (waits.mean is None) == (waits.longest is None) == (n == 0)


@given(st.lists(st.integers(0, 200), min_size=1, max_size=60), st.integers(1, 100))
def test_a_percentile_is_the_least_wait_that_the_share_did_not_exceed(values, percent):
    ordered = sorted(values)
    found = percentile(ordered, percent / 100)
    within = [value for value in values if value <= found]
    below = [value for value in values if value < found]
    assert len(within) * 100 >= percent * len(values)
    assert len(below) * 100 < percent * len(values)


def test_nine_of_ten_is_the_ninth_of_ten_waits():
    assert Waits(tuple(range(1, 11))).ninetieth == 9


@given(histories, st.integers(0, 110))
def test_the_bands_hold_every_wait_once(history, time):
    waits = so_far(history, time)
    assert sum(banded(waits)) == waits.n
    assert len(banded(waits)) == len(BANDS)


def test_a_wait_over_the_turn_of_a_year_with_53_weeks_counts_every_week():
    rows = [(Week.of(date(2020, 12, 21)), Week.of(date(2021, 1, 11)), None)]
    assert completed(passages_in_weeks(rows)).sorted == (3,)
