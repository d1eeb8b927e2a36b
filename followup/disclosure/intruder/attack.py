"""The attack: everything published, taken together, and what it gives away.

Written apart from the protector: it shares the names of groups and periods with it, but no equation, no
solver set-up and no notion of which cells were hidden first.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from followup.disclosure.cells import Population
from followup.disclosure.intruder.bounds import Impossible, Solver, Unsettled, fitted, in_whole_people
from followup.disclosure.intruder.differences import differences
from followup.disclosure.intruder.facts import Fact, ShareFact
from followup.disclosure.intruder.findings import Exposure, Finding
from followup.disclosure.intruder.groups import contains, key_of, open_everywhere, spelt_out
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
            found += _hidden(populations[name], own, [s for s in shares if s.population == name], whole)
        except Impossible:
            found.append(Finding(Exposure.CONTRADICTION, name))
        except Unsettled:
            found.append(Finding(Exposure.UNSETTLED, name))
    return list(dict.fromkeys(found))


def _shown(facts: Iterable[Fact]) -> list[Finding]:
    """What can be read straight off: small cells, and groups where the others are few."""
    found = []
    values = {key_of(fact.selection): fact.value for fact in facts if fact.value is not None}
    for fact in facts:
        if fact.value is None:
            continue
        if 0 < fact.value < fact.least and not fact.exempt:
            found.append(Finding(Exposure.SHOWN, fact.place, fact.value, fact.value))
        whole = None if fact.whole is None else values.get(key_of(fact.whole))
        if fact.value > 0 and whole is not None and whole - fact.value < fact.least:
            found.append(Finding(Exposure.EVERYBODY, fact.place, whole - fact.value, whole - fact.value))
    return found


def _hidden(population: Population, facts: list[Fact], shares: list[ShareFact], whole: bool) -> list[Finding]:
    groups = [fact.selection for fact in facts] + [fact.whole for fact in facts if fact.whole is not None]
    groups += [group for share in shares for group in (share.numerator, share.denominator)]
    worlds = Worlds(population, groups)
    solver = fitted(worlds, facts, shares, whole=whole)
    found: list[Finding] = []
    solver.bounds([])
    told = [fact for fact in facts if fact.exempt]

    @cache
    def bare() -> Solver:
        return fitted(worlds, told, whole=whole)

    for fact in facts:
        if fact.value is None:
            found += _narrow(population, solver, bare, worlds, fact, told)
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
    if fact.whole is not None and low > 0:
        rest = [(1.0, worlds.columns(fact.whole)), (-1.0, columns)]
        least, most = in_whole_people(solver.bounds(rest))
        if most < fact.least:
            return [Finding(Exposure.EVERYBODY, fact.place, least, int(most))]
    return []


def _surely_open(solver: Solver, worlds: Worlds, fact: Fact, columns: Sequence[int]) -> bool:
    """Worlds met on the way to other numbers show already that this one has room enough."""
    low, high = in_whole_people(solver.met([(1.0, columns)]))
    if not fact.exempt and min(high, high - low) < fact.least:
        return False
    if fact.whole is None or low == 0:
        return True
    _, most = in_whole_people(solver.met([(1.0, worlds.columns(fact.whole)), (-1.0, columns)]))
    return most >= fact.least


def _head_count(population: Population, part: Fact, known: Iterable[Fact]) -> float:
    """The smallest head count, told in the open by the rule, of a group around `part`."""
    within = spelt_out(population, part.selection)
    around = [
        fact.value
        for fact in known
        if fact.value is not None and contains(spelt_out(population, fact.selection), within)
    ]
    return min(around, default=float("inf"))
