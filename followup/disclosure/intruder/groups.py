"""Groups of people as published tables tell them apart: which holds which, and which are alike."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from followup.disclosure.cells import MonthRange, Part, Population, Selection
from followup.disclosure.intruder.facts import Fact, key_of

Group = frozenset[tuple[str, Part]]

# Times of groups, of a few readings.
KEPT = 10_000


def open_everywhere(population: Population, facts: Iterable[Fact]) -> list[Fact]:
    """A head count that one table may tell is the same head count in every other."""
    listed = list(facts)
    head_counts = {group_of(population, fact.selection) for fact in listed if fact.exempt}
    return [fact._replace(exempt=group_of(population, fact.selection) in head_counts) for fact in listed]


def group_of(population: Population, selection: Selection) -> Group:
    """What all ways of writing the same group have in common."""
    return key_of(spelt_out(population, selection))


def spelt_out(population: Population, selection: Selection) -> Selection:
    """The same group with the months that the order of events implies: who ended in 2023 started by then."""
    told = frozenset((name, part) for name, part in selection.items() if isinstance(part, MonthRange))
    return {**selection, **_spelt_out(population.order, told)} if told else selection


@lru_cache(maxsize=KEPT)
def _spelt_out(
    order: tuple[tuple[str, str], ...], told: frozenset[tuple[str, MonthRange]]
) -> Mapping[str, MonthRange]:
    """The months that are told or implied; many groups of a reading have the same."""
    anytime = MonthRange(None, None)
    times = {name: anytime for pair in order for name in pair} | dict(told)
    for _ in order:
        for earlier, later in order:
            one, two = times[earlier], times[later]
            times[later] = MonthRange(max(filter(None, (one.first, two.first)), default=None), two.last)
            times[earlier] = MonthRange(one.first, min(filter(None, (one.last, two.last)), default=None))
    return {name: part for name, part in times.items() if part != anytime}


def comparable(facts: Iterable[tuple[Fact, Selection]]) -> dict[object, list[tuple[Fact, Selection]]]:
    """Groups that are alike but for one variable of codes, or but for time."""
    groups: dict[object, list[tuple[Fact, Selection]]] = defaultdict(list)
    listed = list(facts)
    names = _variables(selection for _, selection in listed)
    for fact, selection in listed:
        group = key_of(selection)
        groups["", frozenset(part for part in group if part[0] in names)].append((fact, selection))
        for name in names:
            same = group - {(name, selection[name])} if name in selection else group
            groups[name, same].append((fact, selection))
    return groups


def _variables(selections: Iterable[Selection]) -> set[str]:
    return {n for chosen in selections for n, part in chosen.items() if not isinstance(part, MonthRange)}


def contains(outer: Selection, inner: Selection) -> bool:
    return all(name in inner and _covers(part, inner[name]) for name, part in outer.items())


def _covers(outer: Part, inner: Part) -> bool:
    if isinstance(outer, MonthRange) and isinstance(inner, MonthRange):
        first = outer.first is None or (inner.first is not None and outer.first <= inner.first)
        last = outer.last is None or (inner.last is not None and inner.last <= outer.last)
        return first and last
    return isinstance(outer, frozenset) and isinstance(inner, frozenset) and inner <= outer


def kind_of(selection: Selection) -> Selection:
    """The group at any time."""
    return {name: part for name, part in selection.items() if not isinstance(part, MonthRange)}


def tells_a_kind(population: Population, selection: Selection) -> bool:
    """False for a group by nothing but time: it says only that people came and went."""
    return any(population.variables[name] != "time" for name in selection)


def meet(one: Selection, other: Selection) -> bool:
    """True when somebody could be in both."""
    return all(_overlap(part, other[name]) for name, part in one.items() if name in other)


def _overlap(one: Part, other: Part) -> bool:
    if isinstance(one, MonthRange) and isinstance(other, MonthRange):
        return _begins_in_time(one, other) and _begins_in_time(other, one)
    return isinstance(one, frozenset) and isinstance(other, frozenset) and bool(one & other)


def _begins_in_time(one: MonthRange, other: MonthRange) -> bool:
    return one.first is None or other.last is None or one.first <= other.last
