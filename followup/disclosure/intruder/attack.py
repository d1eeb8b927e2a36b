"""The attack: everything published, taken together, and what it gives away.

Written apart from the protector: it shares the names of groups and periods with it, but no equation, no
solver set-up and no notion of which cells were hidden first.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from functools import cache
from itertools import permutations
from math import ceil, floor
from typing import NamedTuple

from followup.disclosure.cells import MonthRange, Part, Population, Selection
from followup.disclosure.intruder.bounds import SLACK, Impossible, Solver, Unsettled
from followup.disclosure.intruder.facts import Fact, ShareFact
from followup.disclosure.intruder.worlds import Worlds


class Exposure(Enum):
    """What went wrong, in words for the report."""

    SHOWN = "en liten uppgift visas öppet"
    NARROW = "en dold uppgift kan räknas ut eller begränsas till få personer"
    EVERYBODY = "alla eller nästan alla i en grupp har samma uppgift"
    DIFFERENCE = "skillnaden mellan två visade uppgifter är få personer"
    CONTRADICTION = "uppgifterna motsäger varandra"
    UNSETTLED = "uppgifterna hann inte prövas"


class Finding(NamedTuple):
    """`low` and `high` bound the number of people that is given away; None where there is no such number."""

    exposure: Exposure
    place: str
    low: int | None = None
    high: int | None = None


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


def open_everywhere(population: Population, facts: list[Fact]) -> list[Fact]:
    """A head count that one table may tell is the same head count in every other."""
    head_counts = {key_of(spelt_out(population, fact.selection)) for fact in facts if fact.exempt}
    return [
        fact._replace(exempt=key_of(spelt_out(population, fact.selection)) in head_counts) for fact in facts
    ]


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
    solver = _solver(worlds, facts, whole=whole)
    for share in shares:
        _require_share(solver, worlds, share)
    found: list[Finding] = []
    solver.bounds([])
    told = [fact for fact in facts if fact.exempt]

    @cache
    def bare() -> Solver:
        return _solver(worlds, told, whole=whole)

    for fact in facts:
        if fact.value is None:
            found += _narrow(population, solver, bare, worlds, fact, told)
    return found


def _solver(worlds: Worlds, facts: Iterable[Fact], *, whole: bool) -> Solver:
    solver = Solver(worlds, whole=whole)
    for fact in facts:
        if fact.value is not None:
            solver.require(dict.fromkeys(worlds.columns(fact.selection), 1.0), fact.value, fact.value)
    return solver


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
    low, high = _whole(solver.bounds([(1.0, columns)]))
    if told >= fact.least > high:
        # Head counts may say as much without telling the group around it by itself.
        floor, told = _whole(bare().bounds([(1.0, columns)]))
    if told < fact.least:
        # Parts of a small head count that the rule lets be told: nothing more than it may be known of them.
        exposed = low > floor or high < told
    else:
        exposed = low < fact.least and min(high, high - low) < fact.least
    if exposed and not fact.exempt:
        return [Finding(Exposure.NARROW, fact.place, low, None if high == float("inf") else int(high))]
    if fact.whole is not None and low > 0:
        rest = [(1.0, worlds.columns(fact.whole)), (-1.0, columns)]
        least, most = _whole(solver.bounds(rest))
        if most < fact.least:
            return [Finding(Exposure.EVERYBODY, fact.place, least, int(most))]
    return []


def _surely_open(solver: Solver, worlds: Worlds, fact: Fact, columns: Sequence[int]) -> bool:
    """Worlds met on the way to other numbers show already that this one has room enough."""
    low, high = _whole(solver.met([(1.0, columns)]))
    if not fact.exempt and min(high, high - low) < fact.least:
        return False
    if fact.whole is None or low == 0:
        return True
    _, most = _whole(solver.met([(1.0, worlds.columns(fact.whole)), (-1.0, columns)]))
    return most >= fact.least


def _head_count(population: Population, part: Fact, known: Iterable[Fact]) -> float:
    """The smallest head count, told in the open by the rule, of a group around `part`."""
    within = spelt_out(population, part.selection)
    around = [
        fact.value
        for fact in known
        if fact.value is not None and _contains(spelt_out(population, fact.selection), within)
    ]
    return min(around, default=float("inf"))


def _require_share(solver: Solver, worlds: Worlds, share: ShareFact) -> None:
    """A rounded percentage says between which two shares the true one lies."""
    half = 0.5 / 10**share.decimals
    base = worlds.columns(share.denominator)
    part = worlds.columns(share.numerator)
    for edge, sign in ((share.percent - half, 1.0), (share.percent + half, -1.0)):
        row = dict.fromkeys(base, -sign * edge / 100)
        for column in part:
            row[column] = row.get(column, 0.0) + sign
        solver.require(row, -SLACK, float("inf"))


def _whole(bounds: tuple[float, float]) -> tuple[int, float]:
    low, high = bounds
    least = 0 if low == -float("inf") else ceil(low - SLACK)
    return least, high if high == float("inf") else floor(high + SLACK)


def differences(
    population: Population, facts: Iterable[Fact], old: Iterable[Fact] | None = None
) -> list[Finding]:
    """Two shown groups, one inside the other and differing in one variable or in time only.

    A rest that a head count tells in the open is none. With `old`, only pairs of one of them and of `facts`.
    """
    found = []
    earlier = list(old or ())
    among = {id(fact) for fact in earlier}
    listed = [fact for fact in (*facts, *earlier) if fact.value is not None]
    heads = [(fact, spelt_out(population, fact.selection)) for fact in listed if fact.exempt]
    for alike in _comparable([(fact, spelt_out(population, fact.selection)) for fact in listed]).values():
        for (outer, around), (inner, within) in permutations(alike, 2):
            rest = (outer.value or 0) - (inner.value or 0)
            few = 0 < rest < max(outer.least, inner.least) and not (outer.exempt and inner.exempt)
            if old is not None and (id(outer) in among) == (id(inner) in among):
                continue
            if few and around != within and _contains(around, within):
                if any(
                    head.value == rest and _contains(around, group) and not meet(group, within)
                    for head, group in heads
                ):
                    continue
                place = f"{outer.place} minus {inner.place}"
                found.append(Finding(Exposure.DIFFERENCE, place, rest, rest))
    return found


def spelt_out(population: Population, selection: Selection) -> Selection:
    """The same group with the months that the order of events implies: who ended in 2023 started by then."""
    times = {name: MonthRange(None, None) for name, codes in population.variables.items() if codes == "time"}
    times |= {name: part for name, part in selection.items() if isinstance(part, MonthRange)}
    for _ in population.order:
        for earlier, later in population.order:
            one, two = times[earlier], times[later]
            times[later] = MonthRange(max(filter(None, (one.first, two.first)), default=None), two.last)
            times[earlier] = MonthRange(one.first, min(filter(None, (one.last, two.last)), default=None))
    told = {name: part for name, part in times.items() if part != MonthRange(None, None)}
    return {**selection, **told}


def _comparable(facts: Iterable[tuple[Fact, Selection]]) -> dict[object, list[tuple[Fact, Selection]]]:
    """Groups that are alike but for one variable of codes, or but for time."""
    groups: dict[object, list[tuple[Fact, Selection]]] = defaultdict(list)
    listed = list(facts)
    names = _variables(selection for _, selection in listed)
    for fact, selection in listed:
        groups["", key_of({n: part for n, part in selection.items() if n in names})].append((fact, selection))
        for name in names:
            groups[name, key_of({n: p for n, p in selection.items() if n != name})].append((fact, selection))
    return groups


def _variables(selections: Iterable[Selection]) -> set[str]:
    return {n for chosen in selections for n, part in chosen.items() if not isinstance(part, MonthRange)}


def _contains(outer: Selection, inner: Selection) -> bool:
    return all(name in inner and _covers(part, inner[name]) for name, part in outer.items())


def _covers(outer: Part, inner: Part) -> bool:
    if isinstance(outer, MonthRange) and isinstance(inner, MonthRange):
        first = outer.first is None or (inner.first is not None and outer.first <= inner.first)
        last = outer.last is None or (inner.last is not None and inner.last <= outer.last)
        return first and last
    return isinstance(outer, frozenset) and isinstance(inner, frozenset) and inner <= outer


def key_of(selection: Selection) -> frozenset[tuple[str, Part]]:
    """The group as something to look up by."""
    return frozenset(selection.items())


def meet(one: Selection, other: Selection) -> bool:
    """True when somebody could be in both."""
    return all(_overlap(part, other[name]) for name, part in one.items() if name in other)


def _overlap(one: Part, other: Part) -> bool:
    if isinstance(one, MonthRange) and isinstance(other, MonthRange):
        return _begins_in_time(one, other) and _begins_in_time(other, one)
    return isinstance(one, frozenset) and isinstance(other, frozenset) and bool(one & other)


def _begins_in_time(one: MonthRange, other: MonthRange) -> bool:
    return one.first is None or other.last is None or one.first <= other.last
