"""The least and the greatest number of people a group can hold, over all worlds that fit."""

from collections.abc import Iterable, Sequence
from math import ceil, floor
from typing import Protocol

import highspy
import numpy as np
from numpy.typing import NDArray

from followup.disclosure.cells import Selection
from followup.disclosure.intruder.covers import covered
from followup.disclosure.intruder.encounters import Encounters
from followup.disclosure.intruder.facts import Fact, ShareFact, key_of
from followup.disclosure.intruder.worlds import Row, Worlds

SLACK = 1e-6
# Seconds for one question.
LONGEST = 60.0
Term = tuple[float, Sequence[int]]
Numbers = NDArray[np.float64]
Places = NDArray[np.int32]


class Unknowns(Protocol):
    """Numbers of people that are not known, and sums of them that are zero."""

    @property
    def size(self) -> int: ...

    def agreements(self) -> list[Row]: ...


class People(Protocol):
    """People whose groups are sums of such unknowns."""

    def columns(self, selection: Selection) -> list[int]: ...


class Impossible(Exception):
    """No table of people fits all that was published."""


class Unsettled(Exception):
    """A question that found no answer in its time: nothing may be concluded from it."""


class Rows:
    """Requirements that are told to the linear program together, which is quicker than one by one."""

    def __init__(self) -> None:
        self.edges: list[tuple[float, float]] = []
        self._starts: list[int] = []
        self._columns: list[int] = []
        self._factors: list[float] = []

    def add(self, row: Row, least: float, greatest: float) -> None:
        self.edges.append((least, greatest))
        self._starts.append(len(self._columns))
        self._columns += row
        self._factors += row.values()

    def as_arrays(self) -> tuple[int, Numbers, Numbers, int, Places, Places, Numbers]:
        """As HiGHS takes them: least and greatest sums, then where each row begins, columns and factors."""
        least, greatest = np.array(self.edges, dtype=np.float64).T.copy()
        starts, columns = (np.array(one, dtype=np.int32) for one in (self._starts, self._columns))
        factors = np.array(self._factors, dtype=np.float64)
        return len(self.edges), least, greatest, len(columns), starts, columns, factors


class Solver:
    """One linear program over the worlds; each question changes its objective only.

    With `whole` the intruder also uses that people come in whole numbers: slower, never wider.
    """

    def __init__(self, worlds: Unknowns, *, whole: bool = False) -> None:
        self._highs = highspy.Highs()
        # A question changes nothing but the objective: the last answer still fits, and only the primal
        # simplex goes on from it.
        for option, value in {
            "output_flag": False,
            "threads": 1,
            "random_seed": 1,
            "simplex_strategy": int(highspy.simplex_constants.SimplexStrategy.kSimplexStrategyPrimal),
        }.items():
            self._highs.setOptionValue(option, value)
        self._size = worlds.size
        self._places = np.arange(self._size, dtype=np.int32)
        self._met = Encounters(self._size)
        self._infinity = highspy.kHighsInf
        least, greatest = np.zeros(self._size), np.full(self._size, self._infinity)
        self._highs.addVars(self._size, least, greatest)
        self._new = Rows()
        if whole:
            kinds = np.full(self._size, highspy.HighsVarType.kInteger)
            self._highs.changeColsIntegrality(self._size, self._places, kinds)
        for row in worlds.agreements():
            self.require(row, 0.0, 0.0)

    def require(self, row: Row, least: float, greatest: float) -> None:
        self._new.add(row, least, greatest)

    def bounds(self, terms: Iterable[Term]) -> tuple[float, float]:
        """Least and greatest value of a sum of groups. `inf` when nothing bounds it.

        Raises Impossible, Unsettled.
        """
        self._weigh(terms)
        return self._solve(highspy.ObjSense.kMinimize), self._solve(highspy.ObjSense.kMaximize)

    def least(self, terms: Iterable[Term]) -> float:
        """The least of these bounds. Raises Impossible, Unsettled."""
        self._weigh(terms)
        return self._solve(highspy.ObjSense.kMinimize)

    def most(self, terms: Iterable[Term]) -> float:
        """The greatest of these bounds. Raises Impossible, Unsettled."""
        self._weigh(terms)
        return self._solve(highspy.ObjSense.kMaximize)

    def cheapest(self, terms: Iterable[Term]) -> Numbers:
        """A world in which a sum of groups is least. Raises Impossible, Unsettled."""
        self._weigh(terms)
        self._solve(highspy.ObjSense.kMinimize)
        return self._met.last

    def stray(self, chance: int) -> None:
        """Meet another world, one for each chance, with much otherwise. Raises Impossible, Unsettled."""
        if not len(self._met):
            self._solve(highspy.ObjSense.kMinimize)
        prices = np.random.default_rng(chance).uniform(-1.0, 1.0, self._size)
        self._highs.changeColsCost(self._size, self._places, prices)
        # What nothing bounds from above would grow without end.
        self._limit(self._met.last.max(initial=0.0) + 1.0)
        try:
            self._solve(highspy.ObjSense.kMinimize)
        finally:
            self._limit(self._infinity)

    def mixed(self) -> list[Numbers]:
        """A world met, and two mixtures of the steps from it to the others, by chance."""
        return self._met.mixed()

    def _weigh(self, terms: Iterable[Term]) -> None:
        costs = np.zeros(self._size)
        for factor, columns in terms:
            costs[list(columns)] += factor
        self._highs.changeColsCost(self._size, self._places, costs)

    def _limit(self, most: float) -> None:
        """No column is greater from now on."""
        least, greatest = np.zeros(self._size), np.full(self._size, most)
        self._highs.changeColsBounds(self._size, self._places, least, greatest)

    def met(self, terms: Sequence[Term]) -> tuple[float, float]:
        """Least and greatest value of a sum of groups in the worlds met so far: no wider than its bounds.

        Some world has been met once `bounds` was asked for.
        """
        sums = np.zeros(len(self._met))
        for factor, columns in terms:
            sums += factor * self._met.sums(list(columns))
        return float(sums.min()), float(sums.max())

    def _solve(self, sense: highspy.ObjSense) -> float:
        if self._new.edges:
            if self._highs.addRows(*self._new.as_arrays()) == highspy.HighsStatus.kError:
                raise Unsettled
            self._new = Rows()
        self._highs.changeObjectiveSense(sense)
        # HiGHS counts the time of all its runs together, and would soon answer with whatever it has.
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + LONGEST)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kUnknown:
            # An unbounded question may end so when it starts where another one ended.
            self._highs.clearSolver()
            self._highs.run()
            status = self._highs.getModelStatus()
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return -float("inf") if sense == highspy.ObjSense.kMinimize else float("inf")
        if status == highspy.HighsModelStatus.kInfeasible:
            raise Impossible
        if status != highspy.HighsModelStatus.kOptimal:
            raise Unsettled
        self._met.add(np.asarray(self._highs.getSolution().col_value))
        return float(self._highs.getInfo().objective_function_value)


def fitted(
    worlds: Worlds, facts: Iterable[Fact], shares: Iterable[ShareFact] = (), *, whole: bool = False
) -> Solver:
    """The worlds that fit what is told."""
    solver = Solver(worlds, whole=whole)
    listed = list(facts)
    tell(solver, worlds, listed, shares)
    for sums in covered(worlds.population, listed):
        row: dict[int, float] = {}
        for sign, selection in sums:
            for column in worlds.columns(selection):
                row[column] = row.get(column, 0.0) + sign
        solver.require(row, 0.0, float("inf"))
    return solver


def tell(solver: Solver, people: People, facts: Iterable[Fact], shares: Iterable[ShareFact] = ()) -> None:
    """Require what is told of these people; what is told in several places once."""
    told = {(key_of(fact.selection), fact.value): fact for fact in facts if fact.value is not None}
    for (_, people_told), fact in told.items():
        solver.require(dict.fromkeys(people.columns(fact.selection), 1.0), people_told, people_told)
    for share in shares:
        _require_share(solver, people, share)


def _require_share(solver: Solver, people: People, share: ShareFact) -> None:
    """A rounded percentage says between which two shares the true one lies."""
    half = 0.5 / 10**share.decimals
    base = people.columns(share.denominator)
    part = people.columns(share.numerator)
    for edge, sign in ((share.percent - half, 1.0), (share.percent + half, -1.0)):
        row = dict.fromkeys(base, -sign * edge / 100)
        for column in part:
            row[column] = row.get(column, 0.0) + sign
        solver.require(row, -SLACK, float("inf"))


def in_whole_people(bounds: tuple[float, float]) -> tuple[int, float]:
    """The bounds of a number of people, from those of a linear program."""
    low, high = bounds
    least = 0 if low == -float("inf") else ceil(low - SLACK)
    return least, high if high == float("inf") else floor(high + SLACK)
