"""What an intruder reads in finished tables: what group a cell speaks of, and what it says."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from followup.disclosure.cells import Codes, Part, Population, Selection
from followup.disclosure.length import Rank, Ranking
from followup.disclosure.protected import ProtectedTable, Status


class Fact(NamedTuple):
    """A cell of a published table.

    place      where it stands, in words: release, table and labels
    value      people, or None when the cell is hidden
    least      the threshold that its table promises, in people
    exempt     a bare head count, which may be small
    wholes     the groups it is part of, where being (nearly) everybody tells something
    """

    place: str
    population: str
    selection: Selection
    value: int | None
    least: int = 5
    exempt: bool = False
    wholes: tuple[Selection, ...] = ()


class ShareFact(NamedTuple):
    """A published percentage, rounded half up to `decimals`."""

    place: str
    population: str
    numerator: Selection
    denominator: Selection
    percent: float
    decimals: int = 0


class RankFact(NamedTuple):
    """A published median or the like: `at`, over the people of `base`.

    ranking   what the figure says of so many people by `variable`, with how many they are
    """

    place: str
    population: str
    base: Selection
    at: int
    variable: str
    ranking: Ranking

    def ranks(self, people: int) -> Sequence[Rank]:
        """At least so many of the base have one of these codes."""
        return self.ranking(self.at, people)


class Floor(NamedTuple):
    """At least so many are in a group, as is told of people of another population who are in it, too."""

    population: str
    selection: Selection
    people: int


def groups_in(facts: Iterable[Fact], shares: Iterable[ShareFact]) -> list[Selection]:
    """Every group that they tell something of."""
    groups = [group for fact in facts for group in (fact.selection, *fact.wholes)]
    return groups + [group for share in shares for group in (share.numerator, share.denominator)]


class Meaning(NamedTuple):
    """What is public about a table without its numbers: which group each cell counts.

    cells       codes -> selection
    shares      codes -> (selection of the numerator, selection of the denominator)
    wholes      codes -> selections of the groups that a sensitive cell is part of
    figures     codes of a median or the like -> (selection of its base, variable, what it says of that)
    """

    population: Population
    cells: Mapping[Codes, Selection]
    shares: Mapping[Codes, tuple[Selection, Selection]]
    exempt: frozenset[Codes]
    wholes: Mapping[Codes, tuple[Selection, ...]]
    least: int = 5
    figures: Mapping[Codes, tuple[Selection, str, Ranking]] = MappingProxyType({})


def read_table(
    table: ProtectedTable, meaning: Meaning, *, release: str = ""
) -> tuple[list[Fact], list[ShareFact]]:
    """The facts of a finished table; cells without a known meaning, or with none, tell nothing.

    But a percentage that is missing where people were counted tells that its base is nobody.
    """
    facts, shares = [], []
    counted = {
        key_of(meaning.cells[codes])
        for codes, cell in table.cells.items()
        if codes in meaning.cells and cell.status is not Status.MISSING
    }
    for codes, cell in table.cells.items():
        place = _place(table, codes, release)
        hidden = cell.status is Status.SUPPRESSED
        if cell.status is Status.MISSING and codes in meaning.shares:
            numerator, denominator = meaning.shares[codes]
            if key_of(numerator) in counted:
                facts.append(Fact(place, meaning.population.name, denominator, 0, meaning.least))
        if not hidden and cell.value is None:
            continue
        if codes in meaning.cells:
            value = None if hidden else int(cell.value or 0)
            facts.append(fact_of(meaning, codes, value, place))
        elif codes in meaning.shares and not hidden:
            numerator, denominator = meaning.shares[codes]
            name, percent = meaning.population.name, float(cell.value or 0)
            shares.append(ShareFact(place, name, numerator, denominator, percent, cell.decimals))
    return facts, shares


def read_ranks(table: ProtectedTable, meaning: Meaning, *, release: str = "") -> list[RankFact]:
    """What the medians and the like of a finished table say, as far as they are shown."""
    return [
        rank_of(meaning, codes, int(cell.value), _place(table, codes, release))
        for codes, cell in table.cells.items()
        if codes in meaning.figures and cell.value is not None
    ]


def rank_of(meaning: Meaning, codes: Codes, at: int, place: str) -> RankFact:
    """What one median or the like says."""
    base, variable, ranking = meaning.figures[codes]
    return RankFact(place, meaning.population.name, base, at, variable, ranking)


def key_of(selection: Selection) -> frozenset[tuple[str, Part]]:
    """The group as something to look up by."""
    return frozenset(selection.items())


def fact_of(meaning: Meaning, codes: Codes, value: int | None, place: str) -> Fact:
    """One cell's fact; `value` None for a hidden cell."""
    return Fact(
        place=place,
        population=meaning.population.name,
        selection=meaning.cells[codes],
        value=value,
        least=meaning.least,
        exempt=codes in meaning.exempt,
        wholes=meaning.wholes.get(codes, ()),
    )


def _place(table: ProtectedTable, codes: Iterable[str], release: str) -> str:
    labels = [axis.labels[axis.codes.index(code)] for axis, code in zip(table.axes, codes, strict=True)]
    return " ".join(part for part in (release, table.id, f"({', '.join(labels)})") if part)
