"""A step by chance that changes no known sum: whatever it leaves alone follows from what is known.

It is what of a random step is at right angles to all known rows, found by the normal equations: where there
are not too many rows by solving them, and otherwise by conjugate gradients (Hestenes & Stiefel 1952), for
which no large matrix is filled.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from followup.disclosure.atoms import Whole
from followup.disclosure.frame import KNOWN, Frame, Values

# So much of what the random step changed in known rows may be left.
LEFT = 1e-10
# With more rows than this the matrix of the normal equations takes too much room.
MATRIX = 2_000
# Rows follow from others, so something is added to make the matrix one that can be solved; what that spoils
# is solved for again. Twice is the rule.
RIDGE, REPEATS = 1e-9, 10
# About so many products of two numbers are worked out at a time.
AT_A_TIME = 200_000
# So many rounds of conjugate gradients at most; it takes some thousand in the largest frames there are.
ROUNDS = 10_000


class _Rows(NamedTuple):
    """Known rows of length one: each number's row, column and factor, by row."""

    owner: Whole
    column: Whole
    factor: Values
    rows: int
    columns: int

    def sums(self, step: Values) -> Values:
        """By how much a step changes each row."""
        return _summed(self.owner, self.factor * step[self.column], self.rows)

    def across(self, way: Values) -> Values:
        """The rows, each so many times, as a step."""
        return _summed(self.column, self.factor * way[self.owner], self.columns)


def _summed(places: Whole, numbers: Values, size: int) -> Values:
    return np.bincount(places, numbers, size).astype(float, copy=False)


def drift(frame: Frame, people: Values, used: NDArray[np.bool_]) -> Values | None:
    """How many more people are in each column; None when no step came near enough.

    people   a table that fits; columns that known rows hold at their number there have none more
    used     the columns that can hold somebody; the others have none
    """
    loose = used & ~frame.stuck(people)
    known = (frame.kinds == KNOWN)[frame.owner] & loose[frame.index]
    row, owner = np.unique(frame.owner[known], return_inverse=True)
    index, factor = frame.index[known], frame.factor[known]
    factor = factor / np.sqrt(np.bincount(owner, factor * factor, len(row)))[owner]
    rows = _Rows(owner, index, factor, len(row), frame.columns)
    step = np.where(loose, np.random.default_rng(frame.columns).uniform(-1.0, 1.0, frame.columns), 0.0)
    if not len(row):
        return step
    found = _solved(rows, step) if len(row) <= MATRIX else None
    return found if found is not None else _by_rounds(rows, step)


def _solved(rows: _Rows, step: Values) -> Values | None:
    """What of a step changes no row; None when the matrix does not give it."""
    matrix = _matrix(rows)
    matrix[np.arange(rows.rows), np.arange(rows.rows)] += RIDGE
    change = rows.sums(step)
    goal = LEFT * float(np.linalg.norm(change))
    for _ in range(REPEATS):
        if float(np.linalg.norm(change)) <= goal:
            return step
        way = np.linalg.solve(matrix, change).astype(float, copy=False)
        step = step - rows.across(way)
        change = rows.sums(step)
    return None


def _matrix(rows: _Rows) -> Values:
    """Of each two rows the sum of their products, column by column."""
    by_column = np.argsort(rows.column, kind="stable")
    many = np.bincount(rows.column, minlength=rows.columns)
    start = np.cumsum(many) - many
    # Each number of a row meets all in its column.
    meets = np.bincount(rows.owner, many[rows.column], rows.rows)
    matrix = np.empty((rows.rows, rows.rows))
    block = (np.cumsum(meets) // AT_A_TIME).astype(np.int64)
    for number in np.unique(block):
        first, last = np.searchsorted(block, [number, number + 1])
        own = np.arange(*np.searchsorted(rows.owner, [first, last]))
        here = many[rows.column[own]]
        one = np.repeat(own, here)
        other = by_column[
            np.arange(len(one)) + np.repeat(start[rows.column[own]] - np.cumsum(here) + here, here)
        ]
        places = (rows.owner[one] - first) * rows.rows + rows.owner[other]
        products = rows.factor[one] * rows.factor[other]
        matrix[first:last] = _summed(places, products, (last - first) * rows.rows).reshape(-1, rows.rows)
    return matrix


def _by_rounds(rows: _Rows, step: Values) -> Values | None:
    """As `_solved`, by conjugate gradients; None when so many rounds do not come near enough."""
    change = rows.sums(step)
    way, size = change, float(change @ change)
    goal = LEFT * LEFT * size
    for _ in range(ROUNDS):
        if size <= goal:
            return step
        across = rows.across(way)
        step = step - size / float(across @ across) * across
        change = rows.sums(step)
        before, size = size, float(change @ change)
        way = change + size / before * way
    return None
