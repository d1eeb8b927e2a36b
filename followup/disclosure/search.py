"""The search for a pattern: part by part, a few years and a few teams, and then the whole for what is left.

Most of a large population, or of a long register, stands still while a part of it moves.
"""

from collections.abc import Collection, Iterable

import numpy as np
from numpy.typing import NDArray

from followup.disclosure.collect import Entry
from followup.disclosure.frame import KNOWN, Demand, Frame, Values
from followup.disclosure.ground import Ground, PromiseBroken
from followup.disclosure.intervals import Interval, intervals, prove
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import Quantity, Span
from followup.disclosure.secondary import clean_up, hide_until_safe
from followup.disclosure.solver import Answer
from followup.disclosure.system import System

# So many atoms (teams, as a rule) move at a time when there are many.
GROUP = 9
# Those who can move first are people to whom everything happened in so many months before and after what is
# to be protected ends; then a few more years. Where that is not less than this share of all columns, all can.
REACHES = ((24, 12), (48, 24))
NARROW = 0.6

Bits = NDArray[np.bool_]


class Search:
    """What has been hidden so far, by row of the whole frame, with reasons and proved intervals."""

    def __init__(self, frame: Frame, deadline: float) -> None:
        self.frame = frame
        self.deadline = deadline
        self.hidden: dict[int, Reason] = {}
        self.weakened: dict[int, int] = {}
        self.intervals: dict[int, Interval] = {}
        self._met: set[int] = set()

    def hidden_entries(self) -> list[Entry]:
        """What has been hidden so far."""
        return [self.frame.entries[row - self.frame.first] for row in self.hidden]

    def hide(self, quantities: Collection[Quantity], reason: Reason) -> None:
        """Hide these entries, which the next `run` protects, but for those that are known from before."""
        for row, entry in enumerate(self.frame.entries, start=self.frame.first):
            if entry.quantity in quantities:
                self.hidden.setdefault(row, reason)
                if self.frame.kinds[row] == KNOWN:
                    self.intervals[row] = Interval(entry.value, entry.value)
                    self._met.add(row)

    def take_over(self, other: "Search", settled: Collection[Quantity]) -> None:
        """Hide what another search over the same people hid.

        Of quantities in `settled` no more is asked than was proved there.
        """
        rows = {entry.quantity: self.frame.first + number for number, entry in enumerate(self.frame.entries)}
        for row, reason in other.hidden.items():
            quantity = other.frame.entries[row - other.frame.first].quantity
            own = rows[quantity]
            self.hidden[own] = reason
            if quantity in settled:
                self.intervals[own] = other.intervals[row]
                self._met.add(own)

    def run(self, system: System, truth: Answer) -> None:
        """Hide until every demand is met and proved, but on numbers that are known whatever is hidden.

        Raises PromiseBroken, OutOfTime, Unproved.
        """
        self._leave_what_is_known()
        people = np.zeros(system.columns)
        people[self.frame.sample] = truth.people
        groups = [part[self.frame.sample] for part in system.parts(people, GROUP)]
        for window, rows in windows_of(self.frame.demands):
            if self._met.issuperset(rows) and self._met.issuperset(self.hidden):
                continue
            near = system.near(window)[self.frame.sample]
            if near.mean() < NARROW:
                for free in groups:
                    self._protect_part(free & near, truth.people, rows)
        if len(groups) > 1:
            for free in groups:
                self._protect_part(free, truth.people)
        self._protect(self.frame, truth.people, partial=False)

    def _leave_what_is_known(self) -> None:
        """Drop demands on numbers that are known whatever this release hides.

        Raises PromiseBroken when that was promised, but for a head count that has been told as one.
        """
        known = {
            demand: self.frame.entries[demand.row - self.frame.first]
            for demand in self.frame.demands
            if self.frame.kinds[demand.row] == KNOWN
        }
        broken = {
            demand.edition
            for demand, entry in known.items()
            if demand.edition and not (entry.exempt and entry.edition)
        }
        if broken:
            raise PromiseBroken(broken)
        self.frame.demands = [demand for demand in self.frame.demands if demand not in known]

    def _protect_part(self, free: Bits, people: Values, only: set[int] | None = None) -> None:
        self._protect(self.frame.part(free, people, only), people[free], partial=True)

    def _protect(self, part: Frame, people: Values, *, partial: bool) -> None:
        place = {int(row): number for number, row in enumerate(part.rows)}
        open_rows = {demand.row for demand in part.demands} | {place[r] for r in self.hidden if r in place}
        settled = {place[row] for row in self._met if row in place}
        if open_rows <= settled:
            return
        ground = Ground(part, people, settled, partial=partial, deadline=self.deadline)
        for row, reason in self.hidden.items():
            if row in place and part.kinds[place[row]] != KNOWN:
                ground.hide(place[row], reason)
        before = set(ground.hidden)
        hide_until_safe(ground)
        clean_up(ground, before)
        prove(ground)
        self._learn(ground, part)

    def _learn(self, ground: Ground, part: Frame) -> None:
        """Carry over what the part found to the whole."""
        met = {demand.row for demand in ground.all_demands()} | ground.settled
        self._met |= {int(part.rows[row]) for row in met}
        for row, reason in ground.hidden.items():
            self.hidden.setdefault(int(part.rows[row]), reason)
        self.weakened |= {int(part.rows[row]): least for row, least in ground.weakened.items()}
        for row, interval in intervals(ground).items():
            known = self.intervals.get(int(part.rows[row]), interval)
            wider = Interval(min(known.low, interval.low), max(known.high, interval.high))
            self.intervals[int(part.rows[row])] = wider


def windows_of(demands: Iterable[Demand]) -> list[tuple[Span, set[int]]]:
    """Windows of months around the demands, the latest first, with the rows of the demands in each."""
    rows: dict[int, set[int]] = {}
    for demand in demands:
        if demand.ends is not None:
            rows.setdefault(demand.ends, set()).add(demand.row)
    return [
        (Span(last - before, last + after), rows[last])
        for before, after in REACHES
        for last in sorted(rows, reverse=True)
    ]
