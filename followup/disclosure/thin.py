"""The same equations with fewer coefficients: a group less the told groups inside it.

A total tells little more when its parts are told, too. Taking from each known row the known rows that lie
inside it, apart from each other, leaves the few columns that are new in it. Every row that is taken stays a
row of its own, so nothing is lost: the one set of equations follows from the other.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from followup.disclosure.atoms import Whole
from followup.disclosure.frame import KNOWN, Frame
from followup.disclosure.system import Sides, System

# With fewer coefficients of earlier numbers than this it is quicker to leave them be. With more entries in a
# clique it takes too much memory to hold each against each.
WORTH = 20_000
MOST = 6_000

Bits = NDArray[np.bool_]


class Thinning:
    """Which entries of a system lie inside which others, worked out once."""

    def __init__(self, system: System, frame: Frame) -> None:
        quantities = [entry.quantity for entry in frame.entries]
        self._cliques = []
        if _is_worth_it(frame):
            boxes = system.boxes(quantities)
            self._cliques = [_Clique(*found) for found in boxes if len(found[0]) <= MOST]

    def all_known(self, frame: Frame) -> Frame:
        """The frame with every entry known, thinned: for finding a table that fits them all."""
        kinds = frame.kinds.copy()
        kinds[frame.first : frame.last] = KNOWN
        return self._thinned(frame.with_kinds(kinds), np.zeros(len(frame.entries), dtype=bool))

    def thinned(self, frame: Frame) -> Frame:
        """The frame with its known rows thinned; bare head counts by each other only: they stand alone.

        A row that is to be protected stays as it is.
        """
        return self._thinned(frame, np.array([frame.is_open(entry) for entry in frame.entries], dtype=bool))

    def _thinned(self, frame: Frame, alone: Bits) -> Frame:
        known = frame.kinds[frame.first : frame.last] == KNOWN
        known[[demand.row - frame.first for demand in frame.demands if demand.row < frame.last]] = False
        starts = np.searchsorted(frame.owner, np.arange(len(frame.kinds) + 1))
        kept = np.ones(len(frame.index), dtype=bool)
        values = frame.values.copy()
        mark = np.zeros(frame.columns, dtype=bool)
        for outer, parts in self._parts(known, alone):
            row = frame.first + outer
            for part in parts:
                mark[frame.index[starts[frame.first + part] : starts[frame.first + part + 1]]] = True
            span = slice(starts[row], starts[row + 1])
            kept[span] = ~mark[frame.index[span]]
            values[row] -= frame.values[frame.first + np.array(parts)].sum()
            mark[:] = False
        other = frame.with_kinds(frame.kinds)
        other.index, other.factor, other.owner = frame.index[kept], frame.factor[kept], frame.owner[kept]
        other.values = values
        return other

    def _parts(self, known: Bits, alone: Bits) -> Iterator[tuple[int, list[int]]]:
        """For each known entry with known ones inside: the largest of these that lie apart."""
        for clique in self._cliques:
            numbers, order = clique.numbers, clique.by_size
            for outer, number in enumerate(numbers):
                if known[number]:
                    smaller = clique.smaller[order, outer] & known[numbers[order]]
                    if alone[number]:
                        smaller &= alone[numbers[order]]
                    if chosen := _apart(order[smaller], clique.apart):
                        yield int(number), [int(numbers[place]) for place in chosen]


class _Clique:
    """The entries summed in one clique: which is a smaller part of which, and which are apart."""

    def __init__(self, numbers: Whole, boxes: list[Sides]) -> None:
        self.numbers = numbers
        size = np.prod([side.bits.sum(axis=1)[side.of] for side in boxes], axis=0)
        self.by_size = np.argsort(-size, kind="stable")
        inside, self.apart = _relations(boxes)
        self.smaller = inside & (size[:, None] < size[None, :])


def _is_worth_it(frame: Frame) -> bool:
    """Earlier editions tell parts and totals year after year; one release alone tells few of them."""
    earlier = np.zeros(len(frame.kinds), dtype=bool)
    earlier[frame.first : frame.last] = [bool(entry.edition) for entry in frame.entries]
    return int(np.count_nonzero(earlier[frame.owner])) >= WORTH


def _relations(boxes: list[Sides]) -> tuple[Bits, Bits]:
    """Which box lies inside which, and which two have nothing in common.

    Few sides are different, so only these are compared, and as whole numbers: fractions are multiplied by
    threads that take longer to start than the multiplication does.
    """
    inside = np.ones((len(boxes[0].of), len(boxes[0].of)), dtype=bool)
    apart = np.zeros_like(inside)
    for side in boxes:
        common = side.bits @ side.bits.T
        inside &= _spread(common == common.diagonal()[:, None], side.of)
        apart |= _spread(common == 0, side.of)
    return inside, apart


def _spread(relation: Bits, of: Whole) -> Bits:
    return relation[of][:, of]


def _apart(places: Whole, apart: Bits) -> list[int]:
    chosen = []
    while len(places):
        chosen.append(int(places[0]))
        places = places[apart[places, places[0]]]
    return chosen
