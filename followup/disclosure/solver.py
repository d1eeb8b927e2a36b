"""The linear programme behind protection: other tables that what is published does not rule out.

Every published number is an elastic row: A x + down − up = value, with a price on down and up. Ask for a
table in which some quantity reaches a bound, at the least price, and the rows that had to give are those to
hide. A row that is already hidden gives for nothing (Fischetti & Salazar-González 2001 state the same
problem; the elastic form finds one alternative table, a *witness*, per question).
"""

from collections.abc import Sequence
from enum import Enum

import highspy
import numpy as np
from numpy.typing import NDArray

from followup.disclosure.system import Row

Values = NDArray[np.float64]
INFINITE = highspy.kHighsInf
TOLERANCE = 1e-6


class Kind(Enum):
    """How a row of the model behaves."""

    KNOWN = "known"
    ELASTIC = "elastic"
    FREE = "free"


class OutOfTime(Exception):
    """The time limit was reached."""


class Model:
    """Columns x ≥ 0, rows of the three kinds, solved again and again from where the last solution ended.

    rows     sparse rows over the columns (columns, coefficients)
    kinds    per row; `values` its number (ignored for FREE), `prices` of a unit's change (ELASTIC)
    """

    def __init__(
        self,
        columns: int,
        rows: Sequence[Row],
        kinds: Sequence[Kind],
        values: Values,
        prices: Values,
        seconds: float,
    ) -> None:
        self.values = values.astype(float)
        self.prices = prices.astype(float)
        self.columns = columns
        self.elastic = np.flatnonzero([kind is Kind.ELASTIC for kind in kinds])
        self._down = np.full(len(rows), -1)
        self._down[self.elastic] = columns + 2 * np.arange(len(self.elastic))
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("random_seed", 1)
        self._highs.setOptionValue("solver", "simplex")
        self._highs.setOptionValue("time_limit", seconds)
        self._highs.passModel(self._programme(rows, kinds))
        self._hidden = np.zeros(len(rows), dtype=bool)

    def _programme(self, rows: Sequence[Row], kinds: Sequence[Kind]) -> highspy.HighsLp:
        free = np.array([kind is Kind.FREE for kind in kinds])
        programme = highspy.HighsLp()
        programme.num_col_ = self.columns + 2 * len(self.elastic)
        programme.num_row_ = len(rows)
        programme.col_cost_ = np.concatenate(
            [np.zeros(self.columns), np.repeat(self.prices[self.elastic], 2)]
        )
        programme.col_lower_ = np.zeros(programme.num_col_)
        programme.col_upper_ = np.full(programme.num_col_, INFINITE)
        programme.row_lower_ = np.where(free, -INFINITE, self.values)
        programme.row_upper_ = np.where(free, INFINITE, self.values)
        index, factor, start = self._with_give(rows)
        matrix = programme.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.num_col_, matrix.num_row_ = programme.num_col_, programme.num_row_
        matrix.start_, matrix.index_, matrix.value_ = start, index, factor
        return programme

    def _with_give(self, rows: Sequence[Row]) -> tuple[NDArray[np.int64], Values, NDArray[np.int64]]:
        index, factor = [], []
        for number, (columns, factors) in enumerate(rows):
            down = self._down[number]
            index.append(columns if down < 0 else np.append(columns, [down, down + 1]))
            factor.append(factors if down < 0 else np.append(factors, [1.0, -1.0]))
        lengths = [len(columns) for columns in index]
        return np.concatenate(index), np.concatenate(factor), np.concatenate([[0], np.cumsum(lengths)])

    def hide(self, row: int) -> None:
        """The number of an elastic row is no longer told: any number ≥ 0 will do."""
        self._hidden[row] = True
        self._give(row, 0.0)
        self._highs.changeRowBounds(row, 0.0, INFINITE)

    def show(self, row: int) -> None:
        """Take back `hide`."""
        self._hidden[row] = False
        self._give(row, INFINITE)
        self._highs.changeRowBounds(row, self.values[row], self.values[row])

    def freeze(self, row: int, frozen: bool) -> None:
        """Let a shown row give way no longer, or again."""
        if not self._hidden[row]:
            self._give(row, 0.0 if frozen else INFINITE)

    def _give(self, row: int, most: float) -> None:
        down = int(self._down[row])
        self._highs.changeColBounds(down, 0.0, most)
        self._highs.changeColBounds(down + 1, 0.0, most)

    def price(self, row: int, price: float) -> None:
        """Change the price of a unit in a row."""
        down = int(self._down[row])
        self._highs.changeColCost(down, price)
        self._highs.changeColCost(down + 1, price)

    def ask(self, row: int, least: float, most: float) -> Values | None:
        """The value of every row in the cheapest table where `row`, hidden or free, lies in [least, most].

        None when no table does. Raises OutOfTime.
        """
        self._highs.changeRowBounds(row, least, most)
        try:
            return self.solve()
        finally:
            self._highs.changeRowBounds(row, 0.0 if self._hidden[row] else -INFINITE, INFINITE)

    def solve(self) -> Values | None:
        """The value of every row in the cheapest table; None when there is none. Raises OutOfTime."""
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise OutOfTime
        solution = self._highs.getSolution()
        columns, values = np.array(solution.col_value), np.array(solution.row_value)
        down = self._down[self.elastic]
        values[self.elastic] += columns[down + 1] - columns[down]
        return values
