"""Finished files, attacked together: each is an outsider's knowledge, and all of it counts.

Editions are tried in their turn, since somebody registered late makes a later one differ from an earlier.
What was not published comes last.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import isnan
from pathlib import Path
from typing import NamedTuple

from followup.attack.files import UNLIKE, Named, texts_in
from followup.attack.listed import told_together
from followup.attack.told import NOT_NUMBERED, Edition, Outline, ToldCell
from followup.disclosure import Population, Rule
from followup.disclosure.intruder import (
    Exposure,
    Fact,
    Finding,
    Group,
    RankFact,
    Reading,
    ShareFact,
    attack_in_turn,
    fact_of,
    group_of,
    key_of,
    rank_of,
)
from followup.errors import Refusal, why_unopened
from followup.statistics.catalogue import TABLES
from followup.statistics.meaning import PublicCube, public_cubes, shipped_lists
from followup.statistics.variables import PARTICIPATION, QUEUE, SCREENING, VOIDED


class UnreadableFile(Refusal):
    """The file is not one that followup wrote."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} går inte att granska: {why}. Ange filer som ”followup export” har skrivit.")


Head = tuple[str, Group]
# What is counted, for those who do not know our names of it.
COUNTED = {
    PARTICIPATION: "Deltaganden",
    QUEUE: "Köer",
    SCREENING: "Våldsscreening",
    VOIDED: "Makulerade rader",
}
# Some tables know of no teams; the catalogue's other tables do.
NO_TEAM = ("-", "-")


class _Told(NamedTuple):
    """What the files of one edition tell."""

    facts: list[Fact]
    shares: list[ShareFact]
    ranks: list[RankFact]


class Report(NamedTuple):
    """`cells` were understood and attacked; of those that are `unknown` nothing is said.

    editions   their numbers, in the order in which they were tried
    changed    files that are not as they were made: nothing is said of what they had
    set_aside  tables that were not tried: they count nobody, or tell again what stands in the others
    """

    findings: list[Finding]
    cells: int
    unknown: int
    editions: list[str]
    changed: list[str]
    set_aside: list[str]

    @property
    def exposed(self) -> list[Finding]:
        """The findings of what is given away: not that numbers contradict, or could not be tried."""
        return [
            one for one in self.findings if one.exposure not in (Exposure.CONTRADICTION, Exposure.UNSETTLED)
        ]


def attack_files(paths: Sequence[Path], *, rule: Rule) -> Report:
    """Everything that the files give away together. Raises UnreadableFile."""
    texts = [found for path in paths for found in _open(path)]
    outlines = [_outline(text) for text in texts]
    # Teams are told apart by their names, since not every format prints their numbers.
    names = dict.fromkeys(name for outline in outlines for name in outline.teams)
    teams = [(name, name) for name in names] or [NO_TEAM]
    together = told_together(outline.teams for outline in outlines)
    told_in: dict[Edition, _Told] = {}
    heads: set[Head] = set()
    populations, cells, unknown = {}, 0, 0
    for text, outline in zip(texts, outlines, strict=True):
        cubes = public_cubes(outline.period, teams, shipped_lists(), rule=rule, together=together)
        heads |= _heads(cubes.values())
        edition = told_in.setdefault(outline.edition, _Told([], [], []))
        known = _cells(text, list(cubes.values()))
        edition.facts.extend(_nobody(known, text.name))
        for told in known:
            if told.cube is None:
                unknown += 1
                continue
            cells += not _is_absent(told)
            populations[told.cube.meaning.population.name] = told.cube.meaning.population
            _add(told.cube, told, text.name, edition)
    editions = sorted(told_in)
    readings = [
        Reading(_once(_opened(told.facts, populations, heads)), told.shares, told.ranks)
        for told in map(told_in.__getitem__, editions)
    ]
    findings = [
        finding._replace(place=COUNTED.get(finding.place, finding.place), group=None)
        for number in range(1, len(readings) + 1)
        for finding in attack_in_turn(readings[:number], populations=populations)
    ]
    numbers = [edition.name for edition in editions if edition != NOT_NUMBERED]
    changed = [text.name for text in texts if not text.text.is_as_made]
    set_aside = frozenset[str]().union(*(text.text.set_aside for text in texts))
    aside = [table.id for table in TABLES if table.id in set_aside]
    return Report(list(dict.fromkeys(findings)), cells, unknown, numbers, changed, aside)


def _open(path: Path) -> list[Named]:
    try:
        return texts_in(path.name, path.read_bytes())
    except OSError as error:
        raise UnreadableFile(path.name, why_unopened(error)) from error
    except UNLIKE as error:
        raise UnreadableFile(path.name, "innehållet har en annan form") from error


def _outline(text: Named) -> Outline:
    try:
        return text.text.outline()
    except UNLIKE as error:
        raise UnreadableFile(text.name, "den innehåller inga tabeller") from error


def _cells(text: Named, cubes: list[PublicCube]) -> list[ToldCell]:
    try:
        return list(text.text.cells(cubes))
    except UNLIKE as error:
        raise UnreadableFile(text.name, "tabellerna har en annan form") from error


def _is_absent(told: ToldCell) -> bool:
    return told.value is not None and isnan(told.value)


def _nobody(cells: Iterable[ToldCell], file: str) -> Iterator[Fact]:
    """Bases that are nobody, as percentages tell that are missing where people were counted."""
    counted = {
        (told.cube.id, key_of(told.cube.meaning.cells[told.codes]))
        for told in cells
        if told.cube and told.codes in told.cube.meaning.cells and not _is_absent(told)
    }
    for told in cells:
        if told.cube and _is_absent(told) and told.codes in told.cube.meaning.shares:
            part, base = told.cube.meaning.shares[told.codes]
            if (told.cube.id, key_of(part)) in counted:
                meaning = told.cube.meaning
                yield Fact(_place(told.cube, told, file), meaning.population.name, base, 0, meaning.least)


def _place(cube: PublicCube, told: ToldCell, file: str) -> str:
    return f"{file}, {cube.id} ({', '.join(_labels(cube, told.codes))})"


def _add(cube: PublicCube, told: ToldCell, file: str, edition: _Told) -> None:
    place = _place(cube, told, file)
    if _is_absent(told):
        return
    if told.codes in cube.meaning.cells:
        edition.facts.append(
            fact_of(cube.meaning, told.codes, None if told.value is None else int(told.value), place)
        )
    elif told.codes in cube.meaning.shares and told.value is not None:
        numerator, denominator = cube.meaning.shares[told.codes]
        name = cube.meaning.population.name
        edition.shares.append(ShareFact(place, name, numerator, denominator, round(told.value, 6)))
    elif told.codes in cube.meaning.figures and told.value is not None:
        edition.ranks.append(rank_of(cube.meaning, told.codes, int(told.value), place))


def _labels(cube: PublicCube, codes: Iterable[str]) -> list[str]:
    return [
        axis.labels[axis.codes.index(code)] if code in axis.codes else code
        for axis, code in zip(cube.axes, codes, strict=True)
    ]


def _heads(cubes: Iterable[PublicCube]) -> set[Head]:
    """The groups that some table may tell in the open."""
    return {
        (cube.meaning.population.name, group_of(cube.meaning.population, cube.meaning.cells[codes]))
        for cube in cubes
        for codes in cube.meaning.exempt
    }


def _opened(
    facts: Iterable[Fact], populations: Mapping[str, Population], heads: Collection[Head]
) -> Iterator[Fact]:
    """A head count may be told whether the table that tells it as one is among the files or not."""
    for fact in facts:
        group = group_of(populations[fact.population], fact.selection)
        yield fact._replace(exempt=(fact.population, group) in heads)


def _once(facts: Iterable[Fact]) -> list[Fact]:
    """The same cell in several files or tables tells one thing, unless the numbers differ."""
    kept: dict[object, Fact] = {}
    for fact in facts:
        key = (fact.population, key_of(fact.selection), fact.value, frozenset(map(key_of, fact.wholes)))
        kept.setdefault(key, fact)
    return list(kept.values())
