"""Categories that two told numbers say are nobody, where head counts say how few came in all.

When as many had gone to work in January-August as in the year, none of those who ended since did; when all
who ended stated no income, none of them did otherwise. That may be said of many together. But head counts
tell how many ended since, in all and in each team, and of the four who ended in one it would be told what
they have in common. Where one number of nobody tells it, it is no secret.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations, product
from typing import NamedTuple

from followup.disclosure.cells import Population
from followup.disclosure.collect import Entry
from followup.disclosure.quantities import (
    Box,
    Quantity,
    code_part,
    contains,
    difference,
    settled,
    time_part,
    times_of,
)
from followup.disclosure.register import Register

# More codes than any variable has.
MANY = 10**6
# Entries by the variable in which they differ ("" for time), and by what is the same of them.
Comparable = Mapping[tuple[str, Box], Sequence[Entry]]


class Few(NamedTuple):
    """A group of few, what they have in common told by others, and the threshold."""

    quantity: Quantity
    number: int
    least: int


def nobody_between(
    population: Population, register: Register, entries: Sequence[Entry], comparable: Comparable
) -> Iterator[Few]:
    """Of each few whom head counts leave between them, all who have not the category."""
    few = list(dict.fromkeys(_few(population, comparable)))
    if not few or register.is_empty:
        return
    told = [entry.quantity for entry in entries if not entry.value]
    for nobody, least in dict(_nobody(population, comparable)).items():
        if not _is_told(told, nobody):
            for heads in few:
                if contains(times_of(nobody), times_of(heads)):
                    yield from _all_others(population, register, nobody, heads, least)


def _few(population: Population, comparable: Comparable) -> Iterator[Quantity]:
    """Groups of few between two head counts, at least one of which is told now."""
    for (name, _), alike in comparable.items():
        heads = [entry for entry in alike if entry.exempt and not name]
        for outer, inner in permutations(heads, 2):
            few = 0 < outer.value - inner.value < outer.least and (outer.places or inner.places)
            if few and contains(outer.quantity, inner.quantity):
                between = difference(population, outer.quantity, inner.quantity)
                if between is not None:
                    yield between


def _nobody(population: Population, comparable: Comparable) -> Iterator[tuple[Quantity, int]]:
    """Groups of nobody between two equal numbers, at least one of which is told now; and a threshold."""
    for (name, _), alike in comparable.items():
        by_value: dict[int, list[Entry]] = defaultdict(list)
        for entry in alike:
            by_value[entry.value].append(entry)
        for value, same in by_value.items():
            for outer, inner in _nested(name, same) if value else ():
                if outer.places or inner.places:
                    between = difference(population, outer.quantity, inner.quantity)
                    if between is not None:
                        yield between, max(outer.least, inner.least)


def _nested(name: str, same: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Pairs the first of which may hold the second: of other times, or with more codes of the variable."""
    if not name:
        yield from permutations(same, 2)
        return
    by_size: dict[int, list[Entry]] = defaultdict(list)
    for entry in same:
        chosen = code_part(entry.quantity).get(name)
        by_size[MANY if chosen is None else len(chosen)].append(entry)
    for large, small in permutations(by_size, 2):
        if large > small:
            yield from product(by_size[large], by_size[small])


def _is_told(zeros: Sequence[Quantity], nobody: Quantity) -> bool:
    """Whether numbers of nobody, each by itself, tell all of it."""
    for name, chosen in code_part(nobody).items():
        left = set(chosen)
        for zero in zeros:
            others = zero._replace(box=tuple(part for part in zero.box if part[0] != name))
            if contains(others, nobody):
                left -= code_part(zero).get(name, chosen)
        if not left:
            return True
    return False


def _all_others(
    population: Population, register: Register, nobody: Quantity, heads: Quantity, least: int
) -> Iterator[Few]:
    own, codes = code_part(heads), code_part(nobody)
    if own.keys() & codes.keys():
        return
    for name, chosen in codes.items():
        others = {name: frozenset(population.variables[name]) - chosen}
        for more in ({}, {each: codes[each] for each in codes if each != name}):
            quantity = settled(population, {**time_part(heads), **own, **more, **others})
            number = register.count(((1, quantity),)) if quantity is not None else 0
            if quantity is not None and number > 0:
                yield Few(quantity, number, least)
