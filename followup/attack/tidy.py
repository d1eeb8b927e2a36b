"""Reading the tidy list of cells: both kinds of CSV."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from io import StringIO
from typing import NamedTuple

from followup.attack.told import ABSENT, EDITION_ROW, Outline, TableText, ToldCell, edition_in, squeezed
from followup.disclosure.cells import TOTAL
from followup.periods import parse_period
from followup.statistics.declarations import PERIOD, TEAM
from followup.statistics.meaning import PublicCube, counts_people

ABOUT = "OM"
HIDDEN, SILENT = "u", {"e", ""}
BETWEEN = "*"
# What the file says that its content should come to.
CHECKSUM_ROW = "Kontrollsumma"
CHECKSUM = re.compile("[0-9a-f]{64}")
# An apostrophe stands before a text that a spreadsheet program could run.
GUARDED = re.compile(r"\A'(?=[=+\-@\t\r\n])")


class _Row(NamedTuple):
    """A row by its table, and the code of each axis by the axis' label in lower case."""

    table: str
    period: str
    team: str | None
    codes: Mapping[str, str]
    value: float | None


class TidyText(TableText):
    def __init__(self, content: bytes) -> None:
        text = content.decode("utf-8-sig")
        delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
        rows = list(csv.DictReader(StringIO(text), delimiter=delimiter))
        self._edition = edition_in(row["kategori"] for row in rows if row["variabel"] == EDITION_ROW)
        self.is_as_made = _told_checksum(rows) in (None, _checksum(rows))
        told = [(row, _counts_people(row)) for row in rows if row["tabell"] != ABOUT]
        self.set_aside = frozenset(row["tabell"] for row, is_counted in told if not is_counted)
        # A number is told whatever is said of it.
        self._rows = [
            _row(row)
            for row, is_counted in told
            if is_counted and (row["varde"] or row["status"] not in SILENT)
        ]

    def outline(self) -> Outline:
        periods = [parse_period(code) for code in dict.fromkeys(row.period for row in self._rows)]
        teams = tuple(dict.fromkeys(row.team for row in self._rows if row.team))
        return Outline(max(periods, key=lambda period: period.last), teams, self._edition)

    def cells(self, cubes: Sequence[PublicCube]) -> Iterator[ToldCell]:
        for row in self._rows:
            fitting = [(cube, codes) for cube in cubes if (codes := _codes(row, cube))]
            cube, codes = fitting[0] if fitting else (None, ())
            yield ToldCell(cube, codes, row.value)


def _counts_people(row: Mapping[str, str]) -> bool:
    return counts_people(row["tabell"], row["variabel"].split(BETWEEN))


def _row(row: Mapping[str, str]) -> _Row:
    names, codes = row["variabel"].split(BETWEEN), row["kategori_kod"].split(BETWEEN)
    return _Row(
        table=row["tabell"],
        period=row["period"],
        team=None if row["team_kod"] == TOTAL else squeezed(row["team"]),
        codes=dict(zip(names, codes, strict=True)),
        value=_value(row),
    )


def _told_checksum(rows: Iterable[Mapping[str, str]]) -> str | None:
    told = (CHECKSUM.search(row["kategori"]) for row in rows if row["variabel"] == CHECKSUM_ROW)
    return next((found[0] for found in told if found), None)


def _checksum(rows: Iterable[Mapping[str, str]]) -> str:
    """Of every cell, as whoever made the file worked it out."""
    digest = sha256()
    for row in rows:
        if row["tabell"] != ABOUT:
            *words, value, status, unit = row.values()
            words = [GUARDED.sub("", word) for word in words]
            digest.update(("\x1f".join([*words, value.replace(",", "."), status, unit]) + "\n").encode())
    return digest.hexdigest()


def _value(row: Mapping[str, str]) -> float | None:
    if not row["varde"]:
        return None if row["status"] == HIDDEN else ABSENT
    return float(row["varde"].replace(",", "."))


def _codes(row: _Row, cube: PublicCube) -> tuple[str, ...] | None:
    """The row's codes in the cube's order; axes of columns that the row leaves out stand at their total."""
    names = {axis.label.lower() for axis in cube.axes if axis.name not in (PERIOD, TEAM)}
    rows = {cube.axis(name).label.lower() for name in cube.stub if name != TEAM}
    in_cube = row.codes.keys() <= names and rows <= row.codes.keys()
    if cube.id.partition("-")[0] != row.table or not in_cube or (TEAM in cube.stub) != (row.team is not None):
        return None
    fixed = {PERIOD: row.period, TEAM: row.team or TOTAL}
    codes = tuple(fixed.get(axis.name) or row.codes.get(axis.label.lower(), TOTAL) for axis in cube.axes)
    return codes if all(code in axis.codes for code, axis in zip(codes, cube.axes, strict=True)) else None
