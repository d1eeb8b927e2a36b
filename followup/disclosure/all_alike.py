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
            around = _change(whole, history)
            if around is None or code not in table.sensitive.get(axis, ()):
                continue
            # Where nobody was, there was nobody in any part of it.
            change = entry.value if around == whole.value else _change(entry, history)
            if change is None or abs(change) < entry.least:
                continue
            if 0 <= (around - change if change > 0 else change - around) < entry.least:
                common = code_part(entry.quantity).items() - code_part(whole.quantity).items()
                yield Alike(entry.quantity, common)


def of_all_alike(cells: Mapping[Codes, Entry], found: Sequence[Alike]) -> Iterator[Codes]:
    """These parts, and whatever counts the same category of more people."""
    for codes, entry in cells.items():
        own = code_part(entry.quantity).items()
        if any(one.category <= own and contains(entry.quantity, one.quantity) for one in found):
            yield codes


def _change(entry: Entry, history: History) -> int | None:
    """By how many it has changed since it was told."""
    told = history.get(entry.quantity)
    return None if told is None else entry.value - told[-1].value
