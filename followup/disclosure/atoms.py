"""The coarsest cells that still tell apart everything a set of tables counts.

Codes that no table separates are one atom. Months become points (accepted, started, ended, …) in a grid whose
lines are the ends of the periods in use; points that no table separates are one atom, and points that
contradict the order of events do not exist. A stock that spans two half-years is thus "both", "only first",
"only second".
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from followup.disclosure.cells import Population
from followup.disclosure.length import Length
from followup.disclosure.quantities import EVER, NEVER, Span

Spans = dict[str, Span]
Whole = NDArray[np.int64]


class CodeAtoms:
    """The partition of one variable's codes that the given sets induce; atoms are numbered from 0.

    places  the atom of each code
    """

    def __init__(self, codes: Sequence[str], sets: Iterable[frozenset[str]]) -> None:
        distinct = sorted(set(sets), key=sorted)
        signatures: dict[tuple[bool, ...], int] = {}
        self.atom_of: dict[str, int] = {}
        for code in codes:
            signature = tuple(code in chosen for chosen in distinct)
            self.atom_of[code] = signatures.setdefault(signature, len(signatures))
        self.size = len(signatures)
        self.places = np.array([self.atom_of[code] for code in codes], dtype=np.int64)
        first: dict[int, str] = {}
        for code in codes:
            first.setdefault(self.atom_of[code], code)
        self.sample = [first[atom] for atom in range(self.size)]
        self._within: dict[frozenset[str], Whole] = {}

    def within(self, chosen: frozenset[str]) -> Whole:
        """The atoms that `chosen` consists of."""
        if chosen not in self._within:
            self._within[chosen] = np.array(sorted({self.atom_of[code] for code in chosen}), dtype=np.int64)
        return self._within[chosen]

    def sets(self) -> list[frozenset[str]]:
        """The atoms as sets of codes."""
        return [frozenset(c for c, a in self.atom_of.items() if a == atom) for atom in range(self.size)]


class TimeAtoms:
    """The partition of the possible points in several time variables that the given joint spans induce.

    A point holds, per variable, the first month of the grid interval it lies in; the last interval of each
    variable also holds "not yet".
    """

    def __init__(self, names: Iterable[str], population: Population, spans: Iterable[Spans]) -> None:
        self.names = sorted(names)
        distinct = sorted({tuple(sorted(span.items())) for span in spans})
        self.spans: list[Spans] = [dict(span) for span in distinct]
        self._starts = {name: _starts(name, self.spans) for name in self.names}
        points = _possible_points(self.names, self._starts, population)
        masks = np.array([self._inside(points, span) for span in self.spans], dtype=bool)
        signature = np.packbits(masks.reshape(len(self.spans), len(points)), axis=0).T
        if not self.spans:
            signature = np.zeros((len(points), 1), dtype=np.uint8)
        _, first, atom = np.unique(signature, axis=0, return_index=True, return_inverse=True)
        self.size = len(first)
        self.sample = points[first]
        self._points, self._atom = points, atom.ravel()
        self._atom_at = dict(zip(map(tuple, points.tolist()), self._atom.tolist(), strict=True))
        self._within: dict[tuple[tuple[str, Span], ...], Whole] = {}

    def within(self, span: Spans) -> Whole:
        """The atoms that lie in `span`."""
        chosen = tuple(sorted(span.items()))
        if chosen not in self._within:
            self._within[chosen] = np.flatnonzero(self._inside(self.sample, span)).astype(np.int64)
        return self._within[chosen]

    def atom_of(self, point: dict[str, int]) -> int:
        """The atom of a possible point (variable -> month) of a grid at least as fine."""
        return int(self._atom_at[tuple(_floor(self._starts[name], point[name]) for name in self.names)])

    def of(self, months: Mapping[str, Whole], courses: int) -> Whole:
        """The atom of each of so many courses, of which `months` tells when; -1 for what cannot happen."""
        if not self.names:
            return np.zeros(courses, dtype=np.int64)
        grid = np.full([len(self._starts[name]) for name in self.names], -1)
        grid[self._corners(dict(zip(self.names, self._points.T, strict=True)))] = self._atom
        return np.asarray(grid[self._corners(months)], dtype=np.int64)

    def _corners(self, months: Mapping[str, Whole]) -> tuple[Whole, ...]:
        return tuple(np.searchsorted(self._starts[n], months[n], side="right") - 1 for n in self.names)

    def points(self) -> list[dict[str, int]]:
        """One point of each atom."""
        return [dict(zip(self.names, row, strict=True)) for row in self.sample.tolist()]

    def near(self, window: Span) -> NDArray[np.bool_]:
        """For each atom: whether in some point of it everything happens within the window, or not yet."""
        inside = np.ones(len(self._points), dtype=bool)
        for number, name in enumerate(self.names):
            starts = np.array(self._starts[name])
            ends = np.append(starts[1:], NEVER)
            within = ((ends > window.first) & (starts < window.after)) | (ends == NEVER)
            inside &= within[np.searchsorted(starts, self._points[:, number])]
        return np.bincount(self._atom[inside], minlength=self.size) > 0

    def before(self, month: int) -> NDArray[np.bool_]:
        """For each atom: whether in every point of it everything happens before the month."""
        late = np.zeros(len(self._points), dtype=bool)
        for number, name in enumerate(self.names):
            starts = self._starts[name]
            ends = np.array([*starts[1:], NEVER])
            late |= ends[np.searchsorted(starts, self._points[:, number])] > month
        return np.bincount(self._atom[late], minlength=self.size) == 0

    def can_last(self, length: Length, codes: frozenset[str]) -> NDArray[np.bool_]:
        """For each atom that tells of the later event: whether a point of it leaves room for one of them."""
        known = [length.months[code] for code in codes if code in length.months]
        possible = np.zeros(self.size, dtype=bool)
        for point, atom in self._atom_at.items():
            place = dict(zip(self.names, point, strict=True))
            is_open = _after(self._starts[length.later], place[length.later]) >= NEVER
            possible[atom] |= (len(known) < len(codes) and is_open) or self._leaves_room(place, length, known)
        return possible

    def _leaves_room(
        self, point: dict[str, int], length: Length, known: Sequence[tuple[int, int | None]]
    ) -> bool:
        if length.earlier not in point:
            return bool(known)
        low, high = self._apart(point, length)
        return any(least <= high and (most is None or low <= most) for least, most in known)

    def _apart(self, point: dict[str, int], length: Length) -> tuple[int, int]:
        """Least and most months between two events that lie in the intervals of a point."""
        first, last = point[length.earlier], point[length.later]
        return (
            max(0, last - _after(self._starts[length.earlier], first) + 1),
            _after(self._starts[length.later], last) - 1 - first,
        )

    def lines(self) -> list[Spans]:
        """Every interval of every variable by itself, with the ends of all: for those who share only some."""
        ends = sorted({month for starts in self._starts.values() for month in starts} | {NEVER})
        return [{name: Span(first, after)} for name in self.names for first, after in pairwise(ends)]

    @property
    def grid(self) -> Mapping[str, Sequence[int]]:
        """By variable the months in which its intervals begin."""
        return self._starts

    def whole(self, spans: Sequence[Spans], used: NDArray[np.bool_]) -> tuple[list[int], NDArray[np.float64]]:
        """Those of the spans, by number, that no used atom lies partly in, each once; and 1 for its atoms."""
        order = np.argsort(self._atom, kind="stable")
        inside = np.ones((len(spans), len(order)), dtype=bool)
        for number, name in enumerate(self.names):
            own = [line for line, span in enumerate(spans) if name in span]
            ends = np.array([spans[line][name] for line in own]).reshape(-1, 2, 1)
            months = self._points[order, number]
            inside[own] &= (months >= ends[:, 0]) & (months < ends[:, 1])
        starts = np.searchsorted(self._atom[order], np.arange(self.size))
        some = np.logical_or.reduceat(inside, starts, axis=1)
        whole = np.all((some == np.logical_and.reduceat(inside, starts, axis=1)) | ~used, axis=1)
        kept = np.flatnonzero(whole)
        _, first = np.unique(some[kept], axis=0, return_index=True)
        kept = kept[np.sort(first)]
        return kept.tolist(), some[kept].astype(float)

    def _inside(self, points: Whole, span: Spans) -> NDArray[np.bool_]:
        inside = np.ones(len(points), dtype=bool)
        for name, chosen in span.items():
            column = points[:, self.names.index(name)]
            inside &= (column >= chosen.first) & (column < chosen.after)
        return inside


def _starts(name: str, spans: Iterable[Spans]) -> list[int]:
    ends = {month for span in spans if name in span for month in span[name]}
    return sorted((ends | {EVER}) - {NEVER})


def _floor(starts: list[int], month: int) -> int:
    return starts[bisect_right(starts, month) - 1]


def _after(starts: list[int], month: int) -> int:
    """Where the interval that starts with `month` ends."""
    return next((start for start in starts if start > month), NEVER)


def _possible_points(names: list[str], starts: dict[str, list[int]], population: Population) -> Whole:
    """Rows of interval starts, without those that no course of events can reach."""
    if not names:
        return np.zeros((1, 0), dtype=np.int64)
    grid = np.meshgrid(*(np.array(starts[name]) for name in names), indexing="ij")
    ends = np.meshgrid(*(np.array([*starts[name][1:], NEVER + 1]) for name in names), indexing="ij")
    earliest = dict(zip(names, (axis.ravel().copy() for axis in grid), strict=True))
    end = dict(zip(names, (axis.ravel() for axis in ends), strict=True))
    order = [pair for pair in population.order if set(pair) <= set(names)]
    for _ in order:
        for earlier, later in order:
            earliest[later] = np.maximum(earliest[later], earliest[earlier])
    possible = np.ones(grid[0].size, dtype=bool)
    for name in names:
        possible &= earliest[name] < end[name]
    for one, other in population.exclusive:
        if {one, other} <= set(names):
            possible &= (end[one] > NEVER) | (end[other] > NEVER)
    points: Whole = np.stack([axis.ravel() for axis in grid], axis=1)[possible]
    return points
