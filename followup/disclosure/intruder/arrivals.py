"""Who came late, or is gone: what two editions together say of them to one who knows how many they are.

Those who were there all the time are unknown, and so are those who moved. The earlier edition counts the
former, the later one both (or the other way round when people are gone).
"""

from collections.abc import Iterable, Sequence

from followup.disclosure.cells import Population
from followup.disclosure.intruder.bounds import SLACK, Impossible, Solver
from followup.disclosure.intruder.facts import Fact
from followup.disclosure.intruder.findings import Exposure, Finding
from followup.disclosure.intruder.groups import tells_a_kind
from followup.disclosure.intruder.worlds import Row, Worlds


class _Twice:
    """The worlds of those who stayed, and then of those who moved."""

    def __init__(self, worlds: Worlds) -> None:
        self.width, self.size = worlds.size, 2 * worlds.size
        self._rows = worlds.agreements()

    def agreements(self) -> list[Row]:
        return [
            {column + block * self.width: factor for column, factor in row.items()}
            for row in self._rows
            for block in (0, 1)
        ]


def found_out(
    population: Population, before: Sequence[Fact], after: Sequence[Fact], people: int
) -> list[Finding]:
    """Groups of the later edition in which somebody who moved must be, though nothing told before says so.

    people   so many have come, or gone when it is less than zero
    Groups by nothing but time, and head counts, may tell who came and went. Raises Unsettled.
    """
    worlds = Worlds(population, [{}, *(fact.selection for fact in (*before, *after))])
    try:
        everything = _fitted(worlds, before, after, people)
        beforehand = _fitted(worlds, before, [fact for fact in after if fact.exempt], people)
    except Impossible:
        return []  # More came, or others.
    return [
        Finding(Exposure.MOVED, fact.place)
        for fact in after
        if not fact.exempt and tells_a_kind(population, fact.selection)
        if _surely_in(everything, worlds, fact) and not _surely_in(beforehand, worlds, fact)
    ]


def _fitted(worlds: Worlds, before: Iterable[Fact], after: Iterable[Fact], people: int) -> Solver:
    twice = _Twice(worlds)
    solver = Solver(twice)
    for facts, with_moved in ((before, people < 0), (after, people > 0)):
        for fact in facts:
            if fact.value is not None:
                columns = worlds.columns(fact.selection)
                moved = [column + twice.width for column in columns] if with_moved else []
                solver.require(dict.fromkeys([*columns, *moved], 1.0), fact.value, fact.value)
    everybody = dict.fromkeys((column + twice.width for column in worlds.columns({})), 1.0)
    solver.require(everybody, abs(people), abs(people))
    solver.bounds([])
    return solver


def _surely_in(solver: Solver, worlds: Worlds, fact: Fact) -> bool:
    moved = [(1.0, [column + worlds.size for column in worlds.columns(fact.selection)])]
    return solver.met(moved)[0] > SLACK and solver.bounds(moved)[0] > SLACK
