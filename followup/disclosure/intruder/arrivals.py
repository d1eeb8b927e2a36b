"""Who came late, or is gone: what two editions together say of them to one who knows how many they are."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from followup.disclosure.cells import Population
from followup.disclosure.intruder.between import Between, Part
from followup.disclosure.intruder.bounds import SLACK, Impossible, Solver, in_whole_people, tell
from followup.disclosure.intruder.facts import Fact
from followup.disclosure.intruder.findings import Exposure, Finding
from followup.disclosure.intruder.groups import tells_a_kind
from followup.disclosure.intruder.worlds import Worlds


def found_out(population: Population, before: Sequence[Fact], after: Sequence[Fact]) -> list[Finding]:
    """Groups of the later edition in which few who moved must be, though nothing told before says so.

    As few moved as the numbers of the editions tell; where they tell of nobody, it may have been one who
    came, or one who went. Groups by nothing but time, and head counts, may tell of it. Raises Unsettled.
    """
    between = Between(Worlds(population, [{}, *(fact.selection for fact in (*before, *after))]))
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
        everything, beforehand = _fitted(between, before, after), _fitted(between, before, heads)
        with suppress(Impossible):  # Head counts may tell that it was none.
            _hold(everything, limits)
            _hold(beforehand, limits)
            found += [
                Finding(Exposure.MOVED, fact.place)
                for fact in asked
                for part in (between.came, between.went)
                if _are_few(everything, part, fact) and not _is_anybody(beforehand, part, fact)
            ]
    return found


def _fitted(between: Between, before: Iterable[Fact], after: Iterable[Fact]) -> Solver:
    solver = Solver(between)
    tell(solver, between.then, before)
    tell(solver, between.now, after)
    return solver


def _hold(solver: Solver, limits: Mapping[Part, int]) -> None:
    """So many moved. Raises Impossible, Unsettled."""
    for part, people in limits.items():
        solver.require(dict.fromkeys(part.columns({}), 1.0), people, people)
    solver.bounds([])


def _are_few(solver: Solver, part: Part, fact: Fact) -> bool:
    """Whether somebody, but fewer than the threshold, of those who moved was surely in the group."""
    if not _is_anybody(solver, part, fact):
        return False
    _, most = in_whole_people(solver.bounds([(1.0, part.columns(fact.selection))]))
    return most < fact.least


def _is_anybody(solver: Solver, part: Part, fact: Fact) -> bool:
    """Whether somebody of those who moved was surely in the group."""
    moved = [(1.0, part.columns(fact.selection))]
    return solver.met(moved)[0] > SLACK and solver.bounds(moved)[0] > SLACK
