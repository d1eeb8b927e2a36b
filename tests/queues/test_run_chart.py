"""The run chart finds a shift and stays quiet about chance."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from followup.queues.run_chart import run_chart


def test_fewer_than_twelve_points_say_nothing():
    assert run_chart([1, 5] * 5 + [1]) is None
    assert run_chart([]) is None


def test_a_level_series_says_nothing_since_every_point_lies_on_the_median():
    assert run_chart([4] * 24) is None


def test_a_shift_is_a_signal():
    chart = run_chart([3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 8, 9, 8, 9, 8, 9, 8, 9, 8, 9, 8, 9])
    assert chart.shows_signal
    assert (chart.useful, chart.longest_run, chart.longest_by_chance) == (24, 12, 8)
    assert (chart.crossings, chart.fewest_by_chance) == (1, 8)


def test_swinging_to_and_fro_is_no_signal():
    assert not run_chart([1, 5] * 12).shows_signal


def test_points_on_the_median_neither_break_nor_lengthen_a_run():
    chart = run_chart([1, 1, 3, 1, 1, 3, 5, 5, 3, 5, 5, 3])
    assert (chart.median, chart.useful, chart.longest_run, chart.crossings) == (3, 8, 4, 1)


@given(st.integers(12, 200))
def test_the_limits_are_the_published_ones(points):
    chart = run_chart([value % 2 for value in range(points * 2)])
    assert chart.fewest_by_chance == stats.binom.ppf(0.05, points * 2 - 1, 0.5)


def test_chance_alone_seldom_gives_a_signal():
    generator = random.Random(20240612)
    charts = [run_chart([generator.gauss(0, 1) for _ in range(24)]) for _ in range(2000)]
    assert sum(chart.shows_signal for chart in charts) / len(charts) == pytest.approx(0.05, abs=0.03)
