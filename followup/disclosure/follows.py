"""Small groups that no single addition or subtraction finds, but that everything told together tells.

As those who are left, when those who ended are taken from those who were there and came. A step by chance
that changes nothing that is told shows which groups do not follow; the others are looked at.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations, product
from math import floor
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from followup.disclosure.atoms import Spans, Whole
from followup.disclosure.cells import Population
from followup.disclosure.clique_cells import CliqueCells
from followup.disclosure.drift import drift
from followup.disclosure.frame import FREE, KNOWN, Frame, Values
from followup.disclosure.primary import Need
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import EVER, NEVER, Box, Chosen, Quantity, Span, code_part, settled
from followup.disclosure.search import Search
from followup.disclosure.solver import INFINITE, TOLERANCE, Model, OutOfTime
from followup.disclosure.system import System

# What is nobody, after all additions and subtractions.
NOBODY = 1e-5
# So few groups are asked for one by one.
FEW = 20
# So many sums are worked out at a time.
AT_A_TIME = 2_000_000

Bits = NDArray[np.float64]
Bools = NDArray[np.bool_]
Groups = Mapping[Quantity, Whole]


def following(
    population: Population,
    system: System,
    search: Search,
    plain: Frame,
    people: Values,
    needs: Iterable[Need],
    since: int = EVER,
    counts: Callable[[Iterable[Box]], list[int]] | None = None,
) -> list[Need]:
    """Small groups beside the `needs` that what a search leaves told gives away.

    But for what is told before, or head counts, give away by themselves.
    plain   the frame of the search as it was before it was thinned
    people  per column of the frame
    since   groups by none but earlier months are left aside
    counts  how many people are in each of some boxes, where not everybody has a column
    Raises OutOfTime.
    """
    frame = search.frame
    asked = {entry.quantity for entry in frame.entries}
    asked |= {need.form[0][1] for need in needs if len(need.form) == 1}
    thresholds = _thresholds(frame)
    most = max((entry.least for entry in frame.entries), default=0)
    # What is hidden now may be known from before.
    is_known = frame.kinds[frame.first : frame.last] == KNOWN
    told = [known or number not in search.hidden for number, known in enumerate(is_known.tolist())]
    # Where nobody is, all others are alike: what head counts tell of all is told of those.
    public = [
        plain.is_open(entry) or (known and not entry.value)
        for entry, known in zip(plain.entries, told, strict=True)
    ]
    now, before, bare = (
        _Reader(one, list(known), people, search.deadline)
        for one, known in (
            (frame, told),
            (plain, (bool(entry.edition) for entry in plain.entries)),
            (plain, public),
        )
    )
    used = now.used
    step = now.step(used)
    found: Groups = {
        quantity: np.unique(frame.stands[columns])
        for quantity, columns in still_groups(population, system, frame, people, step, used, most, since)
        if quantity not in asked
    }
    number = {quantity: round(people[columns].sum()) for quantity, columns in found.items()}
    if counts is not None:
        number = dict(zip(found, counts(quantity.box for quantity in found), strict=True))
    least = {quantity: thresholds(quantity) for quantity in found}
    found = {one: columns for one, columns in found.items() if number[one] < least[one]}
    if len(found) > FEW:
        step = before.step(np.ones(frame.columns, dtype=bool))
        found = {one: places for one, places in found.items() if abs(step[places].sum()) > NOBODY}
    more = []
    for quantity, columns in found.items():
        room = min(frame.room(quantity, least[quantity]), bare.room(columns))
        if room and (left := now.room(columns)) < room:
            room = min(room, before.room(columns))
            if left < room:
                more.append(Need(((1, quantity),), number[quantity], int(room), Reason.DERIVABLE))
    return more


def _thresholds(frame: Frame) -> Callable[[Quantity], int]:
    """The strictest threshold of what is told by the same codes; of others, the least in this release."""
    own: dict[object, int] = {}
    for entry in frame.entries:
        codes = tuple(code_part(entry.quantity).items())
        own[codes] = max(own.get(codes, 0), entry.least)
    least = min((entry.least for entry in frame.entries if entry.places), default=0)
    return lambda quantity: max(own.get(tuple(code_part(quantity).items()), 0), least)


class _Reader:
    """Somebody who knows the numbers of some entries of a frame, which `people` fit."""

    def __init__(self, frame: Frame, known: Sequence[bool], people: Values, deadline: float) -> None:
        kinds = np.where(np.arange(len(frame.kinds)) < frame.first, KNOWN, FREE)
        kinds[frame.first : frame.last] = np.where(known, KNOWN, FREE)
        self._frame = frame.with_kinds(kinds)
        self._people, self._deadline = people, deadline

    @cached_property
    def _model(self) -> Model:
        return Model(self._frame, self._deadline - monotonic(), self._people)

    @cached_property
    def used(self) -> Bools:
        """Columns that can hold somebody, and nearly all of these. Raises OutOfTime."""
        empty = (self._people == 0) & ~self._frame.stuck(self._people)
        more = self._model.filled(empty)
        return self._people > 0 if more is None else (self._people > 0) | (more > TOLERANCE)

    def step(self, used: Bools) -> Values:
        """A step by chance of the people in these columns that changes nothing that is known.

        Raises OutOfTime.
        """
        step = drift(self._frame, self._people, used)
        if step is None:
            raise OutOfTime
        return step

    def room(self, columns: Whole) -> float:
        """How large the group can be, or how far apart its ends, whichever is less. Raises OutOfTime."""
        low, high = self._model.ends(columns)
        return floor(min(high, high - low) + TOLERANCE) if high < INFINITE else INFINITE


def still_groups(
    population: Population,
    system: System,
    frame: Frame,
    people: Values,
    step: Values,
    used: Bools,
    least: int,
    since: int,
) -> Iterator[tuple[Quantity, Whole]]:
    """Groups of fewer than `least`, but somebody, that a step does not change; and their columns.

    Groups of one clique, by codes that are told apart and by the months of one event, or by who was there.

    people, step, used   per column of the frame: who is there, a step by chance that changes nothing that is
                         told, and whether anybody can be there
    """
    numbers = np.vstack([_spread(frame, people[None], used, 0.0), _spread(frame, step[None], used, 1.0)])
    together = frame.stands >= 0
    some: Bools = ~together
    some[together] = used[frame.stands[together]]
    seen: set[Quantity] = set()
    for clique in system.cliques:
        own = slice(clique.start, clique.start + clique.size)
        ever: Bools = np.any(some[own].reshape(-1, clique.time.size), axis=0)
        for parts, columns in _still_in(clique, numbers, ever, least, since, system.within):
            quantity = settled(population, parts)
            if quantity is not None and quantity not in seen:
                seen.add(quantity)
                yield quantity, columns


def _spread(frame: Frame, numbers: Values, used: Bools, noise: float) -> Values:
    """Numbers per column of the frame as numbers per column of the system.

    With `noise`, cells that no row tells apart change places, too: their sum alone is known.
    """
    chance = np.random.default_rng(len(frame.stands))
    spread: Values = noise * chance.uniform(1.0, 2.0, (len(numbers), len(frame.stands)))
    together = frame.stands >= 0
    of = frame.stands[together]
    spread[:, together] *= used[of]
    for line, number in zip(spread, numbers, strict=True):
        line[frame.sample] += number - np.bincount(of, line[together], frame.columns)
    return spread


def _still_in(
    clique: CliqueCells,
    numbers: Values,
    used: Bools,
    least: int,
    since: int,
    within: Mapping[str, Span],
) -> Iterator[tuple[dict[str, Chosen], Whole]]:
    cube = numbers[:, clique.start : clique.start + clique.size].reshape(len(numbers), *clique.shape)
    codes = [_codes(clique, name) for name in clique.code_names]
    for axis, (_, bits) in enumerate(codes, start=1):
        cube = np.moveaxis(np.tensordot(cube, bits, axes=(axis, 1)), -1, axis)
    shape, lines = cube.shape[1:-1], cube.reshape(len(numbers), -1, cube.shape[-1])
    times, inside = _times(clique, since, within, used)
    step = max(1, AT_A_TIME // max(1, len(times)))
    for start in range(0, lines.shape[1], step):
        sums = lines[:, start : start + step] @ inside.T
        few = (sums[0] > 0.5) & (sums[0] < least - 0.5) & (np.abs(sums[1]) < NOBODY)
        for line, time in np.argwhere(few).tolist():
            places = np.unravel_index(start + line, shape)
            chosen = [(sets[place], bits[place]) for (sets, bits), place in zip(codes, places, strict=True)]
            parts: dict[str, Chosen] = dict(times[time])
            parts |= {n: one for n, (one, _) in zip(clique.code_names, chosen, strict=True) if one}
            yield parts, _columns(clique, [*(bits for _, bits in chosen), inside[time]])


def _columns(clique: CliqueCells, sides: Sequence[Bits]) -> Whole:
    """The columns of a clique on some atoms of each axis."""
    flat = np.zeros(1, dtype=np.int64)
    for bits, stride in zip(sides, clique.strides, strict=True):
        flat = np.add.outer(flat, np.flatnonzero(bits) * stride).ravel()
    return flat + clique.start


def _codes(clique: CliqueCells, name: str) -> tuple[list[frozenset[str]], Bits]:
    """All codes, the sets that are told apart, all others than each, and each atom; with their atoms."""
    atoms = clique.atoms[name]
    every = frozenset[str]().union(*atoms.sets())
    told = clique.sets[name]
    sets = sorted({*told, *(every - one for one in told), *atoms.sets()} - {every, frozenset()}, key=sorted)
    bits = np.zeros((1 + len(sets), atoms.size))
    bits[0] = 1.0
    for line, one in enumerate(sets, start=1):
        bits[line, atoms.within(one)] = 1.0
    return [frozenset(), *sets], bits


def _times(
    clique: CliqueCells, since: int, within: Mapping[str, Span], used: Bools
) -> tuple[list[Spans], Bits]:
    """The spans that the atoms tell, of one event, of those there between two months, or from one to another.

    But for those in which no month is one of `since` or later.
    """
    grid = clique.time.grid
    found: list[Spans] = [{}]
    for name, months in grid.items():
        found += [{name: Span(*ends)} for ends in combinations([*months, NEVER], 2)]
    for earlier, later in clique.population.order:
        if earlier in grid and later in grid:
            pairs = product(grid[earlier][1:], grid[later][1:])
            found += [{earlier: Span(EVER, end), later: Span(start, NEVER)} for end, start in pairs]
    found = [one for one in (*found, *clique.spans) if _names(one) >= since]
    kept, inside = clique.time.whole([_common(one, clique, within) for one in found], used)
    return [found[line] for line in kept], inside


def _common(spans: Spans, clique: CliqueCells, within: Mapping[str, Span]) -> Spans:
    """The spans of those who have columns."""
    found = dict(spans)
    for name in clique.time_names & within.keys():
        one, other = spans.get(name, within[name]), within[name]
        found[name] = Span(max(one.first, other.first), min(one.after, other.after))
    return found


def _names(times: Spans) -> int:
    """The last month that is named, if any is."""
    months = {month for span in times.values() for month in span} - {EVER, NEVER}
    return max(months, default=NEVER)
