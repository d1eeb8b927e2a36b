"""Protecting some entries of one population: with most people held still, or with everybody."""

from contextlib import suppress
from dataclasses import replace
from functools import partial

from followup.disclosure.answers import Answer
from followup.disclosure.beside_changed import beside_changed, still_hidden
from followup.disclosure.collect import Collection, Entry
from followup.disclosure.corrected import (
    Reach,
    beside_old,
    corrected,
    derived,
    eased,
    moved,
    search_around,
    short_of_room,
)
from followup.disclosure.elimination import to_hide_from_pairs
from followup.disclosure.follows import following
from followup.disclosure.frame import Demand, Frame, Values, frame_of
from followup.disclosure.ground import PromiseBroken
from followup.disclosure.known import Known, know_head_counts, promised, watched
from followup.disclosure.ledger import History, Ledger, Promise
from followup.disclosure.more import More
from followup.disclosure.outcome import Hidden, Pattern, kept_by, pattern_of
from followup.disclosure.primary import Need, needs_of, quantities_in
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import Quantity, meets, times_of
from followup.disclosure.recent import Found, Recent, told_anew_from
from followup.disclosure.search import Search
from followup.disclosure.system import System
from followup.disclosure.thin import Thinning
from followup.disclosure.whole import some_table


class Task:
    """What to protect in one population.

    After `take_everybody`: its system, and `truth`, a table that fits every count, if there is one.
    """

    system: System
    people: Values
    truth: Answer | None

    def __init__(
        self,
        collection: Collection,
        population: str,
        ledger: Ledger,
        history: History,
        entries: list[Entry],
        deadline: float,
        asked: More,
    ) -> None:
        self.history, self.entries, self.deadline = history, entries, deadline
        promises = ledger.promises_of(population)
        own = needs_of(collection, entries)
        self._since = told_anew_from(entries, history)
        self._telling = collection.telling(population)
        self._population = collection.populations[population]
        self._register = collection.registers[population]
        self._key = collection.key
        seals = self._register.seals((one.before for one in ledger.marks(population)), self._key)
        self.needs = [*promised(ledger.open_promises(population, self._since, seals)), *own]
        self.needs += [need for need in asked.needs if any(_meet(need, entry) for entry in entries)]
        self._follows = asked.needs
        self._place = {entry.quantity: number for number, entry in enumerate(entries)}
        self._changed = list(corrected(entries, self.history, (one for one in promises if one.late)))
        self._is_corrected = bool(self._changed or moved(entries, self.history))
        if self._is_corrected:
            listed = {need.form for need in self.needs}
            beside = beside_old(self._population, entries, self.history)
            self.needs += [need for need in beside if need.form not in listed]
            hidden = {one.quantity for one in ledger.hidden}
            self._beside = beside_changed(collection, population, history, hidden)
            self._beside |= still_hidden(entries, history, hidden)
        self._hidden = dict(asked.hidden)
        self._veiled: set[Quantity] = set()
        self._watched = {"": own, **watched(ledger.watched(population), entries)}

    def found_among_some(self) -> Pattern | None:
        """The pattern, if it can be found with most people held still. Raises OutOfTime."""
        recent = Recent(
            self._population, self._register, self.entries, self._telling, self._since, self.deadline
        )
        if self._is_corrected or not recent.is_as_told():
            return None
        try:
            while found := recent.search(self.needs, self._key, self._hidden):
                more = found.follows()
                if not more:
                    return self._met(found)
                if not found.is_all:
                    break
                self._protect_too(more, found.search)
        except PromiseBroken:
            pass
        return None

    def _met(self, found: Found) -> Pattern:
        pattern = pattern_of(found.search, kept_by(found.search, self.needs), set(self.history))

        def resumed(hidden: Hidden) -> Pattern | None:
            if not found.can_hide(hidden):
                return None
            # Where less is told there may be somebody, beside whom nobody else is.
            more = found.follows()
            return self._with_needs(more, found.search) if more else self._met(found)

        return replace(pattern, settled=tuple(found.settled), resumed=resumed)

    def _protect_too(self, more: list[Need], search: Search) -> None:
        """Take up more needs. What is hidden stays hidden: the less is told, the less is given away."""
        self._hidden = _reasons(search)
        self.needs += more
        self._follows += more

    def take_everybody(self) -> None:
        """Build the system of the whole population. Raises OutOfTime."""
        wanted = [entry.quantity for entry in self.entries] + quantities_in([*self.needs, *self._changed])
        self.system = System(self._population, wanted)
        self._frame = frame = self._new_frame()
        self._thinning = Thinning(self.system, frame)
        self.people = self.system.people(self._register)
        self.truth = some_table(self._thinning.all_known(frame), frame.gathered(self.people), self.deadline)

    def _new_frame(self, *, hideable: bool = False) -> Frame:
        frame = frame_of(self.system, self.entries, self.needs, hideable=hideable, veiled=self._veiled)
        frame.as_told = not self._is_corrected
        return frame

    def searched(self) -> Pattern:
        """The pattern, in which as few head counts are hidden as can be. Raises PromiseBroken, OutOfTime.

        What was promised goes before what the rule lets be told.
        """
        return self._beside_corrections() if self._is_corrected else self._uncorrected()

    def _uncorrected(self) -> Pattern:
        while True:
            frame, truth = self._frame, self._truth()
            search = Search(self._thinning.thinned(frame), self.deadline, forgiving=True)
            search.hide(self._hidden)
            search.run(self.system, truth.people)
            if not search.is_done():
                frame = self._with_hideable_heads(search)
                search.run(self.system, truth.people)
                if self._veil(search):
                    continue
            follows = partial(self._following, search, frame, truth)
            more = follows()
            if not more:
                return self._met(Found(search, self.system, truth.people, [], follows, is_all=True))
            self._protect_too(more, search)
            self.take_everybody()

    def _with_needs(self, more: list[Need], search: Search) -> Pattern | None:
        """The pattern that meets these needs, too, and hides what a search did; None when there is none."""
        self._protect_too(more, search)
        found = self.found_among_some()
        if found is not None:
            return found
        self.take_everybody()
        with suppress(PromiseBroken):
            return self.searched()
        return None

    def _with_hideable_heads(self, search: Search) -> Frame:
        """The frame in which a search looks for what it left: head counts may be hidden, too."""
        know_head_counts(self.entries, self.history)
        frame = self._new_frame(hideable=True)
        search.insist(self._thinning.thinned(frame))
        return frame

    def _veil(self, search: Search) -> bool:
        """Let nobody rely on the head counts that a search hid; True if there are any.

        So what is asked for around them is asked for in full, which head counts that are told leave less.
        """
        heads = {entry.quantity for entry in search.hidden_entries() if entry.exempt} - self._hidden.keys()
        if heads:
            self._veiled |= heads
            self._hidden = _reasons(search) | self._hidden
            self._frame = self._new_frame()
        return bool(heads)

    def _beside_corrections(self) -> Pattern:
        while True:
            frame, truth = self._frame, self._truth()
            search = Search(self._thinning.thinned(frame), self.deadline, forgiving=True)
            late, known = self._settle(search, frame, truth)
            if self._veil(search):
                continue
            search.hide(self._hidden)
            search.run(self.system, truth.people)
            if not search.is_done():
                frame = self._with_hideable_heads(search)
                late, known = self._settle(search, frame, truth)
                search.run(self.system, truth.people)
                if self._veil(search):
                    continue
            more = self._following(search, frame, truth)
            telling = self._telling_of_the_moved(search) if not more else ()
            if not more and not telling:
                pattern = pattern_of(search, [*kept_by(search, self.needs), *late], known)
                return replace(pattern, resumed=partial(self._with_more, pattern))
            self._protect_too(more, search)
            self._hidden |= dict.fromkeys(telling, Reason.CORRECTED)
            self.take_everybody()

    def _with_more(self, pattern: Pattern, hidden: Hidden) -> Pattern | None:
        """The pattern beside corrections that hides so much more; None when there is none."""
        own = {one: why for one, why in hidden.items() if one in self._place}
        if own.keys() <= pattern.hidden.keys():
            return pattern
        self._hidden = own | pattern.hidden
        self._frame = self._new_frame()
        with suppress(PromiseBroken):
            return self._beside_corrections()
        return None

    def _truth(self) -> Answer:
        if self.truth is None:
            raise AssertionError("nothing fits the counts")
        return self.truth

    def _following(self, search: Search, frame: Frame, truth: Answer) -> list[Need]:
        return following(
            self._population, self.system, search, frame, truth.people, self.needs, self._telling,
            moved=moved(self.entries, self.history),
        )  # fmt: skip

    def _telling_of_the_moved(self, search: Search) -> set[Quantity]:
        hidden = {entry.quantity for entry in search.hidden_entries()}
        return to_hide_from_pairs(self._known(), hidden)

    def _known(self) -> Known:
        told = self.entries, self.history, self._watched
        return Known(self._population, self._register, *told, self._veiled, self.deadline)

    def _settle(self, search: Search, frame: Frame, truth: Answer) -> tuple[list[Promise], set[Quantity]]:
        """Hide what a search around the corrections hides, and leave to it what has no room otherwise.

        Returns what it promises, and the quantities that are known from before.
        """
        reach = Reach(search.frame, self.deadline, truth.people)
        kept_before = {demand.row for demand in frame.demands if demand.edition}
        known = self._known()
        rooms = short_of_room(search.frame, self.needs, known, truth, reach)
        lacking = (self.needs[number] for number in rooms if number is not None)
        needs = list({need.form: need for need in (*self._changed, *derived(known), *lacking)}.values())
        around = search_around(self.system, frame, needs, known, truth, self._beside)
        # What old numbers leave room for is kept, too; it is promised as late.
        search.frame.demands = eased(frame.demands, rooms)
        told = set(self.history)
        kept = {demand.row for demand in search.frame.demands}
        proved = set(told)
        for entry in around.hidden_entries():
            row = frame.first + self._place[entry.quantity]
            demand = Demand(row, entry.value, frame.room(entry.quantity, entry.least), Reason.EARLIER)
            if entry.quantity not in told and row not in kept_before and not reach.suffices(demand):
                told.add(entry.quantity)
                # What it is asked to keep against the old numbers is still to be proved.
                proved |= set() if row in kept else {entry.quantity}
        search.take_over(around, proved)
        search.frame.ceiling = reach.ceiling
        return list(kept_by(around, needs, late=True)), told


def _reasons(search: Search) -> dict[Quantity, Reason]:
    return {search.frame.entries[number].quantity: why for number, why in search.hidden.items()}


def _meet(need: Need, entry: Entry) -> bool:
    """True if somebody can be counted by both, as far as times tell."""
    return meets(times_of(need.form[0][1]), times_of(entry.quantity))
