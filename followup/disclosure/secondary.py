"""What else must be hidden so that no need can be met from what is told.

For each need, the cheapest other table in which the protected number reaches its bound is looked for; the
told numbers that differ in it are hidden, and the table is kept as a *witness*: as long as everything that
differs in it stays hidden, it proves that the intruder cannot bound the number any closer. A hidden number is
itself a need, so that no hidden cell can be told apart from the others.
"""

from time import monotonic

import numpy as np

from followup.disclosure.collect import Entry
from followup.disclosure.primary import Need
from followup.disclosure.protected import Reason
from followup.disclosure.solver import INFINITE, TOLERANCE, Kind, Model, OutOfTime, Values
from followup.disclosure.system import System


class Demand:
    """A row to protect: the interval an intruder finds must reach `least` and be `least` wide."""

    __slots__ = ("least", "reason", "row", "value")

    def __init__(self, row: int, value: float, least: int, reason: Reason) -> None:
        self.row = row
        self.value = value
        self.least = least
        self.reason = reason


class Protector:
    """Hides entries of one population until every demand has its witnesses.

    entries, needs   rows of the model in that order, after the separators
    fixed            entries that are always told (exempt, or told by an earlier edition)
    """

    def __init__(
        self, system: System, entries: list[Entry], needs: list[Need], fixed: set[int], seconds: float
    ) -> None:
        self.entries = entries
        self.fixed = fixed
        self._deadline = monotonic() + seconds
        agreeing = system.separators()
        self.first = len(agreeing)
        single = {entry.quantity: self.first + i for i, entry in enumerate(entries)}
        rows = agreeing + [system.row(((1, entry.quantity),)) for entry in entries]
        kinds = [Kind.KNOWN] * self.first
        kinds += [Kind.KNOWN if i in fixed else Kind.ELASTIC for i in range(len(entries))]
        self.demands = []
        for need in needs:
            row = single.get(need.form[0][1]) if len(need.form) == 1 else None
            if row is None:
                row = len(rows)
                rows.append(system.row(need.form))
                kinds.append(Kind.FREE)
            self.demands.append(Demand(row, need.value, need.least, need.reason))
        values = np.zeros(len(rows))
        values[self.first : self.first + len(entries)] = [entry.value for entry in entries]
        prices = np.zeros(len(rows))
        prices[self.first : self.first + len(entries)] = [entry.price for entry in entries]
        self.model = Model(system.columns, rows, kinds, values, prices, seconds)
        self.values, self.prices = values, prices
        self.hidden: dict[int, Reason] = {}
        self.weakened: list[Demand] = []
        self._witnesses: list[Values] = []

    def is_consistent(self) -> bool:
        """True when some table of whole people fits all counts; its rows are kept as the first witness."""
        values = self.model.solve()
        if values is None or self._changed(values):
            return False
        for demand in self.demands:
            values[demand.row] = demand.value
        self._witnesses.append(values)
        return True

    def run(self) -> None:
        """Hide until every demand is met. Raises OutOfTime."""
        for demand in self.demands:
            if self._is_entry(demand.row):
                self._hide(demand.row, demand.reason)
        waiting = sorted(self.demands, key=self._hardness)
        done: set[int] = set()
        while waiting:
            for demand in waiting:
                self._meet(demand)
                done.add(demand.row)
            waiting = [self._demand_on(row) for row in self.hidden if row not in done]

    def _hardness(self, demand: Demand) -> tuple[float, int]:
        return (-self.prices[demand.row], demand.row)

    def _demand_on(self, row: int) -> Demand:
        return Demand(row, self.values[row], self.entries[row - self.first].least, Reason.DERIVABLE)

    def _is_entry(self, row: int) -> bool:
        return self.first <= row < self.first + len(self.entries)

    def _meet(self, demand: Demand) -> None:
        least = demand.least
        while self._bounds(demand.row)[1] < least - TOLERANCE:
            answer = self._ask(demand.row, least, INFINITE)
            if answer is not None:
                self._keep(answer, demand)
                break
            least -= 1
            self.weakened.append(demand)
        low, high = self._bounds(demand.row)
        if high - low < least - TOLERANCE:
            self._widen(demand, low, high, least)

    def _widen(self, demand: Demand, low: float, high: float, least: int) -> None:
        answers = [self._ask(demand.row, low + least, INFINITE)]
        if high >= least - TOLERANCE:
            answers.append(self._ask(demand.row, 0.0, high - least))
        found = [answer for answer in answers if answer is not None]
        if found:
            self._keep(min(found, key=self._cost), demand)
        elif least > 1:
            self.weakened.append(demand)
            self._widen(demand, low, high, least - 1)

    def _bounds(self, row: int) -> tuple[float, float]:
        column = [witness[row] for witness in self._witnesses]
        return min(column), max(column)

    def _ask(self, row: int, least: float, most: float) -> Values | None:
        if monotonic() > self._deadline:
            raise OutOfTime
        return self.model.ask(row, least, most)

    def _changed(self, values: Values) -> list[int]:
        span = slice(self.first, self.first + len(self.entries))
        away = np.flatnonzero(np.abs(values[span] - self.values[span]) > TOLERANCE) + self.first
        return [int(row) for row in away if row not in self.hidden]

    def _cost(self, values: Values) -> float:
        return float(sum(self.prices[row] for row in self._changed(values)))

    def _keep(self, values: Values, demand: Demand) -> None:
        self._witnesses.append(values)
        for row in self._changed(values):
            self._hide(row, Reason.DERIVABLE)

    def _hide(self, row: int, reason: Reason) -> None:
        if row not in self.hidden:
            self.hidden[row] = reason
            self.model.hide(row)
