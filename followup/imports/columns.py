"""Finds the row with headings and what each column holds, by the names in `columns.csv`."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from followup.errors import Refusal
from followup.identity import Identity, find_identity
from followup.imports.dates import read_date
from followup.imports.sheet import Line
from followup.imports.words import plain
from followup.web.formats import enumeration

# Lists often have a title and a date above the headings.
DEEPEST_HEADING = 25
FEWEST_KNOWN = 2
# Headings that announce what must not be in a list, and what is found in its cells.
NAMING = ("Namn", "Förnamn", "Efternamn", "Personnummer", "Personnr", "Pnr", "Adress", "Telefon", "E-post")
HELD: dict[Identity, str] = {
    "personnummer": "alla personnummer",
    "epost": "alla e-postadresser",
    "telefon": "alla telefonnummer",
}


class Column(NamedTuple):
    name: str
    label: str
    is_required: bool
    names: frozenset[str]


class NoHeadings(Refusal):
    def __init__(self, wanted: Iterable[str], identities: str = "") -> None:
        super().__init__(
            "Hittar ingen rad med kolumnrubriker. Filen ska ha en rubrikrad med kolumnerna "
            f"{', '.join(wanted)}.{identities}"
        )


class MissingColumns(Refusal):
    def __init__(self, labels: Sequence[str], identities: str = "") -> None:
        what = "Kolumnen" if len(labels) == 1 else "Kolumnerna"
        names = enumeration(f"”{label}”" for label in labels)
        add = "dem med just de rubrikerna" if len(labels) > 1 else "den med just den rubriken"
        super().__init__(f"{what} {names} saknas i filen. Lägg till {add} och försök igen.{identities}")


class SameColumnTwice(Refusal):
    def __init__(self, label: str) -> None:
        super().__init__(f"Kolumnen ”{label}” finns två gånger. Döp om den ena och försök igen.")


@cache
def known_columns(kind: str) -> tuple[Column, ...]:
    text = files("followup.imports").joinpath("columns.csv").read_text(encoding="utf-8")
    return tuple(
        Column(
            row["column"],
            row["label"],
            row["required"] == "yes",
            frozenset(plain(name) for name in (*row["names"].split("|"), row["label"])),
        )
        for row in csv.DictReader(text.splitlines(), delimiter=";")
        if row["kind"] == kind
    )


@dataclass(frozen=True)
class Headings:
    """Where the headings stand and at which position each known column lies."""

    line: Line
    positions: Mapping[str, int]
    missing: tuple[Column, ...]

    def read(self, line: Line) -> dict[str, str]:
        return {
            name: line.cells[position] if position < len(line.cells) else ""
            for name, position in self.positions.items()
        }

    def unused(self, line: Line) -> list[str]:
        """The cells of columns that have no place here."""
        used = set(self.positions.values())
        return [cell for position, cell in enumerate(line.cells) if cell and position not in used]

    @property
    def unused_labels(self) -> list[str]:
        """Headings without a place, as far as they can be told without giving anybody away."""
        return [label for label in self.unused(self.line) if not find_identity(label)]


def find_headings(lines: Sequence[Line], columns: Sequence[Column], extra: Sequence[str] = ()) -> Headings:
    """The best heading row; `extra` are names that head columns of their own (topic codes)."""
    rated = [(_positions(line, columns, extra), line) for line in lines[:DEEPEST_HEADING]]
    positions, line = max(rated, key=lambda pair: len(pair[0]), default=({}, Line(1, [])))
    if len(positions) < FEWEST_KNOWN:
        raise NoHeadings((column.label for column in columns if column.is_required), told_identities(lines))
    missing = tuple(column for column in columns if column.name not in positions)
    if required := [column.label for column in missing if column.is_required]:
        raise MissingColumns(required, told_identities(lines))
    for column in columns:
        if sum(plain(cell) in column.names for cell in line.cells) > 1:
            raise SameColumnTwice(column.label)
    return Headings(line, positions, missing)


def _positions(line: Line, columns: Sequence[Column], extra: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    by_name = {name: column.name for column in columns for name in column.names}
    by_name.update((plain(name), name) for name in extra)
    for position, cell in enumerate(line.cells):
        name = by_name.get(plain(cell))
        if name is not None:
            found.setdefault(name, position)
    return found


def told_identities(lines: Sequence[Line]) -> str:
    """What has to go from a file that lacks columns anyway, so that it is mended once; never what it said."""
    headings = {plain(cell) for line in lines[:DEEPEST_HEADING] for cell in line.cells}
    found = {kind_of(cell) for cell in {cell for line in lines for cell in line.cells}}
    named = [f"kolumnen ”{label}”" for label in NAMING if plain(label) in headings]
    held = [words for kind, words in HELD.items() if kind in found]
    if not named and not held:
        return ""
    return (
        f" Ta också bort {enumeration([*named, *held])} ur filen, för ingenting i den får peka på en person."
    )


def kind_of(cell: str) -> Identity | None:
    # Eight digits that are a day of the calendar are a date here, not the beginning of a number.
    return None if read_date(cell) else find_identity(cell)
