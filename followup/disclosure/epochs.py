"""Editions that are each true at one time, with a correction after each, as the numbers tell them apart."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from followup.disclosure.known import Known
from followup.disclosure.quantities import Quantity, contains, times_of


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


def epochs_of(known: Known) -> Iterator[Epochs]:
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
