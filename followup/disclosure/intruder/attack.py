"""The attack: everything published, taken together, and what it gives away.

Written apart from the protector: it shares the names of groups and periods with it, but no equation, no
solver set-up and no notion of which cells were hidden first.
"""

from collections.abc import Iterable, Mapping, Sequence

from followup.disclosure.cells import Population
from followup.disclosure.intruder.asking import Asking
from followup.disclosure.intruder.bounds import Impossible, Unsettled, fitted
from followup.disclosure.intruder.differences import differences
from followup.disclosure.intruder.facts import Fact, ShareFact, groups_in
from followup.disclosure.intruder.findings import Exposure, Finding
from followup.disclosure.intruder.groups import open_everywhere
from followup.disclosure.intruder.spans import left_over
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
        found += left_over(populations[name], own)
        try:
            percentages = [share for share in shares if share.population == name]
            found += _hidden(populations[name], own, percentages, whole=whole)
        except Impossible:
            found.append(Finding(Exposure.CONTRADICTION, name))
        except Unsettled:
            found.append(Finding(Exposure.UNSETTLED, name))
    return list(dict.fromkeys(found))


def _shown(facts: Iterable[Fact]) -> list[Finding]:
    """What can be read straight off."""
    return [
        Finding(Exposure.SHOWN, fact.place, fact.value, fact.value)
        for fact in facts
        if fact.value is not None and 0 < fact.value < fact.least and not fact.exempt
    ]


def _hidden(
    population: Population, facts: Sequence[Fact], shares: Sequence[ShareFact], *, whole: bool
) -> list[Finding]:
    worlds = Worlds(population, groups_in(facts, shares))
    solver = fitted(worlds, facts, shares, whole=whole)
    solver.bounds([])
    heads = [fact for fact in facts if fact.exempt]
    asking = Asking(population, worlds, solver, heads, lambda: fitted(worlds, heads, whole=whole))
    return asking.findings(facts, facts)
