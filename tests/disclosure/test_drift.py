"""A step that changes nothing told: what it leaves alone follows from what is told."""

from random import Random

import numpy as np
import pytest

from followup.disclosure import drift as module
from followup.disclosure.answers import TOLERANCE
from followup.disclosure.drift import drift
from followup.disclosure.frame import FREE, KNOWN, Frame
from followup.disclosure.solver import Model


def frame_of(rows, columns, known=None):
    """A frame whose rows, some of them known, are sums with factors of one per column."""
    frame = Frame()
    frame.columns, frame.first, frame.entries, frame.demands = columns, 0, [], []
    frame.owner = np.array([row for row, members in enumerate(rows) for _ in members], dtype=np.int64)
    frame.index = np.array([column for members in rows for column in sorted(members)], dtype=np.int64)
    frame.factor = np.array([float(members[column]) for members in rows for column in sorted(members)])
    frame.kinds = np.array([KNOWN if known is None or known[row] else FREE for row in range(len(rows))])
    frame.prices, frame.offset = np.zeros(len(rows)), np.zeros(len(rows))
    frame.rows = np.arange(len(rows))
    return frame


def told(frame, people):
    frame.values = frame.sums(people)
    return frame


def by_chance(number):
    """Rows of which many follow from others, and people, of whom some columns have none."""
    chance = Random(number)
    columns = chance.randint(4, 14)
    rows = [
        dict.fromkeys(chance.sample(range(columns), chance.randint(1, columns)), 1)
        for _ in range(chance.randint(1, 9))
    ]
    rows += [{**rows[0], **dict.fromkeys(rows[-1].keys() - rows[0].keys(), -1)}, dict(rows[0])]
    people = np.array([float(chance.choice([0, 0, 1, 3, 8])) for _ in range(columns)])
    return told(frame_of(rows, columns, [chance.random() < 0.8 for _ in rows]), people), people


def can_move(frame, used):
    """Which columns the known rows leave any freedom, from the singular values of all of them."""
    known = np.zeros((len(frame.kinds), frame.columns))
    known[frame.owner, frame.index] = frame.factor
    known = known[frame.kinds == KNOWN][:, used]
    _, sizes, ways = np.linalg.svd(known)
    rank = int(np.sum(sizes > 1e-9))
    free = np.zeros(frame.columns, dtype=bool)
    free[used] = np.abs(ways[rank:]).max(axis=0, initial=0.0) > 1e-9
    return free


@pytest.fixture(params=["solved", "by rounds"])
def way(request, monkeypatch):
    monkeypatch.setattr(module, "MATRIX", 2_000 if request.param == "solved" else 0)


@pytest.mark.parametrize("number", range(60))
def test_a_step_changes_nothing_told_and_moves_what_is_not_determined(way, number):
    """What is determined is asked of the solver, which knows nothing of the step."""
    frame, people = by_chance(number)
    used = people > 0
    step = drift(frame, people, used)
    assert step is not None
    assert not step[~used].any()
    assert np.abs(frame.sums(step)[frame.kinds == KNOWN]).max(initial=0.0) < 1e-8
    model, free = Model(frame, 10.0, people), can_move(frame, used)
    for column in np.flatnonzero(used):
        low, high = model.ends(np.array([column]))
        if high - low < TOLERANCE:
            assert abs(step[column]) < 1e-8, "nothing else is possible, but it moved"
        assert (abs(step[column]) > 1e-8) == free[column]


@pytest.mark.parametrize("number", range(60))
def test_both_ways_give_the_same_step(monkeypatch, number):
    frame, people = by_chance(number)
    used = people >= 0
    solved = drift(frame, people, used)
    monkeypatch.setattr(module, "MATRIX", 0)
    assert np.allclose(solved, drift(frame, people, used), atol=1e-8)


def test_pieces_of_the_matrix_make_the_whole(way, monkeypatch):
    frame, people = by_chance(7)
    whole = drift(frame, people, people > 0)
    monkeypatch.setattr(module, "AT_A_TIME", 3)
    assert np.allclose(whole, drift(frame, people, people > 0), atol=1e-10)


def test_where_nothing_is_told_anything_may_move(way):
    frame = told(frame_of([{0: 1, 1: 1}], 3, [False]), np.ones(3))
    step = drift(frame, np.ones(3), np.array([True, True, False]))
    assert step[:2].all()
    assert step[2] == 0
