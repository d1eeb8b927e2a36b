"""What head counts say of how long people can have been there: who was there, came and ended, by month.

A team that nobody was in when the year began had short stays alone, and one that nobody has come to for two
years long ones.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from followup.disclosure.cells import Population
from followup.disclosure.length import Length
from followup.disclosure.quantities import (
    EVER,
    NEVER,
    Box,
    Quantity,
    Span,
    code_part,
    is_time,
    settled,
    time_part,
)

Codes = frozenset[str]
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
        self._population, self._length = population, length
        self._told: dict[Box, list[tuple[Quantity, int]]] = defaultdict(list)
        for quantity, number in numbers.items():
            if quantity.population == population.name:
                self._told[codes_of(quantity)].append((quantity, number))
        self._flows: dict[tuple[Box, int], Flow] = {}

    def at_least(self, codes: Box, lengths: Codes, span: Span) -> int:
        """So many at least of those with the codes who ended in the time had one of the lengths.

        By what is told of them, or of parts of them, as of the women and of the men.
        """
        apart = (sum(self._of(box, lengths, span) for box in boxes) for boxes in self._parts(codes))
        return max(self._of(codes, lengths, span), *apart, 0)

    def _parts(self, codes: Box) -> Iterator[list[Box]]:
        """What is told of by one variable more, those that share nobody."""
        finer: dict[str, list[tuple[Codes, Box]]] = defaultdict(list)
        for box in self._told:
            more = [part for part in box if part not in codes]
            if len(more) == 1 and len(box) == len(codes) + 1 and isinstance(more[0][1], frozenset):
                finer[more[0][0]].append((more[0][1], box))
        for boxes in finer.values():
            seen: set[str] = set()
            found = []
            for chosen, box in sorted(boxes, key=lambda one: (len(one[0]), sorted(one[0]))):
                if seen.isdisjoint(chosen):
                    seen |= chosen
                    found.append(box)
            yield found

    def _of(self, codes: Box, lengths: Codes, span: Span) -> int:
        flow = self._flow(codes, span)
        everybody = flow.ended.get(span.first)
        if everybody is None:
            return 0
        found = [0]
        # Whoever ended since a month and was not there by then came since.
        for month, number in flow.there.items():
            since = everybody if month <= span.first else flow.ended.get(month, 0)
            if _that_last(self._length, 0, span.after - 1 - month) <= lengths:
                found.append(since - number)
        # Whoever did not come since a month came before.
        for month, number in flow.came.items():
            if month <= span.first and _that_last(self._length, span.first - month + 1, None) <= lengths:
                found.append(everybody - number)
        return max(found)

    def _flow(self, box: Box, span: Span) -> Flow:
        if (box, span.after) not in self._flows:
            self._flows[box, span.after] = self._read(box, span.after)
        return self._flows[box, span.after]

    def _read(self, box: Box, after: int) -> Flow:
        there: dict[int, int] = {}
        came: dict[Span, int] = {}
        ended: dict[Span, int] = {}
        earlier, later = self._length.earlier, self._length.later
        for quantity, number in self._told.get(box, ()):
            codes, times = code_part(quantity), time_part(quantity)
            start, end = (times.get(name, Span(EVER, NEVER)) for name in (earlier, later))
            if quantity == settled(self._population, {**codes, earlier: start}):
                came[start] = number
            elif quantity == settled(self._population, {**codes, later: end}):
                ended[end] = number
            elif (start, end) == (Span(EVER, end.first), Span(end.first, NEVER)):
                there[end.first] = number
        return Flow(there, _until(came, after), _until(ended, after))


def codes_of(quantity: Quantity) -> Box:
    """Its box without the months."""
    return tuple(part for part in quantity.box if not is_time(part[1]))


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


def _that_last(length: Length, fewest: int, most: int | None) -> Codes:
    """The codes of lengths of so many months."""
    return frozenset(
        code
        for code, (least, greatest) in length.months.items()
        if (most is None or least <= most) and (greatest is None or greatest >= fewest)
    )
