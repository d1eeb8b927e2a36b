"""Older numbers that were touched by a correction still hold, give or take those who moved."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from followup.disclosure.cells import Population
from followup.disclosure.intruder.asking import Asking
from followup.disclosure.intruder.between import Between
from followup.disclosure.intruder.bounds import Impossible, Solver, tell
from followup.disclosure.intruder.facts import Fact, ShareFact, groups_in
from followup.disclosure.intruder.findings import Finding
from followup.disclosure.intruder.worlds import Worlds


class Nearly(NamedTuple):
    """What is told today and can be believed, what was told then, and what is to be tried against all of it.

    rows   of tables; who is in none of them is asked for as well
    """

    now: Sequence[Fact]
    shares_now: Sequence[ShareFact]
    then: Sequence[Fact]
    shares_then: Sequence[ShareFact]
    asked: Sequence[Fact]
    rows: Sequence[Fact]


def attack_nearly(population: Population, told: Nearly) -> list[Finding]:
    """What is given away when no more people moved than the numbers tell, but one at least.

    Nothing when no people fit it all. Raises Unsettled.
    """
    groups = groups_in([*told.now, *told.then, *told.asked], [*told.shares_now, *told.shares_then])
    between = Between(Worlds(population, [{}, *groups]))
    try:
        solver = _fitted(between, told.now, told.shares_now)
        tell(solver, between.then, told.then, told.shares_then)
        people = max(between.fewest(solver), 1)
        solver.require(dict.fromkeys(between.moved.columns({}), 1.0), 0, people)
        heads = [fact for fact in told.now if fact.exempt]
        asking = Asking(population, between.now, solver, heads, lambda: _fitted(between, heads, ()))
        return asking.findings(told.asked, told.rows)
    except Impossible:
        return []


def _fitted(between: Between, facts: Iterable[Fact], shares: Iterable[ShareFact]) -> Solver:
    solver = Solver(between)
    tell(solver, between.now, facts, shares)
    return solver
