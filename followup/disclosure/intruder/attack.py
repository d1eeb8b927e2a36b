"""The attack: everything published, taken together, and what it gives away.

Written apart from the protector: it shares the names of groups and periods with it, but no equation, no
solver set-up and no notion of which cells were hidden first.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from followup.disclosure.cells import Population
from followup.disclosure.intruder.bounds import Impossible, Solver, Unsettled, fitted, in_whole_people
from followup.disclosure.intruder.differences import differences
from followup.disclosure.intruder.facts import Fact, Loose, Nearly, ShareFact
from followup.disclosure.intruder.findings import Exposure, Finding
from followup.disclosure.intruder.groups import contains, open_everywhere, spelt_out
from followup.disclosure.intruder.rests import rests
from followup.disclosure.intruder.worlds import Worlds


def attack(
    facts: Sequence[Fact],
    shares: Sequence[ShareFact] = (),
    *,
    populations: Mapping[str, Population],
    whole: bool = False,
) -> list[Finding]:
    """Every exposure in the facts of any number of tables and releases; empty when nothing is found.

    facts, shares   cells and percentages as published; hidden cells have value None
    populations     name -> variables and possible courses of events
    whole           use that people come in whole numbers (slower)
    """
    found: list[Finding] = []
    for name in sorted({fact.population for fact in facts}):
        own = open_everywhere(populations[name], [fact for fact in facts if fact.population == name])
        found += _shown(own)
        found += differences(populations[name], own)
        try:
            percentages = [share for share in shares if share.population == name]
            found += _hidden(populations[name], own, percentages, asked=own, whole=whole)
        except Impossible:
            found.append(Finding(Exposure.CONTRADICTION, name))
        except Unsettled:
            found.append(Finding(Exposure.UNSETTLED, name))
    return list(dict.fromkeys(found))


def attack_nearly(population: Population, told: Nearly) -> list[Finding]:
    """What is given away, give or take those who were corrected. Nothing if no table of people fits it all.

    Raises Unsettled.
    """
    try:
        return _hidden(population, told.facts, told.shares, asked=told.asked, loose=told.loose)
    except Impossible:
        return []


def _shown(facts: Iterable[Fact]) -> list[Finding]:
    """What can be read straight off."""
    return [
        Finding(Exposure.SHOWN, fact.place, fact.value, fact.value)
        for fact in facts
        if fact.value is not None and 0 < fact.value < fact.least and not fact.exempt
    ]


def _hidden(
    population: Population,
    facts: Sequence[Fact],
    shares: Sequence[ShareFact],
    *,
    asked: Sequence[Fact],
    loose: Sequence[Loose] = (),
    whole: bool = False,
) -> list[Finding]:
    groups = [fact.selection for fact in (*facts, *asked, *(old.fact for old in loose))]
    groups += [fact.whole for fact in (*facts, *asked) if fact.whole is not None]
    groups += [group for share in shares for group in (share.numerator, share.denominator)]
    worlds = Worlds(population, groups)
    solver = fitted(worlds, facts, shares, loose, whole=whole)
    found: list[Finding] = []
    solver.bounds([])
    hidden = [fact for fact in asked if fact.value is None]
    told = [fact for fact in facts if fact.exempt]

    @cache
    def bare() -> Solver:
        return fitted(worlds, told, whole=whole)

    for fact in hidden:
        found += _narrow(population, solver, bare, worlds, fact, told)
    for fact in asked:
        if fact.value:
            found += _everybody(solver, worlds, fact)
    for rest in rests(population, asked):
        found += [each for each in _narrow(population, solver, bare, worlds, rest, told) if each.high]
    return found


def _narrow(
    population: Population,
    solver: Solver,
    bare: Callable[[], Solver],
    worlds: Worlds,
    fact: Fact,
    known: list[Fact],
) -> list[Finding]:
    """`bare` knows the head counts, `known`, and nothing else."""
    columns = worlds.columns(fact.selection)
    floor, told = 0, _head_count(population, fact, known)
    if told >= fact.least and _surely_open(solver, worlds, fact, columns):
        return []
    low, high = in_whole_people(solver.bounds([(1.0, columns)]))
    if told >= fact.least > high:
        # Head counts may say as much without telling the group around it by itself.
        floor, told = in_whole_people(bare().bounds([(1.0, columns)]))
    if told < fact.least:
        # Parts of a small head count that the rule lets be told: nothing more than it may be known of them.
        exposed = low > floor or high < told
    else:
        exposed = low < fact.least and min(high, high - low) < fact.least
    if exposed and not fact.exempt:
        return [Finding(Exposure.NARROW, fact.place, low, None if high == float("inf") else int(high))]
    return _everybody(solver, worlds, fact) if low > 0 else []


def _everybody(solver: Solver, worlds: Worlds, fact: Fact) -> list[Finding]:
    """Whether the others of the group it is part of are surely few."""
    if fact.whole is None:
        return []
    others = [(1.0, worlds.columns(fact.whole)), (-1.0, worlds.columns(fact.selection))]
    if solver.met(others)[1] >= fact.least:
        return []
    least, most = in_whole_people(solver.bounds(others))
    return [Finding(Exposure.EVERYBODY, fact.place, least, int(most))] if most < fact.least else []


def _surely_open(solver: Solver, worlds: Worlds, fact: Fact, columns: Sequence[int]) -> bool:
    """Worlds met on the way to other numbers show already that this one has room enough."""
    low, high = in_whole_people(solver.met([(1.0, columns)]))
    if not fact.exempt and min(high, high - low) < fact.least:
        return False
    if fact.whole is None or low == 0:
        return True
    return solver.met([(1.0, worlds.columns(fact.whole)), (-1.0, columns)])[1] >= fact.least


def _head_count(population: Population, part: Fact, known: Iterable[Fact]) -> float:
    """The smallest head count, told in the open by the rule, of a group around `part`."""
    within = spelt_out(population, part.selection)
    around = [
        fact.value
        for fact in known
        if fact.value is not None and contains(spelt_out(population, fact.selection), within)
    ]
    return min(around, default=float("inf"))
