"""How much room there is for a row whatever this release hides.

What earlier editions tell by themselves is known. So is what head counts tell, which are always told; and
where an earlier edition told that nobody was, a head count is one of all others. But a new head count less an
old number of somebody may tell of few: for that it is hidden.
"""

from collections.abc import Iterable
from functools import cached_property
from math import ceil, floor
from time import monotonic

from followup.disclosure.answers import INFINITE, TOLERANCE
from followup.disclosure.atoms import Whole
from followup.disclosure.frame import Frame, Values
from followup.disclosure.reader import known_rows
from followup.disclosure.solver import Model


class RoomSoFar:
    """The rows of a frame, which `people` fit, to whoever knows no more. Its methods raise OutOfTime."""

    def __init__(self, frame: Frame, people: Values, deadline: float) -> None:
        self._frame, self._people, self._deadline = frame, people, deadline
        self._widths: dict[int, float] = {}

    def width(self, row: int, *, is_many: bool = False) -> float:
        """How far apart are its ends to who knows the earlier editions, or head counts and who was nobody.

        Of a number that is no small one, to who knows earlier editions and head counts.
        """
        if row not in self._widths:
            columns = self._columns(row)
            readers = (self._told,) if is_many else (self._earlier, self._public)
            self._widths[row] = min(_between(*reader.ends(*columns)) for reader in readers)
        return self._widths[row]

    def heads_allow(self, row: int, least: int) -> bool:
        """True if head counts alone would let it reach `least`."""
        columns, factors = self._columns(row)
        most = -self._heads.fewest(columns, -factors).number
        return most + float(self._frame.offset[row]) > least - TOLERANCE

    def _columns(self, row: int) -> tuple[Whole, Values]:
        own = self._frame.owner == row
        return self._frame.index[own], self._frame.factor[own]

    @cached_property
    def _earlier(self) -> Model:
        return self._knowing(bool(entry.edition) for entry in self._frame.entries)

    @cached_property
    def _public(self) -> Model:
        entries = self._frame.entries
        return self._knowing(
            self._frame.is_open(one) or (bool(one.edition) and not one.value) for one in entries
        )

    @cached_property
    def _told(self) -> Model:
        entries = self._frame.entries
        return self._knowing(bool(one.edition) or self._frame.is_open(one) for one in entries)

    @cached_property
    def _heads(self) -> Model:
        return self._knowing(map(self._frame.is_open, self._frame.entries))

    def _knowing(self, known: Iterable[bool]) -> Model:
        """What is possible for somebody who knows some of the entries."""
        return Model(known_rows(self._frame, known), self._deadline - monotonic(), self._people)


def _between(low: float, high: float) -> float:
    """How many whole numbers lie between, less one."""
    is_bounded = high < INFINITE and low > -INFINITE
    return floor(high + TOLERANCE) - ceil(low - TOLERANCE) if is_bounded else float(INFINITE)
