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

    before  what of `now` was told before as it is
    rows    of tables; who is in none of them is asked for as well
    steady  told then as it is told today
    known   hidden today and known then: only that all in a group around are in it is news
    """

    now: Sequence[Fact]
    shares_now: Sequence[ShareFact]
    then: Sequence[Fact]
    shares_then: Sequence[ShareFact]
    before: Sequence[Fact]
    shares_before: Sequence[ShareFact]
    asked: Sequence[Fact]
    rows: Sequence[Fact]
    steady: Sequence[Fact] = ()
    known: Sequence[Fact] = ()


def attack_nearly(population: Population, told: Nearly) -> list[Finding]:
    """What is given away when no more people moved than the numbers tell, but one at least.

    But for what is known as closely from head counts and from what was told before, give or take those who
    moved. Nothing when no people fit it all. Raises Unsettled.
    """
    asked_for = [*told.asked, *told.known]
    groups = groups_in([*told.now, *told.then, *asked_for], [*told.shares_now, *told.shares_then])
    between = Between(Worlds(population, [{}, *groups]))
    heads = [fact for fact in told.now if fact.exempt]

    def findings(solver: Solver) -> list[Finding]:
        solver.require(dict.fromkeys(between.moved.columns({}), 1.0), 0, people)
        solver.bounds([])
        asking = Asking(population, between.now, solver, heads, lambda: _fitted(between, heads, ()))
        return [*asking.findings(told.asked, told.rows), *asking.alike(told.known)]

    try:
        solver, so_far = (
            _fitted(between, facts, shares)
            for facts, shares in (
                (told.now, told.shares_now),
                ([*heads, *told.before], told.shares_before),
            )
        )
        for each in (solver, so_far):
            tell(each, between.then, [*told.then, *told.steady], told.shares_then)
        people = max(between.fewest(solver), 1)
        found = findings(solver)
        known = findings(so_far) if found else []
        return [each for each in found if each not in known]
    except Impossible:
        # What is as it was may have been otherwise in between.
        return attack_nearly(population, told._replace(steady=())) if told.steady else []


def _fitted(between: Between, facts: Iterable[Fact], shares: Iterable[ShareFact]) -> Solver:
    solver = Solver(between)
    tell(solver, between.now, facts, shares)
    return solver
