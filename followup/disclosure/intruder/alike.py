"""Everybody, or all but a few, of those whom two periods leave between them are alike.

As of a year less its January-August: neither tells that everybody in it is alike, and both together do.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import NamedTuple

from followup.disclosure.cells import Population, Selection
from followup.disclosure.intruder.bounds import SLACK, People, Solver, Term, in_whole_people
from followup.disclosure.intruder.facts import Fact, key_of
from followup.disclosure.intruder.findings import Exposure, Finding
from followup.disclosure.intruder.groups import contains, group_of, kind_of, spelt_out
from followup.disclosure.intruder.so_far import SoFar


class _Part(NamedTuple):
    """Who a fact tells of, and one of the groups that they are part of."""

    fact: Fact
    whole: Selection


def alike(
    population: Population,
    people: People,
    solver: Solver,
    facts: Sequence[Fact],
    before: Sequence[Fact],
    so_far: SoFar,
) -> list[Finding]:
    """What follows of those in between; not what was known so far.

    solver  fitted to the facts; some world has been met
    before  what was told before the last edition
    """
    told = {group_of(population, fact.selection) for fact in before if fact.value is not None}
    found = []
    for outer, inner in _pairs(population, facts):
        groups = (outer.fact.selection, outer.whole, inner.fact.selection, inner.whole)
        if told.issuperset(group_of(population, group) for group in groups):
            continue
        chosen, around, other, within = (people.columns(group) for group in groups)
        same: list[Term] = [(1.0, chosen), (-1.0, other)]
        others: list[Term] = [(1.0, around), (-1.0, chosen), (-1.0, within), (1.0, other)]
        least = max(outer.fact.least, inner.fact.least)
        # Worlds met on the way answer most questions.
        if solver.met(same)[0] <= 0 or solver.met(others)[1] >= least:
            continue
        most = solver.most(others)
        if most >= least - SLACK or solver.least(same) <= SLACK:
            continue
        low, high = in_whole_people((solver.least(others), most))
        if all(most > high for _, most in so_far.bounds(others)):
            place = f"{outer.fact.place} minus {inner.fact.place}"
            found.append(Finding(Exposure.EVERYBODY, place, low, int(high)))
    return found


def _pairs(population: Population, facts: Sequence[Fact]) -> Iterator[tuple[_Part, _Part]]:
    """Groups that are alike but for time, one inside the other as the groups are that they are part of."""
    lines: dict[object, list[tuple[_Part, Selection, Selection]]] = defaultdict(list)
    for fact in facts:
        for group in fact.wholes:
            part, whole = spelt_out(population, fact.selection), spelt_out(population, group)
            lines[key_of(kind_of(part)), key_of(kind_of(whole))].append((_Part(fact, group), part, whole))
    for line in lines.values():
        for (outer, part, whole), (inner, less, within) in permutations(line, 2):
            if part != less and contains(part, less) and contains(whole, within):
                yield outer, inner
