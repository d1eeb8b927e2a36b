"""Equations with fewer coefficients say the same as before, and people of the register fit its counts."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup.disclosure import thin
from followup.disclosure.cells import _read
from followup.disclosure.collect import Entry
from followup.disclosure.frame import frame_of
from followup.disclosure.quantities import quantity_of
from followup.disclosure.register import Register
from followup.disclosure.system import System
from tests.disclosure.random_releases import PEOPLE, known_as, people, tables

rules = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def framed(rows, data):
    """The frame of three random tables over `rows`, and its system."""
    cells = [cell for n in range(3) for cell in _read(data.draw(tables(rows, f"T{n}"))).cells.values()]
    wanted = {quantity_of(PEOPLE, selection): n for selection, n in cells}
    wanted.pop(None, None)
    system = System(PEOPLE, wanted)
    return frame_of(system, [Entry(quantity, value, 5) for quantity, value in wanted.items()], ()), system


def equations(frame):
    matrix = np.zeros((len(frame.kinds), frame.columns))
    matrix[frame.owner, frame.index] = frame.factor
    return np.column_stack([matrix, frame.values])


@pytest.fixture
def always(monkeypatch):
    monkeypatch.setattr(thin, "WORTH", 0)


@pytest.mark.usefixtures("always")
@rules
@given(data=st.data())
def test_thinned_rows_have_the_same_solutions_and_fewer_coefficients(data):
    frame, system = framed(data.draw(people()), data)
    thinned = thin.Thinning(system, frame).all_known(frame)
    before, after = equations(frame), equations(thinned)
    assert np.count_nonzero(after) <= np.count_nonzero(before)
    ranks = {np.linalg.matrix_rank(rows) for rows in (before, after, np.vstack([before, after]))}
    assert len(ranks) == 1


@rules
@given(data=st.data())
def test_people_of_the_register_fit_every_count_of_it(data):
    rows = data.draw(people())
    frame, system = framed(rows, data)
    held = frame.gathered(system.people(Register(PEOPLE, [known_as(row) for row in rows])))
    assert np.array_equal(frame.sums(held), frame.values)
