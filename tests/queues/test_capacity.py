"""Demand against capacity, by the published examples and by a simulated queue."""

import ciw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.queues import capacity
from tests.queues import q2


def test_the_published_example_of_a_long_queue():
    assert capacity.load(30, 27) == pytest.approx(1.1111, abs=5e-5)
    assert capacity.target_mean_wait(52) == 13
    assert capacity.target_queue(30, 52) == 390
    assert capacity.relief_capacity(30, 1200, 390) == pytest.approx(61.153846, abs=5e-7)
    assert capacity.target_capacity(30, 52) == pytest.approx(30.076923, abs=5e-7)


def test_the_published_examples_of_targets_and_relief():
    assert capacity.target_queue(30, 50, factor=4) == 375
    assert capacity.target_queue(30, 50, factor=6) == pytest.approx(250)
    assert capacity.relief_capacity(33, 800, 200, 30) == 53
    assert capacity.relief_capacity(35, 250, 100, 15) == 45
    assert capacity.target_factor(0.08) == pytest.approx(2.525729, abs=5e-7)
    assert capacity.target_factor(0.018) == pytest.approx(4, abs=0.02)
    assert capacity.pressure(13, 52) == 0.5


def test_the_small_queue_of_the_example():
    arrivals, starts = 24 / q2.WEEKS, 15 / q2.WEEKS
    assert capacity.load(arrivals, starts) == pytest.approx(1.6)
    assert capacity.clearance_weeks(9, starts) == pytest.approx(26.14, abs=5e-3)
    wanted = capacity.target_queue(arrivals, 12)
    assert wanted == pytest.approx(1.6525, abs=5e-5)
    relief = capacity.relief_capacity(arrivals, 9, wanted)
    assert relief == pytest.approx(0.83342, abs=1e-5)
    assert relief - starts == pytest.approx(0.48916, abs=1e-5)


@pytest.mark.parametrize(("stay", "places"), [(30, 16.5), (40, 22.0), (52, 28.6)])
def test_longer_stays_need_more_places(stay, places):
    assert capacity.places_needed(0.5508, stay) == pytest.approx(places, abs=0.05)


@pytest.mark.parametrize(
    ("places", "probability", "wait"),
    [
        (22, 0.959994, 194.999),
        (23, 0.736670, 20.640),
        (24, 0.555596, 8.3597),
        (25, 0.411421, 4.2314),
        (26, 0.298838, 2.3347),
        (28, 0.148279, 0.7823),
    ],
)
def test_the_long_run_wait_by_number_of_places(places, probability, wait):
    assert capacity.probability_of_waiting(0.42 * 52, places) == pytest.approx(probability, abs=5e-7)
    assert capacity.steady_wait(0.42, 52, places, 0.25) == pytest.approx(wait, rel=5e-5)


def test_two_teams_apart_wait_longer_than_one_pooled():
    assert capacity.steady_wait(0.21, 52, 12, 0.25) == pytest.approx(20.22, abs=5e-3)
    assert capacity.steady_wait(0.42, 52, 24, 0.25) == pytest.approx(8.36, abs=5e-3)


def test_the_long_run_wait_agrees_with_a_simulated_queue():
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=2.0)],
        service_distributions=[ciw.dists.Exponential(rate=0.8)],
        number_of_servers=[3],
    )
    ciw.seed(7)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(12_000)
    waits = [record.waiting_time for record in simulation.get_all_records() if record.arrival_date > 500]
    assert sum(waits) / len(waits) == pytest.approx(capacity.steady_wait(2.0, 1.25, 3), rel=0.1)


def test_a_place_falls_free_every_ninth_day():
    weeks = capacity.weeks_between_starts(40, 52)
    assert weeks * 7 == pytest.approx(9.1)
    assert capacity.starts_per_week(40, 52) == pytest.approx(1 / weeks)


def test_where_there_is_no_answer_there_is_none():
    assert capacity.load(1, 0) is None
    assert capacity.clearance_weeks(9, 0) is None
    assert capacity.clearance_weeks(0, 0) == 0
    assert capacity.starts_per_week(10, 0) is None
    assert capacity.weeks_between_starts(0, 52) is None
    assert capacity.steady_wait(0.5, 52, 26) is None
    assert capacity.steady_wait(0.5, 52, 0) is None
    with pytest.raises(ValueError, match="between 0 and 1"):
        capacity.target_factor(0)


@given(st.floats(0, 10), st.floats(0.1, 200), st.integers(0, 300), st.floats(0, 4))
def test_the_long_run_wait_is_a_time_or_nothing(arrivals, stay, places, cv_squared):
    wait = capacity.steady_wait(arrivals, stay, places, cv_squared)
    if arrivals * stay >= places:
        assert wait is None
    else:
        assert wait is not None
        assert wait >= 0
