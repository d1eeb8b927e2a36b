"""Categories that two told numbers say are nobody, where head counts say how few came in all.

When as many had gone to work in January-August as in the year, none of those who ended since did; when all
who ended stated no income, none of them did otherwise. That may be said of many together. But head counts
tell how many ended since, in all and in each team, and of the four who ended in one it would be told what
they have in common. Where one number of nobody tells it, it is no secret.
"""

from collections.abc import Iterator, Mapping, Sequence
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
    seen: set[Quantity] = set()
    for alike in comparable.values():
        for nobody, number, least in _between(population, alike):
            if number or nobody in seen or _is_told(told, nobody):
                continue
            seen.add(nobody)
            for heads in few:
                if contains(times_of(nobody), times_of(heads)):
                    yield from _all_others(population, register, nobody, heads, least)


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


def _few(population: Population, comparable: Comparable) -> Iterator[Quantity]:
    """Groups of few between two head counts."""
    for (name, _), alike in comparable.items():
        heads = [entry for entry in alike if entry.exempt and not name]
        for between, number, least in _between(population, heads):
            if 0 < number < least:
                yield between


def _between(population: Population, alike: Sequence[Entry]) -> Iterator[Few]:
    """Those between two of some entries, at least one of which is told now."""
    for outer in alike:
        for inner in alike:
            if outer is not inner and (outer.places or inner.places) and outer.value >= inner.value:
                between = difference(population, outer.quantity, inner.quantity)
                if between is not None:
                    yield Few(between, outer.value - inner.value, max(outer.least, inner.least))


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
