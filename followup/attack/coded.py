"""Reading files for programs, in which every category stands by its code: PX and JSON-stat."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from followup.attack.told import ABSENT, NUMBER, Outline, TableText, ToldCell, edition_in, squeezed
from followup.disclosure.cells import Axis
from followup.periods import parse_period
from followup.statistics.declarations import PERIOD, TEAM
from followup.statistics.meaning import PublicCube, counts_people

TEAM_LABEL, PERIOD_LABEL = "Team", "Period"
HIDDEN, SILENT = "..", object()
PX_HIDDEN, PX_MISSING, PX_SILENT = '".."', '"..."', {'"."', '"-"', '"...."', '"....."', '"......"'}
HIDDEN_STATUS, MISSING_STATUS = "u", "s"
# KEYWORD or KEYWORD("variable"), and its value up to the semicolon; texts stand in quotes.
PX_ENTRY = re.compile(r'([A-Z0-9-]+)(?:\("([^"]*)"\))?=((?:"[^"]*"|[^";])*);')
PX_TEXT = re.compile(r'"([^"]*)"')


class Dataset(NamedTuple):
    """A table: its axes (the name of each is its label), and its numbers with the last axis fastest.

    A number is None when it is hidden, `ABSENT` when it says that there is none, and `SILENT` when the cell
    tells nothing.
    """

    id: str
    edition: str
    axes: Sequence[Axis]
    numbers: Sequence[Any]


class CodedText(TableText):
    def __init__(self, datasets: Sequence[Dataset]) -> None:
        # Plain figures tell when and where, and nothing of people.
        self._all = datasets
        self._datasets = [dataset for dataset in datasets if counts_people(dataset.id)]
        plain = (dataset.id for dataset in datasets if not counts_people(dataset.id))
        self.set_aside = frozenset(name.partition("-")[0] for name in plain)

    def outline(self) -> Outline:
        axes = [axis for dataset in self._all for axis in dataset.axes]
        periods = [parse_period(code) for axis in axes if axis.label == PERIOD_LABEL for code in axis.codes]
        teams = [squeezed(label) for axis in axes if axis.label == TEAM_LABEL for label in axis.labels]
        edition = edition_in(dataset.edition for dataset in self._all)
        return Outline(max(periods, key=lambda period: period.last), tuple(dict.fromkeys(teams)), edition)

    def cells(self, cubes: Sequence[PublicCube]) -> Iterator[ToldCell]:
        known = {cube.id: cube for cube in cubes}
        for dataset in self._datasets:
            cube = known.get(dataset.id)
            if cube is None:
                yield ToldCell(None, (), None)
            else:
                yield from _cells(cube, dataset)


def _cells(cube: PublicCube, dataset: Dataset) -> Iterator[ToldCell]:
    places = list(product(*(_codes(axis) for axis in dataset.axes)))
    labels = [axis.label for axis in dataset.axes]
    for place, number in zip(places, dataset.numbers, strict=True):
        told = dict(zip(labels, place, strict=True))
        codes = tuple(told.get(axis.label, "") for axis in cube.axes)
        if number is SILENT:
            continue
        fits = all(code in axis.codes for axis, code in zip(cube.axes, codes, strict=True))
        yield ToldCell(cube, codes, number) if fits else ToldCell(None, (), None)


def _codes(axis: Axis) -> Sequence[str]:
    return [squeezed(label) for label in axis.labels] if axis.label == TEAM_LABEL else axis.codes


def px_dataset(content: bytes) -> Dataset:
    """The one table of a PX file. Raises KeyError, ValueError."""
    text = content.decode("cp1252").replace("\r", "")
    head, _, data = text.partition("DATA=")
    entries: dict[tuple[str, str], list[str]] = {}
    for keyword, variable, value in PX_ENTRY.findall(re.sub(r'"\n"', "", head)):
        entries[keyword, variable] = PX_TEXT.findall(value)
    names = [*entries.get(("STUB", ""), []), *entries.get(("HEADING", ""), [])]
    axes = [Axis(name, name, tuple(entries["CODES", name]), tuple(entries["VALUES", name])) for name in names]
    # Its notes are a text of several sentences, one of which is the number.
    notes = "".join(entries.get(("NOTEX", ""), [])).split(". ")
    edition = next(filter(NUMBER.fullmatch, notes), "")
    numbers = [_px_number(word) for word in data.rstrip("; \n").split()]
    return Dataset(entries["TABLEID", ""][0], edition, axes, numbers)


def _px_number(word: str) -> Any:
    if word in (PX_HIDDEN, PX_MISSING):
        return None if word == PX_HIDDEN else ABSENT
    return SILENT if word in PX_SILENT else float(word)


def jsonstat_datasets(content: bytes) -> list[Dataset]:
    """Every table of a JSON-stat file, a collection or one by itself. Raises KeyError, ValueError."""
    told = json.loads(content)
    return [_jsonstat(each) for each in (told["link"]["item"] if told["class"] == "collection" else [told])]


def _jsonstat(told: Mapping[str, Any]) -> Dataset:
    axes = [_jsonstat_axis(name, told["dimension"][name]) for name in told["id"]]
    statuses, unsaid = told.get("status", {}), "" if "status" in told else HIDDEN_STATUS
    numbers = [
        _jsonstat_number(value, statuses.get(str(at), unsaid)) for at, value in enumerate(told["value"])
    ]
    return Dataset(told["extension"]["table"], told["extension"].get("edition", ""), axes, numbers)


def _jsonstat_axis(name: str, told: Mapping[str, Any]) -> Axis:
    codes, labels = tuple(told["category"]["index"]), told["category"]["label"]
    label = {TEAM: TEAM_LABEL, PERIOD: PERIOD_LABEL}.get(name, told["label"])
    return Axis(name, label, codes, tuple(labels[code] for code in codes))


def _jsonstat_number(value: float | None, status: str) -> Any:
    if value is not None:
        return value
    return {HIDDEN_STATUS: None, MISSING_STATUS: ABSENT}.get(status, SILENT)
