"""Reading the workbook, whose sheets name everything by label."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import product
from typing import Any

from openpyxl import load_workbook

from followup.attack.told import Outline, TableText, ToldCell
from followup.disclosure.cells import Codes
from followup.exports.layout import Line
from followup.periods import parse_period
from followup.statistics.meaning import PublicCube, counts_people

ABOUT_SHEET, PERIOD_ROW, TEAM_COLUMN = "Om tabellerna", "Period", "Team"
HIDDEN_SIGN, SILENT_SIGNS = "..", {".", "..*"}
HEADER_ROW, FIRST_ROW = 1, 2


class WorkbookText(TableText):
    def __init__(self, content: bytes) -> None:
        book = load_workbook(BytesIO(content), data_only=True)
        self._sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
        book.close()

    def outline(self) -> Outline:
        about = {row[0]: str(row[1]) for row in self._sheets[ABOUT_SHEET]}
        code = about[PERIOD_ROW].rpartition("(")[2].rstrip(")")
        teams = [
            str(row[0])
            for rows in self._sheets.values()
            if len(rows) > HEADER_ROW and rows[HEADER_ROW][0] == TEAM_COLUMN
            for row in _body(rows)
        ]
        return Outline(parse_period(code), tuple(dict.fromkeys(teams)))

    def cells(self, cubes: Sequence[PublicCube]) -> Iterator[ToldCell]:
        known = {cube.id: cube for cube in cubes}
        for title, rows in self._sheets.items():
            cube = known.get(title.replace(" ", "-", 1))
            if cube is not None:
                yield from _sheet(cube, rows)
            elif title != ABOUT_SHEET and counts_people(title.partition(" ")[0]):
                yield ToldCell(None, (), None)


def _body(rows: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The rows of the table; a blank one ends it, and notes and a chart follow."""
    for row in rows[FIRST_ROW:]:
        if row[0] is None:
            return
        yield row


def _sheet(cube: PublicCube, rows: list[tuple[Any, ...]]) -> Iterator[ToldCell]:
    lines, columns = _labelled(cube, cube.stub), _labelled(cube, cube.heading)
    width = len(cube.stub)
    for row in _body(rows):
        line = lines.get(" ".join(str(entry) for entry in row[:width]))
        for title, entry in zip(rows[HEADER_ROW][width:], row[width:], strict=True):
            column = columns.get(str(title))
            if line is None or column is None:
                yield ToldCell(None, (), None)
            elif entry not in SILENT_SIGNS:
                codes = (*line, *column)
                number = None if entry == HIDDEN_SIGN else float(entry)
                yield ToldCell(
                    cube, codes, number * 100 if number and codes in cube.meaning.shares else number
                )


def _labelled(cube: PublicCube, names: Sequence[str]) -> dict[str, Codes]:
    axes = [cube.axis(name) for name in names]
    lines = [
        Line(dict(zip(names, codes, strict=True)), labels)
        for codes, labels in zip(
            product(*(axis.codes for axis in axes)), product(*(axis.labels for axis in axes)), strict=True
        )
    ]
    return {line.label: tuple(line.codes.values()) for line in lines}
