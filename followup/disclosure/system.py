"""One linear system for everything that a release and earlier editions tell about a population.

Columns are numbers of people in finest cells, kept per clique of the junction tree; rows say that cliques
agree on what they share, and which columns a quantity sums.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from followup.disclosure.atoms import Whole
from followup.disclosure.cells import Population
from followup.disclosure.clique_cells import CliqueCells, Row, along, separator_cells
from followup.disclosure.cliques import Names, junction_tree
from followup.disclosure.quantities import (
    EVER,
    NEVER,
    Form,
    Quantity,
    Span,
    code_part,
    inside,
    time_part,
)
from followup.disclosure.register import Register

NOBODY: Whole = np.zeros(0, dtype=np.int64)


class Sides(NamedTuple):
    """The different sets of atoms that quantities have on an axis, as 0/1 rows, and which row is whose."""

    bits: Whole
    of: Whole


class System:
    """Columns, separator rows and quantity rows of one population, or of those in it within some times.

    quantities  everything that will be asked of `row`; each is measured exactly
    within      by time variable the months in which it happened to those who have columns
    line        a month: what happened before it is told apart from what happened since
    cliques     the cells that columns are, the parents first
    columns     number of columns; all are ≥ 0 and whole
    """

    def __init__(
        self,
        population: Population,
        quantities: Iterable[Quantity],
        within: Mapping[str, Span] | None = None,
        line: int = NEVER,
    ) -> None:
        # What is asked of `row`, and what that is of those who have columns, if it is anybody.
        self.within = within or {}
        self._clipped = inside(population, dict.fromkeys(quantities), self.within)
        clipped = dict.fromkeys(part for part in self._clipped.values() if part is not None)
        wanted = sorted(clipped, key=lambda q: -len(q.box))
        self._times = {name for name, codes in population.variables.items() if codes == "time"}
        names = {name for quantity in wanted for name, _ in quantity.box}
        groups = [frozenset(name for name, _ in quantity.box) for quantity in wanted]
        rules = (*population.order, *population.exclusive)
        groups += [frozenset(pair) for pair in rules if set(pair) <= names]
        groups += [frozenset(codes) for codes in population.impossible if set(codes) <= names]
        chosen = {part for quantity in wanted for part in quantity.box}
        parts = Counter(name for name, _ in chosen)
        tree = junction_tree(groups, {name: log(2 + parts[name]) for name in names})
        self.cliques = [CliqueCells(node, population) for node in tree]
        self._home: dict[Quantity, CliqueCells] = {}
        self._able: dict[Names, list[CliqueCells]] = {}
        self._settle(wanted, line)
        self.columns = sum(clique.size for clique in self.cliques)

    def _settle(self, wanted: list[Quantity], line: int) -> None:
        for quantity in wanted:
            self._home[quantity] = clique = self._roomiest(quantity)
            clique.need(quantity)
        for clique in self.cliques if line < NEVER else ():
            clique.spans += [{name: Span(EVER, line)} for name in sorted(clique.time_names)]
        for clique in self.cliques:
            clique.spans += clique.spans_of_lengths(wanted)
            clique.tell_apart_the_impossible()
        for clique in reversed(self.cliques):
            clique.settle(0)
            if clique.node.parent is not None:
                clique.pass_on(self.cliques[clique.node.parent])
        start = 0
        for clique in self.cliques:
            clique.start = start
            start += clique.size

    def _roomiest(self, quantity: Quantity) -> CliqueCells:
        """A clique that already tells `quantity` apart, else the first that can hold it."""
        names = frozenset(name for name, _ in quantity.box)
        if names not in self._able:
            self._able[names] = [clique for clique in self.cliques if names <= clique.node.variables]
        able = self._able[names]
        codes, spans = code_part(quantity), time_part(quantity)
        for clique in able:
            if spans and not clique.tells_apart(spans):
                continue
            if all(part in clique.sets[name] for name, part in codes.items()):
                return clique
        return able[0]

    def row(self, form: Form) -> Row:
        """Columns and coefficients of a sum of quantities."""
        total: dict[int, float] = {}
        if len(form) == 1 and form[0][0] == 1:
            columns = self._columns(form[0][1])
            return columns, np.ones(len(columns))
        for factor, quantity in form:
            for column in self._columns(quantity).tolist():
                total[column] = total.get(column, 0.0) + factor
        kept = sorted((column, factor) for column, factor in total.items() if factor)
        return np.array([c for c, _ in kept], dtype=np.int64), np.array([f for _, f in kept], dtype=float)

    def _columns(self, quantity: Quantity) -> Whole:
        part = self._clipped[quantity]
        return NOBODY if part is None else self._home[part].columns(part)

    def parts(self, people: NDArray[np.float64], size: int) -> list[NDArray[np.bool_]]:
        """The columns by groups of `size` atoms of the variable that has most, fewest people first.

        `people` holds a number per column. Columns that do not know the variable are in every part. There is
        one part of everything when there would be at most two groups.
        """
        sizes = [(atoms.size, name) for clique in self.cliques for name, atoms in clique.atoms.items()]
        widest = max(sizes, default=(0, ""))
        if widest[0] <= 2 * size:
            return [np.ones(self.columns, dtype=bool)]
        homes = [clique for clique in self.cliques if widest[1] in clique.atoms]
        home = next(clique for clique in homes if clique.atoms[widest[1]].size == widest[0])
        axis = home.code_names.index(widest[1])
        cube = people[home.start : home.start + home.size].reshape(home.shape)
        crowd = np.moveaxis(cube, axis, 0).reshape(widest[0], -1).sum(axis=1)
        atoms = home.atoms[widest[1]].sets()
        ranked = [atoms[number] for number in np.lexsort((np.arange(len(atoms)), np.rint(crowd)))]
        groups = [frozenset().union(*ranked[at : at + size]) for at in range(0, len(ranked), size)]
        return [self._part(widest[1], group, groups) for group in groups]

    def people(self, register: Register, among: NDArray[np.bool_] | None = None) -> NDArray[np.float64]:
        """How many people of the register each column holds; with `among`, of the courses in it."""
        chosen = np.flatnonzero(np.ones(len(register.number), dtype=bool) if among is None else among)
        number = register.number[chosen].astype(float)
        people = np.zeros(self.columns)
        for clique in self.cliques if len(chosen) else ():
            columns = clique.homes(register, chosen)
            seen = columns >= 0
            people += np.bincount(columns[seen], number[seen], self.columns)
        return people

    def boxes(self, quantities: Sequence[Quantity]) -> Iterator[tuple[Whole, list[Sides]]]:
        """For each clique the numbers of the quantities summed in it, and their sides on each axis."""
        found = ((n, self._clipped[quantity]) for n, quantity in enumerate(quantities))
        parts = {n: part for n, part in found if part is not None}
        for clique in self.cliques:
            of = {n: part for n, part in parts.items() if self._home[part] is clique}
            if of:
                numbers, places = list(of), [clique.places(part) for part in of.values()]
                axes = zip(*places, strict=True)
                yield (
                    np.array(numbers),
                    [_sides(axis, size) for axis, size in zip(axes, clique.shape, strict=True)],
                )

    def near(self, window: Span) -> NDArray[np.bool_]:
        """The columns of those to whom everything happens within a window of months, or not yet."""
        masks = [np.broadcast_to(clique.time.near(window), clique.shape).ravel() for clique in self.cliques]
        return np.concatenate(masks)

    def before(self, month: int) -> NDArray[np.bool_]:
        """The columns of those to whom everything happened before a month.

        A column that does not know all times may hold somebody to whom something has yet to happen.
        """
        masks = []
        for clique in self.cliques:
            closed = clique.time.before(month) & (clique.time_names == self._times)
            masks.append(np.broadcast_to(closed, clique.shape).ravel())
        return np.concatenate(masks)

    def _part(self, name: str, group: frozenset[str], groups: list[frozenset[str]]) -> NDArray[np.bool_]:
        mask = np.ones(self.columns, dtype=bool)
        for clique in self.cliques:
            if name in clique.atoms:
                inside = [
                    atom <= group or not any(atom <= other for other in groups)
                    for atom in clique.atoms[name].sets()
                ]
                axis = clique.code_names.index(name)
                whole = np.broadcast_to(along(np.array(inside), axis, len(clique.shape)), clique.shape)
                mask[clique.start : clique.start + clique.size] = whole.ravel()
        return mask

    def separators(self, told: Iterable[Row]) -> list[Row]:
        """Rows that are 0: what a clique and its parent both hold, counted in one minus in the other.

        And what nobody can be: somebody who stayed for two years and began last month, or who died and has an
        income. Only those that have
        to do with any row that is told, over others as well: elsewhere cliques need not agree.
        """
        reached = np.zeros(self.columns, dtype=bool)
        for columns, _ in told:
            reached[columns] = True
        rows = self._separators()
        index = np.concatenate([columns for columns, _ in rows] or [NOBODY])
        owner = np.repeat(np.arange(len(rows)), [len(columns) for columns, _ in rows])
        needed = np.zeros(len(rows), dtype=bool)
        while not needed[found := np.unique(owner[reached[index]])].all():
            needed[found] = True
            reached[index[needed[owner]]] = True
        return [row for row, is_needed in zip(rows, needed, strict=True) if is_needed]

    def _separators(self) -> list[Row]:
        rows: list[Row] = []
        # Who tells apart what another child does is set equal to that child, whose sums are the shorter.
        first: dict[tuple[int, bytes], tuple[Whole, int]] = {}
        for clique in self.cliques:
            if clique.node.parent is None:
                continue
            parent = self.cliques[clique.node.parent]
            own, size = separator_cells(clique, clique)
            other, _ = separator_cells(clique, parent)
            known = first.setdefault((parent.start, other.tobytes()), (own, clique.start))
            if known[1] == clique.start:
                known = other, parent.start
            rows += _differences(own, clique.start, *known, size)
        return rows + [row for clique in self.cliques for row in clique.empty()]


def _differences(own: Whole, start: int, other: Whole, other_start: int, size: int) -> list[Row]:
    label = np.concatenate([own, other])
    column = np.concatenate([np.arange(len(own)) + start, np.arange(len(other)) + other_start])
    factor = np.concatenate([np.ones(len(own)), -np.ones(len(other))])
    order = np.argsort(label, kind="stable")
    ends = np.searchsorted(label[order], np.arange(1, size))
    return [
        (columns, factors)
        for columns, factors in zip(np.split(column[order], ends), np.split(factor[order], ends), strict=True)
        if len(columns)
    ]


def _sides(places: Sequence[Whole], size: int) -> Sides:
    # A clique gives equal sides as one array.
    different = {id(atoms): atoms for atoms in places}
    number = {name: place for place, name in enumerate(different)}
    bits = np.zeros((len(different), size), dtype=np.int64)
    for row, atoms in enumerate(different.values()):
        bits[row, atoms] = 1
    return Sides(bits, np.array([number[id(atoms)] for atoms in places]))
