"""Numbers that cannot all be true at once: which of the older ones must have been corrected."""

from collections.abc import Sequence

from followup.disclosure.cells import Population
from followup.disclosure.intruder.bounds import SLACK, Impossible, Solver, tell
from followup.disclosure.intruder.facts import Fact, ShareFact, groups_in
from followup.disclosure.intruder.worlds import Row, Worlds


class _Stretched:
    """The worlds, and two unknowns for each number that may be too low or too high."""

    def __init__(self, worlds: Worlds, numbers: int) -> None:
        self.first, self.size = worlds.size, worlds.size + 2 * numbers
        self._worlds = worlds

    def agreements(self) -> list[Row]:
        return self._worlds.agreements()


def strained(
    population: Population,
    firm: Sequence[Fact],
    shares: Sequence[ShareFact],
    older: Sequence[tuple[int, Fact]],
) -> list[int]:
    """Places in `older`, which runs by (turn, number), of those that must go for the others to fit.

    The fewest people are moved; of several ways the oldest numbers give way, and of these the largest, where
    somebody is likeliest to be. Empty when all fits, or nothing helps. Raises Unsettled.
    """
    worlds = Worlds(population, groups_in([*firm, *(fact for _, fact in older)], shares))
    stretched = _Stretched(worlds, len(older))
    solver = Solver(stretched)
    tell(solver, worlds, firm, shares)
    price = []
    for place, (turn, fact) in enumerate(older):
        row: Row = dict.fromkeys(worlds.columns(fact.selection), 1.0)
        above, below = stretched.first + 2 * place, stretched.first + 2 * place + 1
        solver.require({**row, above: -1.0, below: 1.0}, fact.value or 0, fact.value or 0)
        price.append((1.0 + 0.01 * turn + 0.001 / (1 + (fact.value or 0)), [above, below]))
    try:
        world = solver.cheapest(price)
    except Impossible:
        return []
    return [place for place, (_, columns) in enumerate(price) if world[columns].sum() > SLACK]
