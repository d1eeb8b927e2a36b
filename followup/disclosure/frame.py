"""The rows of one population's linear system, whole or cut down to some of its columns.

A part of a frame holds some columns still, at the numbers of a table that fits everything, and lets the
others move. What can be shown by moving a part can be shown in the whole, so a large population is protected
part by part.
"""

from collections.abc import Callable, Collection, Iterable, Sequence, Set

import numpy as np
from numpy.typing import NDArray

from followup.disclosure.alike_columns import alike_columns
from followup.disclosure.atoms import Whole
from followup.disclosure.clique_cells import Row
from followup.disclosure.collect import Entry
from followup.disclosure.primary import Need
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import Quantity, code_part, contains
from followup.disclosure.system import System

Values = NDArray[np.float64]
Bits = NDArray[np.bool_]
# A variable and one of its codes.
Code = tuple[str, str]

# How a row behaves: its number is always known; told unless it is hidden; never told.
KNOWN, ELASTIC, FREE = 0, 1, 2
# A bare head count is hidden only if nothing else helps.
STEEP = 20.0


class Demand:
    """A row to protect: the interval an intruder finds must reach `least` people and be `least` wide.

    value  the true number, or None for a promise of an earlier `edition`, whose number is not kept
    need   its number among the needs, or None for an entry that demands it by being hidden
    ends   the month after the last one that it names, or None when it names none
    """

    __slots__ = ("edition", "ends", "least", "need", "reason", "row", "value")

    def __init__(
        self,
        row: int,
        value: float | None,
        least: int,
        reason: Reason,
        edition: str = "",
        need: int | None = None,
        ends: int | None = None,
    ) -> None:
        self.row = row
        self.value = value
        self.least = least
        self.reason = reason
        self.edition = edition
        self.need = need
        self.ends = ends


class Frame:
    """Rows are: `first` separators, then one per entry, then one per need that is no single entry.

    columns               number of columns
    sample                per column: a column of the system that it stands for; the whole frame only
    stands                per column of the system: the column that stands for it, or -1; the whole frame only
    index, factor, owner  the non-zero coefficients: column, coefficient, row; by row
    kinds, values, prices per row; a value is what the row sums to over the columns of this frame
    offset                per row: what it sums to over the columns that are held still
    rows                  per row: the same number in each frame of the same entries and needs; below 0 for
                          separators, the entries' from 0, and those of needs that are no entry after them
    hideable              bare head counts of this release may be hidden, too, at a steep price
    veiled                head counts that nobody can rely on to be told
    ceiling               by the number of an entry and its threshold, the room that numbers from before a
                          correction leave it; None where nothing was corrected
    as_told               every number that an earlier edition told is the same today
    """

    columns: int
    sample: Whole
    stands: Whole
    index: Whole
    factor: Values
    owner: Whole
    kinds: Whole
    values: Values
    prices: Values
    offset: Values
    rows: Whole
    first: int
    entries: list[Entry]
    demands: list[Demand]
    hideable: bool
    veiled: Set[Quantity] = frozenset()
    ceiling: Callable[[int, int], int] | None = None
    as_told: bool = False
    _few: dict[Code | None, list[Entry]] | None = None

    def is_open(self, entry: Entry) -> bool:
        """True for a bare head count that the rule lets everybody know."""
        return entry.exempt and (bool(entry.edition) or entry.quantity not in self.veiled)

    @property
    def last(self) -> int:
        """The row after the last entry's."""
        return self.first + len(self.entries)

    def room(self, quantity: Quantity, least: int) -> int:
        """The smallest bare head count around `quantity`, which everybody knows; at most `least`."""
        if self._few is None:
            self._few = _by_code(sorted(filter(self.is_open, self.entries), key=lambda entry: entry.value))
        codes = ((name, next(iter(chosen))) for name, chosen in code_part(quantity).items())
        for code in (None, *codes):
            for entry in self._few.get(code, ()):
                if entry.value >= least:
                    break
                if contains(entry.quantity, quantity):
                    least = entry.value
                    break
        return least

    def asks(self, number: int, entry: Entry) -> int:
        """How much room an entry of that number must keep when it is hidden."""
        least = self.room(entry.quantity, entry.least)
        return least if self.ceiling is None else self.ceiling(number, least)

    def sums(self, people: Values) -> Values:
        """What each row sums to when each column holds so many people."""
        sums: Values = np.bincount(self.owner, self.factor * people[self.index], len(self.kinds)).astype(
            float
        )
        return sums

    def gathered(self, people: Values) -> Values:
        """People per column of the system as people per column of this frame."""
        seen = self.stands >= 0
        gathered: Values = np.bincount(self.stands[seen], people[seen], self.columns).astype(float)
        return gathered

    def with_kinds(self, kinds: Whole, price: float | None = None) -> "Frame":
        """The same rows, behaving otherwise, at one price for all if given."""
        other = Frame()
        other.__dict__.update(self.__dict__)
        other.kinds = kinds
        if price is not None:
            other.prices = np.full(len(kinds), price)
        return other

    def beside(self, still: Values) -> "Frame":
        """The same rows, when so many people are held still in each who have no column here."""
        other = self.with_kinds(self.kinds)
        other.offset, other.values = self.offset + still, self.values - still
        return other

    def stuck(self, people: Values) -> Bits:
        """The columns that known rows hold at their number in `people`: no table that fits has another.

        The row fits, and there is nobody in it, or no other column that moves.
        """
        fits = np.abs(self.values - self.sums(people)) < 1e-6
        stuck = np.zeros(self.columns, dtype=bool)
        moving = ((self.kinds == KNOWN) & fits)[self.owner]
        while moving.any():
            index, owner, factor = self.index[moving], self.owner[moving], self.factor[moving]
            alone = np.bincount(owner, minlength=len(fits)) == 1
            size, total = np.bincount(owner, np.abs(factor), len(fits)), np.bincount(owner, factor, len(fits))
            empty = (size == np.abs(total)) & (np.bincount(owner, people[index], len(fits)) == 0)
            found = (alone | empty)[owner]
            if not found.any():
                break
            stuck[index[found]] = True
            moving &= ~stuck[self.index]
        return stuck

    def part(self, free: Bits, people: Values, only: Collection[int] | None = None) -> "Frame":
        """Only the columns in `free` move; the others are held at their number in `people`.

        With `only`, of the demands those with these numbers.
        """
        moving = free[self.index]
        rows, owner = np.unique(self.owner[moving], return_inverse=True)
        still = np.bincount(
            self.owner[~moving], self.factor[~moving] * people[self.index[~moving]], len(self.kinds)
        )
        part = Frame()
        part.hideable, part.veiled = self.hideable, self.veiled
        part.ceiling, part.as_told = self.ceiling, self.as_told
        part.columns = int(free.sum())
        part.index = (np.cumsum(free) - 1)[self.index[moving]]
        part.factor, part.owner = self.factor[moving], owner
        part.kinds, part.prices, part.rows = self.kinds[rows], self.prices[rows], self.rows[rows]
        part.offset = self.offset[rows] + still[rows]
        part.values = self.values[rows] - still[rows]
        part.first = int(np.searchsorted(rows, self.first))
        own = rows[(rows >= self.first) & (rows < self.last)] - self.first
        part.entries = [self.entries[number] for number in own]
        at = {int(row): place for place, row in enumerate(rows)}
        asked = [one for one in self.demands if only is None or int(self.rows[one.row]) in only]
        part.demands = [_moved(demand, at[demand.row]) for demand in asked if demand.row in at]
        return part


def _by_code(entries: Iterable[Entry]) -> dict[Code | None, list[Entry]]:
    """The entries by each code of their first variable: what lies inside one has no other codes there."""
    found: dict[Code | None, list[Entry]] = {}
    for entry in entries:
        first = next(iter(code_part(entry.quantity).items()), None)
        codes = [None] if first is None else [(first[0], code) for code in first[1]]
        for code in codes:
            found.setdefault(code, []).append(entry)
    return found


def _moved(demand: Demand, row: int) -> Demand:
    return Demand(row, demand.value, demand.least, demand.reason, demand.edition, demand.need, demand.ends)


def frame_of(
    system: System,
    entries: list[Entry],
    needs: Sequence[Need],
    *,
    hideable: bool = False,
    veiled: Set[Quantity] = frozenset(),
    apart: Bits | None = None,
) -> Frame:
    """The whole frame of a population; what is `apart` in the system shares no column with what is not."""
    frame = Frame()
    frame.hideable = hideable
    frame.veiled = veiled
    frame.entries = entries
    rows = [system.row(((1, entry.quantity),)) for entry in entries]
    places = {entry.quantity: number for number, entry in enumerate(entries)}
    at: list[int] = []
    for need in needs:
        place = places.get(need.form[0][1]) if len(need.form) == 1 else None
        at.append(len(rows) if place is None else place)
        if place is None:
            rows.append(system.row(need.form))
    separators = system.separators(rows)
    frame.first = len(separators)
    rows = [*separators, *rows]
    frame.demands = []
    for number, (place, need) in enumerate(zip(at, needs, strict=True)):
        row = frame.first + place
        least = need.least if need.edition else frame.room(need.form[0][1], need.least)
        frame.demands.append(Demand(row, need.value, least, need.reason, need.edition, number, need.end))
    _fill(frame, rows, np.zeros(system.columns, dtype=bool) if apart is None else apart)
    frame.rows, frame.offset = np.arange(len(rows)) - frame.first, np.zeros(len(rows))
    frame.kinds = np.full(len(rows), FREE)
    frame.kinds[: frame.first] = KNOWN
    frame.kinds[frame.first : frame.last] = [
        KNOWN if entry.edition or (frame.is_open(entry) and not hideable) else ELASTIC for entry in entries
    ]
    frame.values = _per_entry(frame, (float(entry.value) for entry in entries))
    frame.prices = _per_entry(frame, (entry.price * (STEEP if entry.exempt else 1.0) for entry in entries))
    return frame


def _fill(frame: Frame, rows: Sequence[Row], apart: Bits) -> None:
    """The coefficients, with cells that no row tells apart as one column: their people are a sum.

    Cells in `apart` and others are never one.
    """
    index = np.concatenate([columns for columns, _ in rows] or [np.zeros(0, dtype=np.int64)])
    factor = np.concatenate([factors for _, factors in rows] or [np.zeros(0)])
    owner = np.repeat(np.arange(len(rows)), [len(columns) for columns, _ in rows])
    sample = alike_columns(index, factor, owner, apart)
    frame.sample = np.flatnonzero(sample == np.arange(len(apart)))
    kept = sample[index] == index
    frame.columns = len(frame.sample)
    frame.stands = np.where(sample < 0, -1, np.searchsorted(frame.sample, sample))
    frame.index = np.searchsorted(frame.sample, index[kept])
    frame.factor, frame.owner = factor[kept], owner[kept]


def _per_entry(frame: Frame, numbers: Iterable[float]) -> Values:
    values = np.zeros(len(frame.rows))
    values[frame.first : frame.last] = list(numbers)
    return values
