"""What changed by a few people since it was told: the change itself is those few.

A reader of both editions learns who came late from what is told anew. What changed is therefore hidden, with
enough beside it that what is told today does not give it away. Earlier numbers around a correction say how
things were, not how they are, so here they count for nothing. Everywhere else they are known as ever, as they
are today; only what they leave no room for by that is protected here, too.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from time import monotonic

import numpy as np

from followup.disclosure.answers import INFINITE, Answer
from followup.disclosure.cells import Population
from followup.disclosure.collect import Entry
from followup.disclosure.elimination import to_hide
from followup.disclosure.frame import FREE, KNOWN, Demand, Frame, Values, frame_of
from followup.disclosure.known import Known
from followup.disclosure.ledger import History, Promise
from followup.disclosure.primary import Need, as_one, differences_of, quantities_in
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import Quantity, code_part, contains, meets, times_of
from followup.disclosure.reader import Reader
from followup.disclosure.search import Search
from followup.disclosure.solver import Model
from followup.disclosure.system import System

# By the number of a need, so much room as there is.
Rooms = dict[int | None, int]


def corrected(entries: Iterable[Entry], history: History, promises: Iterable[Promise]) -> Iterator[Need]:
    """Numbers that have changed, since they were told last, by fewer people than may be pointed at.

    Those that an earlier edition hid for it are kept hidden, but for a number that has changed by more since,
    or is what it was.
    """
    again = {entry.quantity: entry for entry in entries if entry.places and entry.quantity in history}
    for promise in promises:
        if len(promise.form) > 1 or promise.form[0][1] not in again:
            yield Need(promise.form, None, promise.least, Reason.EARLIER, promise.edition)
    for quantity, entry in again.items():
        if not entry.exempt and 0 < abs(entry.value - history[quantity][-1].value) < entry.least:
            yield Need(((1, quantity),), entry.value, entry.least, Reason.CORRECTED)


def beside_old(population: Population, entries: Iterable[Entry], history: History) -> Iterator[Need]:
    """New numbers that differ by few from what was told of a group around or within them, and is no more.

    A reader does not know how many those in between are today, but that they are few, even if they are none.
    """
    today = {entry.quantity: entry for entry in entries}
    told = {quantity: history[quantity][-1] for quantity in today if quantity in history}
    new = [entry for entry in today.values() if entry.places and not entry.edition]
    old = [
        replace(today[quantity], value=one.value, places=[])
        for quantity, one in told.items()
        if today[quantity].edition and today[quantity].value != one.value
    ]
    for need in differences_of(population, [*new, *old]):
        if any(code_part(quantity) for _, quantity in need.form):
            value = sum(factor * today[quantity].value for factor, quantity in need.form)
            yield replace(as_one(population, need), value=value, reason=Reason.CORRECTED)


def derived(known: Known) -> Iterator[Need]:
    """New numbers that an edition gave away without telling them, and that have changed by few since.

    As of a group that is told less one that is told. Raises OutOfTime.
    """
    today = {entry.quantity: entry for entry in known.entries}
    new = [e for e in known.entries if e.places and not e.exempt and e.quantity not in known.history]
    for told in known.by_turn().values():
        other = [quantity for quantity, value in told.items() if today[quantity].value != value]
        # What was told of other times puts no upper bound to a number.
        times = {times_of(quantity) for quantity in told}
        near = [
            entry
            for entry in new
            if any(contains(time, times_of(entry.quantity)) for time in times)
            and any(meets(entry.quantity, quantity) for quantity in other)
        ]
        if near:
            yield from _derived([replace(today[q], value=told[q]) for q in told], near, known)


def _derived(told: list[Entry], new: list[Entry], known: Known) -> Iterator[Need]:
    """Those of the new entries that what was told then leaves little room."""
    entries = [*told, *new]
    frame = frame_of(System(known.population, [entry.quantity for entry in entries]), entries, ())
    frame.kinds[frame.first : frame.last] = np.repeat([KNOWN, FREE], [len(told), len(new)])
    tables = _Tables(frame, known.deadline)
    for row, entry in enumerate(new, start=frame.first + len(told)):
        value, away = entry.value, entry.least - 1
        if not tables.can_be(row, value, value) and tables.can_be(row, value - away, value + away):
            yield Need(((1, entry.quantity),), entry.value, entry.least, Reason.CORRECTED)


def moved(entries: Iterable[Entry], history: History) -> dict[Quantity, int]:
    """Those that have ever been told otherwise than they are today, with the last turn when they were."""
    turns = ((e.quantity, t.turn) for e in entries for t in history.get(e.quantity, ()) if t.value != e.value)
    return dict(turns)


def search_around(
    system: System,
    frame: Frame,
    needs: Sequence[Need],
    known: Known,
    truth: Answer,
    beside: Collection[Quantity] = (),
) -> Search:
    """What to hide of today's numbers for what was corrected; rows as in a frame of its own.

    frame   the whole one, of which `truth` is a table
    beside  what is hidden in any case
    Raises PromiseBroken, OutOfTime.
    """
    entries = list(_today(frame.entries, needs, known.history))
    people = np.zeros(system.columns)
    people[frame.sample] = truth.people

    def framed(*, hideable: bool) -> Frame:
        today = frame_of(system, entries, needs, hideable=hideable, veiled=frame.veiled)
        # What is left of the earlier editions is as it was told.
        today.as_told = True
        # What numbers that nothing was corrected around tell by themselves is not told by this release; what
        # new head counts tell beside them is.
        reach = Reach(today, known.deadline, today.gathered(people), only_told=True)
        new = (demand for demand in today.demands if not demand.edition)
        today.demands = eased(today.demands, _short(reach, new))
        return today

    search = Search(framed(hideable=False), known.deadline, forgiving=True)

    def hide(those: Collection[Quantity]) -> None:
        search.hide(dict.fromkeys(those, Reason.CORRECTED))
        search.run(system, search.frame.gathered(people))
        if not search.is_done():
            search.insist(framed(hideable=True))
            search.run(system, search.frame.gathered(people))

    hide(beside)
    more = to_hide(known, {entry.quantity for entry in search.hidden_entries()})
    if more:
        hide(more)
    return search


def _today(entries: Iterable[Entry], needs: Sequence[Need], history: History) -> Iterator[Entry]:
    """The entries as a reader knows them who believes no number from before a correction around it.

    What was told after the number that is another today, as by a revision, stays known: the correction was
    made by then.
    """
    listed = list(entries)
    turns = {quantity: history[quantity][-1].turn for quantity in quantities_in(needs) if quantity in history}
    turns |= moved(listed, history)
    for entry in listed:
        told = history.get(entry.quantity)
        if told is None or not any(
            turn >= told[-1].turn and meets(entry.quantity, quantity) for quantity, turn in turns.items()
        ):
            yield entry
        elif entry.places:
            yield replace(entry, edition="", told_under=0)
        elif entry.exempt:
            yield entry


def short_of_room(frame: Frame, needs: Sequence[Need], known: Known, truth: Answer, reach: "Reach") -> Rooms:
    """By the number of a need the room it has, where what was told before leaves it less than it asks for.

    What an earlier edition promised is as it was then. Where somebody was corrected since, it is held against
    numbers of which a reader does not know that they are others today; elsewhere it must be kept.
    Raises OutOfTime.
    """
    found = _short(reach, (demand for demand in frame.demands if not demand.edition))
    others = {times_of(quantity) for quantity in moved(known.entries, known.history)}
    old = Reach(frame, known.deadline, truth.people, only_told=True)
    for demand in frame.demands:
        if demand.need is None or not demand.edition or frame.kinds[demand.row] == KNOWN:
            continue
        times = times_of(needs[demand.need].form[0][1])
        if any(meets(times, other) for other in others):
            room = old.room(demand)
            if room < demand.least:
                found[demand.need] = room
    return found


def _short(reach: "Reach", demands: Iterable[Demand]) -> Rooms:
    return {one.need: room for one in demands if (room := reach.room(one)) < one.least}


def eased(demands: Sequence[Demand], rooms: Rooms) -> list[Demand]:
    """The demands; after the others, those that are short of room ask for as much as there is."""
    return [demand for demand in demands if demand.need not in rooms] + [
        Demand(one.row, one.value, rooms[one.need], one.reason, one.edition, ends=one.ends)
        for one in demands
        if rooms.get(one.need)
    ]


class Reach:
    """How much room the known rows of a frame, which `people` fit, leave the others."""

    def __init__(self, frame: Frame, deadline: float, people: Values, *, only_told: bool = False) -> None:
        """With `only_told`, what is new is free to move."""
        self._frame = frame
        self._ceilings: dict[tuple[int, int], int] = {}
        self._is_known = frame.kinds == KNOWN
        own = slice(frame.first, frame.last)
        if only_told:
            self._is_known[own] &= np.array([bool(entry.edition) for entry in frame.entries])
        self._reader = Reader(frame, self._is_known[own], people, deadline)

    def suffices(self, demand: Demand) -> bool:
        """True if the demand can be met when all that may be hidden is. Raises OutOfTime."""
        return self.room(demand) >= demand.least

    def room(self, demand: Demand) -> int:
        """How much of the demand can be met when all that may be hidden is. Raises OutOfTime."""
        if self._is_known[demand.row]:
            return 0
        own = self._frame.owner == demand.row
        return int(self._reader.room(self._frame.index[own], demand.least, self._frame.factor[own]))

    def ceiling(self, number: int, least: int) -> int:
        """`least`, or the room there is at most for an entry of the frame. Raises OutOfTime."""
        if (number, least) not in self._ceilings:
            entry = self._frame.entries[number]
            demand = Demand(self._frame.first + number, entry.value, least, Reason.EARLIER)
            self._ceilings[number, least] = self.room(demand)
        return self._ceilings[number, least]


class _Tables:
    """Tables that fit the known rows of a frame, asked for one after the other."""

    def __init__(self, frame: Frame, deadline: float) -> None:
        self._model = Model(frame, deadline - monotonic())
        self._low = np.full(len(frame.kinds), INFINITE)
        self._high = -self._low

    def can_be(self, row: int, least: float, most: float) -> bool:
        """True if some table has `row`, one that is not known, between these. Raises OutOfTime.

        What lies between two tables is one, too.
        """
        if self._low[row] <= most and self._high[row] >= least:
            return True
        answer = self._model.ask(row, least, most)
        if answer is not None:
            self._low = np.minimum(self._low, answer.values)
            self._high = np.maximum(self._high, answer.values)
        return answer is not None
