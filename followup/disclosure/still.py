"""Groups that a step by chance does not change: what everything told fixes of groups that no table tells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, product

import numpy as np
from numpy.typing import NDArray

from followup.disclosure.atoms import Spans, Whole
from followup.disclosure.cells import Population
from followup.disclosure.clique_cells import CliqueCells
from followup.disclosure.collect import Telling
from followup.disclosure.frame import Frame, Values
from followup.disclosure.quantities import EVER, NEVER, Chosen, Quantity, Span, settled
from followup.disclosure.system import System

# What is nobody, after all additions and subtractions.
NOBODY = 1e-5
# The line of numbers that says who can be there; before it come who is, and a step.
CAN_BE = 2
# So many sums are worked out at a time.
AT_A_TIME = 2_000_000

Bits = NDArray[np.float64]
Bools = NDArray[np.bool_]


def still_groups(
    population: Population,
    system: System,
    frame: Frame,
    people: Values,
    step: Values,
    used: Bools,
    telling: Sequence[Telling],
    least: int,
    since: int,
) -> Iterator[tuple[Quantity, Whole]]:
    """Groups of fewer than `least` that a step does not change; and their columns.

    But for those of nobody, unless the others beside them are alike.

    Groups of one clique, by codes that are told apart and by the months of one event, or by who was there.

    people, step, used   per column of the frame: who is there, a step by chance that changes nothing that is
                         told, and whether anybody can be there
    """
    together = frame.stands >= 0
    some: Bools = ~together
    some[together] = used[frame.stands[together]]
    sides = _spread(frame, people[None], used, 0.0), _spread(frame, step[None], used, 1.0)
    numbers = np.vstack([*sides, some.astype(float)])
    seen: set[Quantity] = set()
    for clique in system.cliques:
        own = slice(clique.start, clique.start + clique.size)
        ever: Bools = np.any(some[own].reshape(-1, clique.time.size), axis=0)
        for parts, columns in _still_in(clique, numbers, ever, telling, least, since, system.within):
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
    telling: Sequence[Telling],
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
    sets = {name: one for name, (one, _) in zip(clique.code_names, codes, strict=True)}
    found = chain(_few(lines, inside, least), _nobody(lines, inside, list(_beside(sets, telling))))
    for line, time in found:
        places = np.unravel_index(line, shape)
        chosen = [(one[place], bits[place]) for (one, bits), place in zip(codes, places, strict=True)]
        parts: dict[str, Chosen] = dict(times[time])
        parts |= {n: one for n, (one, _) in zip(clique.code_names, chosen, strict=True) if one}
        yield parts, _columns(clique, [*(bits for _, bits in chosen), inside[time]])


def _few(lines: Values, inside: Bits, least: int) -> Iterator[tuple[int, int]]:
    """Lines and times of somebody, but fewer than `least`, whom a step does not change."""
    at_a_time = max(1, AT_A_TIME // max(1, len(inside)))
    for start in range(0, lines.shape[1], at_a_time):
        sums = lines[:, start : start + at_a_time] @ inside.T
        few = (sums[0] > 0.5) & (sums[0] < least - 0.5) & (np.abs(sums[1]) < NOBODY)
        for line, time in np.argwhere(few).tolist():
            yield start + line, time


def _nobody(lines: Values, inside: Bits, beside: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Lines and times of nobody, whom a step does not change, beside lines of somebody, or of who may be."""
    if not beside:
        return
    rest, alike = np.array(beside).T
    sums = lines[:, rest] @ inside.T
    there = lines[CAN_BE, alike] @ inside.T > 0.5
    for place, time in np.argwhere((sums[0] < 0.5) & (np.abs(sums[1]) < NOBODY) & there).tolist():
        yield int(rest[place]), time


def _beside(
    sets: Mapping[str, Sequence[frozenset[str]]], telling: Iterable[Telling]
) -> Iterator[tuple[int, int]]:
    """The line of those in a group who have not some telling codes, and of those who have."""
    shape = [len(one) for one in sets.values()]
    for name, alike, among in telling:
        others = (frozenset[str]().union(*sets[name]) - alike) if name in sets else frozenset[str]()
        pair = []
        for chosen in (others, alike):
            parts = dict(among) | {name: chosen}
            if all(part in sets.get(one, ()) for one, part in parts.items()):
                places = [sets[one].index(parts.get(one, frozenset())) for one in sets]
                pair.append(int(np.ravel_multi_index(places, shape)))
        if others and len(pair) == 2:
            yield pair[0], pair[1]


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
