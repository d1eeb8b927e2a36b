"""Protecting one population of a release: from its quantities and the ledger to a pattern of hidden cells."""

from followup.disclosure.collect import Collection, Entry
from followup.disclosure.corrected import moved
from followup.disclosure.frame import frame_of
from followup.disclosure.ground import PromiseBroken
from followup.disclosure.known import with_ledger
from followup.disclosure.ledger import Ledger
from followup.disclosure.linked import parts
from followup.disclosure.more import More
from followup.disclosure.outcome import Pattern, put_together
from followup.disclosure.reconciled import reconcile
from followup.disclosure.refusals import contradiction, refusal
from followup.disclosure.task import Task


def find_pattern(
    collection: Collection, population: str, ledger: Ledger, deadline: float, asked: More
) -> Pattern:
    """The cheapest pattern found that meets every need of the release and every promise of the ledger.

    asked  what to protect and hide besides; the needs that are found here are added
    Raises ProtectionFailed, OutOfTime.
    """
    own = collection.of(population)
    history = ledger.history(population)
    if moved(with_ledger(own, history), history) or any(one.late for one in ledger.promises_of(population)):
        return _found(collection, population, ledger, own, deadline, asked)
    try:
        found = [
            _found(collection, population, near, some, deadline, asked, apart=True)
            for some, near in parts(ledger, population, own)
        ]
    except _Corrected:
        return _found(collection, population, ledger, own, deadline, asked)
    return put_together(found)


class _Corrected(Exception):
    """Somebody came late or was taken away: where nothing changed tells where something did."""


def _found(
    collection: Collection,
    population: str,
    ledger: Ledger,
    own: list[Entry],
    deadline: float,
    asked: More,
    *,
    apart: bool = False,
) -> Pattern:
    """The pattern among some entries. Raises _Corrected when they, `apart`, contradict the ledger."""
    history = ledger.history(population)
    entries = with_ledger(own, history)
    task = Task(collection, population, ledger, history, entries, deadline, asked)
    found = task.found_among_some()
    if found is not None:
        return found
    task.take_everybody()
    if task.truth is None and apart:
        raise _Corrected
    if task.truth is None and any(not entry.places for entry in entries):
        reconcile(collection, task.history, frame_of(task.system, entries, ()), task.people, deadline)
        task = Task(collection, population, ledger, history, entries, deadline, asked)
        task.take_everybody()
    if task.truth is None:
        raise contradiction(collection, entries)
    try:
        return task.searched()
    except PromiseBroken as broken:
        raise refusal(collection, entries, broken) from None
