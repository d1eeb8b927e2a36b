"""Editions one after the other, some of them corrected: what a reader of all of them can undo.

Somebody registered late makes a later edition differ from an earlier one. Both were true when they came, and
no table of people fits them together. A reader then believes the newest number of every group, and of the
older numbers those that no correction can have touched. What a correction moved is itself a few people.
"""

from collections.abc import Iterator, Mapping, Sequence

from followup.disclosure.cells import Population
from followup.disclosure.intruder.arrivals import found_out
from followup.disclosure.intruder.attack import attack
from followup.disclosure.intruder.bounds import Unsettled
from followup.disclosure.intruder.findings import Exposure, Finding
from followup.disclosure.intruder.history import History, Reading
from followup.disclosure.intruder.kin import with_floors
from followup.disclosure.intruder.nearly import attack_nearly


def attack_in_turn(editions: Sequence[Reading], *, populations: Mapping[str, Population]) -> list[Finding]:
    """Every exposure in the last of the editions, which run from the oldest, or in all of them together."""
    found: list[Finding] = []
    for name in sorted({fact.population for edition in editions for fact in edition.facts}):
        try:
            # What was found before a question had no answer stays found.
            found.extend(_about(populations[name], with_floors(populations, name, editions)))
        except Unsettled:
            found.append(Finding(Exposure.UNSETTLED, name))
    return list(dict.fromkeys(found))


def _about(population: Population, editions: Sequence[Reading]) -> Iterator[Finding]:
    history = History(population, editions)
    joint = _together(population, history)
    while any(finding.exposure is Exposure.CONTRADICTION for finding in joint) and history.give_way():
        joint = _together(population, history)
    yield from joint
    yield from history.differences()
    yield from history.corrections()
    if history.is_corrected():
        yield from attack_nearly(population, history.nearly())
    for before, after in history.moves():
        yield from found_out(population, before, after)


def _together(population: Population, history: History) -> list[Finding]:
    """What all that is believed gives away; not that a number hidden before is told to be nobody now."""
    now = history.believed()
    told = {population.name: population}
    before = history.before()
    found = attack(now.facts, now.shares, now.ranks, populations=told, before=before, floors=now.floors)
    return [each for each in found if not (_is_of_nobody(each) and history.is_replaced(each.place))]


def _is_of_nobody(finding: Finding) -> bool:
    return finding.exposure is Exposure.NARROW and finding.high == 0
