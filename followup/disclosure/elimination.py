"""Who came late must not be found by elimination.

What is told anew shows where nothing has changed. Whoever knows that one person came late can rule those
groups out, and in the group that is left they find that person. So for each group that somebody joined since,
or left, there must be another course of events, equal to the eye: the same numbers then, the same numbers
now, as many who came and who left, and none of them in that group.
"""

from collections.abc import Iterator, Mapping, Set
from time import monotonic

import numpy as np

from followup.disclosure.answers import INFINITE, TOLERANCE, Answer
from followup.disclosure.atoms import Whole
from followup.disclosure.blocks import Blocks
from followup.disclosure.collect import Entry
from followup.disclosure.epochs import Epochs, epochs_of
from followup.disclosure.frame import ELASTIC, FREE, KNOWN, Frame, Values, frame_of
from followup.disclosure.known import Known
from followup.disclosure.primary import Need, quantities_in
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import Quantity, code_part
from followup.disclosure.solver import Model
from followup.disclosure.system import System
from followup.disclosure.whole import some_table

# The first block of columns holds those who are in the register all the time.
STAYED = 0


def to_hide(known: Known, hidden: set[Quantity]) -> set[Quantity]:
    """What to hide beside `hidden`, so that elimination finds nobody. Raises OutOfTime."""
    found = set(hidden)
    those = list(dict.fromkeys(epochs_of(known)))
    for epochs in those:
        if not any(epochs.is_part_of(other) for other in those):
            story = _Story(known, epochs)
            if not story.is_possible:
                story = _Story(known, epochs.bare())
            story.hide(found)
    return found - hidden


def to_hide_from_pairs(known: Known, hidden: set[Quantity]) -> set[Quantity]:
    """The same for who has but one earlier edition, beside what all else hides, and guesses how many moved.

    Who sees less may think that fewer did. Raises OutOfTime.
    """
    found = set(hidden)
    turns = {turn for epochs in epochs_of(known) for group in epochs.groups for turn in group}
    before = -1
    while before < len(found):
        before = len(found)
        for turn in sorted(turns):
            _Story(known, Epochs(((turn,),), ()), found).hide(found)
    return found - hidden


class _Story:
    """What is known of the corrections in some epochs.

    unseen       what of today's a reader does not see who guesses how many came and left, and reckons with
                 fractions of people; None for one who knows how many
    is_possible  what each group of editions told can be true at one time
    """

    def __init__(self, known: Known, epochs: Epochs, unseen: Set[Quantity] | None = None) -> None:
        told = known.by_turn()
        then = [
            {quantity: value for turn in group for quantity, value in told[turn].items()}
            for group in epochs.groups
        ]
        again = {quantity for turn in epochs.since for quantity in told[turn]}
        ever = again.union(*then)
        self._deadline = known.deadline
        self._corrections, self._is_guess = len(then), unseen is not None
        self._entries = [entry for entry in known.entries if entry.places or entry.quantity in ever]
        turns = {turn for group in (*epochs.groups, epochs.since) for turn in group}
        self._frame, self._counts, self._people = _framed(known, self._entries, turns)
        rows = np.arange(self._frame.first, self._frame.last)
        row = {entry.quantity: number for number, entry in zip(rows, self._entries, strict=True)}
        self._then = [
            (np.array([row[quantity] for quantity in those]), np.array(list(those.values()), dtype=float))
            for those in then
        ]
        # When people come and go, head counts tell, if not today then one day. Who guesses reads today's.
        bare = [entry for entry in self._entries if not code_part(entry.quantity)]
        if unseen is not None:
            bare = [entry for entry in bare if entry.places and entry.quantity not in unseen]
        again |= {entry.quantity for entry in bare}
        kinds = np.array([self._kind(entry, again) for entry in self._entries])
        self._now, self._kinds = rows[kinds != FREE], kinds[kinds != FREE]
        is_seen = [self._quantity(place) not in (unseen or ()) for place in range(len(self._now))]
        self._seen = np.where((self._kinds == KNOWN) | is_seen, KNOWN, FREE)
        self._ways = self._moves()
        self.is_possible = bool(self._ways)

    def _kind(self, entry: Entry, again: set[Quantity]) -> int:
        if entry.quantity in again:
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

    def _moves(self) -> list[Values]:
        """By block who came or left, as few as explain the differences. Raises OutOfTime.

        Where these tell of nobody it may have been one who came, or one who left. Empty if nobody does.
        """
        fewest = self._likely({})
        if fewest is None or fewest[1:].any():
            return [] if fewest is None else [fewest]
        ways = (self._likely({moving: 1.0, 3 - moving: 0.0}) for moving in self._moving(0))
        return [way for way in ways if way is not None]

    def _likely(self, held: Mapping[int, float]) -> Values | None:
        """As `_changed`, of people as they mostly are where those can explain it."""
        found = self._changed(held, mostly=True) if len(self._counts) > 1 else None
        return self._changed(held) if found is None else found

    def _changed(self, held: Mapping[int, float], *, mostly: bool = False) -> Values | None:
        """As few who came or left as explain the differences, by block; None if none do. Raises OutOfTime.

        held    how many are in some of the blocks
        mostly  none of them is otherwise than people mostly are
        """
        blocks, _ = self._blocks(self._seen)
        one = np.zeros(1), np.array([ELASTIC])
        everybody, others = self._counts[:1], self._counts[1:]
        count = [blocks.add(everybody, [block], *one) for block in range(1, blocks.number)]
        for block, number in held.items():
            blocks.add(everybody, [block], np.array([number]), np.array([KNOWN]))
        for block in range(1, blocks.number) if mostly else ():
            blocks.add(others, [block], np.zeros(len(others)), np.full(len(others), KNOWN))
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
        for moved in self._ways:
            self._hide(hidden, moved)

    def _hide(self, hidden: set[Quantity], moved: Values) -> None:
        blocks, now = self._blocks(self._kinds)
        # Whoever knows somebody who came late knows, too, whether they are as people mostly are.
        for block in range(1, blocks.number):
            number = self._frame.sums(moved[block])[self._counts]
            blocks.add(self._counts, [block], number, np.full(len(number), KNOWN))
        free = np.array([FREE])
        sought = [blocks.add(row, [block], np.zeros(1), free) for block, row in self._sought(moved)]
        frame = blocks.frame()
        entries = slice(now, now + len(self._now))
        frame.prices[entries] = self._frame.prices[self._now]
        start = blocks.spread(self._people)
        model = self._model(frame, start, hidden, now)
        ends = np.full(len(sought), -INFINITE), np.zeros(len(sought))
        answer = model.sweep(np.array(sought), *ends) if sought else None
        spared = _spared(answer) if answer is not None and (answer.whole or self._is_guess) else set()

        def given(answer: Answer) -> set[int]:
            """Places of the numbers that give way in it."""
            away = np.abs(answer.values[entries] - frame.values[entries]) > TOLERANCE
            places = np.flatnonzero(away & (self._kinds == ELASTIC)).tolist()
            return {place for place in places if self._quantity(place) not in hidden}

        for row in sought:
            answer = None if row in spared else model.ask(row, -INFINITE, 0)
            if answer is not None and not answer.whole and (given(answer) or not self._is_guess):
                whole = self._model(frame, start, hidden, now)
                whole.demand_whole()
                answer = whole.ask(row, -INFINITE, 0)
            if answer is None:
                continue
            spared |= _spared(answer)
            for place in given(answer):
                hidden.add(self._quantity(place))
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
    return set(np.flatnonzero(answer.values < (0.5 if answer.whole else TOLERANCE)).tolist())


def _framed(known: Known, entries: list[Entry], turns: set[int]) -> tuple[Frame, Whole, Values]:
    """The frame of some entries and what is watched, some of its rows, and people as they are today.

    The rows count everybody and, by variable, those who are otherwise than people mostly are.
    """
    groups = [need for edition in ["", *known.editions(turns)] for need in known.watched.get(edition, ())]
    population = known.population
    counted = [Quantity(population.name, ())]
    for name, codes in population.mostly.items():
        others = frozenset(population.variables[name]) - codes
        counted.append(Quantity(population.name, ((name, others),)))
    counts = [Need(((1, one),), None, 0, Reason.EARLIER) for one in counted]
    needs = list({need.form: need for need in [*groups, *counts]}.values())
    system = System(population, [entry.quantity for entry in entries] + quantities_in(needs))
    frame = frame_of(system, entries, needs, veiled=known.veiled)
    kinds = frame.kinds.copy()
    kinds[frame.first : frame.last] = KNOWN
    start = frame.gathered(system.people(known.register))
    table = some_table(frame.with_kinds(kinds), start, known.deadline)
    if table is None:
        raise AssertionError("nothing fits the counts")
    forms = [need.form for need in needs]
    row = {demand.need: demand.row for demand in frame.demands if demand.need is not None}
    return frame, np.array([row[forms.index(one.form)] for one in counts]), table.people
