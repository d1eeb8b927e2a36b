"""Reading the workbook, with a sheet for each table."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from followup.attack.printed import Printed, cells_in, outline_of
from followup.attack.told import Outline, TableText, ToldCell
from followup.statistics.meaning import PublicCube, counts_people

ABOUT_SHEET = "Om tabellerna"
HEADER_ROW, FIRST_ROW = 1, 2


class WorkbookText(TableText):
    def __init__(self, content: bytes) -> None:
        book = load_workbook(BytesIO(content), data_only=True)
        sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
        book.close()
        self._about = {str(row[0]): str(row[1]) for row in sheets.pop(ABOUT_SHEET)}
        self._tables = [_table(title, rows) for title, rows in sheets.items()]
        self.set_aside = frozenset(title.partition(" ")[0] for title in sheets if not _counts_people(title))

    def outline(self) -> Outline:
        return outline_of(self._tables, self._about)

    def cells(self, cubes: Sequence[PublicCube]) -> Iterator[ToldCell]:
        known = {cube.id: cube for cube in cubes}
        for table in self._tables:
            cube = known.get(_cube_id(table.caption))
            if cube is not None:
                for cell in cells_in(cube, table):
                    # A spreadsheet keeps per cent as a fraction.
                    is_share = cell.value is not None and cell.codes in cube.meaning.shares
                    yield cell._replace(value=cell.value * 100) if cell.value and is_share else cell
            elif _counts_people(table.caption):
                yield ToldCell(None, (), None)


def _cube_id(title: str) -> str:
    return title.replace(" ", "-", 1)


def _counts_people(title: str) -> bool:
    return counts_people(_cube_id(title))


def _table(title: str, rows: list[tuple[Any, ...]]) -> Printed:
    """The header and the rows under it; a blank row ends them, and notes and a chart follow."""
    header = [entry for entry in rows[HEADER_ROW] if entry is not None]
    body = []
    for row in rows[FIRST_ROW:]:
        if row[0] is None:
            break
        body.append(row[: len(header)])
    return Printed(title, header, body)
