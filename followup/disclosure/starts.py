"""What head counts say of how long people can have been there: who was there, came and ended, by month.

A team that nobody was in when the year began had short stays alone, and one that nobody has come to for two
years long ones.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from followup.disclosure.cells import Population
from followup.disclosure.length import Length
from followup.disclosure.quantities import (
    EVER,
    NEVER,
    Box,
    Quantity,
    Span,
    is_time,
    tightened,
)

Codes = frozenset[str]
Times = dict[str, Span]
Numbers = Mapping[Quantity, int]


class Flow(NamedTuple):
    """What is told of those of some codes: by month how many were there, and came and ended from then on.

    Those counted who came and ended until the time that is asked about was over.
    """

    there: Mapping[int, int]
    came: Mapping[int, int]
    ended: Mapping[int, int]


class Starts:
    """What is told of how many came and ended, by the codes of those people."""

    def __init__(self, population: Population, length: Length, numbers: Numbers) -> None:
        self._length, self._order = length, population.order
        self._times = tuple(name for name, codes in population.variables.items() if codes == "time")
        self._told: dict[Box, list[tuple[Times, int]]] = defaultdict(list)
        for quantity, number in numbers.items():
            if quantity.population == population.name:
                codes, times = _apart(quantity)
                self._told[codes].append((times, number))
        self._parts = _finer(self._told)
        self._flows: dict[tuple[Box, int], Flow] = {}
        self._lasting: dict[tuple[int, int | None], Codes] = {}

    def at_least(self, codes: Box, lengths: Codes, span: Span) -> int:
        """So many at least of those with the codes who ended in the time had one of the lengths.

        By what is told of them, or of parts of them, as of the women and of the men.
        """
        apart = (sum(self._of(box, lengths, span) for box in boxes) for boxes in self._parts.get(codes, ()))
        return max(self._of(codes, lengths, span), *apart, 0)

    def _of(self, codes: Box, lengths: Codes, span: Span) -> int:
        flow = self._flow(codes, span)
        everybody = flow.ended.get(span.first)
        if everybody is None:
            return 0
        found = [0]
        # Whoever ended since a month and was not there by then came since.
        for month, number in flow.there.items():
            since = everybody if month <= span.first else flow.ended.get(month, 0)
            if self._that_last(0, span.after - 1 - month) <= lengths:
                found.append(since - number)
        # Whoever did not come since a month came before.
        for month, number in flow.came.items():
            if month <= span.first and self._that_last(span.first - month + 1, None) <= lengths:
                found.append(everybody - number)
        return max(found)

    def _that_last(self, fewest: int, most: int | None) -> Codes:
        """The codes of lengths of so many months."""
        if (fewest, most) not in self._lasting:
            self._lasting[fewest, most] = frozenset(
                code
                for code, (least, greatest) in self._length.months.items()
                if (most is None or least <= most) and (greatest is None or greatest >= fewest)
            )
        return self._lasting[fewest, most]

    def _flow(self, box: Box, span: Span) -> Flow:
        if (box, span.after) not in self._flows:
            self._flows[box, span.after] = self._read(box, span.after)
        return self._flows[box, span.after]

    def _read(self, box: Box, after: int) -> Flow:
        there: dict[int, int] = {}
        came: dict[Span, int] = {}
        ended: dict[Span, int] = {}
        earlier, later = self._length.earlier, self._length.later
        for times, number in self._told.get(box, ()):
            start, end = (times.get(name, Span(EVER, NEVER)) for name in (earlier, later))
            if times == self._only(earlier, start):
                came[start] = number
            elif times == self._only(later, end):
                ended[end] = number
            elif (start, end) == (Span(EVER, end.first), Span(end.first, NEVER)):
                there[end.first] = number
        return Flow(there, _until(came, after), _until(ended, after))

    def _only(self, event: str, span: Span) -> Times | None:
        """How the times are told of those to whom the event happened in these months."""
        spans = tightened(self._times, self._order, ((event, span),))
        return None if spans is None else dict(spans)


def codes_of(quantity: Quantity) -> Box:
    """Its box without the months."""
    return tuple([part for part in quantity.box if not is_time(part[1])])


def _apart(quantity: Quantity) -> tuple[Box, Times]:
    """Its codes, and its months by event."""
    codes, times = [], {}
    for name, chosen in quantity.box:
        if isinstance(chosen, Span):
            times[name] = chosen
        else:
            codes.append((name, chosen))
    return tuple(codes), times


def _finer(told: Collection[Box]) -> Mapping[Box, Sequence[Sequence[Box]]]:
    """By codes: what is told of by one variable more, those that share nobody; for each such variable."""
    finer: dict[Box, dict[str, list[tuple[Codes, Box]]]] = defaultdict(lambda: defaultdict(list))
    for box in told:
        for place, (name, chosen) in enumerate(box):
            if isinstance(chosen, frozenset):
                finer[box[:place] + box[place + 1 :]][name].append((chosen, box))
    return {codes: [_disjoint(boxes) for boxes in by_name.values()] for codes, by_name in finer.items()}


def _disjoint(boxes: Sequence[tuple[Codes, Box]]) -> list[Box]:
    seen: set[str] = set()
    found = []
    for chosen, box in sorted(boxes, key=lambda one: (len(one[0]), sorted(one[0]))):
        if seen.isdisjoint(chosen):
            seen |= chosen
            found.append(box)
    return found


def _until(told: Mapping[Span, int], after: int) -> Mapping[int, int]:
    """By month how many there were from then until `after`, as far as sums and differences tell it."""
    found = {after: 0}
    waiting = [after]
    while waiting:
        month = waiting.pop()
        for span, number in told.items():
            if span.after == month and span.first not in found:
                found[span.first] = found[month] + number
                waiting.append(span.first)
            elif span.first == month and span.after not in found:
                found[span.after] = found[month] - number
                waiting.append(span.after)
    return found
