"""Who came late, or is gone: what two editions together say of them to one who knows how many they are."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from followup.disclosure.cells import Population, Selection
from followup.disclosure.intruder.between import Between, Part
from followup.disclosure.intruder.bounds import SLACK, Impossible, Solver, tell
from followup.disclosure.intruder.facts import Fact
from followup.disclosure.intruder.findings import Exposure, Finding
from followup.disclosure.intruder.groups import tells_a_kind
from followup.disclosure.intruder.worlds import Worlds


def found_out(population: Population, before: Sequence[Fact], after: Sequence[Fact]) -> list[Finding]:
    """Groups of the later edition in which few who moved must be, though nothing told before says so.

    As few moved as the numbers of the editions tell; where they tell of nobody, it may have been one who
    came, or one who went. If it can be, they are as people mostly are. Groups by nothing but time, and head
    counts, may tell of it. Raises Unsettled.
    """
    unlikely = _unlikely(population)
    between = Between(Worlds(population, [{}, *unlikely, *(fact.selection for fact in (*before, *after))]))
    heads = [fact for fact in after if fact.exempt]
    asked = [fact for fact in after if not fact.exempt and tells_a_kind(population, fact.selection)]
    everything = _fitted(between, before, after)
    try:
        people = between.fewest(everything)
    except Impossible:
        return []  # An edition contradicts itself, which is told by itself.
    ways = (
        [{between.moved: people}]
        if people
        else [
            {between.came: 1, between.went: 0},
            {between.came: 0, between.went: 1},
        ]
    )
    found: list[Finding] = []
    for limits in ways:
        for nobody in (unlikely, []):
            everything, beforehand = _fitted(between, before, after), _fitted(between, before, heads)
            # Head counts may tell that it was none.
            with suppress(Impossible):
                for solver in (everything, beforehand):
                    _hold(solver, limits, between.moved, nobody)
                found += [
                    Finding(Exposure.MOVED, fact.place)
                    for fact in asked
                    for part in (between.came, between.went)
                    if _are_few(everything, part, fact) and not _is_anybody(beforehand, part, fact)
                ]
                break
    return found


def _unlikely(population: Population) -> list[Selection]:
    """Those who are otherwise than people mostly are, one group for each variable."""
    return [
        {name: frozenset(population.variables[name]) - codes} for name, codes in population.mostly.items()
    ]


def _fitted(between: Between, before: Iterable[Fact], after: Iterable[Fact]) -> Solver:
    solver = Solver(between)
    tell(solver, between.then, before)
    tell(solver, between.now, after)
    return solver


def _hold(solver: Solver, limits: Mapping[Part, int], moved: Part, nobody: Iterable[Selection]) -> None:
    """So many moved, and nobody of some groups. Raises Impossible, Unsettled."""
    held: list[tuple[Part, Selection, int]] = [(part, {}, people) for part, people in limits.items()]
    for part, group, people in [*held, *((moved, group, 0) for group in nobody)]:
        solver.require(dict.fromkeys(part.columns(group), 1.0), people, people)
    solver.bounds([])


def _are_few(solver: Solver, part: Part, fact: Fact) -> bool:
    """Whether somebody, but fewer than the threshold, of those who moved was surely in the group."""
    if not _is_anybody(solver, part, fact):
        return False
    moved = [(1.0, part.columns(fact.selection))]
    return solver.met(moved)[1] < fact.least - SLACK and solver.most(moved) < fact.least - SLACK


def _is_anybody(solver: Solver, part: Part, fact: Fact) -> bool:
    """Whether somebody of those who moved was surely in the group."""
    moved = [(1.0, part.columns(fact.selection))]
    return solver.met(moved)[0] > SLACK and solver.least(moved) > SLACK
