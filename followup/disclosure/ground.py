"""The state of protecting one population: its rows, what is hidden, and the witnesses that prove it."""

from time import monotonic
from typing import NamedTuple

import numpy as np

from followup.disclosure.answers import INFINITE, TOLERANCE, Answer, OutOfTime
from followup.disclosure.frame import ELASTIC, FREE, Demand, Frame, Values
from followup.disclosure.limits import Limits
from followup.disclosure.protected import Reason
from followup.disclosure.so_far import RoomSoFar
from followup.disclosure.solver import Model
from followup.disclosure.whole import stretched, with_no_more_hidden
from followup.disclosure.witnesses import Witnesses

# So many times a step that leads to another table is taken at most.
FAR = 30.0


class PromiseBroken(Exception):
    """What an earlier edition promised cannot be kept, whatever is hidden."""

    def __init__(self, editions: set[str]) -> None:
        super().__init__(*sorted(editions))
        self.editions = editions


class Orphan(NamedTuple):
    """A demand that would lose witnesses: its interval with all of them and with those it would keep."""

    row: int
    least: float
    low: float
    high: float
    kept_low: float
    kept_high: float
    offset: float


class Ground:
    """A frame, or a part of one, being protected. Rows are numbered as in the frame it was given.

    people     whole people in each column, as everything that is counted allows
    hidden     rows hidden so far, with the first reason
    weakened   rows that head counts leave less room than their threshold, with the room there is
    settled    rows whose demand was met before, in another part
    left_over  rows whose demand a part has no room for; the whole must meet it
    thorough   no larger part will be tried: ends that do not move far enough alone move one after the other
    forgiving  what breaks a promise is left over, too: head counts may give way to it
    """

    def __init__(
        self,
        frame: Frame,
        people: Values,
        settled: set[int],
        *,
        partial: bool,
        thorough: bool,
        forgiving: bool,
        deadline: float,
    ) -> None:
        self.frame = frame
        self.first, self.values, self.prices = frame.first, frame.values, frame.prices
        self.partial, self.thorough, self._forgiving = partial, thorough, forgiving
        self._deadline = deadline
        self.model = Model(frame, deadline - monotonic(), people)
        self._limits = Limits(frame)
        self.hidden: dict[int, Reason] = {}
        self.weakened: dict[int, int] = {}
        self.settled = settled
        self.left_over: set[int] = set()
        self.demands = [demand for demand in frame.demands if demand.row not in settled]
        self._so_far = RoomSoFar(frame, people, deadline)
        self._people = people
        self._only_whole = False
        self._start = frame.sums(people)
        self._witnesses = Witnesses(self._start)
        self._asked: dict[int, Demand] = {}

    def is_hideable(self, row: int) -> bool:
        """True for an entry of this release that no one knows already."""
        return self.frame.kinds[row] == ELASTIC

    def demand_on(self, row: int) -> Demand:
        """What a hidden entry demands by being hidden."""
        if row not in self._asked:
            entry = self.frame.entries[row - self.first]
            least = self.frame.asks(int(self.frame.rows[row]), entry)
            self._asked[row] = Demand(row, entry.value, least, self.hidden[row])
        return self._asked[row]

    def all_demands(self) -> list[Demand]:
        """The needs, and every hidden entry that is none, but for what is settled or left over."""
        needs = {demand.row for demand in self.demands}
        closed = self.left_over | self.settled
        hidden = [self.demand_on(row) for row in self.hidden if row not in needs and row not in closed]
        return [demand for demand in self.demands if demand.row not in closed] + hidden

    def bounds(self, row: int) -> tuple[float, float]:
        """Least and greatest value of `row` among the witnesses: the intruder's interval is no narrower."""
        still = self.frame.offset[row]
        return float(self._witnesses.low[row] + still), float(self._witnesses.high[row] + still)

    def sweep(self, rows: list[int], least: list[float], most: list[float]) -> None:
        """Keep a table that brings as many rows as it can into their intervals, if there is one."""
        at = np.array(rows, dtype=np.int64)
        still = self.frame.offset[at]
        answer = self.model.sweep(at, np.array(least) - still, np.array(most) - still)
        if answer is not None and self._only_whole and not answer.whole:
            answer = stretched(self.frame, self._people, answer)
        if answer is not None:
            self.keep(answer)

    def ask(self, row: int, least: float, most: float) -> Answer | None:
        """The cheapest table with `row` in [least, most], at the model's prices. Raises OutOfTime."""
        if monotonic() > self._deadline:
            raise OutOfTime
        still = self.frame.offset[row]
        aim = (row, least - still, most - still)
        low, high = self._limits.of(row)
        if aim[1] > high + TOLERANCE or aim[2] < low - TOLERANCE:
            return None
        answer = self.model.ask(*aim)
        if answer is None or answer.whole or not self._only_whole:
            return answer
        return stretched(self.frame, self._people, answer) or self._whole_answer(answer, aim)

    def approach(self, row: int, goal: float) -> Answer | None:
        """The cheapest table that brings `row` as near to `goal` from below as any does. Raises OutOfTime."""
        answer = self.model.approach(row, goal - self.frame.offset[row])
        if answer is None or answer.whole or not self._only_whole:
            return answer
        nearest = np.floor(answer.values[row] + self.frame.offset[row] + TOLERANCE)
        return next(
            (found for least in range(int(nearest), 0, -1) if (found := self.ask(row, least, INFINITE))), None
        )

    def _whole_answer(self, answer: Answer, aim: tuple[int, float, float]) -> Answer | None:
        """A whole table that hides no more than the answer, else the cheapest."""
        told = self.frame.kinds != FREE
        told[[*self.hidden, *self.changed(answer.values)]] = False
        seconds = self._deadline - monotonic()
        found = with_no_more_hidden(self.frame, self._people, answer, told, aim, seconds)
        if found is not None:
            return found
        anywhere = Model(self.frame, seconds, self._people)
        for row in self.hidden:
            anywhere.hide(row)
        anywhere.demand_whole()
        return anywhere.ask(*aim)

    def changed(self, values: Values) -> list[int]:
        """Told entries that differ from their number."""
        span = slice(self.first, self.frame.last)
        away = np.flatnonzero(np.abs(values[span] - self.values[span]) > TOLERANCE) + self.first
        return [int(row) for row in away if row not in self.hidden]

    def cost(self, answer: Answer) -> float:
        """What hiding everything that differs would cost."""
        return float(sum(self.prices[row] for row in self.changed(answer.values)))

    def keep(self, answer: Answer) -> None:
        """Hide what differs and keep the witness, and the last ones each way along the line to it."""
        for row in self.changed(answer.values):
            self.hide(row, Reason.DERIVABLE)
        self._witnesses.add(self._line(answer))

    def _line(self, answer: Answer) -> list[Answer]:
        """The answer, and what lies furthest forth and back on the line through it: no other row differs."""
        if not answer.whole:
            answer = stretched(self.frame, self._people, answer) or answer
        step = answer.people - self._people
        found = [answer]
        for way in (1.0, -1.0):
            gives = way * step < -TOLERANCE
            room = np.floor(self._people[gives] / np.abs(step[gives]) + TOLERANCE)
            times = min(room.min(initial=FAR), FAR)
            if times >= 1 and way * times != 1:
                values = self._start + way * times * (answer.values - self._start)
                found.append(Answer(values, self._people + way * times * step, answer.whole))
        return found

    def hide(self, row: int, reason: Reason) -> None:
        """Hide an entry; a first reason stays."""
        if not self.is_hideable(row):
            raise AssertionError("what is known cannot be hidden")
        if row not in self.hidden:
            self.hidden[row] = reason
            self.model.hide(row)

    def show(self, row: int) -> None:
        """Take back `hide`."""
        del self.hidden[row]
        self.model.show(row)

    def weaken(self, demand: Demand, least: int) -> bool:
        """Nothing that may be hidden gives more room than `least`: True if that must do.

        In a part it need not do: the demand is left over for the whole. Raises PromiseBroken when it is
        earlier editions, not head counts alone, that leave no more room.
        """
        if self.partial:
            self.left_over.add(demand.row)
            return False
        editions = {entry.edition for entry in self.frame.entries if entry.edition and not entry.exempt}
        editions |= {demand.edition} - {""}
        # What is hidden for another's sake only, and surely is no small number, may be known more closely.
        surely_many = demand.need is None and (demand.value or 0) >= 2 * demand.least
        may_give_way = surely_many or self._older_rule_allows(demand, least)
        may_give_way = may_give_way or self._is_known_so_far(demand, least)
        if editions and not may_give_way and self._so_far.heads_allow(demand.row, least + 1):
            if self._forgiving:
                self.left_over.add(demand.row)
                return False
            raise PromiseBroken({demand.edition} if demand.edition else editions)
        self.weakened[demand.row] = least
        return True

    def _older_rule_allows(self, demand: Demand, least: int) -> bool:
        """True if the rule has become stricter since the editions that leave no more room than `least`.

        They keep to the rule that they were published under, and so does what they already give away: a
        number that was not small by that rule may be known, another must keep the room it had.
        """
        told = [entry for entry in self.frame.entries if entry.edition and not entry.exempt]
        weakest = min((entry.told_under for entry in told), default=demand.least)
        not_small = demand.value is not None and demand.value >= weakest
        return not demand.edition and weakest < demand.least and (not_small or weakest <= least)

    def _is_known_so_far(self, demand: Demand, least: int) -> bool:
        """True if earlier editions, or head counts beside what they told to be nobody, leave no more.

        After a correction their numbers are another day's. What is hidden for another's sake only, and is no
        small number, may be known as closely as both tell together.
        """
        if demand.edition or not self.frame.as_told:
            return False
        number = demand.row - self.first
        is_many = demand.need is None and (demand.value or 0) >= self.frame.entries[number].least
        return self._so_far.width(demand.row, is_many=is_many) <= least

    def reach(self, demand: Demand) -> int:
        """The bound and width that this demand is held to."""
        return self.weakened.get(demand.row, demand.least)

    def demands_without(self, row: int) -> list[Orphan]:
        """Demands that lose their witnesses if `row` is shown."""
        demands = [demand for demand in self.all_demands() if demand.row != row]
        rows = np.array([demand.row for demand in demands], dtype=np.int64)
        still = self.frame.offset[rows]
        ends = self._witnesses.ends(rows, self._witnesses.fitting(row, self.values[row]))
        low, high = (end + still for end in ends)
        least = np.array([self.weakened.get(demand.row, demand.least) for demand in demands], dtype=float)
        lost = (high < least - TOLERANCE) | (high - low < least - TOLERANCE)
        return [
            Orphan(int(rows[n]), least[n], *self.bounds(int(rows[n])), low[n], high[n], still[n])
            for n in np.flatnonzero(lost)
        ]

    def replace_witnesses(self, row: int, new: list[Answer]) -> None:
        """Drop the witnesses that are no longer valid when `row` is shown, and add new ones."""
        self._witnesses.keep(self._witnesses.fitting(row, self.values[row]))
        self._witnesses.add(new)

    def is_whole(self) -> bool:
        """True when all witnesses are tables of whole people."""
        return self._witnesses.is_whole()

    def become_whole(self) -> None:
        """From now on people are whole: drop the witnesses that are not, ask for whole ones.

        Promises were proved with whole people when they were made; for them the linear witnesses will do.
        """
        self.settled = (
            self.settled | {demand.row for demand in self.demands if demand.edition} - self.left_over
        )
        self._witnesses.keep_whole()
        self._only_whole = True

    def all_fit(self) -> bool:
        """True when no witness differs from a number that is told."""
        told = [row for row in range(self.first, self.frame.last) if row not in self.hidden]
        away = np.maximum(self._witnesses.high - self.values, self.values - self._witnesses.low)
        return bool(np.all(away[told] <= TOLERANCE))
