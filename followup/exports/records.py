"""All tables as one tidy list: a row for each cell, in the same order in every file."""

import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from followup.disclosure import TOTAL, ProtectedCell, ProtectedTable, Status
from followup.exports.layout import Grid, Line
from followup.statistics.declarations import PERIOD, TEAM

COLUMNS = (
    "tabell", "period", "team_kod", "team", "variabel",
    "kategori_kod", "kategori", "varde", "status", "enhet",
)  # fmt: skip
ALL_TEAMS = "Hela förbundet"
STATUS_CODES = {
    Status.VALUE: "v",
    Status.ZERO: "n",
    Status.SUPPRESSED: "u",
    Status.MISSING: "s",
    Status.NOT_APPLICABLE: "e",
}
STATUS_WORDS = {
    "v": "värde",
    "n": "noll",
    "u": "undertryckt uppgift",
    "s": "uppgift saknas",
    "e": "uppgift kan inte förekomma",
}
BETWEEN = "*"


def plain_name(table_id: str) -> str:
    """The id as a part of a file name that every computer takes: "T7-fore"."""
    folded = unicodedata.normalize("NFD", table_id).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", folded).strip("-")


class Record(NamedTuple):
    """One cell. Several axes are joined by `*`; an axis of columns that stands at its total is left out."""

    table: str
    period: str
    team_code: str
    team: str
    variable: str
    code: str
    category: str
    cell: ProtectedCell
    unit: str

    @property
    def status(self) -> str:
        return STATUS_CODES[self.cell.status]

    def value(self, decimal_sign: str) -> str:
        """The number without grouping; empty when there is none to tell."""
        if self.cell.value is None:
            return ""
        return f"{self.cell.value:.{self.cell.decimals}f}".replace(".", decimal_sign)


def records(table: ProtectedTable) -> Iterator[Record]:
    """The cells of a table, row by row as on paper."""
    grid = Grid(table)
    for row in grid.rows:
        for column in grid.columns:
            yield _record(grid, row, column)


def _record(grid: Grid, row: Line, column: Line) -> Record:
    codes = {**row.codes, **column.codes}
    labels = dict(zip(codes, (*row.labels, *column.labels), strict=True))
    told = [name for name in codes if name not in (PERIOD, TEAM)]
    told = [name for name in told if name in row.codes or codes[name] != TOTAL]
    return Record(
        table=grid.table.id.partition("-")[0],
        period=codes[PERIOD],
        team_code=codes.get(TEAM, TOTAL),
        team=labels.get(TEAM, ALL_TEAMS),
        variable=BETWEEN.join(grid.table.axis(name).label.lower() for name in told),
        code=BETWEEN.join(codes[name] for name in told),
        category=", ".join(labels[name] for name in told),
        cell=grid.cell(row, column),
        unit=grid.unit(row, column),
    )


def checksum(tables: list[ProtectedTable]) -> str:
    """SHA-256 of every cell of the tables: the same in each format of one release."""
    digest = sha256()
    for table in tables:
        for record in records(table):
            fields = (*record[:7], record.value("."), record.status, record.unit)
            digest.update(("\x1f".join(fields) + "\n").encode())
    return digest.hexdigest()
