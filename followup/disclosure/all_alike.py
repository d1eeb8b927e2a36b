"""Many who came late at once, or left, and are all alike: what two editions tell of them is told of each.

A team that was not there has nobody in any category, whether or not an edition said so.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from followup.disclosure.cells import Codes
from followup.disclosure.collect import Collection, Entry
from followup.disclosure.ledger import History
from followup.disclosure.quantities import Quantity, code_part, contains

Category = tuple[str, frozenset[str]]


class Alike(NamedTuple):
    """A number that many came into or left, almost all of those who did, and what they have in common."""

    quantity: Quantity
    category: Set[Category]


def alike(collection: Collection, population: str, history: History) -> Iterator[Alike]:
    """Sensitive parts that all, or all but a few, of many who came or left are in: two editions tell it."""
    for (number, codes), entry in collection.at.items():
        table = collection.tables[number]
        if entry is None or table.population.name != population:
            continue
        for axis, code, whole in collection.neighbours((number, codes)):
            if code in table.sensitive.get(axis, ()) and _is_told(entry, whole, history):
                common = code_part(entry.quantity).items() - code_part(whole.quantity).items()
                yield Alike(entry.quantity, common)


def of_all_alike(cells: Mapping[Codes, Entry], found: Sequence[Alike]) -> Iterator[Codes]:
    """These parts, and whatever counts the same category of more people."""
    for codes, entry in cells.items():
        own = code_part(entry.quantity).items()
        if any(one.category <= own and contains(entry.quantity, one.quantity) for one in found):
            yield codes


def _is_told(entry: Entry, whole: Entry, history: History) -> bool:
    for around, change in _changes(entry, whole, history):
        others = around - change if change > 0 else change - around
        if abs(change) >= entry.least and 0 <= others < entry.least:
            return True
    return False


def _changes(entry: Entry, whole: Entry, history: History) -> Iterator[tuple[int, int]]:
    """By how many the whole and its part have changed since each edition that told both.

    And since each was last told: an edition that hid the part may have told the whole as it is now.
    """
    then = history.get(entry.quantity, ())
    known = {one.turn: one.value for one in then}
    for one in history.get(whole.quantity, ()):
        # Where nobody was, there was nobody in any part of it.
        before = 0 if one.value == 0 else known.get(one.turn)
        if before is not None:
            yield whole.value - one.value, entry.value - before
    if then and whole.quantity in history:
        yield whole.value - history[whole.quantity][-1].value, entry.value - then[-1].value
