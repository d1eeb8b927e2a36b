"""The search for a pattern, part by part for a large population and then as a whole for what is left over."""

import numpy as np

from followup.disclosure.frame import Frame, Values
from followup.disclosure.ground import Ground
from followup.disclosure.intervals import Interval, intervals, prove
from followup.disclosure.protected import Reason
from followup.disclosure.secondary import clean_up, hide_until_safe
from followup.disclosure.solver import Answer
from followup.disclosure.system import System

# So many atoms (teams, as a rule) move at a time when there are many.
GROUP = 6


class Search:
    """What has been hidden so far, by row of the whole frame, with reasons and proved intervals."""

    def __init__(self, frame: Frame, deadline: float) -> None:
        self.frame = frame
        self.deadline = deadline
        self.hidden: dict[int, Reason] = {}
        self.weakened: dict[int, int] = {}
        self.intervals: dict[int, Interval] = {}
        self._met: set[int] = set()

    def run(self, system: System, truth: Answer) -> None:
        """Hide until every demand is met and proved. Raises PromiseBroken, OutOfTime, Unproved."""
        people = np.zeros(system.columns)
        people[self.frame.sample] = truth.people
        parts = [part[self.frame.sample] for part in system.parts(people, GROUP)]
        if len(parts) > 1:
            for free in parts:
                part = self.frame.part(free, truth.people)
                self._protect(part, truth.people[free], partial=True)
        self._protect(self.frame, truth.people, partial=False)

    def _protect(self, part: Frame, people: Values, *, partial: bool) -> None:
        place = {int(row): number for number, row in enumerate(part.rows)}
        open_rows = {demand.row for demand in part.demands} | {place[r] for r in self.hidden if r in place}
        settled = {place[row] for row in self._met if row in place}
        if open_rows <= settled:
            return
        ground = Ground(part, people, settled, partial=partial, deadline=self.deadline)
        for row, reason in self.hidden.items():
            if row in place:
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
