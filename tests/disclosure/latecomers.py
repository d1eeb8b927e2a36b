"""An onlooker who has every edition, and knows how many were registered late between two, or about how many.

And how many were taken away. Unlike the trial before publication this one believes every number ever told,
each of its own time.
"""

import json
from collections.abc import Iterator
from typing import NamedTuple

from hypothesis import strategies as st

from followup.disclosure import Ledger, Population, ProtectionFailed, Release, Rule, protect
from followup.disclosure.intruder import Fact
from followup.disclosure.intruder.bounds import Solver
from followup.disclosure.intruder.worlds import Worlds
from tests.disclosure.random_releases import (
    facts_of,
    known_as,
    people,
    people_of,
    recounted,
    tables,
    with_head_count,
)

# Who is in the register all the time.
STAYED = 0


class Edition(NamedTuple):
    """What it told; so many people had come into the register, and gone, since the edition before."""

    facts: list[Fact]
    late: int
    gone: int = 0


class _Blocks:
    """The same unknowns several times over: those who stay, and each time those who come and those who go."""

    def __init__(self, worlds: Worlds, number: int) -> None:
        self.width, self.size = worlds.size, worlds.size * number
        self._rows, self._number = worlds.agreements(), number

    def agreements(self) -> list[dict[int, float]]:
        return [
            {column + block * self.width: factor for column, factor in row.items()}
            for block in range(self._number)
            for row in self._rows
        ]


def _late(turn: int) -> int:
    return 2 * turn - 1


def _gone(turn: int) -> int:
    return 2 * turn


class Onlooker:
    """Bounds from what of some editions is believed, by one who knows how many moved, give or take `more`."""

    def __init__(
        self, population: Population, editions: list[Edition], believed: list[list[Fact]], more: int = 0
    ) -> None:
        facts = [fact for edition in editions for fact in edition.facts]
        self._worlds = Worlds(
            population, [*(f.selection for f in facts), *(whole for f in facts for whole in f.wholes), {}]
        )
        self._turns = range(1, len(editions))
        blocks = _Blocks(self._worlds, 1 + 2 * len(self._turns))
        self._width = blocks.width
        self._solver = Solver(blocks)
        for turn, told in enumerate(believed):
            for fact in told:
                if fact.value is not None:
                    self._require(self._there(fact.selection, turn), fact.value, fact.value)
        for turn in self._turns:
            for block, number in ((_late(turn), editions[turn].late), (_gone(turn), editions[turn].gone)):
                self._require(self._columns({}, block), 0 if more else number, number + more)
        self._solver.bounds([])

    def _require(self, columns: list[int], least: int, most: int) -> None:
        self._solver.require(dict.fromkeys(columns, 1.0), least, most)

    def _columns(self, selection, block: int) -> list[int]:
        return [column + block * self._width for column in self._worlds.columns(selection)]

    def _there(self, selection, turn: int) -> list[int]:
        moved = [_late(other) if other <= turn else _gone(other) for other in self._turns]
        return [column for block in (STAYED, *moved) for column in self._columns(selection, block)]

    def is_narrow(self, fact: Fact, turn: int) -> bool:
        """True if the group of a hidden number is known too closely, as it was in that edition."""
        terms = [(1.0, self._there(fact.selection, turn))]
        low, high = self._solver.met(terms)
        if min(high, high - low) < fact.least:
            low, high = self._bounds(terms)
            if low < fact.least and min(high, high - low) < fact.least:
                return True
        if low <= 0:
            return False
        rests = [[(1.0, self._there(whole, turn)), *((-1.0, t) for _, t in terms)] for whole in fact.wholes]
        return any(
            self._solver.met(rest)[1] < fact.least and self._bounds(rest)[1] < fact.least for rest in rests
        )

    def is_found(self, selection, turn: int) -> bool:
        """True if somebody of the group surely came late to that edition, or surely was gone by it."""
        return any(self._has(self._columns(selection, block)) for block in (_late(turn), _gone(turn)))

    def _has(self, columns: list[int]) -> bool:
        terms = [(1.0, columns)]
        return self._solver.met(terms)[0] > 0.5 and self._bounds(terms)[0] > 0

    def _bounds(self, terms) -> tuple[float, float]:
        low, high = self._solver.bounds(terms)
        return round(low + 0.499999), round(high - 0.499999) if high < 1e9 else high


def exposed(population: Population, editions: list[Edition], more: int) -> list[str]:
    """What is hidden and can be known from all editions more closely than before it was, in words.

    The onlooker knows only that no more than so many and `more` people came late to an edition, or were gone.
    """
    all_told = Onlooker(population, editions, _told(editions), more)
    found = []
    for turn, edition in enumerate(editions):
        before = Onlooker(population, editions, _told(editions, turn), more)
        found += [
            fact.place
            for fact in edition.facts
            if fact.value is None and not fact.exempt
            if all_told.is_narrow(fact, turn) and not before.is_narrow(fact, turn)
        ]
    return found


def given_away(population: Population, editions: list[Edition]) -> list[str]:
    """Where the last edition lets somebody late or gone be found by one who knows how many were, in words.

    When people come and go head counts tell: groups by nothing but time give nothing away.
    """
    all_told = Onlooker(population, editions, _told(editions))
    before = Onlooker(population, editions, _told(editions, len(editions) - 1))
    kinds = {name for name, codes in population.variables.items() if codes != "time"}
    return [
        f"{fact.place}, late to edition {turn} or gone by it"
        for turn in range(1, len(editions))
        if editions[turn].late or editions[turn].gone
        for edition in editions
        for fact in edition.facts
        if not fact.exempt and kinds & fact.selection.keys()
        if all_told.is_found(fact.selection, turn) and not before.is_found(fact.selection, turn)
    ]


def _told(editions: list[Edition], turn: int | None = None) -> list[list[Fact]]:
    """What each edition told; with `turn`, what was told before that one, and its head counts."""
    if turn is None:
        return [edition.facts for edition in editions]
    told = [edition.facts for edition in editions[:turn]]
    head_counts = [fact for fact in editions[turn].facts if fact.exempt]
    return [*told, head_counts, *([] for _ in editions[turn + 1 :])]


def published_in_turn(data, rule: Rule, most: int) -> Iterator[tuple[Release | None, list[Edition]]]:
    """Two to four random releases, with at most so many people late, and as many gone, between two.

    Each with all editions so far; None for one that was refused because of an earlier edition.
    """
    rows = data.draw(people())
    records: list = []
    editions: list[Edition] = []
    drawn: list = []
    came = gone = 0
    for number in range(data.draw(st.integers(2, 4))):
        edition = f"utgåva {number + 1}"
        late = data.draw(people_of(data.draw(st.integers(0, most)))) if number else []
        less = data.draw(st.integers(0, most)) if number else 0
        rows, came, gone = rows[less:] + late, came + len(late), gone + less
        known = [known_as(row) for row in rows] if data.draw(st.booleans()) else []
        again = [recounted(table, rows, known) for table in drawn if data.draw(st.booleans())]
        names = [f"T{number}{place}" for place in range(data.draw(st.integers(1, 3)))]
        new = [data.draw(tables(rows, name, known, total=True)) for name in names]
        new = [with_head_count(table) if data.draw(st.booleans()) else table for table in new]
        release = published([*again, *new], rule, records)
        if release is not None:
            drawn += new
            records += release.records(edition)
            editions.append(Edition(facts_of(release, [*again, *new], rule, edition), came, gone))
            came = gone = 0
        yield release, editions


def published(sources, rule: Rule, records: list) -> Release | None:
    """The release, or None when it was refused because of an earlier edition; no other refusal is right."""
    try:
        return protect(sources, rule, Ledger.from_records(json.loads(json.dumps(records))))
    except ProtectionFailed as refusal:
        if not refusal.editions:
            raise
        return None
