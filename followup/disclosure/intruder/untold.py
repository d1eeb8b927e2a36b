"""Groups that no table tells of, and that all shown numbers together tell nonetheless.

Worlds that fit what is shown are looked at: a small group that is as large in all of them is asked for.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

import numpy as np

from followup.disclosure.cells import MonthRange, Part, Population, Selection
from followup.disclosure.intruder.bounds import SLACK, Impossible, Solver, fitted, in_whole_people
from followup.disclosure.intruder.counted import Counted
from followup.disclosure.intruder.facts import Fact, key_of
from followup.disclosure.intruder.findings import Exposure, Finding
from followup.disclosure.intruder.groups import Group, contains, group_of, kind_of, spelt_out
from followup.disclosure.intruder.history import Reading
from followup.disclosure.intruder.worlds import Worlds

# So many worlds are taken by chance, beside those met before.
CHANCES = 4


def untold(
    population: Population, facts: Sequence[Fact], worlds: Worlds, solver: Solver, before: Reading
) -> list[Finding]:
    """Small groups that the shown numbers tell, but neither head counts nor what was told `before` alone.

    solver  fitted to the facts
    Raises Unsettled.
    """
    told = {group_of(population, fact.selection) for fact in facts}
    found = [each for each in _alike(facts, worlds, solver) if group_of(population, each) not in told]
    # Where nobody is, all others are alike: what head counts tell of all is told of those. But that everybody
    # is alike in what tells something is told by one number of nobody alone, not by two.
    nobody = [spelt_out(population, fact.selection) for fact in facts if fact.value == 0]
    heads = [fact for fact in facts if fact.exempt]
    few, none = [], []
    for each in found:
        if solver.met([(1.0, worlds.columns(each))])[1] > SLACK:
            few.append(each)
        elif not any(contains(group, spelt_out(population, each)) for group in nobody):
            none.append(each)
    public = Reading([fact for fact in facts if fact.exempt or fact.value == 0])
    found = [*_not_told_by(public, worlds, few), *_not_told_by(Reading(heads), worlds, none)]
    found = _not_told_by(before, worlds, found)
    findings = []
    for selection in found:
        terms = [(1.0, worlds.columns(selection))]
        low, high = in_whole_people(solver.met(terms))
        if low >= high:
            low, high = in_whole_people(solver.bounds(terms))
        if low == high:
            place = _words(population, selection, facts)
            exposure = Exposure.UNTOLD if low else Exposure.EVERYBODY
            findings.append(Finding(exposure, place, low, int(high), key_of(selection)))
    return findings


def _not_told_by(known: Reading, worlds: Worlds, groups: Sequence[Selection]) -> list[Selection]:
    """Those of the groups whose number does not follow from what is known alone."""
    if not groups or not known.facts:
        return list(groups)
    solver = fitted(worlds, known.facts, known.shares)
    try:
        for chance in range(CHANCES):
            solver.stray(chance)
    except Impossible:
        return list(groups)
    found = []
    for group in groups:
        terms = [(1.0, worlds.columns(group))]
        low, high = solver.met(terms)
        if high - low < SLACK:
            low, high = solver.bounds(terms)
        if high - low > SLACK:
            found.append(group)
    return found


def _alike(facts: Sequence[Fact], worlds: Worlds, solver: Solver) -> Iterator[Selection]:
    """Groups of few, or of nobody beside others who are all alike, that are as large in all worlds met."""
    for chance in range(CHANCES):
        solver.stray(chance)
    first, *steps = solver.mixed()
    least = min((fact.least for fact in facts), default=0)
    parts, tellings = _parts(worlds.population, facts), _tellings(worlds.population, facts)
    seen: set[Group] = set()
    for piece, names in enumerate(worlds.pieces()):
        counted = Counted(worlds, piece, parts, list(_times(worlds, names)))
        people, moved = counted.people(first), [counted.people(step) for step in steps]
        few = (people > 0.5) & (people < least - 0.5)
        for step in moved:
            few &= np.abs(step) < SLACK
        for selection in counted.where(few):
            group = group_of(worlds.population, selection)
            if group not in seen:
                seen.add(group)
                yield selection
        for others, same in tellings:
            if names >= {*others, *same}:
                rest, alike = counted.place(others), counted.place(same)
                nobody, some = people[rest] < 0.5, people[alike] > 0.5
                for step in moved:
                    nobody &= np.abs(step[rest]) < SLACK
                    some |= np.abs(step[alike]) > SLACK
                for line in np.flatnonzero(nobody & some).tolist():
                    time = counted.times[line]
                    # That there may be somebody is asked for: a mixture of worlds may have a part of one.
                    if solver.most([(1.0, worlds.columns({**same, **time}))]) > 1 - SLACK:
                        yield {**others, **time}


def _tellings(population: Population, facts: Iterable[Fact]) -> list[tuple[Selection, Selection]]:
    """Of groups in which to be everybody tells something, all others and those themselves, at any time.

    What categories of one group have in common, as that those counted live, tells nothing.
    """
    kinds: dict[tuple[Group, str, Part], set[Group]] = defaultdict(set)
    for fact in facts:
        for whole in map(kind_of, fact.wholes):
            for name, part in kind_of(fact.selection).items():
                if name not in whole:
                    kinds[key_of(whole), name, part].add(key_of(kind_of(fact.selection)))
    found: list[tuple[Selection, Selection]] = []
    for (whole_key, name, part), alike in kinds.items():
        others = frozenset(population.variables[name]) - frozenset(part)
        if len(alike) == 1 and others:
            found.append(({**dict(whole_key), name: others}, {**dict(whole_key), name: part}))
    return found


def _parts(population: Population, facts: Iterable[Fact]) -> Mapping[str, list[frozenset[str]]]:
    """By variable the sets of codes that are told of, and the codes that none of these tells apart."""
    sets: dict[str, set[frozenset[str]]] = defaultdict(set)
    for fact in facts:
        for name, part in fact.selection.items():
            if isinstance(part, frozenset):
                sets[name].add(part)
    found = {}
    for name, told in sets.items():
        alike: dict[frozenset[frozenset[str]], set[str]] = defaultdict(set)
        for code in population.variables[name]:
            alike[frozenset(part for part in told if code in part)].add(code)
        every = frozenset(population.variables[name])
        others = {every - part for part in told if part != every}
        found[name] = sorted({*told, *map(frozenset, alike.values()), *others}, key=sorted)
    return found


def _times(worlds: Worlds, names: Collection[str]) -> Iterator[dict[str, Part]]:
    """The periods of one event of which the worlds tell, of who was there, or all the time, and any time."""
    yield {}
    months = {name: worlds.months(name) for name in names if worlds.population.variables[name] == "time"}
    for name, cuts in months.items():
        for first, after in combinations([None, *cuts, None], 2):
            if (first, after) != (None, None):
                yield {name: MonthRange(first, after and _before(after))}
    for earlier, later in worlds.population.order:
        if earlier in months and later in months:
            for after, first in product(months[earlier], months[later]):
                yield {earlier: MonthRange(None, _before(after)), later: MonthRange(first, None)}


def _before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year - (number == 1):04d}-{(number - 2) % 12 + 1:02d}"


def _words(population: Population, selection: Selection, facts: Iterable[Fact]) -> str:
    """Where to look: inside the smallest number shown around the group, and when."""
    group = spelt_out(population, selection)
    around = [
        (fact.value, fact.place)
        for fact in facts
        if fact.value is not None and contains(spelt_out(population, fact.selection), group)
    ]
    place = "en grupp som ingen rad visar"
    if around:
        place = f"en grupp inom {min(around)[1]}, som ingen rad visar"
    months = ", ".join(_spelt(part) for part in selection.values() if isinstance(part, MonthRange))
    return f"{place} ({months})" if months else place


def _spelt(months: MonthRange) -> str:
    if months.first and months.last:
        return f"{months.first}–{months.last}"
    return f"från och med {months.first}" if months.first else f"till och med {months.last}"
