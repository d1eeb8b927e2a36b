"""Those who were there then and now, those who came since, and those who went.

What was told then is told of those who stayed and went; what is told now, of those who stayed and came. A
reader believes that no more people moved than the numbers tell.
"""

from collections.abc import Sequence
from math import ceil

from followup.disclosure.cells import Selection
from followup.disclosure.intruder.bounds import SLACK, Solver
from followup.disclosure.intruder.worlds import Row, Worlds

STAYED, CAME, WENT = range(3)


class Part:
    """The people of some of the three, as columns."""

    def __init__(self, worlds: Worlds, blocks: Sequence[int]) -> None:
        self._worlds, self._blocks = worlds, blocks

    def columns(self, selection: Selection) -> list[int]:
        """The columns whose sum is the number of these people in the group."""
        columns = self._worlds.columns(selection)
        return [column + block * self._worlds.size for block in self._blocks for column in columns]


class Between:
    """The unknowns of two times."""

    def __init__(self, worlds: Worlds) -> None:
        self.size = 3 * worlds.size
        self.now, self.then = Part(worlds, (STAYED, CAME)), Part(worlds, (STAYED, WENT))
        self.came, self.went = Part(worlds, (CAME,)), Part(worlds, (WENT,))
        self.moved = Part(worlds, (CAME, WENT))
        self._worlds = worlds

    def agreements(self) -> list[Row]:
        size = self._worlds.size
        return [
            {column + block * size: factor for column, factor in row.items()}
            for row in self._worlds.agreements()
            for block in (STAYED, CAME, WENT)
        ]

    def fewest(self, solver: Solver) -> int:
        """How many must have moved at least. Raises Impossible, Unsettled."""
        columns = self.moved.columns({})
        return ceil(solver.cheapest([(1.0, columns)])[columns].sum() - SLACK)
