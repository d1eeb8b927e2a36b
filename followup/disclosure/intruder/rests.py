"""Rows that are alike but for one variable: whom they leave out, and their sum."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from followup.disclosure.cells import Part, Population
from followup.disclosure.intruder.facts import Fact, key_of
from followup.disclosure.intruder.groups import Group, group_of, spelt_out

Family = tuple[str, Group]


def rests(population: Population, facts: Sequence[Fact]) -> list[Fact]:
    """For each variable, the people beside all rows that are alike but for it."""
    values = {group_of(population, fact.selection): fact.value for fact in facts if fact.value is not None}
    found = []
    for (name, others), rows in _families(population, facts).items():
        codes = frozenset(population.variables[name]) - _codes(name, rows)
        told = _apart(name, rows)
        if len(_distinct(name, rows)) > 1 and codes and told and values.get(others) != _together(told):
            place = f"de som inte är med i någon rad bredvid {rows[0].place}"
            least = max(row.least for row in rows)
            found.append(Fact(place, population.name, {**rows[0].selection, name: codes}, None, least))
    return found


def sums(population: Population, facts: Sequence[Fact]) -> list[Fact]:
    """For each variable, the rows that are told, as one number."""
    found = []
    for (name, _), rows in _families(population, facts).items():
        told = _apart(name, rows)
        if len(told) > 1:
            place = " och ".join(row.place for row in told)
            selection: dict[str, Part] = {**told[0].selection, name: _codes(name, told)}
            least, exempt = max(row.least for row in told), all(row.exempt for row in told)
            found.append(Fact(place, population.name, selection, _together(told), least, exempt))
    return found


def _apart(name: str, rows: Iterable[Fact]) -> list[Fact]:
    """Rows that are told and share nobody, the narrowest first."""
    told: list[Fact] = []
    for row in sorted(rows, key=lambda row: len(_codes(name, [row]))):
        if row.value is not None and not _codes(name, told) & _codes(name, [row]):
            told.append(row)
    return told


def _distinct(name: str, rows: Iterable[Fact]) -> set[Part]:
    return {row.selection[name] for row in rows}


def _together(rows: Iterable[Fact]) -> int:
    return sum(row.value or 0 for row in rows)


def _families(population: Population, facts: Iterable[Fact]) -> dict[Family, list[Fact]]:
    """Rows that are alike but for one variable of codes."""
    families: dict[Family, list[Fact]] = defaultdict(list)
    for fact in facts:
        group = spelt_out(population, fact.selection)
        for name, part in group.items():
            if isinstance(part, frozenset):
                others = key_of({other: chosen for other, chosen in group.items() if other != name})
                families[name, others].append(fact)
    return families


def _codes(name: str, rows: Iterable[Fact]) -> frozenset[str]:
    parts = [row.selection[name] for row in rows]
    return frozenset[str]().union(*(part for part in parts if isinstance(part, frozenset)))
