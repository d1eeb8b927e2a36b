"""How few and how many people a row can hold, by the known rows inside it and around it.

A third of the questions that the search has to ask have no answer, mostly because of head counts. To see that
by comparing rows takes a small part of the time that a linear programme takes.
"""

import numpy as np

from followup.disclosure.answers import INFINITE
from followup.disclosure.frame import KNOWN, Frame


class Limits:
    """Bounds that hold whatever is hidden: no column is negative, so a part is at most its whole."""

    def __init__(self, frame: Frame) -> None:
        rows = np.arange(len(frame.kinds) + 1)
        self._index = frame.index
        self._starts = np.searchsorted(frame.owner, rows)
        size = np.diff(self._starts)
        # Rows that subtract are no wholes and no parts.
        self._is_sum = np.bincount(frame.owner[frame.factor != 1.0], minlength=len(size)) == 0
        known = (frame.kinds == KNOWN) & self._is_sum & (size > 0)
        self._size, self._values = size[known], frame.values[known]
        own = known[frame.owner]
        self._column, self._owner = frame.index[own], (np.cumsum(known) - 1)[frame.owner[own]]
        self._mark = np.zeros(frame.columns, dtype=bool)
        self._found: dict[int, tuple[float, float]] = {}

    def of(self, row: int) -> tuple[float, float]:
        """Least and greatest sum of a row over the columns of its frame."""
        if row not in self._found:
            self._found[row] = self._of(row) if self._is_sum[row] else (-INFINITE, INFINITE)
        return self._found[row]

    def _of(self, row: int) -> tuple[float, float]:
        columns = self._index[self._starts[row] : self._starts[row + 1]]
        self._mark[columns] = True
        common = np.bincount(self._owner[self._mark[self._column]], minlength=len(self._size))
        self._mark[columns] = False
        inside, around = self._values[common == self._size], self._values[common == len(columns)]
        return float(inside.max(initial=0.0)), float(around.min(initial=INFINITE))
