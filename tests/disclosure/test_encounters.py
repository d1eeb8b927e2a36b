"""Worlds that an attack has met: all are remembered, also when there are more than fit in one array."""

import numpy as np
import pytest

from followup.disclosure.intruder import encounters
from followup.disclosure.intruder.encounters import Encounters


@pytest.mark.parametrize("number", [1, 3, 4, 9])
def test_every_world_counts(monkeypatch, number):
    monkeypatch.setattr(encounters, "TOGETHER", 4)
    worlds = np.random.default_rng(number).uniform(0.0, 9.0, (number, 5))
    met = Encounters(5)
    for world in worlds:
        met.add(world)
    assert len(met) == number
    assert np.array_equal(met.last, worlds[-1])
    assert np.allclose(met.sums([1, 4]), worlds[:, 1] + worlds[:, 4])


def test_mixtures_move_whatever_differs_in_any_world_and_nothing_else(monkeypatch):
    monkeypatch.setattr(encounters, "TOGETHER", 2)
    met = Encounters(4)
    for world in ([2.0, 1.0, 0.0, 3.0], [2.0, 1.0, 0.0, 3.0], [2.0, 1.0, 5.0, 3.0], [2.0, 0.0, 0.0, 4.0]):
        met.add(np.array(world))
    first, *steps = met.mixed()
    assert np.array_equal(first, [2.0, 1.0, 0.0, 3.0])
    for step in steps:
        assert list(np.abs(step) > 1e-9) == [False, True, True, True]
        assert step[1] + step[3] == pytest.approx(0.0), "what sums up alike in every world stays alike"


def test_nothing_met_is_no_sum():
    assert len(Encounters(3).sums([0])) == 0
