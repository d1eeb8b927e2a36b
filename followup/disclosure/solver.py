"""The linear programme behind protection: other tables that what is published does not rule out.

Every published number is an elastic row: A x + down − up = value, with a price on down and up. Ask for a
table in which some quantity reaches a bound, at the least price, and the rows that had to give are those to
hide. A row that is already hidden gives for nothing (Fischetti & Salazar-González 2001 state the same
problem; the elastic form finds one alternative table, a *witness*, per question).
"""

from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from followup.disclosure.answers import INFINITE, TOLERANCE, Answer, End, OutOfTime
from followup.disclosure.atoms import Whole
from followup.disclosure.frame import FREE, KNOWN, Frame, Values

# What moving one person costs where nothing that is told changes.
STEP = 1e-4
# What of somebody is enough to show that somebody can be there.
LITTLE = 0.01
# A price that no number of hidden cells comes up to.
DEAR = 1e6


class Model:
    """A frame's columns x ≥ 0 and rows, asked again and again.

    With `people`, a table that fits, the columns are what is added to it and what is taken from it, each at a
    tiny price: answers then move few people, and they are seldom halves.
    """

    def __init__(self, frame: Frame, seconds: float, people: Values | None = None) -> None:
        self.values, self.prices, self.columns = frame.values, frame.prices, frame.columns
        self._people = np.zeros(frame.columns) if people is None else people
        stuck = np.zeros(frame.columns, dtype=bool) if people is None else frame.stuck(people)
        # Columns that cannot move are left out, but the solver takes no programme without any.
        stuck &= not stuck.all()
        self._added = np.flatnonzero(~stuck)
        self._taken = np.flatnonzero(~stuck & (self._people > 0.5))
        self._moving = len(self._added) + len(self._taken)
        self._base = frame.sums(self._people)
        self._step = 0.0 if people is None else STEP
        self._giving = np.flatnonzero(frame.kinds != KNOWN)
        self._down = np.full(len(frame.kinds), -1)
        self._down[self._giving] = self._moving + 2 * np.arange(len(self._giving))
        self._free = frame.kinds == FREE
        # A number of people is never negative, whatever part of it is held still.
        self._least = np.where(self._free, -INFINITE, -frame.offset - self._base)
        self._highs: Any = highspy.Highs()
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("random_seed", 1)
        self._highs.setOptionValue("solver", "simplex")
        self._highs.setOptionValue("presolve", "off")
        # Factors are small whole numbers, nearly all one: there is nothing to scale.
        self._highs.setOptionValue("simplex_scale_strategy", 0)
        self._highs.setOptionValue("time_limit", max(seconds, 0.0))
        self._pass(frame)
        self._hidden = np.zeros(len(frame.kinds), dtype=bool)

    def _pass(self, frame: Frame) -> None:
        columns, rows = self._moving + 2 * len(self._giving), len(frame.kinds)
        prices = np.repeat(self.prices[self._giving], 2)
        most = np.where(self._free[self._giving], 0.0, INFINITE)
        told = self.values - self._base
        down = self._down[self._giving]
        more, less = np.full(self.columns, -1), np.full(self.columns, -1)
        more[self._added] = np.arange(len(self._added))
        less[self._taken] = np.arange(len(self._added), self._moving)
        adds, takes = more[frame.index] >= 0, less[frame.index] >= 0
        owner = np.concatenate([frame.owner[adds], frame.owner[takes], np.repeat(self._giving, 2)])
        order = np.argsort(owner, kind="stable")
        gives = np.stack([down, down + 1], axis=1).ravel()
        index = np.concatenate([more[frame.index[adds]], less[frame.index[takes]], gives])
        factor = np.concatenate([frame.factor[adds], -frame.factor[takes], np.tile([1.0, -1.0], len(down))])
        # As plain arrays: through the attributes of a programme every number is copied by itself.
        self._highs.passModel(
            columns,
            rows,
            len(index),
            int(highspy.MatrixFormat.kRowwise),
            int(highspy.ObjSense.kMinimize),
            0.0,
            np.concatenate([np.full(self._moving, self._step), prices]),
            np.zeros(columns),
            np.concatenate(
                [np.full(len(self._added), INFINITE), self._people[self._taken], np.repeat(most, 2)]
            ),
            np.where(self._free, -INFINITE, told),
            np.where(self._free, INFINITE, told),
            np.searchsorted(owner[order], np.arange(rows + 1)).astype(np.int32),
            index[order].astype(np.int32),
            factor[order],
            np.full(columns, int(highspy.HighsVarType.kContinuous), dtype=np.int32),
        )

    def hide(self, row: int) -> None:
        """The number of an elastic row is no longer told: any number ≥ 0 will do."""
        self._hidden[row] = True
        self._limit(self._down[[row]], 0.0)
        self._highs.changeRowBounds(row, self._least[row], INFINITE)

    def show(self, row: int) -> None:
        """Take back `hide`."""
        self._hidden[row] = False
        self._limit(self._down[[row]], INFINITE)
        told = self.values[row] - self._base[row]
        self._highs.changeRowBounds(row, told, told)

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
        self._bound(rows, least - self._base[rows], most - self._base[rows])
        try:
            return self.solve()
        finally:
            self._bound(rows, self._least[rows], np.full(len(rows), INFINITE))
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
        columns = np.arange(self._moving, dtype=np.int32)
        whole = np.full(self._moving, highspy.HighsVarType.kInteger)
        # Our tables have hardly any symmetry, and looking for it takes longer than solving.
        self._highs.setOptionValue("mip_detect_symmetry", False)
        self._highs.setOptionValue("presolve", "choose")
        self._highs.changeColsIntegrality(self._moving, columns, whole)

    def wander(self, tries: int) -> Answer | None:
        """Other tables at other corners, until one is whole; None when none of so many is."""
        columns = np.arange(self.columns, dtype=np.int32)
        answer = None
        for number in range(tries):
            prices = np.random.default_rng(number).integers(1, 1000, self.columns).astype(float)
            self._highs.changeColsCost(self.columns, columns, prices)
            answer = self.solve()
            if answer is None or answer.whole:
                break
        self._highs.changeColsCost(self.columns, columns, np.zeros(self.columns))
        return answer if answer is not None and answer.whole else None

    def ends(self, columns: Whole, factors: Values | float = 1.0) -> tuple[float, float]:
        """How few and how many people there can be in some columns, by factors. Raises OutOfTime."""
        return self.fewest(columns, factors).number, -self.fewest(columns, -1.0 * factors).number

    def fewest(self, columns: Whole, factors: Values | float = 1.0) -> End:
        """How few people there can be in some columns, by factors, and where they are. Raises OutOfTime."""
        price = np.zeros(self.columns)
        price[columns] = factors
        return self._least_sum(price)

    def filled(self, empty: NDArray[np.bool_]) -> Values | None:
        """A table that fits with people in some of these columns; None when all are empty for sure.

        There is nobody in them in the table of the model. Raises OutOfTime.
        """
        columns = np.flatnonzero(empty[self._added]).astype(np.int32)
        # Little of each, so that there is enough for many.
        nobody, little = np.zeros(len(columns)), np.full(len(columns), LITTLE)
        if not len(columns):
            return None
        self._highs.changeColsBounds(len(columns), columns, nobody, little)
        most = self._least_sum(-empty.astype(float))
        self._highs.changeColsBounds(len(columns), columns, nobody, np.full(len(columns), INFINITE))
        return most.people if -most.number > TOLERANCE else None

    def _least_sum(self, prices: Values) -> End:
        costs = np.concatenate([prices[self._added], -prices[self._taken]])
        self._highs.changeColsCost(self._moving, np.arange(self._moving, dtype=np.int32), costs)
        self._highs.clearSolver()
        self._highs.run()
        status = self._highs.getModelStatus()
        weights = -prices
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return End(-INFINITE, None, weights)
        if status != highspy.HighsModelStatus.kOptimal:
            raise OutOfTime
        number = float(prices @ self._people) + float(self._highs.getInfo().objective_function_value)
        solution = self._highs.getSolution()
        stays_empty = self._people == 0
        stays_empty[self._added] = False
        weights[stays_empty] = INFINITE
        weights[self._added] += np.array(solution.col_dual, dtype=float)[: len(self._added)]
        return End(number, self._moved(np.array(solution.col_value, dtype=float)), weights)

    def _moved(self, columns: Values) -> Values:
        """Where people are when so many are added and taken in the columns of the programme."""
        people = self._people.copy()
        people[self._added] += columns[: len(self._added)]
        people[self._taken] -= columns[len(self._added) : self._moving]
        return people

    def stay_near(self, answer: Answer | None) -> None:
        """From now on no column moves more than one person from the answer; None lets them all move."""
        columns = np.arange(self.columns, dtype=np.int32)
        least, most = np.zeros(self.columns), np.full(self.columns, INFINITE)
        if answer is not None:
            least = np.maximum(np.floor(answer.people + TOLERANCE) - 1.0, 0.0)
            most = np.ceil(answer.people - TOLERANCE) + 1.0
        self._highs.changeColsBounds(self.columns, columns, least, most)

    def take_any(self) -> None:
        """The first whole answer will do."""
        self._highs.setOptionValue("mip_rel_gap", INFINITE)

    def ask(self, row: int, least: float, most: float) -> Answer | None:
        """The cheapest table where `row`, hidden or free, lies in [least, most]. None when no table does.

        Raises OutOfTime.
        """
        if not (self._hidden[row] or self._free[row]):
            raise AssertionError("a number that is told has no other")
        self._highs.changeRowBounds(row, least - self._base[row], most - self._base[row])
        try:
            return self.solve()
        finally:
            self._highs.changeRowBounds(row, self._least[row], INFINITE)

    def approach(self, row: int, goal: float) -> Answer | None:
        """The cheapest table that brings `row`, hidden or free, as near to `goal` from below as any does.

        Raises OutOfTime.
        """
        rows = np.array([row])
        self._limit(self._down[rows], INFINITE)
        self.reprice(rows, np.full(1, DEAR))
        try:
            answer = self.ask(row, goal, INFINITE)
        finally:
            self._limit(self._down[rows], 0.0)
            self.reprice(rows, self.prices[rows])
        return answer

    def solve(self) -> Answer | None:
        """The cheapest table; None when there is none. Raises OutOfTime."""
        if self._step:
            # From where nobody has moved, a table that moves few is nearer than from the last answer. Nothing
            # else is remembered either: an answer depends on the question, not on those asked before.
            self._highs.clearSolver()
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise OutOfTime
        solution = self._highs.getSolution()
        columns = np.array(solution.col_value, dtype=float)
        values = np.array(solution.row_value, dtype=float) + self._base
        down = self._down[self._giving]
        values[self._giving] += columns[down + 1] - columns[down]
        people = self._moved(columns)
        return Answer(values, people, bool(np.all(np.abs(people - np.rint(people)) < TOLERANCE)))
