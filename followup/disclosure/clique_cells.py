"""The cells of one clique of variables: the unknown numbers of people, and which of them a quantity sums."""

from collections.abc import Iterable, Mapping
from math import prod

import numpy as np
from numpy.typing import NDArray

from followup.disclosure.atoms import CodeAtoms, Spans, TimeAtoms, Whole
from followup.disclosure.cells import Population
from followup.disclosure.cliques import Names, Node
from followup.disclosure.quantities import Box, Quantity, Span, code_part, is_time, time_part
from followup.disclosure.register import Register

Row = tuple[Whole, NDArray[np.float64]]


class CliqueCells:
    """The cells of one clique: one axis of atoms per code variable, and one for all its time variables."""

    def __init__(self, node: Node, population: Population) -> None:
        variables = population.variables
        self.node = node
        self.population = population
        self.time_names: Names = frozenset(n for n in node.variables if variables[n] == "time")
        self.code_names = sorted(node.variables - self.time_names)
        self.sets: dict[str, set[frozenset[str]]] = {name: set() for name in self.code_names}
        self.spans: list[Spans] = []
        self._told_apart: set[tuple[tuple[str, Span], ...]] = set()
        self.start = 0

    def need(self, quantity: Quantity) -> None:
        """Make the atoms fine enough for `quantity`."""
        for name, codes in code_part(quantity).items():
            self.sets[name].add(codes)
        spans = time_part(quantity)
        if spans and not self.tells_apart(spans):
            self.spans.append(spans)
            self._told_apart.add(tuple(spans.items()))

    def tells_apart(self, spans: Spans) -> bool:
        """True when a quantity with these spans has been needed here."""
        return tuple(spans.items()) in self._told_apart

    def spans_of_lengths(self, quantities: Iterable[Quantity]) -> list[Spans]:
        """Of a variable of length the times that the quantities tell apart: they say how long it was."""
        found: dict[tuple[tuple[str, Span], ...], Spans] = {}
        for length in self.population.lengths:
            names = {length.earlier, length.later}
            if length.variable in self.code_names and names <= self.time_names:
                for quantity in quantities:
                    spans = {name: span for name, span in time_part(quantity).items() if name in names}
                    found[tuple(spans.items())] = spans
        found.pop((), None)
        return list(found.values())

    def tell_apart_the_impossible(self) -> None:
        """Make the atoms fine enough for the codes that nobody has together."""
        for codes in self._impossible():
            for name, part in codes.items():
                self.sets[name].add(part)

    def _impossible(self) -> list[Mapping[str, frozenset[str]]]:
        """Of the codes that nobody has together those of which the clique knows every variable."""
        return [codes for codes in self.population.impossible if codes.keys() <= self.node.variables]

    def settle(self, start: int) -> None:
        """Fix the atoms; columns are numbered from `start`."""
        codes = {n: c for n, c in self.population.variables.items() if c != "time"}
        self.atoms = {name: CodeAtoms(codes[name], self.sets[name]) for name in self.code_names}
        self.time = TimeAtoms(self.time_names, self.population, self.spans)
        self.shape = (*(self.atoms[name].size for name in self.code_names), self.time.size)
        self.strides = [prod(self.shape[axis + 1 :]) for axis in range(len(self.shape))]
        self._every = [np.arange(size) for size in self.shape]
        self._places: dict[Quantity, list[Whole]] = {}
        # For each group told apart by codes: its columns of the first time, numbered from 0.
        self._first: dict[Box, Whole] = {}
        self.start = start
        self.size = prod(self.shape)

    def pass_on(self, parent: "CliqueCells") -> None:
        """Make the parent at least as fine as this clique in what they share. Settles anew if it must."""
        for name in set(self.code_names) & set(parent.code_names):
            parent.sets[name] |= set(self.atoms[name].sets())
        shared = self.time_names & parent.time_names
        if shared == self.time_names:
            parent.spans += self.time.spans
        elif shared:
            lines = [span for span in self.time.lines() if set(span) <= shared]
            self.spans += lines
            parent.spans += lines
            self.settle(self.start)

    def columns(self, quantity: Quantity) -> Whole:
        """The columns that `quantity` sums."""
        *codes, times = self.places(quantity)
        name = tuple(part for part in quantity.box if not is_time(part[1]))
        if name not in self._first:
            flat = np.zeros(1, dtype=np.int64)
            for places, stride in zip(codes, self.strides[:-1], strict=True):
                flat = np.add.outer(flat, places * stride).ravel()
            self._first[name] = flat
        return np.add.outer(self._first[name], times + self.start).ravel()

    def places(self, quantity: Quantity) -> list[Whole]:
        """The atoms of `quantity` on each axis."""
        if quantity not in self._places:
            self._places[quantity] = self._placed(quantity)
        return self._places[quantity]

    def _placed(self, quantity: Quantity) -> list[Whole]:
        codes, spans = code_part(quantity), time_part(quantity)
        places = [
            self.atoms[name].within(codes[name]) if name in codes else every
            for name, every in zip(self.code_names, self._every, strict=False)
        ]
        return [*places, self.time.within(spans) if spans else self._every[-1]]

    def homes(self, register: Register, chosen: Whole) -> Whole:
        """The column that counts each of the `chosen` courses of the register; -1 where times contradict."""
        axes = [self.atoms[name].places[register.codes(name)[chosen]] for name in self.code_names]
        months = {name: register.months(name)[chosen] for name in self.time_names}
        times = self.time.of(months, len(chosen))
        columns = np.ravel_multi_index((*axes, np.maximum(times, 0)), self.shape) + self.start
        return np.where(times < 0, -1, columns).astype(np.int64)

    def empty(self) -> list[Row]:
        """Rows that are 0: the columns in which times and a length contradict, and codes each other."""
        rows: list[Row] = []
        for impossible in self._impossible():
            inside = np.ones(self.shape, dtype=bool)
            for name, part in impossible.items():
                axis, atoms = self.code_names.index(name), self.atoms[name]
                lies_in = np.zeros(atoms.size, dtype=bool)
                lies_in[atoms.within(part)] = True
                inside &= along(lies_in, axis, len(self.shape))
            columns = np.flatnonzero(inside).astype(np.int64) + self.start
            rows.append((columns, np.ones(len(columns))))
        for length in self.population.lengths:
            if length.variable in self.code_names and length.later in self.time_names:
                axis = self.code_names.index(length.variable)
                sets = self.atoms[length.variable].sets()
                possible = np.stack([self.time.can_last(length, codes) for codes in sets])
                shape = [1] * len(self.shape)
                shape[axis], shape[-1] = possible.shape
                cells = np.broadcast_to(~possible.reshape(shape), self.shape).ravel()
                columns = np.flatnonzero(cells).astype(np.int64) + self.start
                rows.append((columns, np.ones(len(columns))))
        return rows


def along(values: Whole, axis: int, dimensions: int) -> Whole:
    """The values laid along one of so many axes."""
    return values.reshape([-1 if i == axis else 1 for i in range(dimensions)])


def separator_cells(child: CliqueCells, holder: CliqueCells) -> tuple[Whole, int]:
    """For each column of `holder`, the child or its parent, its separator cell; and how many there are."""
    cell = np.zeros(holder.shape, dtype=np.int64)
    size = 1
    for axis, name in enumerate(holder.code_names):
        if name in child.node.separator:
            atoms = child.atoms[name]
            step = np.array([atoms.atom_of[code] for code in holder.atoms[name].sample])
            cell += along(step * size, axis, cell.ndim)
            size *= atoms.size
    shared = child.time_names & child.node.separator
    grid = child.time
    if shared != child.time_names:
        lines = [span for span in child.time.lines() if set(span) <= shared]
        grid = TimeAtoms(shared, child.population, lines)
    points = [grid.atom_of(point) for point in holder.time.points()]
    cell += along(np.array(points, dtype=np.int64) * size, cell.ndim - 1, cell.ndim)
    return cell.ravel(), size * grid.size
