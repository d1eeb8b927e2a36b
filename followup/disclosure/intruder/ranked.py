"""What medians and the like tell of people: so many of a team at least took no longer than so long.

Tried apart from all else, for those who are parts of one group at the same time: how many of each part had
each length, as far as the sizes of the parts, the lengths of the whole group and the figures tell.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from followup.disclosure.cells import Population
from followup.disclosure.intruder.bounds import Solver, Term, in_whole_people
from followup.disclosure.intruder.facts import Fact, RankFact
from followup.disclosure.intruder.findings import Exposure, Finding
from followup.disclosure.intruder.groups import Group, group_of
from followup.disclosure.intruder.worlds import Row

Codes = frozenset[str]
Told = Mapping[Group, Fact]


def ranked(population: Population, facts: Sequence[Fact], ranks: Sequence[RankFact]) -> list[Finding]:
    """Parts, and those without a figure together, of whom figures of others tell that few had such a length.

    What a part's own figures tell of it is what they are for. Raises Impossible, Unsettled.
    """
    told = {group_of(population, fact.selection): fact for fact in facts if fact.value is not None}
    families: dict[tuple[str, Group, str], dict[Codes, list[RankFact]]] = {}
    for rank in ranks:
        base = group_of(population, rank.base)
        for name, part in base:
            if isinstance(part, frozenset):
                family = name, base - {(name, part)}, rank.variable
                families.setdefault(family, defaultdict(list))[part].append(rank)
    return [
        finding
        for (name, whole, variable), figures in families.items()
        for finding in _Family(
            told.get(whole),
            _beside(told, whole, name),
            _beside(told, whole, variable),
            tuple(population.variables[variable]),
            figures,
        ).findings()
    ]


def _beside(told: Told, whole: Group, name: str) -> dict[Codes, Fact]:
    """What is told of the parts of a whole by one more variable."""
    found: dict[Codes, Fact] = {}
    for group, fact in told.items():
        if whole < group and len(group) == len(whole) + 1:
            ((each, part),) = group - whole
            if each == name and isinstance(part, frozenset):
                found[part] = fact
    return found


class _Family:
    """Parts of a whole, and whoever is in none of them, each by length.

    Parts may have people in common: one edition tells of two teams together that another told apart.

    parts, bands  what is told of each part, and of all of them by length; `lengths` has the codes of these
    """

    def __init__(
        self,
        whole: Fact | None,
        parts: Mapping[Codes, Fact],
        bands: Mapping[Codes, Fact],
        lengths: Sequence[str],
        figures: Mapping[Codes, Sequence[RankFact]],
    ) -> None:
        self._whole, self._bands, self._lengths = whole, bands, lengths
        self._parts = [*parts.values()]
        self._figures = [figures.get(part, ()) for part in parts]
        within = {tuple(code in part for part in parts): code for part in parts for code in part}
        self._shares = [
            {place for place, sign in enumerate(within) if sign[number]} for number in range(len(parts))
        ]
        self._everybody = range(len(within) + 1)
        self._solver = cache(self._fitted)

    @property
    def size(self) -> int:
        return len(self._everybody) * len(self._lengths)

    def agreements(self) -> list[Row]:
        return []

    def findings(self) -> list[Finding]:
        everybody = range(len(self._parts))
        silent = self._apart(number for number in everybody if not self._figures[number])
        groups = [[number] for number in everybody]
        if 1 < len(silent) < len(self._parts):
            groups.append(silent)
        return [
            found
            for lengths in self._cuts()
            for group in groups
            for found in self._of(group, lengths, frozenset(everybody))
        ]

    def _apart(self, numbers: Iterable[int]) -> list[int]:
        """Of some parts those that have nobody in common, the finest first."""
        found: list[int] = []
        for number in sorted(numbers, key=lambda one: (len(self._shares[one]), one)):
            if all(self._shares[number].isdisjoint(self._shares[other]) for other in found):
                found.append(number)
        return found

    def _cuts(self) -> Iterator[Codes]:
        """The shortest lengths, up to where a band that is told ends."""
        for end in range(1, len(self._lengths)):
            short = frozenset(self._lengths[:end])
            if any(short & band for band in self._bands) and all(
                band <= short or not band & short for band in self._bands
            ):
                yield short

    def _of(self, group: Sequence[int], lengths: Codes, everybody: frozenset[int]) -> Iterator[Finding]:
        asked: list[Term] = [(1.0, self._columns(self._within(group), lengths))]
        people = sum(self._parts[number].value or 0 for number in group)
        threshold = max(self._parts[number].least for number in group)
        least, most = in_whole_people(self._solver(frozenset(group)).bounds(asked))
        all_told = self._solver(everybody)
        # Worlds met on the way answer most questions.
        if in_whole_people(all_told.met(asked)) == (least, most):
            return
        low, high = in_whole_people(all_told.bounds(asked))
        if (low, high) == (least, most):
            return
        place = " + ".join(self._parts[number].place for number in group)
        bands = " + ".join(fact.place for band, fact in self._bands.items() if band <= lengths)
        if high < threshold:
            yield Finding(Exposure.UNTOLD, f"{place} × {bands}", low, int(high))
        elif people - low < threshold:
            yield Finding(Exposure.UNTOLD, f"{place} utom × {bands}", int(people - high), people - low)

    def _within(self, parts: Iterable[int]) -> list[int]:
        return sorted(set[int]().union(*(self._shares[part] for part in parts)))

    def _columns(self, shares: Iterable[int], lengths: Codes) -> list[int]:
        places = [place for place, code in enumerate(self._lengths) if code in lengths]
        return [share * len(self._lengths) + place for share in shares for place in places]

    def _fitted(self, speaking: frozenset[int]) -> Solver:
        """All that is told, with the figures of some of the parts."""
        solver = Solver(self)
        anybody, any_length = [*self._everybody], frozenset(self._lengths)
        rows = [(self._within([number]), any_length, fact) for number, fact in enumerate(self._parts)]
        rows += [(anybody, band, fact) for band, fact in self._bands.items()]
        if self._whole:
            rows.append((anybody, any_length, self._whole))
        for shares, lengths, fact in rows:
            people = float(fact.value or 0)
            solver.require(dict.fromkeys(self._columns(shares, lengths), 1.0), people, people)
        for number in sorted(speaking):
            for figure in self._figures[number]:
                for rank in figure.ranks(self._parts[number].value or 0):
                    row = dict.fromkeys(self._columns(self._within([number]), rank.codes), 1.0)
                    solver.require(row, float(rank.least), float("inf"))
        solver.bounds([])
        return solver
