"""A slow and simple intruder for the tests: every finest combination of codes is an unknown, months left out.

It shares nothing with the engine but the list of what was told.
"""

from itertools import product

import highspy
import numpy as np

from followup.disclosure import CountTable, ProtectedTable, Status
from followup.disclosure.cells import _read


class Onlooker:
    """Bounds, from told numbers alone, on the number of people in any selection of codes."""

    def __init__(self, raw: list[CountTable], finished: list[ProtectedTable]) -> None:
        cells = [
            (selection, table.cells[codes])
            for source, table in zip(raw, finished, strict=True)
            for codes, (selection, _) in _read(source).cells.items()
        ]
        self.variables = sorted({name for selection, _ in cells for name in selection})
        domain = raw[0].population.variables
        self.points = [
            point
            for point in product(*(domain[name] for name in self.variables))
            if not any(self._lies_in(point, codes) for codes in raw[0].population.impossible)
        ]
        self.highs = highspy.Highs()
        self.highs.setOptionValue("output_flag", False)
        for _ in self.points:
            self.highs.addVar(0.0, highspy.kHighsInf)
        for selection, cell in cells:
            if cell.status in (Status.VALUE, Status.ZERO):
                columns = self.columns(selection)
                self.highs.addRow(cell.value, cell.value, len(columns), columns, np.ones(len(columns)))

    def _lies_in(self, point, codes) -> bool:
        of = dict(zip(self.variables, point, strict=True))
        return all(name in of and of[name] in part for name, part in codes.items())

    def columns(self, selection) -> np.ndarray:
        inside = [
            all(
                code in selection[name]
                for name, code in zip(self.variables, point, strict=True)
                if name in selection
            )
            for point in self.points
        ]
        return np.flatnonzero(inside).astype(np.int32)

    def bounds(self, *parts: tuple[int, dict]) -> tuple[float, float]:
        """Least and greatest possible value of a sum of (factor, selection)."""
        cost = np.zeros(len(self.points))
        for factor, selection in parts:
            cost[self.columns(selection)] += factor
        self.highs.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        return self._best(highspy.ObjSense.kMinimize), self._best(highspy.ObjSense.kMaximize)

    def _best(self, sense) -> float:
        self.highs.changeObjectiveSense(sense)
        self.highs.run()
        status = self.highs.getModelStatus()
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return float("inf")
        assert status == highspy.HighsModelStatus.kOptimal
        return round(self.highs.getInfo().objective_function_value, 6)
