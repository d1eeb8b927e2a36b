"""One population as earlier editions told it and as it is today."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from followup.disclosure.cells import Population
from followup.disclosure.collect import Entry
from followup.disclosure.ledger import History, Promise, Told
from followup.disclosure.primary import Need
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import Form, Quantity
from followup.disclosure.register import Register


@dataclass(frozen=True, repr=False)
class Known:
    """What is told, by then and now.

    entries   what the release tells, and what only the ledger tells; all as it is today
    watched   by edition what it hid or promised; by "" what the release must protect
    veiled    bare head counts of this release that are hidden
    """

    population: Population
    register: Register
    entries: Sequence[Entry]
    history: History
    watched: Mapping[str, Sequence[Need]]
    veiled: Set[Quantity]
    deadline: float

    def by_turn(self) -> dict[int, dict[Quantity, int]]:
        """What each edition told."""
        told: dict[int, dict[Quantity, int]] = {}
        for quantity, tellings in self.history.items():
            for one in tellings:
                told.setdefault(one.turn, {})[quantity] = one.value
        return told

    def editions(self, turns: set[int]) -> list[str]:
        """The editions of these turns."""
        told = (one for tellings in self.history.values() for one in tellings if one.turn in turns)
        return list(dict.fromkeys(one.edition for one in told))


def with_ledger(entries: list[Entry], history: History) -> list[Entry]:
    """The entries of the release, and after them the numbers that only the ledger tells.

    A number told before is known, as it is today. One that has changed by so many that it may be told again
    is new.
    """
    told = {quantity: tellings[-1] for quantity, tellings in history.items()}
    again = [entry for entry in entries if entry.quantity in told]
    for entry in again:
        before = told[entry.quantity]
        if entry.value == before.value or (_is_near(entry, before) and not entry.exempt):
            _know(entry, before)
    known = {entry.quantity for entry in again}
    only_told = [one for quantity, one in told.items() if quantity not in known]
    return entries + [
        Entry(one.quantity, one.value, one.least, one.exempt, one.edition, told_under=one.least)
        for one in only_told
    ]


def know_head_counts(entries: Iterable[Entry], history: History) -> None:
    """Head counts that may be hidden now are known, too, where they were told and have changed by few."""
    for entry in entries:
        if entry.exempt and entry.places and entry.quantity in history:
            before = history[entry.quantity][-1]
            if _is_near(entry, before):
                _know(entry, before)


def _is_near(entry: Entry, before: Told) -> bool:
    return abs(entry.value - before.value) < entry.least


def _know(entry: Entry, before: Told) -> None:
    entry.edition, entry.told_under = before.edition, before.least


def promised(promises: Iterable[Promise]) -> Iterator[Need]:
    """What earlier editions promised, as needs of this release."""
    for promise in promises:
        yield Need(promise.form, None, promise.least, Reason.EARLIER, promise.edition)


def watched(forms: Mapping[str, Iterable[Form]], entries: Iterable[Entry]) -> dict[str, list[Need]]:
    """What editions hid or promised; by the strictest threshold of today's."""
    least = max((entry.least for entry in entries), default=0)
    return {
        edition: [Need(form, None, least, Reason.EARLIER) for form in dict.fromkeys(those)]
        for edition, those in forms.items()
    }
