"""What somebody who knows some numbers of a frame can tell of groups that no number counts."""

from collections import deque
from collections.abc import Iterable, Sequence
from functools import cached_property
from math import ceil, floor, isinf
from time import monotonic

import numpy as np

from followup.disclosure.answers import TOLERANCE, OutOfTime
from followup.disclosure.atoms import Whole
from followup.disclosure.drift import drift
from followup.disclosure.frame import KNOWN, Frame, Values
from followup.disclosure.solver import Model
from followup.disclosure.still import Bools

# So many answers are looked at again before another is asked for.
KEPT = 64
ONCE = np.float64(1.0)


class Reader:
    """Somebody who knows the numbers of some entries of a frame, which `people` fit."""

    def __init__(self, frame: Frame, known: Iterable[bool], people: Values, deadline: float) -> None:
        self._frame = known_rows(frame, known)
        self._people, self._deadline = people, deadline
        self._tables = deque([people], KEPT)
        # In so many columns are no more people than that.
        self._limits: deque[tuple[int, Bools]] = deque(maxlen=KEPT)

    @cached_property
    def _model(self) -> Model:
        return Model(self._frame, self._deadline - monotonic(), self._people)

    @cached_property
    def used(self) -> Bools:
        """Columns that can hold somebody, and nearly all of these. Raises OutOfTime."""
        empty = (self._people == 0) & ~self.empty
        more = self._model.filled(empty)
        return self._people > 0 if more is None else (self._people > 0) | (more > TOLERANCE)

    @property
    def empty(self) -> Bools:
        """Columns of which a known row by itself says that they are nobody."""
        return (self._people == 0) & self._frame.stuck(self._people)

    def step(self, used: Bools) -> Values:
        """A step by chance of the people in these columns that changes nothing that is known.

        Raises OutOfTime.
        """
        step = drift(self._frame, self._people, used)
        if step is None:
            raise OutOfTime
        return step

    def room(self, columns: Whole, wanted: float, factors: Values | np.float64 = ONCE) -> float:
        """How large the group can be, how far apart its ends, or `wanted`, whichever is least.

        factors  how often each column counts
        Raises OutOfTime.
        """
        found = self._seen(columns, factors)
        for way in (-1.0, 1.0):
            if _between(found) >= wanted:
                break
            end = self._model.fewest(columns, way * factors)
            found.append(way * end.number)
            if end.people is not None:
                self._tables.append(end.people)
                if way < 0 and np.all(factors >= 0):
                    self._limits.append((floor(TOLERANCE - end.number), end.weights > 1 - TOLERANCE))
        return min(wanted, _between(found))

    def has_seen(self, columns: Whole, room: float) -> bool:
        """True if the answers so far show so much room."""
        return _between(self._seen(columns)) >= room

    def limit(self, columns: Whole, wanted: float) -> float:
        """What the answers so far prove that the room is no larger than; at most `wanted`."""
        return min([wanted, *(most for most, inside in self._limits if inside[columns].all())])

    def _seen(self, columns: Whole, factors: Values | np.float64 = ONCE) -> list[float]:
        """How many are in the group in each table found so far."""
        return [float((people[columns] * factors).sum()) for people in self._tables]


def known_rows(frame: Frame, known: Iterable[bool]) -> Frame:
    """The frame with no rows but the separators and the entries that somebody knows: the less to solve."""
    kept = np.arange(len(frame.kinds)) < frame.first
    kept[frame.first : frame.last] = list(known)
    own = kept[frame.owner]
    other = frame.with_kinds(np.full(kept.sum(), KNOWN))
    other.index, other.factor = frame.index[own], frame.factor[own]
    other.owner = (np.cumsum(kept) - 1)[frame.owner[own]]
    other.values, other.prices = frame.values[kept], frame.prices[kept]
    other.offset, other.rows = frame.offset[kept], frame.rows[kept]
    numbers = np.flatnonzero(kept[frame.first : frame.last])
    other.entries, other.demands = [frame.entries[number] for number in numbers], []
    return other


def _between(numbers: Sequence[float]) -> float:
    """The largest whole number, or how far apart they are, whichever is less."""
    low, high = min(numbers), max(numbers)
    return (
        high if isinf(high) else min(floor(high + TOLERANCE), floor(high + TOLERANCE) - ceil(low - TOLERANCE))
    )
