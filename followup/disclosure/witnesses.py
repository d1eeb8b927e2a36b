"""The tables found so far that what is told does not rule out, and how far apart they lie in each row."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from followup.disclosure.answers import TOLERANCE, Answer
from followup.disclosure.atoms import Whole
from followup.disclosure.frame import Values

Bits = NDArray[np.bool_]


class Witnesses:
    """Values by row of each table; `low` and `high` are the least and greatest of each row."""

    def __init__(self, values: Values) -> None:
        # A row for each table; those after the last one are room for more.
        self._table = values[None].copy()
        self._whole = [True]
        self.low, self.high = values.copy(), values.copy()

    def add(self, answers: Iterable[Answer]) -> None:
        """Keep more tables."""
        for answer in answers:
            if len(self._whole) == len(self._table):
                self._table = np.concatenate([self._table, np.empty_like(self._table)])
            self._table[len(self._whole)] = answer.values
            self._whole.append(answer.whole)
            np.minimum(self.low, answer.values, out=self.low)
            np.maximum(self.high, answer.values, out=self.high)

    def keep(self, which: Sequence[bool] | Bits) -> None:
        """Forget all tables but `which`."""
        self._table = self._table[np.flatnonzero(which)]
        self._whole = [whole for whole, kept in zip(self._whole, which, strict=True) if kept]
        self.low, self.high = self._table.min(axis=0), self._table.max(axis=0)

    def keep_whole(self) -> None:
        """Forget the tables with fractions of people in them."""
        self.keep(self._whole)

    def fitting(self, row: int, value: float) -> Bits:
        """Which of the tables have `value` in `row`."""
        fitting: Bits = np.abs(self._table[: len(self._whole), row] - value) <= TOLERANCE
        return fitting

    def ends(self, rows: Whole, which: Bits) -> tuple[Values, Values]:
        """Least and greatest value of each of `rows` among `which`; there is one at least."""
        table = self._table[np.flatnonzero(which)[:, None], rows]
        return table.min(axis=0), table.max(axis=0)

    def is_whole(self) -> bool:
        """True when all are tables of whole people."""
        return all(self._whole)
