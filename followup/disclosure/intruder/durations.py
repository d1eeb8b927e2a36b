"""How long parts of a whole can have been there: who was there, came and ended says it without telling it.

Who came since the summer had not stayed for a year by Christmas, and whoever had come two years before had.
Tried apart from all else, for the parts of a group beside the lengths of all of it at all times told of: each
part by the months of both events and by length, as the calendar lets these go together.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import permutations, product
from math import inf
from typing import NamedTuple

from followup.disclosure.cells import MonthRange, Part, Population, Selection
from followup.disclosure.intruder.bounds import SLACK, Solver, Term, in_whole_people, tell
from followup.disclosure.intruder.facts import Fact
from followup.disclosure.intruder.findings import Exposure, Finding
from followup.disclosure.intruder.flows import Codes, Flows, Told, codes_of, flows
from followup.disclosure.intruder.groups import contains
from followup.disclosure.intruder.worlds import Worlds
from followup.disclosure.length import Rank

# So many worlds are met by chance before anything is asked.
CHANCES = 1
BY_WHAT = "utifrån hur många som började, var med och avslutade"


def durations(population: Population, told: Told, before: Told) -> list[Finding]:
    """Parts of which everything together lets only few have had some lengths.

    Not where head counts, the parts' own numbers, the lengths of all or what was told `before` say as much.
    Raises Impossible, Unsettled.
    """
    return [
        found for each in flows(population, told, before) for found in _Family(population, each).findings()
    ]


class _Question(NamedTuple):
    """How many of some parts, to whom the later event happened in some months, had one of some lengths."""

    parts: Codes
    months: MonthRange
    lengths: Codes

    def is_within(self, other: "_Question") -> bool:
        inside = self.parts <= other.parts and self.lengths <= other.lengths
        return inside and contains({"": other.months}, {"": self.months})


class _Family:
    """The parts of a group by one variable, by both events and by length."""

    def __init__(self, population: Population, told: Flows) -> None:
        self._told, self._length, self._name = told, told.length, told.name
        every = frozenset(population.variables[told.name])
        sizes = told.sizes()
        self._sizes = {
            (codes_of(fact.selection, told.name), fact.selection[told.length.later]): fact.value
            for fact in sizes
        }
        parts = {codes_of(fact.selection, told.name) for fact in sizes}
        self._parts = sorted(parts - {every}, key=sorted)
        order = [code for code in population.variables[told.length.variable] if code in told.length.months]
        self._cuts = list(product(self._months(), _ends(order, told.bands)))
        self._least = max(fact.least for fact in told.facts)
        asked = (self._selection(_Question(part, *cut)) for part in self._parts for cut in self._cuts)
        said = (_having(*rank) for rank in (*told.ranks, *told.ranks_before))
        known = (fact.selection for fact in (*told.facts, *told.before))
        self._worlds = Worlds(population, [*known, *said, *asked])
        self._everything = self._fitted(told.facts, told.ranks)
        for chance in range(CHANCES):
            self._everything.stray(chance)
        self._heads, self._own = cache(self._heads_and), cache(self._own_of)

    def findings(self) -> list[Finding]:
        found: dict[_Question, Finding] = {}
        for cut in self._cuts:
            parts = [_Question(part, *cut) for part in self._parts]
            for asked in [*self._silent(parts), *parts]:
                # What is told of more people is not told again.
                if not any(asked.is_within(other) for other in found):
                    one = self._of(asked)
                    found |= {asked: one} if one else {}
        return [*found.values()]

    def _months(self) -> list[MonthRange]:
        """The times at which lengths are told, and what one leaves of another, the longest first."""
        spans = {
            months
            for fact in self._told.facts
            if self._length.variable in fact.selection
            for months in [fact.selection.get(self._length.later)]
            if isinstance(months, MonthRange) and months.first and months.last
        }
        left = (each for outer, inner in permutations(spans, 2) for each in _left(outer, inner))
        return sorted({*spans, *left}, key=lambda each: (-_ordinal(each.last) + _ordinal(each.first), each))

    def _silent(self, parts: Sequence[_Question]) -> Iterator[_Question]:
        """Those together of whom nothing but the lengths of all tells that somebody had such a length.

        Nothing where one of them can be many.
        """
        few = [part for part in parts if self._so_far(part) < self._least]
        if len(few) > 1 and not any(self._is_silent(part) for part in parts if part not in few):
            together = [part.parts for part in few if self._is_silent(part)]
            if len(together) > 1:
                yield parts[0]._replace(parts=frozenset[str]().union(*together))

    def _is_silent(self, asked: _Question) -> bool:
        heads, terms = self._heads(frozenset(range(len(self._told.ranks)))), self._terms(asked)
        if heads.met(terms)[0] > SLACK:
            heads.cheapest(terms)
        return heads.met(terms)[0] < SLACK

    def _so_far(self, asked: _Question) -> float:
        return _whole(self._everything.met(self._terms(asked))[1])

    def _of(self, asked: _Question) -> Finding | None:
        """That they surely are few, if only what is told of others says so."""
        terms, so_far = self._terms(asked), self._so_far(asked)
        # Two ways to see quickly that there is nothing to see.
        if so_far >= self._least or self._people(asked) <= so_far:
            return None
        if _whole(self._heads(frozenset()).most(terms)) <= so_far:
            return None
        high = _whole(self._everything.most(terms))
        if high >= self._least or any(_whole(one.most(terms)) <= high for one in self._by_themselves(asked)):
            return None
        low, _ = in_whole_people(self._everything.bounds(terms))
        return Finding(Exposure.UNTOLD, self._words(asked), low, int(high))

    def _people(self, asked: _Question) -> float:
        """So many at most as they are in all, and as their own medians and the like tell of other lengths."""
        told = self._sizes.get((asked.parts, asked.months))
        if told is None:
            return inf
        base = {self._name: asked.parts, self._length.later: asked.months}
        own = (rank for group, rank in self._told.ranks if group == base)
        return told - max((rank.least for rank in own if not rank.codes & asked.lengths), default=0)

    def _by_themselves(self, asked: _Question) -> Iterator[Solver]:
        """Of several parts of what is told the one or the other says enough."""
        yield self._all
        if self._told.before:
            yield self._before
        yield self._heads_of(asked)
        yield self._own(asked.parts)

    def _heads_of(self, asked: _Question) -> Solver:
        places = enumerate(self._told.ranks)
        return self._heads(frozenset(place for place, (base, _) in places if self._is_of(base, asked.parts)))

    def _heads_and(self, figures: frozenset[int]) -> Solver:
        """What is told without any lengths, but for some medians and the like."""
        facts = (fact for fact in self._told.facts if self._length.variable not in fact.selection)
        solver = self._fitted(facts, map(self._told.ranks.__getitem__, sorted(figures)))
        solver.stray(0)
        return solver

    def _own_of(self, parts: Codes) -> Solver:
        """What is told of the parts themselves, and of the lengths of all."""
        bare = {self._length.variable, self._length.later}
        return self._fitted(
            (f for f in self._told.facts if self._is_of(f.selection, parts) or f.selection.keys() <= bare),
            (rank for rank in self._told.ranks if self._is_of(rank[0], parts) or self._name not in rank[0]),
        )

    @cached_property
    def _all(self) -> Solver:
        """What is told of all of them together."""
        return self._fitted(
            (fact for fact in self._told.facts if self._name not in fact.selection),
            (rank for rank in self._told.ranks if self._name not in rank[0]),
        )

    @cached_property
    def _before(self) -> Solver:
        """What was told before, with the head counts of today, which nothing hides."""
        heads = (fact for fact in self._told.facts if fact.exempt)
        return self._fitted([*heads, *self._told.before], self._told.ranks_before)

    def _is_of(self, group: Selection, parts: Codes) -> bool:
        return self._name in group and codes_of(group, self._name) <= parts

    def _fitted(self, facts: Iterable[Fact], ranks: Iterable[tuple[Selection, Rank]]) -> Solver:
        """Raises Impossible, Unsettled."""
        solver = Solver(self._worlds)
        tell(solver, self._worlds, facts)
        for base, rank in ranks:
            row = dict.fromkeys(self._worlds.columns(_having(base, rank)), 1.0)
            solver.require(row, float(rank.least), float("inf"))
        return solver

    def _terms(self, asked: _Question) -> list[Term]:
        return [(1.0, self._worlds.columns(self._selection(asked)))]

    def _selection(self, asked: _Question) -> Selection:
        parts: dict[str, Part] = {self._name: asked.parts, self._length.variable: asked.lengths}
        return {**parts, self._length.later: asked.months}

    def _words(self, asked: _Question) -> str:
        """Of whom, when they ended where no row of theirs says so, and how long they had been there."""
        rows = [self._row(part, asked.months) for part in self._parts if part <= asked.parts]
        when = [f"{asked.months.first}–{asked.months.last}"]
        if all(row.selection[self._length.later] == asked.months for row in rows):
            when = []
        known = [self._length.months[code] for code in asked.lengths]
        least, most = min(first for first, _ in known), [last for _, last in known]
        longest = max(filter(None, most), default=0)
        lengths = f"{least} månader eller mer" if None in most else f"{least}–{longest} månader"
        places = " + ".join(row.place for row in rows)
        return ", ".join([places, *when, lengths, BY_WHAT])

    def _row(self, part: Codes, months: MonthRange) -> Fact:
        told = [fact for fact in self._told.sizes() if codes_of(fact.selection, self._name) == part]
        same = (fact for fact in told if fact.selection[self._length.later] == months)
        return next(same, told[0])


def _having(base: Selection, rank: Rank) -> Selection:
    return {**base, rank.variable: rank.codes}


def _ends(order: Sequence[str], bands: Collection[Codes]) -> list[Codes]:
    """The shortest lengths, up to where a band begins or ends, and the longest; the most first."""
    cuts = [
        place
        for place in range(1, len(order))
        if any((order[place - 1] in band) != (order[place] in band) for band in bands)
    ]
    sides = [side for place in cuts for side in (order[:place], order[place:])]
    return [frozenset(side) for side in sorted(sides, key=len, reverse=True)]


def _left(outer: MonthRange, inner: MonthRange) -> Iterator[MonthRange]:
    """What a time within another leaves of it at either end."""
    if contains({"": outer}, {"": inner}):
        if outer.first != inner.first:
            yield MonthRange(outer.first, _beside(inner.first, -1))
        if outer.last != inner.last:
            yield MonthRange(_beside(inner.last, 1), outer.last)


def _ordinal(month: str | None) -> int:
    """Of the times that are asked about both ends are known."""
    year, number = (month or "0000-01").split("-")
    return 12 * int(year) + int(number) - 1


def _beside(month: str | None, step: int) -> str:
    number = _ordinal(month) + step
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _whole(most: float) -> float:
    return in_whole_people((0.0, most))[1]
