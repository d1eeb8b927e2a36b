"""Forecasts: the worked example, the same answer for the same seed, and sense at the edges."""

import ciw
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.queues.intensity import Intensity
from followup.queues.simulation import (
    Change,
    QueueState,
    added_up,
    share_where_all,
    simulate,
    simulate_apart,
    simulate_pooled,
)
from tests.queues import q2

example = QueueState(9, Intensity(24, q2.WEEKS), Intensity(15, q2.WEEKS))


@pytest.mark.parametrize("seed", [1, 2024])
@pytest.mark.parametrize(
    ("extra", "half_year", "year", "probability"),
    [
        (0.0, (7, 14, 22), (6, 19, 33), 0.04),
        (0.2, (1, 9, 18), (1, 9, 23), 0.21),
        (0.4, (0, 4, 13), (0, 2, 14), 0.51),
        (0.5, (0, 2, 10), (0, 1, 9), 0.67),
    ],
)
def test_the_example_with_more_starts_a_week(extra, half_year, year, probability, seed):
    forecast = simulate(example, weeks=52, seed=seed, change=Change(extra_starts=extra), runs=20_000)
    assert forecast.quantiles(26) == pytest.approx(half_year, abs=1)
    assert forecast.quantiles(52) == pytest.approx(year, abs=1)
    assert forecast.probability_at_most(2, 52) == pytest.approx(probability, abs=0.05)


def test_a_thousand_runs_are_enough_for_the_median():
    forecast = simulate(example, weeks=52, seed=1)
    assert forecast.lengths.shape == (53, 1000)
    assert forecast.quantiles(26)[1] == pytest.approx(14, abs=1)


def test_the_same_seed_gives_the_same_forecast_and_another_seed_another():
    one, same, other = (simulate(example, weeks=20, seed=seed).lengths for seed in (5, 5, 6))
    assert (one == same).all()
    assert (one != other).any()


@given(
    st.integers(0, 80), st.integers(0, 60), st.integers(0, 60), st.floats(1, 120), st.integers(0, 30),
    st.floats(-2, 2), st.floats(0, 3), st.lists(st.floats(0, 1), max_size=40), st.integers(0, 2**32),
)  # fmt: skip
def test_no_queue_is_negative_and_every_run_starts_from_today(
    waiting, arrivals, starts, exposure, weeks, extra, factor, calendar, seed
):
    state = QueueState(waiting, Intensity(arrivals, exposure), Intensity(starts, exposure))
    change = Change(extra, 1.0, factor, tuple(calendar))
    lengths = simulate(state, weeks=weeks, seed=seed, change=change, runs=20).lengths
    assert lengths.shape == (weeks + 1, 20)
    assert (lengths[0] == waiting).all()
    assert (lengths >= 0).all()


def test_a_summer_stop_lets_nobody_start():
    stopped = simulate(example, weeks=12, seed=3, change=Change(calendar=(0.0,) * 8)).lengths
    assert (np.diff(stopped[:9], axis=0) >= 0).all()
    assert (np.diff(stopped[8:], axis=0) < 0).any()


def test_what_is_said_week_by_week_is_the_same_as_what_holds_all_the_time():
    always = Change(extra_starts=0.5, referral_factor=1.2)
    weekly = Change(more_starts=(0.5,) * 30, referral_calendar=(1.2,) * 30)
    one, other = (simulate(example, weeks=30, seed=4, change=change).lengths for change in (always, weekly))
    assert (one == other).all()


def test_more_starts_from_a_week_on_change_nothing_before_it():
    now = simulate(example, weeks=20, seed=4).lengths
    later = simulate(example, weeks=20, seed=4, change=Change(more_starts=(0.0,) * 10 + (3.0,) * 10)).lengths
    assert (later[:11] == now[:11]).all()
    assert later[20].mean() < now[20].mean()


def test_a_queue_that_nobody_joins_empties_and_stays_empty():
    state = QueueState(9, Intensity(0, 500), Intensity(100, 50))
    forecast = simulate(state, weeks=60, seed=4, change=Change(referral_factor=0))
    assert forecast.quantiles(60) == (0, 0, 0)
    assert forecast.first_week_at_most(0, 0.9) < 20
    assert forecast.first_week_at_most(-1, 0.5) is None


def test_two_teams_that_share_a_queue_waste_less_capacity():
    teams = [
        QueueState(0, Intensity(400, 100), Intensity(420, 100)),
        QueueState(20, Intensity(400, 100), Intensity(420, 100)),
    ]
    apart = sum(simulate(team, weeks=52, seed=8).lengths.mean(axis=1)[52] for team in teams)
    assert simulate_pooled(teams, weeks=52, seed=8).lengths.mean(axis=1)[52] < apart


def test_who_leaves_shortens_the_queue_also_while_nobody_starts():
    state = QueueState(40, Intensity(0, 500), Intensity(50, 50), leaves=Intensity(25, 50))
    stopped = simulate(state, weeks=26, seed=9, change=Change(calendar=(0.0,) * 26))
    assert stopped.quantiles(26)[1] == pytest.approx(40 - 13, abs=1)


def test_nobody_who_left_changes_nothing():
    without = QueueState(9, example.arrivals, example.starts, leaves=Intensity(0, q2.WEEKS))
    assert (simulate(without, weeks=52, seed=1).lengths == simulate(example, weeks=52, seed=1).lengths).all()


def test_a_calendar_of_one_team_holds_for_that_team_alone():
    rate = Intensity(500, 500)
    teams = [QueueState(60, Intensity(0, 5000), rate)] * 2
    closed = (0.0,) * 20
    one = simulate_pooled(teams, weeks=20, seed=3, calendars=[closed, ()]).quantiles(20)[1]
    both = simulate_pooled(teams, weeks=20, seed=3, calendars=[closed, closed]).quantiles(20)[1]
    assert one == pytest.approx(100, abs=3)
    assert both == pytest.approx(120, abs=1)


def test_queues_apart_add_up_run_by_run_and_a_target_must_hold_in_each():
    apart = simulate_apart([example, example], weeks=26, seed=4)
    assert (added_up(apart).lengths == apart[0].lengths + apart[1].lengths).all()
    assert (apart[0].lengths != apart[1].lengths).any()
    each = [forecast.probability_at_most(14, 26) for forecast in apart]
    assert share_where_all(apart, [14, 14], 26) == pytest.approx(each[0] * each[1], abs=0.05)


def test_the_forecast_agrees_with_a_queue_simulated_event_by_event():
    """Poisson in, exponential starts from one counter with a rate of its own: the same thing, another way."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=0.55)],
        service_distributions=[ciw.dists.Exponential(rate=0.50)],
        number_of_servers=[1],
    )
    found = []
    for seed in range(300):
        ciw.seed(seed)
        queue = ciw.Simulation(network)
        queue.simulate_until_max_time(52)
        found.append(sum(node.number_of_individuals for node in queue.transitive_nodes))
    # So long a past that the rates are as good as known.
    known = QueueState(0, Intensity(55_000, 100_000), Intensity(50_000, 100_000))
    forecast = simulate(known, weeks=52, seed=1, runs=4_000)
    assert np.mean(found) == pytest.approx(np.mean(forecast.lengths[52]), abs=0.8)
    low, middle, high = forecast.quantiles(52)
    assert np.quantile(found, [0.1, 0.5, 0.9]) == pytest.approx([low, middle, high], abs=1.5)
