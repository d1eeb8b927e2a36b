"""Protecting with most people held still: those to whom nothing has happened for years.

What can be shown by moving some people can be shown in the whole. Where everything told counts the register
as it is, those who are held still can be counted, and take no columns. A long register of earlier editions
then costs little.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from followup.disclosure.cells import Population
from followup.disclosure.collect import Entry, Telling
from followup.disclosure.follows import following
from followup.disclosure.frame import KNOWN, Frame, Values, frame_of
from followup.disclosure.ground import PromiseBroken
from followup.disclosure.ledger import History, Settled, earliest
from followup.disclosure.primary import Need, quantities_in
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import EVER, NEVER, Quantity, Span, time_part
from followup.disclosure.register import Bits, Register
from followup.disclosure.search import REACH, Search
from followup.disclosure.system import System
from followup.disclosure.thin import Thinning

# What is told of a year can be settled when so many months have passed: many have ended by then.
PAST = 12


class Found(NamedTuple):
    """A search in which all needs are met.

    people   so many in each column of its frame
    settled  the promises among them that are settled from now on: they are kept by people of whom nothing is
             told anew, nor will be, until something is told of their time again
    follows  looks for groups that what is told gives away, as far as those who move can tell
    is_all   nobody was held still
    """

    search: Search
    system: System
    people: Values
    settled: list[Settled]
    follows: Callable[[], list[Need]]
    is_all: bool

    def can_hide(self, hidden: Mapping[Quantity, Reason]) -> bool:
        """Take the search up again and hide these, and what they need beside them; False when it cannot.

        What is proved stays proved, for it holds of somebody who is told more. Raises OutOfTime.
        """
        self.search.hide(hidden)
        try:
            _pursue(self.search, self.system, self.people, all_move=self.is_all)
        except PromiseBroken:
            return False
        return self.search.is_done()


class Recent:
    """One population, whose recent people move.

    telling  what it tells something of that everybody in a group has
    since    nobody to whom everything happened before this month is counted in a number told anew
    """

    def __init__(
        self,
        population: Population,
        register: Register,
        entries: list[Entry],
        telling: Sequence[Telling],
        since: int,
        deadline: float,
    ) -> None:
        self._population, self._register = population, register
        self._entries, self._telling, self._since, self._deadline = entries, telling, since, deadline
        self._times = [name for name, codes in population.variables.items() if codes == "time"]

    def is_as_told(self) -> bool:
        """True when everything told, earlier and now, counts the register as it is."""
        counts = self._register.counts(entry.quantity.box for entry in self._entries)
        return counts == [entry.value for entry in self._entries]

    def search(self, needs: Sequence[Need], key: bytes, hidden: Mapping[Quantity, Reason]) -> Found | None:
        """A search in which all needs are met and these quantities are hidden; None when too few move.

        `key` seals who keeps a settled promise. Raises PromiseBroken, OutOfTime.
        """
        within = self._lately(needs)
        past = {number for number, need in enumerate(needs) if need.edition and self._is_past(need)}
        wanted = [entry.quantity for entry in self._entries] + quantities_in(needs)
        system = System(self._population, wanted, within, self._since if past else NEVER)
        closed = system.before(self._since) if past else None
        people = system.people(self._register, self._register.within(within))
        frame = self._frame(system, needs, people, closed)
        if frame is None:
            return None
        # Where some are held still, what they leave less says nothing of what the numbers do.
        frame.as_told = not within
        people = frame.gathered(people)
        settled: set[int] = set()
        search = Search(Thinning(system, frame).thinned(frame), self._deadline)
        if closed is not None:
            settled = self._met(search.frame, past, closed[frame.sample], people)
            demands = search.frame.demands
            search.frame.demands = [demand for demand in demands if demand.need not in settled]
        search.hide(hidden)
        _pursue(search, system, people, all_move=not within)
        if not search.is_done():
            return None
        since, counts = (self._since - REACH, self._register.counts) if within else (EVER, None)
        follows = partial(
            following, self._population, system, search, frame, people, needs, self._telling, since, counts
        )
        seal = self._register.seals([self._since], key)[self._since] if settled else ""
        notes = [Settled(needs[n].form, needs[n].least, self._since, seal) for n in sorted(settled)]
        return Found(search, system, people, notes, follows, not within)

    def _is_past(self, need: Need) -> bool:
        return need.end is not None and need.end + PAST <= self._since < NEVER

    def _lately(self, needs: Sequence[Need]) -> dict[str, Span]:
        """The times that are long enough for the needs, and for what is told anew.

        Empty when nothing was told of earlier ones.
        """
        ends = [need.end for need in needs if need.end is not None]
        first = min([*ends, self._since]) - REACH
        spans = (span for entry in self._entries for span in time_part(entry.quantity).values())
        if first <= min((month for span in spans for month in span if month > EVER), default=NEVER):
            return {}
        return {name: Span(first, NEVER) for name in self._times}

    def _met(self, frame: Frame, own: set[int], free: Bits, people: Values) -> set[int]:
        """Those of some needs, by number, that can be met by moving the people in the `free` columns."""
        asked = frame.with_kinds(frame.kinds)
        asked.demands = [
            demand for demand in frame.demands if demand.need in own and frame.kinds[demand.row] != KNOWN
        ]
        search = Search(asked, self._deadline)
        search.try_part(free, people)
        return {demand.need for demand in asked.demands if search.is_met(demand) and demand.need is not None}

    def _frame(
        self, system: System, needs: Sequence[Need], people: Values, closed: Bits | None
    ) -> Frame | None:
        """The frame of so many people in each column of the system; None when their times contradict."""
        frame = frame_of(system, self._entries, needs, apart=closed)
        totals = np.zeros(len(frame.rows))
        totals[frame.first : frame.last] = [entry.value for entry in self._entries]
        for demand in frame.demands:
            if demand.need is not None and demand.row >= frame.last:
                totals[demand.row] = self._register.count(needs[demand.need].form)
        still = totals - frame.sums(frame.gathered(people))
        if np.any(still[: frame.first]):
            return None
        return frame.beside(still)


def _pursue(search: Search, system: System, people: Values, *, all_move: bool) -> None:
    if all_move:
        search.run(system, people)
    else:
        search.try_parts(system, people)
        search.try_part(np.ones(search.frame.columns, dtype=bool), people, thorough=True)


def told_anew_from(entries: Iterable[Entry], history: History) -> int:
    """The first month of which a release tells anything anew.

    Nobody to whom everything happened before it is counted in a number that was not told before.
    """
    return earliest(
        entry.quantity
        for entry in entries
        if entry.places
        and not (entry.quantity in history and history[entry.quantity][-1].value == entry.value)
    )
