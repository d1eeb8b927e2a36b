"""The search for a pattern: part by part, a few years and a few teams, and then the whole for what is left.

Most of a large population, or of a long register, stands still while a part of it moves.
"""

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from followup.disclosure.collect import Entry
from followup.disclosure.frame import KNOWN, Demand, Frame, Values
from followup.disclosure.ground import Ground, PromiseBroken
from followup.disclosure.intervals import Interval, intervals, prove
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import Quantity, Span
from followup.disclosure.secondary import clean_up, hide_until_safe
from followup.disclosure.system import System

# So many atoms (teams, as a rule) move at a time when there are many.
GROUP = 9
# Those who can move first are people to whom everything happened in so many months before and after what is
# to be protected ends. Where they have not less than this share of all columns, all can.
REACH = 24
NARROW = 0.6

Bits = NDArray[np.bool_]


class Search:
    """What has been hidden so far, by number (as in `Frame.rows`), with reasons and proved intervals.

    frame      the frame that is searched now
    forgiving  what cannot be met beside earlier editions and head counts is left for another frame
    """

    def __init__(self, frame: Frame, deadline: float, *, forgiving: bool = False) -> None:
        self.frame = frame
        self.deadline = deadline
        self.forgiving = forgiving
        self._has_left_promises = False
        self.hidden: dict[int, Reason] = {}
        self.weakened: dict[int, int] = {}
        self.intervals: dict[int, Interval] = {}
        self.met: set[int] = set()

    def hidden_entries(self) -> list[Entry]:
        """What has been hidden so far."""
        return [self.frame.entries[number] for number in self.hidden]

    def hide(self, reasons: Mapping[Quantity, Reason]) -> None:
        """Hide these entries, which the next `run` protects, but for those that are known from before."""
        for number, entry in enumerate(self.frame.entries):
            if entry.quantity in reasons:
                self.hidden.setdefault(number, reasons[entry.quantity])
                if self.frame.kinds[self.frame.first + number] == KNOWN:
                    self.intervals[number] = Interval(entry.value, entry.value)
                    self.met.add(number)

    def take_over(self, other: "Search", settled: Collection[Quantity]) -> None:
        """Hide what another search over the same people hid.

        Of quantities in `settled` no more is asked than was proved there.
        """
        numbers = {entry.quantity: number for number, entry in enumerate(self.frame.entries)}
        for theirs, reason in other.hidden.items():
            quantity = other.frame.entries[theirs].quantity
            own = numbers[quantity]
            self.hidden[own] = reason
            if quantity in settled:
                self.intervals[own] = other.intervals[theirs]
                self.met.add(own)

    def run(self, system: System, truth: Values) -> None:
        """Hide until every demand is met and proved, but on numbers that are known whatever is hidden.

        truth  people per column of the frame
        Raises PromiseBroken, OutOfTime, Unproved.
        """
        self.try_parts(system, truth)
        self._protect(self.frame, truth, partial=False, thorough=True)

    def try_parts(self, system: System, truth: Values) -> None:
        """Hide what can be proved by a few years, or a few teams, at a time. Raises as `run`."""
        self._leave_what_is_known()
        people = np.zeros(system.columns)
        people[self.frame.sample] = truth
        groups = [part[self.frame.sample] for part in system.parts(people, GROUP)]
        for window, numbers in windows_of(self.frame):
            if self.met.issuperset(numbers) and self.met.issuperset(self.hidden):
                continue
            near = system.near(window)[self.frame.sample]
            if near.mean() < NARROW:
                for free in groups:
                    self.try_part(free & near, truth, numbers)
        if len(groups) > 1:
            for free in groups:
                self.try_part(free, truth)

    def try_part(
        self, free: Bits, truth: Values, only: set[int] | None = None, *, thorough: bool = False
    ) -> None:
        """Hide what can be proved by moving the people in the `free` columns. Raises OutOfTime, Unproved.

        With `only`, of the demands those with these numbers. `thorough` when no larger part will be tried.
        """
        part, people = self.frame.part(free, truth, only), truth[free]
        free = ~part.stuck(people)
        self._protect(part.part(free, people), people[free], partial=True, thorough=thorough)

    def is_met(self, demand: Demand) -> bool:
        """True when a demand of the frame is met."""
        return int(self.frame.rows[demand.row]) in self.met

    def is_done(self) -> bool:
        """True when all demands are met, and what has been hidden is protected."""
        is_met = all(map(self.is_met, self.frame.demands)) and self.met.issuperset(self.hidden)
        return is_met and not self._has_left_promises

    def insist(self, frame: Frame) -> None:
        """Search this frame from now on, of the same entries and needs, for what is left."""
        self.frame, self.forgiving, self._has_left_promises = frame, False, False

    def _leave_what_is_known(self) -> None:
        """Drop demands on numbers that are known whatever this release hides.

        Raises PromiseBroken when that was promised, but for what was told as a head count. Or it is forgiven.
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
        if broken and not self.forgiving:
            raise PromiseBroken(broken)
        self._has_left_promises |= bool(broken)
        self.frame.demands = [demand for demand in self.frame.demands if demand not in known]

    def _protect(self, part: Frame, people: Values, *, partial: bool, thorough: bool) -> None:
        place = {int(number): row for row, number in enumerate(part.rows)}
        open_rows = {demand.row for demand in part.demands} | {place[n] for n in self.hidden if n in place}
        settled = {place[number] for number in self.met if number in place}
        if open_rows <= settled:
            return
        ground = Ground(
            part,
            people,
            settled,
            partial=partial,
            thorough=thorough,
            forgiving=self.forgiving,
            deadline=self.deadline,
        )
        for number, reason in self.hidden.items():
            if number in place and part.kinds[place[number]] != KNOWN:
                ground.hide(place[number], reason)
        before = set(ground.hidden)
        hide_until_safe(ground)
        clean_up(ground, before)
        prove(ground)
        self._learn(ground, part)

    def _learn(self, ground: Ground, part: Frame) -> None:
        """Carry over what the part found to the whole."""
        met = {demand.row for demand in ground.all_demands()} | ground.settled
        self.met |= {int(part.rows[row]) for row in met}
        for row, reason in ground.hidden.items():
            self.hidden.setdefault(int(part.rows[row]), reason)
        self.weakened |= {int(part.rows[row]): least for row, least in ground.weakened.items()}
        for row, interval in intervals(ground).items():
            known = self.intervals.get(int(part.rows[row]), interval)
            wider = Interval(min(known.low, interval.low), max(known.high, interval.high))
            self.intervals[int(part.rows[row])] = wider


def windows_of(frame: Frame) -> list[tuple[Span, set[int]]]:
    """Windows of months around the demands, the latest first, with the numbers of the demands in each."""
    numbers: dict[int, set[int]] = {}
    for demand in frame.demands:
        if demand.ends is not None:
            numbers.setdefault(demand.ends, set()).add(int(frame.rows[demand.row]))
    return [(Span(last - REACH, last + REACH), numbers[last]) for last in sorted(numbers, reverse=True)]
