"""The expected wait agrees with the worked example and with SciPy, and claims nothing it cannot know."""

import warnings
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from followup.periods import Week
from followup.queues.passages import Passage, passages_in_days, passages_in_weeks
from followup.queues.survival import Observed, kaplan_meier, observed
from tests.queues import q2

observations = st.lists(st.builds(Observed, st.integers(0, 30), st.booleans()), max_size=40)

STILL_WAITING = {
    17: 0.956522, 24: 0.910973, 28: 0.819876, 35: 0.771648, 36: 0.723420, 42: 0.675192,
    49: 0.623254, 56: 0.519378, 63: 0.403961, 105: 0.242377, 112: 0.161584,
}  # fmt: skip


def test_the_curve_of_the_example_in_days():
    curve = kaplan_meier(observed(passages_in_days(q2.ROWS), q2.LAST.toordinal()))
    assert {point.wait: round(point.share, 6) for point in curve.points} == STILL_WAITING
    assert (curve.median, curve.median_low, curve.median_high) == (63, 36, 105)
    assert (curve.started, curve.censored) == (15, 9)


def test_the_median_of_the_example_in_weeks():
    rows = [
        (Week.of(accepted), Week.of(started) if started else None, None) for accepted, started, _ in q2.ROWS
    ]
    curve = kaplan_meier(observed(passages_in_weeks(rows), Week.of(q2.LAST).ordinal))
    assert (curve.median, curve.median_low, curve.median_high) == (9, 5, 15)


@given(observations.filter(lambda seen: any(one.started for one in seen)))
def test_curve_and_interval_agree_with_scipy(seen):
    curve = kaplan_meier(seen)
    sample = stats.CensoredData.right_censored([one.wait for one in seen], [not one.started for one in seen])
    theirs = stats.ecdf(sample).sf
    shares = theirs.evaluate(np.array([point.wait for point in curve.points]))
    assert [point.share for point in curve.points] == pytest.approx(shares, abs=1e-12)
    # SciPy has no interval, and warns, where the share has come down to zero.
    with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
        interval = theirs.confidence_interval(method="log-log")
    for point in curve.points:
        if 1e-9 < point.share < 1 - 1e-9:
            assert point.low == pytest.approx(float(interval.low.evaluate(point.wait)), abs=1e-9)
            assert point.high == pytest.approx(float(interval.high.evaluate(point.wait)), abs=1e-9)


@given(observations)
def test_the_curve_falls_and_lies_within_its_interval(seen):
    curve = kaplan_meier(seen)
    shares = [1.0, *(point.share for point in curve.points)]
    assert all(after < before for before, after in pairwise(shares))
    assert all(0 <= point.low <= point.share + 1e-12 <= point.high + 1e-9 for point in curve.points)
    if curve.median is not None:
        assert curve.median_low is not None
        assert curve.median_low <= curve.median
        assert curve.median_high is None or curve.median <= curve.median_high


def test_a_start_and_a_censoring_at_the_same_wait_count_the_censored_as_at_risk():
    (point,) = kaplan_meier([Observed(3, True), Observed(3, False)]).points
    assert (point.share, point.at_risk) == (0.5, 2)


def test_nobody_and_only_waiting_give_no_median():
    assert kaplan_meier([]).median is None
    waiting = kaplan_meier([Observed(5, False)] * 9)
    assert (waiting.median, waiting.median_low, waiting.points, waiting.censored) == (None, None, (), 9)


def test_one_single_start_has_a_median_without_an_upper_end():
    curve = kaplan_meier([Observed(7, True)])
    assert (curve.median, curve.median_high) == (7, None)


def test_what_happens_after_the_day_asked_about_is_not_known_then():
    passages = [Passage(0, started=20), Passage(2, left=30), Passage(4, left=8), Passage(50)]
    assert observed(passages, 10) == [Observed(10, False), Observed(8, False), Observed(4, False)]
