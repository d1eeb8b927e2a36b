"""What a reader knows of variables of which everybody has one, and of those that go with no other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from followup.disclosure.cells import Population, Selection
from followup.disclosure.cover import Cover
from followup.disclosure.intruder.facts import Fact, key_of

Sums = list[tuple[float, Selection]]


def covered(population: Population, facts: Iterable[Fact]) -> Iterator[Sums]:
    """Sums of groups that are nobody at least, in each group that is told by all variables of a cover."""
    listed = list(facts)
    for cover in population.covers:
        groups: dict[object, dict[str, Selection]] = defaultdict(dict)
        wholes: dict[object, Selection] = {}
        for fact in listed:
            names = [name for name in fact.selection if name in cover.names]
            rest = {name: part for name, part in fact.selection.items() if name not in cover.names}
            if not names:
                wholes[key_of(rest)] = rest
            elif len(names) == 1 and fact.selection[names[0]] == frozenset({cover.yes}):
                groups[key_of(rest)][names[0]] = fact.selection
        for group, parts in groups.items():
            if group in wholes and parts.keys() == set(cover.names):
                yield from _of_group(cover, wholes[group], parts)


def _of_group(cover: Cover, whole: Selection, parts: dict[str, Selection]) -> Iterator[Sums]:
    yield [(-1.0, whole), *((1.0, part) for part in parts.values())]
    for name in cover.names:
        for one in cover.without(name):
            for other in cover.without(name) & cover.without(one):
                yield [(1.0, whole), *((-1.0, parts[each]) for each in (name, one, other))]
            yield [(1.0, whole), (-1.0, parts[name]), (-1.0, parts[one])]
