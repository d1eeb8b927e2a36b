"""All tables of people that fit what has been published, as linear equations over finest cells.

Every variable is cut where some published group begins or ends; a *cell* is one choice of part per variable.
Time is cut into months' intervals, and courses of events that cannot be (an exit before the start) are left
out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import combinations, product
from math import prod

import numpy as np
from numpy.typing import NDArray

from followup.disclosure.cells import MonthRange, Part, Population, Selection
from followup.disclosure.intruder.facts import key_of
from followup.disclosure.intruder.groups import Group
from followup.disclosure.intruder.scopes import Scope, joined, pieces
from followup.disclosure.length import Length

NEVER = "9999-99"
Row = dict[int, float]


class Worlds:
    """Columns and equations for one population; a group is a sum of columns."""

    def __init__(self, population: Population, selections: Sequence[Selection]) -> None:
        self.population = population
        self._cuts = _cuts(selections)
        self._told = {
            length.variable: {one[length.variable] for one in selections if length.variable in one}
            for length in population.lengths
        }
        self._parts = {name: self._partition(name, selections) for name in population.variables}
        scopes = {frozenset(selection) for selection in selections} or {frozenset()}
        # How long it took is known by both events.
        for length in population.lengths:
            known = {length.variable, length.later}
            scopes = {scope | {length.earlier} if known <= scope else scope for scope in scopes}
        scopes |= _ruled(scopes, (*population.order, *population.exclusive))
        scopes |= _impossible(scopes, population.impossible)
        self._pieces = pieces(scopes, lambda scope: prod(len(self._parts[name]) for name in scope))
        self._cells: list[list[dict[str, str]]] = [self._possible(piece) for piece in self._pieces]
        self._places = [
            {name: self._places_of(name, cells) for name in piece}
            for piece, cells in zip(self._pieces, self._cells, strict=True)
        ]
        self._known: dict[tuple[str, Part | None], NDArray[np.bool_]] = {}
        self._columns: dict[Group, list[int]] = {}
        self._starts = [sum(map(len, self._cells[:number])) for number in range(len(self._cells))]

    @cached_property
    def size(self) -> int:
        return sum(map(len, self._cells))

    def agreements(self) -> list[Row]:
        """Rows that equal zero: pieces count the same people alike in what they share."""
        return self._agreements

    @cached_property
    def _agreements(self) -> list[Row]:
        rows: list[Row] = []
        for one, other in joined(self._pieces):
            shared = sorted(self._pieces[one] & self._pieces[other])
            together: dict[int, Row] = defaultdict(dict)
            for piece, sign in ((one, 1.0), (other, -1.0)):
                groups = self._groups_of(piece, shared).tolist()
                for column, group in enumerate(groups, start=self._starts[piece]):
                    together[group][column] = sign
            rows += together.values()
        return rows

    def _groups_of(self, piece: int, names: Sequence[str]) -> NDArray[np.intp]:
        """For each cell of a piece the group of those that have the same parts of some variables."""
        groups = np.zeros(len(self._cells[piece]), dtype=np.intp)
        for name in names:
            groups = groups * len(self._parts[name]) + self._places[piece][name]
        return groups

    def columns(self, selection: Selection) -> list[int]:
        """The columns whose sum is the number of people in the group."""
        group = key_of(selection)
        if group not in self._columns:
            self._columns[group] = self._columns_of(selection)
        return self._columns[group]

    def _columns_of(self, selection: Selection) -> list[int]:
        scope = frozenset(selection)
        piece = min(
            (number for number, names in enumerate(self._pieces) if scope <= names),
            key=lambda number: len(self._cells[number]),
        )
        columns: list[int] = (self._starts[piece] + np.flatnonzero(self.inside(piece, selection))).tolist()
        return columns

    def inside(self, piece: int, selection: Selection) -> NDArray[np.bool_]:
        """Which cells of a piece, which knows all its variables, are in the group."""
        inside = np.ones(len(self._cells[piece]), dtype=bool)
        for name, part in selection.items():
            inside &= self.within(name, part)[self._places[piece][name]]
        return inside

    def laid_out(self, piece: int, world: NDArray[np.float64], names: Sequence[str]) -> NDArray[np.float64]:
        """The people of a world by the parts of the variables of a piece, an axis for each of the names."""
        found = np.zeros([len(self._parts[name]) for name in names])
        start = self._starts[piece]
        places = tuple(self._places[piece][name] for name in names)
        found[places] = world[start : start + len(self._cells[piece])]
        return found

    def pieces(self) -> list[Scope]:
        """The variables of each piece."""
        return self._pieces

    def months(self, name: str) -> list[str]:
        """The months in which something shown begins, or the month after one in which it ends."""
        return sorted(self._cuts[name])

    def within(self, name: str, part: Part | None) -> NDArray[np.bool_]:
        """Which parts of a variable lie in a part of a group; all of them where it may be anything."""
        if (name, part) not in self._known:
            samples = [part is None or _inside(sample, part) for sample in self._parts[name]]
            self._known[name, part] = np.array(samples, dtype=bool)
        return self._known[name, part]

    def _places_of(self, name: str, cells: Sequence[Mapping[str, str]]) -> NDArray[np.intp]:
        """For each cell the place of its part of a variable."""
        places = {sample: place for place, sample in enumerate(self._parts[name])}
        return np.array([places[cell[name]] for cell in cells], dtype=np.intp)

    def _partition(self, name: str, selections: Iterable[Selection]) -> list[str]:
        """One sample code (or first month) for each part of a variable that no group tells apart further."""
        codes = self.population.variables[name]
        if codes == "time":
            return ["", *sorted(self._cuts[name])]
        known = (*selections, *self.population.impossible)
        chosen = [selection[name] for selection in known if name in selection]
        samples: dict[tuple[bool, ...], str] = {}
        for code in codes:
            samples.setdefault(tuple(_inside(code, part) for part in chosen), code)
        return list(samples.values())

    def _possible(self, piece: Scope) -> list[dict[str, str]]:
        names = sorted(piece)
        cells = (dict(zip(names, parts, strict=True)) for parts in product(*(self._parts[n] for n in names)))
        return [cell for cell in cells if self._can_be(cell)]

    def _can_be(self, cell: Mapping[str, str]) -> bool:
        for earlier, later in self.population.order:
            # The later event may fall anywhere up to the end of its interval.
            if earlier in cell and later in cell and not cell[earlier] < self._after(later, cell[later]):
                return False
        for length in self.population.lengths:
            # How long it took is known of everybody to whom both have happened.
            if length.variable in cell and length.later in cell:
                is_over = self._after(length.later, cell[length.later]) != NEVER
                if is_over and not any(
                    self._can_last(length, code, cell) for code in self._alike(length, cell)
                ):
                    return False
        if any(
            codes.keys() <= cell.keys() and all(cell[name] in part for name, part in codes.items())
            for codes in self.population.impossible
        ):
            return False
        return not any(
            one in cell
            and other in cell
            and NEVER not in (self._after(one, cell[one]), self._after(other, cell[other]))
            for one, other in self.population.exclusive
        )

    def _alike(self, length: Length, cell: Mapping[str, str]) -> list[str]:
        """The codes of a length that no group tells apart from the one of a cell."""
        return self._not_told_apart[length.variable][cell[length.variable]]

    @cached_property
    def _not_told_apart(self) -> Mapping[str, Mapping[str, list[str]]]:
        """By the variable of a length, and by code."""
        found = {}
        for length in self.population.lengths:
            codes = self.population.variables[length.variable]
            groups = {code: self._within_all(length.variable, code) for code in codes}
            found[length.variable] = {
                code: [other for other in codes if groups[other] == groups[code]] for code in codes
            }
        return found

    def _within_all(self, name: str, code: str) -> tuple[bool, ...]:
        return tuple(_inside(code, part) for part in self._told[name])

    def _can_last(self, length: Length, code: str, cell: Mapping[str, str]) -> bool:
        """Whether so many months can lie between the two events as the cell has them."""
        if code not in length.months or length.earlier not in cell:
            return code in length.months
        least, most = length.months[code]
        first, last = cell[length.earlier], cell[length.later]
        begun, over = self._after(length.earlier, first), self._after(length.later, last)
        can_be_so_short = (
            most is None or not last or begun == NEVER or _ordinal(last) - _ordinal(begun) + 1 <= most
        )
        return can_be_so_short and (not first or _ordinal(over) - 1 - _ordinal(first) >= least)

    def _after(self, name: str, start: str) -> str:
        return min((cut for cut in self._cuts[name] if cut > start), default=NEVER)


def _ruled(scopes: Iterable[Scope], rules: Sequence[tuple[str, str]]) -> set[Scope]:
    """What must be thought of together because one event comes first, or because only one of two can be.

    The groups that tell of the one may tell of other things than those that tell of the other; what both tell
    of is the same people.
    """
    return {
        (one & other) | {first, last}
        for one, other in combinations(scopes, 2)
        for pair in rules
        for first, last in (pair, pair[::-1])
        if first in one and last in other and not ({first, last} <= one or {first, last} <= other)
    }


def _impossible(scopes: Iterable[Scope], rules: Iterable[Mapping[str, Part]]) -> set[Scope]:
    """What must be thought of together because nobody has some codes of it together."""
    known = list(scopes)
    return {
        frozenset.intersection(*those).union(rule)
        for rule in rules
        for those in product(*([scope for scope in known if name in scope] for name in rule))
        if not any(rule.keys() <= scope for scope in those)
    }


def _cuts(selections: Iterable[Selection]) -> dict[str, set[str]]:
    cuts: dict[str, set[str]] = defaultdict(set)
    for selection in selections:
        for name, part in selection.items():
            if isinstance(part, MonthRange):
                cuts[name] |= {part.first} if part.first else set()
                cuts[name] |= {_next(part.last)} if part.last else set()
    return cuts


def _ordinal(month: str) -> int:
    year, number = map(int, month.split("-"))
    return year * 12 + number


def _next(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"


def _inside(value: str, part: Part) -> bool:
    if isinstance(part, MonthRange):
        return (part.first or "") <= value and (part.last is None or value <= part.last)
    return value in part
