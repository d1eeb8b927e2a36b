"""An onlooker who has every edition, and knows that at most so many people were registered late between two.

Unlike the trial before publication this one believes every number ever told, each of its own time.
"""

from typing import NamedTuple

from followup.disclosure import Population
from followup.disclosure.intruder import Fact
from followup.disclosure.intruder.bounds import Solver
from followup.disclosure.intruder.worlds import Worlds


class Edition(NamedTuple):
    """What it told; `late` people at most had been added to the register since the edition before."""

    facts: list[Fact]
    late: int


class _Blocks:
    """The same unknowns several times over: those of the first edition, and each time's latecomers."""

    def __init__(self, worlds: Worlds, number: int) -> None:
        self.width, self.size = worlds.size, worlds.size * number
        self._rows, self._number = worlds.agreements(), number

    def agreements(self) -> list[dict[int, float]]:
        return [
            {column + block * self.width: factor for column, factor in row.items()}
            for block in range(self._number)
            for row in self._rows
        ]


class Onlooker:
    """Bounds from the facts of some editions."""

    def __init__(self, population: Population, editions: list[Edition], believed: list[list[Fact]]) -> None:
        facts = [fact for edition in editions for fact in edition.facts]
        self._worlds = Worlds(
            population, [*(f.selection for f in facts), *(f.whole for f in facts if f.whole), {}]
        )
        blocks = _Blocks(self._worlds, len(editions))
        self._width = blocks.width
        self._solver = Solver(blocks)
        for turn, edition in enumerate(editions):
            for fact in believed[turn]:
                if fact.value is not None:
                    self._solver.require(
                        dict.fromkeys(self._upto(fact.selection, turn), 1.0), fact.value, fact.value
                    )
            if turn:
                everybody = self._columns({}, turn)
                self._solver.require(dict.fromkeys(everybody, 1.0), 0, edition.late)

    def _columns(self, selection, block: int) -> list[int]:
        return [column + block * self._width for column in self._worlds.columns(selection)]

    def _upto(self, selection, turn: int) -> list[int]:
        return [column for block in range(turn + 1) for column in self._columns(selection, block)]

    def people(self, selection, turn: int, less=None) -> tuple[float, float]:
        """Of the group, less those of another, in the register of that edition."""
        terms = [(1.0, self._upto(selection, turn))]
        terms += [] if less is None else [(-1.0, self._upto(less, turn))]
        return self._bounds(terms)

    def _bounds(self, terms) -> tuple[float, float]:
        low, high = self._solver.bounds(terms)
        return round(low + 0.499999), round(high - 0.499999) if high < 1e9 else high


def exposed(population: Population, editions: list[Edition]) -> list[str]:
    """What is hidden and can be known from all editions more closely than before it was, in words."""
    found = []
    all_told = Onlooker(population, editions, [edition.facts for edition in editions])
    for turn, edition in enumerate(editions):
        before = _before(population, editions, turn)
        found += [
            f"{fact.place}: {all_told.people(fact.selection, turn)}"
            for fact in edition.facts
            if fact.value is None and not fact.exempt
            if _is_narrow(all_told, fact, turn) and not _is_narrow(before, fact, turn)
        ]
    return found


def _before(population: Population, editions: list[Edition], turn: int) -> Onlooker:
    """Who has what was told before that edition, and its head counts."""
    told = [edition.facts for edition in editions[:turn]]
    head_counts = [fact for fact in editions[turn].facts if fact.exempt]
    return Onlooker(population, editions, [*told, head_counts, *([] for _ in editions[turn + 1 :])])


def _is_narrow(onlooker: Onlooker, fact: Fact, turn: int) -> bool:
    low, high = onlooker.people(fact.selection, turn)
    if low < fact.least and min(high, high - low) < fact.least:
        return True
    return bool(fact.whole) and low > 0 and onlooker.people(fact.whole, turn, fact.selection)[1] < fact.least
