"""The state of protecting one population: its rows, what is hidden, and the witnesses that prove it."""

from collections.abc import Iterable
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from followup.disclosure.collect import Entry
from followup.disclosure.primary import Need
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import Quantity, contains
from followup.disclosure.solver import INFINITE, TOLERANCE, Answer, Kind, Model, OutOfTime, Values
from followup.disclosure.system import Row, System


class Demand:
    """A row to protect: the interval an intruder finds must reach `least` people and be `least` wide.

    value  the true number, or None for a promise of an earlier `edition`, whose number is not kept
    """

    __slots__ = ("edition", "least", "reason", "row", "value")

    def __init__(self, row: int, value: float | None, least: int, reason: Reason, edition: str = "") -> None:
        self.row = row
        self.value = value
        self.least = least
        self.reason = reason
        self.edition = edition


class PromiseBroken(Exception):
    """What an earlier edition promised cannot be kept, whatever is hidden."""

    def __init__(self, editions: set[str]) -> None:
        super().__init__(*sorted(editions))
        self.editions = editions


class Ground:
    """Rows are: separators, then one per entry, then one per need that is no single entry."""

    def __init__(self, system: System, entries: list[Entry], needs: list[Need], seconds: float) -> None:
        self._deadline = monotonic() + seconds
        self._system = system
        self.entries = entries
        agreeing = system.separators()
        self.first = len(agreeing)
        self._last = self.first + len(entries)
        rows = agreeing + [system.row(((1, entry.quantity),)) for entry in entries]
        kinds = [Kind.KNOWN] * self.first + [Kind.KNOWN if e.told else Kind.ELASTIC for e in entries]
        most = max((entry.least for entry in entries), default=0)
        self._few = [entry for entry in entries if entry.exempt and entry.value < most]
        self.demands = self._place(needs, rows, kinds)
        self.values = np.zeros(len(rows))
        self.values[self.first : self._last] = [entry.value for entry in entries]
        self.prices = np.zeros(len(rows))
        self.prices[self.first : self._last] = [entry.price for entry in entries]
        self.rows, self.kinds = rows, kinds
        self.model = Model(system.columns, rows, kinds, self.values, self.prices, seconds)
        self.hidden: dict[int, Reason] = {}
        self.weakened: dict[int, int] = {}
        self._witnesses: NDArray[np.float64] = np.zeros((0, len(rows)))
        self._whole: list[bool] = []
        self._bare: Model | None = None

    def _place(self, needs: Iterable[Need], rows: list[Row], kinds: list[Kind]) -> list[Demand]:
        """A demand for each need; adds a free row for what is no entry of its own."""
        row_of = {entry.quantity: self.first + i for i, entry in enumerate(self.entries)}
        demands = []
        for need in needs:
            row = row_of.get(need.form[0][1]) if len(need.form) == 1 else None
            if row is None:
                row = len(rows)
                rows.append(self._system.row(need.form))
                kinds.append(Kind.FREE)
            least = need.least if need.edition else min(need.least, self._room(need.form[0][1], need.least))
            demands.append(Demand(row, need.value, least, need.reason, need.edition))
        return demands

    def _room(self, quantity: Quantity, least: int) -> int:
        """The smallest bare head count around `quantity`, which everybody knows; at most `least`."""
        around = [e.value for e in self._few if e.value < least and contains(e.quantity, quantity)]
        return min(around, default=least)

    def is_consistent(self) -> bool:
        """True when some table fits all counts. That table and the truth become the first witnesses."""
        answer = self.model.solve()
        if answer is None or self.changed(answer.values):
            return False
        truth = answer.values.copy()
        unknown = False
        for demand in self.demands:
            if demand.value is None:
                unknown = True
            else:
                truth[demand.row] = demand.value
        self.keep(Answer(truth, answer.whole or not unknown))
        return True

    def is_hideable(self, row: int) -> bool:
        """True for an entry of this release that no one knows already."""
        return self.first <= row < self._last and not self.entries[row - self.first].told

    def demand_on(self, row: int) -> Demand:
        """What a hidden entry demands by being hidden."""
        entry = self.entries[row - self.first]
        least = self._room(entry.quantity, entry.least)
        return Demand(row, self.values[row], least, self.hidden[row])

    def all_demands(self) -> list[Demand]:
        """The needs, and every hidden entry that is none."""
        known = {demand.row for demand in self.demands}
        return self.demands + [self.demand_on(row) for row in self.hidden if row not in known]

    def bounds(self, row: int) -> tuple[float, float]:
        """Least and greatest value of `row` among the witnesses: the intruder's interval is no narrower."""
        column = self._witnesses[:, row]
        return float(column.min()), float(column.max())

    def ask(self, row: int, least: float, most: float) -> Answer | None:
        """The cheapest table with `row` in [least, most], at the model's prices. Raises OutOfTime."""
        if monotonic() > self._deadline:
            raise OutOfTime
        return self.model.ask(row, least, most)

    def changed(self, values: Values) -> list[int]:
        """Told entries that differ from their number."""
        span = slice(self.first, self._last)
        away = np.flatnonzero(np.abs(values[span] - self.values[span]) > TOLERANCE) + self.first
        return [int(row) for row in away if row not in self.hidden]

    def cost(self, answer: Answer) -> float:
        """What hiding everything that differs would cost."""
        return float(sum(self.prices[row] for row in self.changed(answer.values)))

    def keep(self, answer: Answer) -> None:
        """Hide what differs and keep the witness."""
        for row in self.changed(answer.values):
            self.hide(row, Reason.DERIVABLE)
        self._witnesses = np.vstack([self._witnesses, answer.values])
        self._whole.append(answer.whole)

    def hide(self, row: int, reason: Reason) -> None:
        """Hide an entry; a first reason stays."""
        if row not in self.hidden:
            self.hidden[row] = reason
            self.model.hide(row)

    def show(self, row: int) -> None:
        """Take back `hide`."""
        del self.hidden[row]
        self.model.show(row)

    def weaken(self, demand: Demand, least: int) -> None:
        """Nothing that may be hidden gives more room than `least`: fine if head counts alone are to blame.

        Raises PromiseBroken when it is earlier editions that leave no room.
        """
        if demand.edition:
            raise PromiseBroken({demand.edition})
        editions = {entry.edition for entry in self.entries if entry.edition and not entry.exempt}
        if editions and self._could_reach(demand.row, least + 1):
            raise PromiseBroken(editions)
        self.weakened[demand.row] = least

    def _could_reach(self, row: int, least: int) -> bool:
        """True if head counts alone would let `row` reach `least`."""
        if self._bare is None:
            kinds = list(self.kinds)
            for number, entry in enumerate(self.entries):
                kinds[self.first + number] = Kind.KNOWN if entry.exempt else Kind.FREE
            seconds = self._deadline - monotonic()
            self._bare = Model(self._system.columns, self.rows, kinds, self.values, self.prices, seconds)
        return self._bare.ask(row, least, INFINITE) is not None

    def reach(self, demand: Demand) -> int:
        """The bound and width that this demand is held to."""
        return self.weakened.get(demand.row, demand.least)

    def witnesses_without(self, row: int) -> NDArray[np.bool_]:
        """Which witnesses stay valid if `row` is shown."""
        kept: NDArray[np.bool_] = np.abs(self._witnesses[:, row] - self.values[row]) <= TOLERANCE
        return kept

    def demands_without(self, row: int) -> list[tuple[Demand, float, float]]:
        """Demands that lose their witnesses if `row` is shown, with a low and a high value to look for."""
        kept = self._witnesses[self.witnesses_without(row)]
        lost = []
        for demand in self.all_demands():
            if demand.row == row:
                continue
            low, high = kept[:, demand.row].min(), kept[:, demand.row].max()
            least = self.reach(demand)
            if high < least - TOLERANCE or high - low < least - TOLERANCE:
                lost.append((demand, *self.bounds(demand.row)))
        return lost

    def replace_witnesses(self, kept: NDArray[np.bool_], new: list[Answer]) -> None:
        """Drop the witnesses that are no longer valid and add new ones."""
        self._witnesses = np.vstack([self._witnesses[kept], *(answer.values for answer in new)])
        self._whole = [w for w, k in zip(self._whole, kept, strict=True) if k] + [a.whole for a in new]

    def is_whole(self) -> bool:
        """True when all witnesses are tables of whole people."""
        return all(self._whole)

    def become_whole(self) -> None:
        """From now on people are whole: drop the witnesses that are not, ask for whole ones."""
        self._witnesses = self._witnesses[np.array(self._whole)]
        self._whole = [True] * len(self._witnesses)
        self.model.demand_whole()

    def all_fit(self) -> bool:
        """True when no witness differs from a number that is told."""
        told = [row for row in range(self.first, self._last) if row not in self.hidden]
        return bool(np.all(np.abs(self._witnesses[:, told] - self.values[told]) <= TOLERANCE))
