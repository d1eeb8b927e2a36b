"""Who came late must not be found by elimination.

What is told anew shows where nothing has changed. Whoever knows that one person came late can rule those
groups out, and in the group that is left they find that person. So for each group that somebody joined since,
or left, there must be another course of events, equal to the eye: the same numbers then, the same numbers
now, as many who came and who left, and none of them in that group.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from time import monotonic
from typing import NamedTuple

import numpy as np

from followup.disclosure.atoms import Whole
from followup.disclosure.blocks import Blocks
from followup.disclosure.collect import Entry
from followup.disclosure.frame import ELASTIC, FREE, KNOWN, Frame, Values, frame_of
from followup.disclosure.known import Known
from followup.disclosure.primary import Need, quantities_in
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import Quantity, code_part, contains, times_of
from followup.disclosure.solver import INFINITE, TOLERANCE, Answer, Model
from followup.disclosure.system import System
from followup.disclosure.whole import some_table

# The first block of columns holds those who are in the register all the time.
STAYED = 0


class Epochs(NamedTuple):
    """Editions by turn: in `groups` that are each true at one time, with a correction after each; then those
    that tell what is true today.
    """

    groups: tuple[tuple[int, ...], ...]
    since: tuple[int, ...]

    def bare(self) -> "Epochs":
        """The same with one edition in each group, which is surely true at one time."""
        return Epochs(tuple(group[-1:] for group in self.groups), self.since)

    def is_part_of(self, other: "Epochs") -> bool:
        """True if the other weighs the same and more."""
        length = len(self.groups)
        starts = range(len(other.groups) - length + 1)
        parts = [other.groups[start : start + length] for start in starts]
        return self != other and self.since == other.since and self.groups in parts


def to_hide(known: Known, hidden: set[Quantity]) -> set[Quantity]:
    """What to hide beside `hidden`, so that elimination finds nobody. Raises OutOfTime."""
    found = set(hidden)
    those = list(dict.fromkeys(_epochs(known)))
    for epochs in those:
        if not any(epochs.is_part_of(other) for other in those):
            story = _Story(known, epochs)
            if not story.is_possible:
                story = _Story(known, epochs.bare())
            story.hide(found)
    return found - hidden


def _epochs(known: Known) -> Iterator[Epochs]:
    """For each edition after which something may have been corrected, with the corrections next to that.

    Only those count that told something of the times of which the release tells, or of a part of them.
    """
    today = {entry.quantity: entry.value for entry in known.entries}
    times = {times_of(entry.quantity) for entry in known.entries if entry.places}
    told = known.by_turn()
    turns = [
        turn for turn in sorted(told) if _is_near({times_of(quantity) for quantity in told[turn]}, times)
    ]
    for last in reversed(range(len(turns))):
        before = _agreeing(told, turns[last::-1])
        earlier = _agreeing(told, turns[: last + 1 - len(before)][::-1])
        since = list(takewhile(lambda turn: _agree(told[turn], today), turns[:last:-1]))
        later = _agreeing(told, turns[last + 1 : len(turns) - len(since)])
        if not all(_agree(told[turn], today) for turn in before):
            groups = earlier[::-1], before[::-1], later
            yield Epochs(tuple(tuple(group) for group in groups if group), tuple(since[::-1]))


def _is_near(these: Iterable[Quantity], those: Collection[Quantity]) -> bool:
    return any(contains(one, other) or contains(other, one) for one in these for other in those)


def _agreeing(told: Mapping[int, Mapping[Quantity, int]], turns: Sequence[int]) -> list[int]:
    """The first of these turns, as many as tell no number in two ways."""
    found: list[int] = []
    for turn in turns:
        if not all(_agree(told[turn], told[other]) for other in found):
            break
        found.append(turn)
    return found


def _agree(one: Mapping[Quantity, int], other: Mapping[Quantity, int]) -> bool:
    return all(other.get(quantity, value) == value for quantity, value in one.items())


class _Story:
    """What is known of the corrections in a epochs.

    is_possible  what each group of editions told can be true at one time
    """

    def __init__(self, known: Known, epochs: Epochs) -> None:
        told = known.by_turn()
        then = [
            {quantity: value for turn in group for quantity, value in told[turn].items()}
            for group in epochs.groups
        ]
        again = {quantity for turn in epochs.since for quantity in told[turn]}
        ever = again.union(*then)
        self._deadline = known.deadline
        self._corrections = len(then)
        self._entries = [entry for entry in known.entries if entry.places or entry.quantity in ever]
        turns = {turn for group in (*epochs.groups, epochs.since) for turn in group}
        self._frame, self._everybody, self._people = _framed(known, self._entries, turns)
        rows = np.arange(self._frame.first, self._frame.last)
        row = {entry.quantity: number for number, entry in zip(rows, self._entries, strict=True)}
        self._then = [
            (np.array([row[quantity] for quantity in those]), np.array(list(those.values()), dtype=float))
            for those in then
        ]
        kinds = np.array([self._kind(entry, again) for entry in self._entries])
        self._now, self._kinds = rows[kinds != FREE], kinds[kinds != FREE]
        self._moved = self._changed()
        self.is_possible = self._moved is not None

    def _kind(self, entry: Entry, again: set[Quantity]) -> int:
        # When people come and go, head counts tell, if not today then one day.
        if entry.quantity in again or not code_part(entry.quantity):
            return KNOWN
        if not entry.places:
            return FREE
        return KNOWN if self._frame.is_open(entry) else ELASTIC

    @staticmethod
    def _moving(correction: int) -> tuple[int, int]:
        """The blocks of those who came with that correction, and of those who left."""
        return 1 + 2 * correction, 2 + 2 * correction

    def _there(self, time: int) -> list[int]:
        """The blocks of those who are there before the correction of that number."""
        moving = [self._moving(number) for number in range(self._corrections)]
        return [STAYED, *(came for came, _ in moving[:time]), *(left for _, left in moving[time:])]

    def _between(self, time: int) -> tuple[list[int], list[int]]:
        """The blocks of those who came, and of those who left, with that correction or a later one."""
        moving = [self._moving(number) for number in range(time, self._corrections)]
        return [came for came, _ in moving], [left for _, left in moving]

    def _blocks(self, kinds: Whole) -> tuple[Blocks, int]:
        """Those there now, by entries of these kinds, and then; with the row of the first entry now."""
        blocks = Blocks(self._frame, 1 + 2 * self._corrections)
        now = blocks.add(self._now, self._there(self._corrections), self._frame.values[self._now], kinds)
        known = self._now[kinds == KNOWN]
        for time, (rows, values) in enumerate(self._then):
            again = np.isin(rows, known)
            blocks.add(rows[~again], self._there(time), values[~again], np.full((~again).sum(), KNOWN))
            # Known then and now: what tells is who came or left in between, and they are few.
            since = self._frame.values[rows[again]] - values[again]
            came, left = self._between(time)
            blocks.add(rows[again], came, since, np.full(again.sum(), KNOWN), less=left)
        return blocks, now

    def _changed(self) -> Values | None:
        """As few who came or left as explain the differences, by block; None if none do. Raises OutOfTime."""
        blocks, _ = self._blocks(np.full(len(self._now), KNOWN))
        one = np.zeros(1), np.array([ELASTIC])
        count = [blocks.add(self._everybody, [block], *one) for block in range(1, blocks.number)]
        frame = blocks.frame()
        frame.prices[count] = 1.0
        model = Model(frame, self._deadline - monotonic(), blocks.spread(self._people))
        answer = model.solve()
        if answer is not None and not answer.whole:
            model.demand_whole()
            answer = model.solve()
        return None if answer is None else np.rint(answer.people).reshape(blocks.number, -1)

    def hide(self, hidden: set[Quantity]) -> None:
        """Add to `hidden` until none of those who came or left are found. Raises OutOfTime."""
        if self._moved is None:
            return
        blocks, now = self._blocks(self._kinds)
        for block in range(1, blocks.number):
            number = self._frame.sums(self._moved[block])[self._everybody]
            blocks.add(self._everybody, [block], number, np.array([KNOWN]))
        free = np.array([FREE])
        sought = [blocks.add(row, [block], np.zeros(1), free) for block, row in self._sought(self._moved)]
        frame = blocks.frame()
        entries = slice(now, now + len(self._now))
        frame.prices[entries] = self._frame.prices[self._now]
        start = blocks.spread(self._people)
        model = self._model(frame, start, hidden, now)
        ends = np.full(len(sought), -INFINITE), np.zeros(len(sought))
        answer = model.sweep(np.array(sought), *ends) if sought else None
        spared = _spared(answer) if answer is not None and answer.whole else set()
        for row in sought:
            answer = None if row in spared else model.ask(row, -INFINITE, 0)
            if answer is not None and not answer.whole:
                whole = self._model(frame, start, hidden, now)
                whole.demand_whole()
                answer = whole.ask(row, -INFINITE, 0)
            if answer is None:
                continue
            spared |= _spared(answer)
            away = np.abs(answer.values[entries] - frame.values[entries]) > TOLERANCE
            for place in np.flatnonzero(away & (self._kinds == ELASTIC)).tolist():
                quantity = self._quantity(place)
                if quantity not in hidden:
                    hidden.add(quantity)
                    model.hide(now + place)

    def _model(self, frame: Frame, people: Values, hidden: set[Quantity], now: int) -> Model:
        model = Model(frame, self._deadline - monotonic(), people)
        for place in np.flatnonzero(self._kinds == ELASTIC).tolist():
            if self._quantity(place) in hidden:
                model.hide(now + place)
        return model

    def _quantity(self, place: int) -> Quantity:
        return self._entries[self._now[place] - self._frame.first].quantity

    def _sought(self, moved: Values) -> Iterator[tuple[int, Whole]]:
        """Groups that a few came to or left, each with its block: what was told or promised, or is now."""
        least = np.zeros(len(self._frame.kinds))
        least[self._frame.first : self._frame.last] = [0 if e.exempt else e.least for e in self._entries]
        for demand in self._frame.demands:
            least[demand.row] = demand.least
        for block in range(1, len(moved)):
            sums = self._frame.sums(moved[block])
            for row in np.flatnonzero((sums > 0.5) & (sums < least - 0.5)):
                yield block, np.array([row])


def _spared(answer: Answer) -> set[int]:
    """The rows in which nobody is."""
    return set(np.flatnonzero(answer.values < 0.5).tolist())


def _framed(known: Known, entries: list[Entry], turns: set[int]) -> tuple[Frame, Whole, Values]:
    """The frame of some entries and what is watched, its row of everybody, and people as they are today."""
    groups = [need for edition in ["", *known.editions(turns)] for need in known.watched.get(edition, ())]
    everybody = Need(((1, Quantity(known.population.name, ())),), None, 0, Reason.EARLIER)
    needs = list({need.form: need for need in [*groups, everybody]}.values())
    system = System(known.population, [entry.quantity for entry in entries] + quantities_in(needs))
    frame = frame_of(system, entries, needs, hideable=known.hideable)
    kinds = frame.kinds.copy()
    kinds[frame.first : frame.last] = KNOWN
    start = frame.gathered(system.people(known.register))
    table = some_table(frame.with_kinds(kinds), start, known.deadline)
    if table is None:
        raise AssertionError("nothing fits the counts")
    everywhere = [need.form for need in needs].index(everybody.form)
    row = next(demand.row for demand in frame.demands if demand.need == everywhere)
    return frame, np.array([row]), table.people
