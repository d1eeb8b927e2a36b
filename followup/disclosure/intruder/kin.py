"""People who are counted in another population as well: that so many are, at least, is told of both."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from followup.disclosure.cells import MonthRange, Population
from followup.disclosure.intruder.facts import Fact, Floor
from followup.disclosure.intruder.groups import Group, group_of
from followup.disclosure.intruder.history import Reading
from followup.disclosure.kin import Kin


def with_floors(
    populations: Mapping[str, Population], name: str, editions: Sequence[Reading]
) -> list[Reading]:
    """What each edition tells of a population, with what its kin tell of it so far."""
    about = [edition.about(name) for edition in editions]
    for other in populations.values():
        for kin in other.kin:
            if kin.population == name:
                newest: dict[Group, Fact] = {}
                for turn, edition in enumerate(editions):
                    facts = edition.about(other.name).facts
                    newest |= {group_of(other, fact.selection): fact for fact in facts}
                    floors = list(_of_kin(populations[name], kin, newest.values()))
                    about[turn] = about[turn]._replace(floors=[*about[turn].floors, *floors])
    return about


def _of_kin(population: Population, kin: Kin, facts: Iterable[Fact]) -> Iterator[Floor]:
    """Of each group what was told, or hidden, last."""
    for fact in facts:
        when = fact.selection.get(kin.event)
        if fact.value and isinstance(when, MonthRange) and None not in when:
            codes = {
                name: part
                for name, part in fact.selection.items()
                if not isinstance(part, MonthRange) and name in population.variables
            }
            yield Floor(population.name, {**codes, kin.event: when}, fact.value)
