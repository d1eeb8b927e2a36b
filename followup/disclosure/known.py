"""One population as earlier editions told it and as it is today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from followup.disclosure.cells import Population
from followup.disclosure.collect import Entry
from followup.disclosure.courses import Course
from followup.disclosure.ledger import History
from followup.disclosure.primary import Need
from followup.disclosure.quantities import Quantity


@dataclass(frozen=True, repr=False)
class Known:
    """What is told, by then and now.

    entries   what the release tells, and what only the ledger tells; all as it is today
    watched   by edition what it hid or promised; by "" what the release must protect
    hideable  bare head counts of this release may be hidden, too
    """

    population: Population
    courses: Sequence[Course]
    entries: Sequence[Entry]
    history: History
    watched: Mapping[str, Sequence[Need]]
    hideable: bool
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
