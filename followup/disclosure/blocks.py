"""A frame over several blocks of columns: the same groups of people, those there then and those there now."""

from collections.abc import Iterable

import numpy as np

from followup.disclosure.atoms import Whole
from followup.disclosure.frame import KNOWN, Frame, Values


class Blocks:
    """Rows over `number` copies of the columns of a frame, as they are added, with its coefficients."""

    def __init__(self, frame: Frame, number: int) -> None:
        self._frame, self.number = frame, number
        self._starts = np.searchsorted(frame.owner, np.arange(len(frame.kinds) + 1))
        self._index: list[Whole] = []
        self._factor: list[Values] = []
        self._owner: list[Whole] = []
        self._values: list[Values] = []
        self._kinds: list[Whole] = []
        self._rows = 0
        separators = np.arange(frame.first)
        for block in range(number):
            self.add(separators, [block], np.zeros(frame.first), np.full(frame.first, KNOWN))

    def add(
        self, rows: Whole, blocks: Iterable[int], values: Values, kinds: Whole, less: Iterable[int] = ()
    ) -> int:
        """Add the sums of some rows of the frame over some blocks, less those over others.

        Returns the number of the first.
        """
        lengths = self._starts[rows + 1] - self._starts[rows]
        own = np.repeat(np.arange(len(rows)), lengths)
        within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        places = self._starts[rows][own] + within
        for sign, those in ((1.0, blocks), (-1.0, less)):
            for block in those:
                self._index.append(self._frame.index[places] + block * self._frame.columns)
                self._factor.append(sign * self._frame.factor[places])
                self._owner.append(own + self._rows)
        return self._close(values, kinds)

    def _close(self, values: Values, kinds: Whole) -> int:
        first, self._rows = self._rows, self._rows + len(values)
        self._values.append(values)
        self._kinds.append(kinds)
        return first

    def spread(self, people: Values) -> Values:
        """People per column from those of the first blocks; there is nobody in the others."""
        return np.concatenate([people, np.zeros(self._columns - len(people))])

    @property
    def _columns(self) -> int:
        return self.number * self._frame.columns

    def frame(self) -> Frame:
        """The rows as a frame in which nothing costs anything."""
        owner = np.concatenate(self._owner)
        order = np.argsort(owner, kind="stable")
        frame = Frame()
        frame.columns = self._columns
        frame.owner = owner[order]
        frame.index, frame.factor = np.concatenate(self._index)[order], np.concatenate(self._factor)[order]
        frame.kinds, frame.values = np.concatenate(self._kinds), np.concatenate(self._values)
        frame.prices, frame.offset = np.zeros(self._rows), np.zeros(self._rows)
        return frame
