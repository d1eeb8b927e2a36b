"""What one edition tells without showing it: hidden numbers that can only be one."""

from collections.abc import Iterable, Sequence

from followup.disclosure.cells import Population
from followup.disclosure.intruder.bounds import Impossible, Solver, fitted, in_whole_people
from followup.disclosure.intruder.facts import Fact, ShareFact, groups_in
from followup.disclosure.intruder.groups import Group, group_of
from followup.disclosure.intruder.worlds import Worlds


def computed(
    population: Population, facts: Sequence[Fact], shares: Sequence[ShareFact], asked: Iterable[Fact]
) -> dict[Group, Fact]:
    """The numbers that `facts` show, and those of the groups of `asked` that follow from them.

    Whatever follows from head counts alone is one. Raises Unsettled.
    """
    told = {group_of(population, fact.selection): fact for fact in facts if fact.value is not None}
    open_to_question = [fact for fact in asked if group_of(population, fact.selection) not in told]
    worlds = Worlds(population, groups_in([*facts, *open_to_question], shares))
    all_of_it = fitted(worlds, facts, shares)
    heads = fitted(worlds, [fact for fact in facts if fact.exempt])
    try:
        all_of_it.bounds([])
        heads.bounds([])
    except Impossible:
        return told
    for fact in open_to_question:
        columns = worlds.columns(fact.selection)
        value = _only(all_of_it, columns)
        if value is not None:
            told[group_of(population, fact.selection)] = fact._replace(
                place=f"{fact.place} (uträknat)", value=value, exempt=_only(heads, columns) is not None
            )
    return told


def _only(solver: Solver, columns: Sequence[int]) -> int | None:
    """The one number that the group can have, if it is one."""
    least, most = in_whole_people(solver.met([(1.0, columns)]))
    if least < most:
        return None
    low, high = in_whole_people(solver.bounds([(1.0, columns)]))
    return low if low == high else None
