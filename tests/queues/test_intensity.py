"""Exact Poisson intervals and the comparison of two counts, against the example and SciPy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from followup.queues.intensity import Intensity, at_least, p_same_rate
from tests.queues import q2

counts = st.integers(0, 400)
exposures = st.floats(0.1, 500)


def test_arrivals_and_starts_of_the_example():
    arrivals, starts = Intensity(24, q2.WEEKS), Intensity(15, q2.WEEKS)
    assert arrivals.rate == pytest.approx(0.55082, abs=5e-6)
    assert arrivals.interval() == pytest.approx((0.3529, 0.8196), abs=5e-5)
    assert starts.rate == pytest.approx(0.34426, abs=5e-6)
    assert starts.interval() == pytest.approx((0.1927, 0.5678), abs=5e-5)
    assert p_same_rate(arrivals, starts) == pytest.approx(0.20, abs=5e-3)


@given(counts, exposures, st.sampled_from([0.5, 0.8, 0.95, 0.99]))
def test_the_interval_is_the_exact_one(count, exposure, confidence):
    low, high = Intensity(count, exposure).interval(confidence)
    tail = (1 - confidence) / 2
    assert low * exposure == pytest.approx(stats.chi2.ppf(tail, 2 * count) / 2 if count else 0, rel=1e-9)
    assert high * exposure == pytest.approx(stats.chi2.ppf(1 - tail, 2 * count + 2) / 2, rel=1e-9)


@given(counts, st.floats(0, 800))
def test_the_tail_of_a_poisson_variable(count, mean):
    assert at_least(count, mean) == pytest.approx(stats.poisson.sf(count - 1, mean), rel=1e-9, abs=1e-13)


@given(counts, exposures, counts, exposures)
def test_the_comparison_is_the_exact_binomial_one(count, exposure, other_count, other_exposure):
    mine = p_same_rate(Intensity(count, exposure), Intensity(other_count, other_exposure))
    if count + other_count == 0:
        assert mine == 1
        return
    share = exposure / (exposure + other_exposure)
    assert mine == pytest.approx(
        stats.binomtest(count, count + other_count, share).pvalue, rel=1e-6, abs=1e-12
    )


def test_a_large_count_is_as_exact_as_a_small_one():
    low, high = Intensity(20_000, 1).interval()
    assert (low, high) == pytest.approx(
        (stats.gamma.ppf(0.025, 20_000), stats.gamma.ppf(0.975, 20_001)), rel=1e-9
    )


def test_a_team_that_starts_nobody_has_an_interval_from_zero():
    low, high = Intensity(0, 52).interval()
    assert (low, high) == (0, pytest.approx(3.688879 / 52, rel=1e-6))


@pytest.mark.parametrize(("count", "exposure"), [(-1, 4), (3, 0), (0, -2)])
def test_no_time_observed_is_refused(count, exposure):
    with pytest.raises(ValueError, match="exposure"):
        Intensity(count, exposure)
