"""The linear programme behind protection: other tables that what is published does not rule out.

Every published number is an elastic row: A x + down − up = value, with a price on down and up. Ask for a
table in which some quantity reaches a bound, at the least price, and the rows that had to give are those to
hide. A row that is already hidden gives for nothing (Fischetti & Salazar-González 2001 state the same
problem; the elastic form finds one alternative table, a *witness*, per question).
"""

from collections.abc import Sequence
from enum import Enum
from typing import Any, NamedTuple

import highspy
import numpy as np
from numpy.typing import NDArray

from followup.disclosure.atoms import Whole
from followup.disclosure.system import Row

Values = NDArray[np.float64]
INFINITE = highspy.kHighsInf
TOLERANCE = 1e-6


class Kind(Enum):
    """How a row of the model behaves."""

    KNOWN = "known"
    ELASTIC = "elastic"
    FREE = "free"


class Answer(NamedTuple):
    """A table that is not ruled out: the value of each row, and whether its people are whole."""

    values: Values
    whole: bool


class OutOfTime(Exception):
    """The time limit was reached."""


class Model:
    """Columns x ≥ 0 and rows of three kinds, solved again and again from where the last solution ended.

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
        self._giving = np.flatnonzero([kind is not Kind.KNOWN for kind in kinds])
        self._down = np.full(len(rows), -1)
        self._down[self._giving] = columns + 2 * np.arange(len(self._giving))
        self._free = np.array([kind is Kind.FREE for kind in kinds], dtype=bool)
        self._highs: Any = highspy.Highs()
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("random_seed", 1)
        self._highs.setOptionValue("solver", "simplex")
        self._highs.setOptionValue("time_limit", seconds)
        self._highs.passModel(self._programme(rows))
        self._hidden = np.zeros(len(rows), dtype=bool)

    def _programme(self, rows: Sequence[Row]) -> highspy.HighsLp:
        programme = highspy.HighsLp()
        programme.num_col_ = self.columns + 2 * len(self._giving)
        programme.num_row_ = len(rows)
        programme.col_cost_ = np.concatenate(
            [np.zeros(self.columns), np.repeat(self.prices[self._giving], 2)]
        )
        programme.col_lower_ = np.zeros(programme.num_col_)
        most = np.where(self._free[self._giving], 0.0, INFINITE)
        programme.col_upper_ = np.concatenate([np.full(self.columns, INFINITE), np.repeat(most, 2)])
        programme.row_lower_ = np.where(self._free, -INFINITE, self.values)
        programme.row_upper_ = np.where(self._free, INFINITE, self.values)
        index, factor, start = self._with_give(rows)
        matrix = programme.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.num_col_, matrix.num_row_ = programme.num_col_, programme.num_row_
        matrix.start_, matrix.index_, matrix.value_ = start, index, factor
        return programme

    def _with_give(self, rows: Sequence[Row]) -> tuple[Whole, Values, Whole]:
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
        self._limit(self._down[[row]], 0.0)
        self._highs.changeRowBounds(row, 0.0, INFINITE)

    def show(self, row: int) -> None:
        """Take back `hide`."""
        self._hidden[row] = False
        self._limit(self._down[[row]], INFINITE)
        self._highs.changeRowBounds(row, self.values[row], self.values[row])

    def freeze(self, frozen: bool) -> None:
        """From now on no shown row gives way, or all do again."""
        shown = self._giving[~(self._hidden | self._free)[self._giving]]
        self._limit(self._down[shown], 0.0 if frozen else INFINITE)

    def sweep(self, rows: Whole, least: Values, most: Values) -> Answer | None:
        """A table, with nothing more hidden, that brings as many `rows` as it can into [least, most].

        `rows` are hidden or free. Raises OutOfTime.
        """
        self.freeze(True)
        self._limit(self._down[rows], INFINITE)
        self.reprice(rows, np.ones(len(rows)))
        self._bound(rows, least, most)
        try:
            return self.solve()
        finally:
            self._bound(rows, np.where(self._free[rows], -INFINITE, 0.0), np.full(len(rows), INFINITE))
            self._limit(self._down[rows], 0.0)
            self.reprice(rows, self.prices[rows])
            self.freeze(False)

    def _bound(self, rows: Whole, least: Values, most: Values) -> None:
        self._highs.changeRowsBounds(len(rows), rows.astype(np.int32), least, most)

    def _limit(self, down: Whole, most: float) -> None:
        columns = np.concatenate([down, down + 1]).astype(np.int32)
        self._highs.changeColsBounds(
            len(columns), columns, np.zeros(len(columns)), np.full(len(columns), most)
        )

    def reprice(self, rows: Whole, prices: Values) -> None:
        """Change the price of a unit in some elastic rows."""
        down = self._down[rows]
        columns = np.concatenate([down, down + 1]).astype(np.int32)
        self._highs.changeColsCost(len(columns), columns, np.concatenate([prices, prices]))

    def demand_whole(self) -> None:
        """From now on people are whole."""
        columns = np.arange(self.columns, dtype=np.int32)
        whole = np.full(self.columns, highspy.HighsVarType.kInteger)
        self._highs.changeColsIntegrality(self.columns, columns, whole)

    def ask(self, row: int, least: float, most: float) -> Answer | None:
        """The cheapest table where `row`, hidden or free, lies in [least, most]. None when no table does.

        Raises OutOfTime.
        """
        self._highs.changeRowBounds(row, least, most)
        try:
            return self.solve()
        finally:
            self._highs.changeRowBounds(row, 0.0 if self._hidden[row] else -INFINITE, INFINITE)

    def solve(self) -> Answer | None:
        """The cheapest table; None when there is none. Raises OutOfTime."""
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise OutOfTime
        solution = self._highs.getSolution()
        columns, values = np.array(solution.col_value), np.array(solution.row_value)
        down = self._down[self._giving]
        values[self._giving] += columns[down + 1] - columns[down]
        people = columns[: self.columns]
        return Answer(values, bool(np.all(np.abs(people - np.rint(people)) < TOLERANCE)))
