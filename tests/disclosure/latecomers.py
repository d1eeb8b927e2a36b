"""An onlooker who has every edition, and knows how many were registered late between two, or about how many.

Unlike the trial before publication this one believes every number ever told, each of its own time.
"""

from typing import NamedTuple

from followup.disclosure import Population
from followup.disclosure.intruder import Fact
from followup.disclosure.intruder.bounds import Solver
from followup.disclosure.intruder.worlds import Worlds


class Edition(NamedTuple):
    """What it told; so many people had been added to the register since the edition before."""

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
    """Bounds from the facts of some editions, by one who knows between which numbers came late each time."""

    def __init__(
        self,
        population: Population,
        editions: list[Edition],
        believed: list[list[Fact]],
        late: list[tuple[int, int]],
    ) -> None:
        facts = [fact for edition in editions for fact in edition.facts]
        self._worlds = Worlds(
            population, [*(f.selection for f in facts), *(f.whole for f in facts if f.whole), {}]
        )
        blocks = _Blocks(self._worlds, len(editions))
        self._width = blocks.width
        self._solver = Solver(blocks)
        for turn, (told, (least, most)) in enumerate(zip(believed, late, strict=True)):
            for fact in told:
                if fact.value is not None:
                    self._solver.require(
                        dict.fromkeys(self._upto(fact.selection, turn), 1.0), fact.value, fact.value
                    )
            if turn:
                everybody = self._columns({}, turn)
                self._solver.require(dict.fromkeys(everybody, 1.0), least, most)

    def _columns(self, selection, block: int) -> list[int]:
        return [column + block * self._width for column in self._worlds.columns(selection)]

    def _upto(self, selection, turn: int) -> list[int]:
        return [column for block in range(turn + 1) for column in self._columns(selection, block)]

    def people(self, selection, turn: int, less=None) -> tuple[float, float]:
        """Of the group, less those of another, in the register of that edition."""
        terms = [(1.0, self._upto(selection, turn))]
        terms += [] if less is None else [(-1.0, self._upto(less, turn))]
        return self._bounds(terms)

    def late(self, selection, turn: int) -> tuple[float, float]:
        """Of those who came late to that edition: how many of the group."""
        return self._bounds([(1.0, self._columns(selection, turn))])

    def _bounds(self, terms) -> tuple[float, float]:
        low, high = self._solver.bounds(terms)
        return round(low + 0.499999), round(high - 0.499999) if high < 1e9 else high


def exposed(population: Population, editions: list[Edition], more: int) -> list[str]:
    """What is hidden and can be known from all editions more closely than before it was, in words.

    The onlooker knows only that no more than so many and `more` people came late to an edition.
    """
    late = [(0, edition.late + more) for edition in editions]
    all_told = Onlooker(population, editions, _told(editions), late)
    found = []
    for turn, edition in enumerate(editions):
        before = Onlooker(population, editions, _told(editions, turn), late)
        found += [
            f"{fact.place}: {all_told.people(fact.selection, turn)}"
            for fact in edition.facts
            if fact.value is None and not fact.exempt
            if _is_narrow(all_told, fact, turn) and not _is_narrow(before, fact, turn)
        ]
    return found


def given_away(population: Population, editions: list[Edition]) -> list[str]:
    """Where the last edition lets somebody late be found by one who knows how many came, in words.

    When people come and go head counts tell: groups by nothing but time give nothing away.
    """
    late = [(edition.late, edition.late) for edition in editions]
    all_told = Onlooker(population, editions, _told(editions), late)
    before = Onlooker(population, editions, _told(editions, len(editions) - 1), late)
    kinds = {name for name, codes in population.variables.items() if codes != "time"}
    return [
        f"{fact.place}, late to edition {turn}: {all_told.late(fact.selection, turn)}"
        for turn in range(1, len(editions))
        for edition in editions
        for fact in edition.facts
        if editions[turn].late and not fact.exempt and kinds & fact.selection.keys()
        if all_told.late(fact.selection, turn)[0] > 0 and before.late(fact.selection, turn)[0] <= 0
    ]


def _told(editions: list[Edition], turn: int | None = None) -> list[list[Fact]]:
    """What each edition told; with `turn`, what was told before that one, and its head counts."""
    if turn is None:
        return [edition.facts for edition in editions]
    told = [edition.facts for edition in editions[:turn]]
    head_counts = [fact for fact in editions[turn].facts if fact.exempt]
    return [*told, head_counts, *([] for _ in editions[turn + 1 :])]


def _is_narrow(onlooker: Onlooker, fact: Fact, turn: int) -> bool:
    low, high = onlooker.people(fact.selection, turn)
    if low < fact.least and min(high, high - low) < fact.least:
        return True
    return bool(fact.whole) and low > 0 and onlooker.people(fact.whole, turn, fact.selection)[1] < fact.least
