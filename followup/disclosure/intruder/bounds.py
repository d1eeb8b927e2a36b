"""The least and the greatest number of people a group can hold, over all worlds that fit."""

from collections.abc import Iterable, Sequence

import highspy
import numpy as np

from followup.disclosure.intruder.worlds import Row, Worlds

SLACK = 1e-6
Term = tuple[float, Sequence[int]]


class Impossible(Exception):
    """No table of people fits all that was published."""


class Solver:
    """One linear program over the worlds; each question changes its objective only.

    With `whole` the intruder also uses that people come in whole numbers: slower, never wider.
    """

    def __init__(self, worlds: Worlds, *, whole: bool = False) -> None:
        self._highs = highspy.Highs()
        for option, value in {
            "output_flag": False,
            "threads": 1,
            "random_seed": 1,
            "time_limit": 60.0,
        }.items():
            self._highs.setOptionValue(option, value)
        self._size = worlds.size
        self._infinity = highspy.kHighsInf
        for _ in range(self._size):
            self._highs.addVar(0.0, self._infinity)
        if whole:
            kinds = np.full(self._size, highspy.HighsVarType.kInteger)
            self._highs.changeColsIntegrality(self._size, np.arange(self._size, dtype=np.int32), kinds)
        for row in worlds.agreements():
            self.require(row, 0.0, 0.0)

    def require(self, row: Row, least: float, greatest: float) -> None:
        columns = np.fromiter(row, dtype=np.int32)
        self._highs.addRow(least, greatest, len(row), columns, np.fromiter(row.values(), dtype=np.float64))

    def bounds(self, terms: Iterable[Term]) -> tuple[float, float]:
        """Least and greatest value of a sum of groups. `inf` when nothing bounds it. Raises Impossible."""
        costs = np.zeros(self._size)
        for factor, columns in terms:
            costs[list(columns)] += factor
        places = np.arange(self._size, dtype=np.int32)
        self._highs.changeColsCost(self._size, places, costs)
        return self._solve(highspy.ObjSense.kMinimize), self._solve(highspy.ObjSense.kMaximize)

    def _solve(self, sense: highspy.ObjSense) -> float:
        self._highs.changeObjectiveSense(sense)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return -float("inf") if sense == highspy.ObjSense.kMinimize else float("inf")
        if status == highspy.HighsModelStatus.kInfeasible:
            raise Impossible
        return float(self._highs.getInfo().objective_function_value)
