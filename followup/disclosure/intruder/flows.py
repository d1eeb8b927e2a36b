"""What is told of groups of whom lengths are told, and of their parts: who was there, came and ended."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from followup.disclosure.cells import Population, Selection
from followup.disclosure.intruder.facts import Fact, RankFact, key_of
from followup.disclosure.intruder.groups import Group, kind_of
from followup.disclosure.length import Length, Rank

Codes = frozenset[str]


class Flows(NamedTuple):
    """What is told of a group and of its parts by `name`; what all of it has in common is left out.

    facts   shown numbers, one of each group
    bands   the lengths that have a row, shown or hidden
    before  those of the facts that were told before, and `ranks_before`
    ranks   so many at least of a group had one of some lengths, as medians and the like say
    """

    length: Length
    name: str
    facts: Sequence[Fact]
    ranks: Sequence[tuple[Selection, Rank]]
    bands: Collection[Codes]
    before: Sequence[Fact]
    ranks_before: Sequence[tuple[Selection, Rank]]

    def sizes(self) -> list[Fact]:
        """Of each part those to whom the later event happened."""
        return [fact for fact in self.facts if fact.selection.keys() == {self.name, self.length.later}]


class Told(NamedTuple):
    """What is told of a population."""

    facts: Sequence[Fact]
    ranks: Sequence[RankFact]


def flows(population: Population, told: Told, before: Told) -> Iterator[Flows]:
    """For each group, at any time, and each variable by which it is told who ended and when they came."""
    for length in population.lengths:
        kinds = [kind_of(fact.selection) for fact in told.facts if length.variable in fact.selection]
        groups = {key_of({name: p for name, p in kind.items() if name != length.variable}) for kind in kinds}
        for group in sorted(groups, key=lambda each: sorted(map(str, each))):
            now, then = (_within(group, length, one) for one in (told, before))
            bands = {
                codes_of(fact.selection, length.variable)
                for fact in now.facts
                if kind_of(fact.selection).keys() == {length.variable}
            }
            facts = _shown(now.facts)
            if not any(length.variable in fact.selection for fact in facts):
                continue
            for name in _flowing(length, facts):
                own, earlier = (_beside(length, name, each) for each in (facts, _shown(then.facts)))
                ranks, ranked = _said(name, now.ranks, own), _said(name, then.ranks, earlier)
                yield Flows(length, name, own, ranks, bands, earlier, ranked)


def codes_of(selection: Selection, name: str) -> Codes:
    part = selection[name]
    return part if isinstance(part, frozenset) else frozenset()


def _within(group: Group, length: Length, told: Told) -> Told:
    common = {name for name, _ in group}

    def inside(selection: Selection) -> Selection:
        return {name: part for name, part in selection.items() if name not in common}

    return Told(
        [
            fact._replace(selection=inside(fact.selection))
            for fact in told.facts
            if group <= key_of(fact.selection)
        ],
        [
            rank._replace(base=inside(rank.base))
            for rank in told.ranks
            if rank.variable == length.variable and group <= key_of(rank.base)
        ],
    )


def _shown(facts: Iterable[Fact]) -> list[Fact]:
    return [*{key_of(fact.selection): fact for fact in facts if fact.value is not None}.values()]


def _flowing(length: Length, facts: Iterable[Fact]) -> list[str]:
    kinds = {frozenset(fact.selection) for fact in facts}
    return sorted(
        name
        for kind in kinds
        if len(kind) == 2 and length.later in kind
        for name in kind - {length.earlier, length.later, length.variable}
        if any({name, length.earlier} <= other for other in kinds)
    )


def _beside(length: Length, name: str, facts: Sequence[Fact]) -> list[Fact]:
    """Told of the group and its parts, by length or not, and of what tells these and when they came apart."""
    kinds = [kind_of(fact.selection).keys() for fact in facts]
    apart = [
        {
            other
            for fact, kind in zip(facts, kinds, strict=True)
            if name in kind and len(kind) == 2 and fact.selection.keys() == {*kind, event}
            for other in kind - {length.variable}
        }
        for event in (length.earlier, length.later)
    ]
    parts = {name} | set.intersection(*apart)
    return [
        fact
        for fact, kind in zip(facts, kinds, strict=True)
        if kind <= {name, length.variable} or (kind <= parts and len(kind - {name}) < 2)
    ]


def _said(name: str, ranks: Iterable[RankFact], facts: Iterable[Fact]) -> list[tuple[Selection, Rank]]:
    people = {key_of(fact.selection): fact.value or 0 for fact in facts}
    return [
        (rank.base, each)
        for rank in ranks
        if key_of(rank.base) in people and kind_of(rank.base).keys() <= {name}
        for each in rank.ranks(people[key_of(rank.base)])
    ]
