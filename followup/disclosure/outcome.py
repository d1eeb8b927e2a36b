"""What protecting a population comes to: what is hidden, between which numbers, and what is promised."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

from followup.disclosure.intervals import Interval
from followup.disclosure.ledger import Promise, Settled
from followup.disclosure.primary import Need
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import Quantity
from followup.disclosure.search import Search

Hidden = Mapping[Quantity, Reason]


@dataclass(frozen=True, repr=False)
class Pattern:
    """What is hidden in one population and why, between which numbers, and what is promised from now on.

    settled  promises of earlier editions that need no more proof
    resumed  the search taken up again: the pattern that hides so much more, None when it does not get there
    """

    hidden: dict[Quantity, Reason]
    intervals: dict[Quantity, Interval]
    promises: tuple[Promise, ...]
    settled: tuple[Settled, ...] = ()
    resumed: Callable[[Hidden], Optional["Pattern"]] = lambda hidden: None


def pattern_of(search: Search, promises: Iterable[Promise], known: set[Quantity]) -> Pattern:
    """What a search that met its demands leaves. What is hidden is promised, too, but for what is `known`.

    And for head counts that everybody knows in the search, and that go along with others outside it.
    """
    frame = search.frame
    quantity = {number: frame.entries[number].quantity for number in search.hidden}
    kept = {(promise.form, promise.late): promise for promise in promises}
    # What an earlier edition could promise less of was asked for no more.
    asked = {one.row - frame.first: one.least for one in sorted(frame.demands, key=lambda one: one.least)}
    for number, one in quantity.items():
        entry = frame.entries[number]
        # What is surely no small number needs no promise: knowing it more closely points at nobody.
        if entry.value < 2 * entry.least and one not in known and not frame.is_open(entry):
            least = search.weakened.get(number, asked.get(number, frame.asks(number, entry)))
            form = ((1, one),)
            kept.setdefault((form, False), Promise(form, least, ""))
    intervals = {quantity[number]: search.intervals[number] for number in search.hidden}
    return Pattern(
        {quantity[number]: why for number, why in search.hidden.items()}, intervals, tuple(kept.values())
    )


def put_together(patterns: Sequence[Pattern]) -> Pattern:
    """One pattern of those of parts that have nobody in common."""

    def resumed(hidden: Hidden) -> Pattern | None:
        found = [pattern.resumed(hidden) for pattern in patterns]
        whole = [pattern for pattern in found if pattern is not None]
        return put_together(whole) if len(whole) == len(found) else None

    return Pattern(
        {quantity: why for pattern in patterns for quantity, why in pattern.hidden.items()},
        {quantity: interval for pattern in patterns for quantity, interval in pattern.intervals.items()},
        tuple(promise for pattern in patterns for promise in pattern.promises),
        tuple(one for pattern in patterns for one in pattern.settled),
        resumed,
    )


def kept_by(search: Search, needs: Sequence[Need], *, late: bool = False) -> Iterator[Promise]:
    """What a search promises of the needs it met."""
    for demand in search.frame.demands:
        if demand.need is not None and not demand.edition:
            least = search.weakened.get(int(search.frame.rows[demand.row]), demand.least)
            yield Promise(needs[demand.need].form, least, "", late)
