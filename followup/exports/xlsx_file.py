"""The workbook: "Om tabellerna" first, then one table on each sheet, with a chart of the same numbers."""

import textwrap
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from followup.disclosure import TOTAL, ProtectedCell, ProtectedTable
from followup.exports.about import about
from followup.exports.layout import PERCENT, SYMBOLS, Grid, Line, part_drawn
from followup.exports.publication import Chapter, Publication
from followup.exports.text import harmless
from followup.statistics.declarations import PERIOD, TEAM

TITLE_ROW, HEADER_ROW, FIRST_ROW = 0, 1, 2
ABOUT_SHEET = "Om tabellerna"
WIDEST, NARROWEST, ABOUT_WIDTH = 52, 12, 110
LINE_HEIGHT = 15
# Excel refuses longer sheet names.
LONGEST_NAME = 31
MOST_DECIMALS = 2
COLOURS = ("#1b5f8c", "#b5cfe0")


def write_xlsx(publication: Publication) -> bytes:
    """The whole workbook. Nothing in it is computed by the spreadsheet program."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties(
        {
            "title": f"Statistik {publication.period.label}",
            "subject": publication.marking,
            "company": publication.association,
            "comments": f"{publication.marking}. Framtagen av {publication.role}.",
            "created": publication.made.replace(tzinfo=None),
        }
    )
    styles = _Styles(book)
    _about_sheet(book, styles, publication)
    for chapter in publication.chapters:
        for table in chapter.tables:
            _TableSheet(book, styles, publication, chapter, table).write()
    book.close()
    return target.getvalue()


class _Styles:
    """How cells look."""

    def __init__(self, book: Workbook) -> None:
        def style(**choices: object) -> Format:
            return book.add_format({"font_name": "Calibri", "font_size": 11, "valign": "top"} | choices)

        self.title = style(bold=True, font_size=14)
        self.header = style(bold=True, bottom=1, text_wrap=True, valign="bottom")
        self.number_header = style(bold=True, bottom=1, text_wrap=True, valign="bottom", align="right")
        self.label = style()
        self.wrapped = style(text_wrap=True)
        self.bold = style(bold=True)
        self._numbers = {
            (unit, digits): style(num_format=f"{whole}{'.' if digits else ''}{'0' * digits}{unit}")
            for unit, whole in (("", "# ##0"), (" %", "0"))
            for digits in range(MOST_DECIMALS + 1)
        }
        self.symbol = style(align="right")
        self.moment = style(num_format="yyyy-mm-dd hh:mm", align="left")
        self.note = style(font_color="#444444")

    def number(self, decimals: int, *, percent: bool = False) -> Format:
        return self._numbers[" %" if percent else "", min(decimals, MOST_DECIMALS)]


def _about_sheet(book: Workbook, styles: _Styles, publication: Publication) -> None:
    sheet = _new_sheet(book, ABOUT_SHEET, publication)
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, ABOUT_WIDTH)
    sheet.write_string(TITLE_ROW, 0, f"Statistik {publication.period.label}", styles.title)
    sheet.write_string(TITLE_ROW, 1, harmless(publication.association), styles.title)
    for column, text in enumerate(("Uppgift", "Innehåll")):
        sheet.write_string(HEADER_ROW, column, text, styles.header)
    sheet.freeze_panes(FIRST_ROW, 0)
    for row, (heading, content) in enumerate(about(publication), start=FIRST_ROW):
        sheet.write_string(row, 0, harmless(heading), styles.bold)
        if isinstance(content, str):
            sheet.write_string(row, 1, harmless(content), styles.wrapped)
            sheet.set_row(row, LINE_HEIGHT * _lines(content, ABOUT_WIDTH))
        else:
            sheet.write_datetime(row, 1, content, styles.moment)


def _new_sheet(book: Workbook, name: str, publication: Publication) -> Worksheet:
    sheet = book.add_worksheet(name[:LONGEST_NAME])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(TITLE_ROW, HEADER_ROW)
    sheet.set_header(f"&L{_plain(publication.association)}&R{_plain(publication.marking)}")
    sheet.set_footer("&L&A&RSida &P av &N")
    return sheet


def _lines(text: str, width: int) -> int:
    """How many lines the text takes in a column so wide; a spreadsheet does not work it out by itself."""
    return len(textwrap.wrap(text, int(width * 0.9))) or 1


def _plain(text: str) -> str:
    """In headers and footers & begins a code."""
    return text.replace("&", "&&")


class _TableSheet:
    """One table: title, header row, its cells, the legend under it, and a chart."""

    def __init__(
        self,
        book: Workbook,
        styles: _Styles,
        publication: Publication,
        chapter: Chapter,
        table: ProtectedTable,
    ) -> None:
        self.book, self.styles, self.chapter, self.table = book, styles, chapter, table
        self.publication = publication
        self.grid = Grid(table)
        self.sheet = _new_sheet(book, table.id.replace("-", " "), publication)

    def write(self) -> None:
        marking = self.publication.marking
        title = f"{self.chapter.id}. {self.table.title}, {self.publication.period.label}. {marking}."
        self.sheet.write_string(TITLE_ROW, 0, title, self.styles.title)
        self._headers()
        for number, row in enumerate(self.grid.rows, start=FIRST_ROW):
            self._labels(number, row.labels)
            for column, heading in enumerate(self.grid.columns, start=len(self.grid.stub)):
                self._cell(number, column, self.grid.cell(row, heading), self.grid.unit(row, heading))
        self.sheet.freeze_panes(FIRST_ROW, len(self.grid.stub))
        self._below(FIRST_ROW + len(self.grid.rows) + 1)

    def _labels(self, number: int, labels: Sequence[str]) -> None:
        """Of a row; the name of a group of teams that is wider than its column takes several lines.

        Other labels stay as they were: files of older editions are made anew, and known by their checksums.
        """
        for column, (axis, label) in enumerate(zip(self.grid.stub, labels, strict=True)):
            is_wide = axis.name == TEAM and len(label) > WIDEST
            style = self.styles.wrapped if is_wide else self.styles.label
            self.sheet.write_string(number, column, harmless(label), style)
            if is_wide:
                self.sheet.set_row(number, LINE_HEIGHT * _lines(label, WIDEST))

    def _headers(self) -> None:
        for column, axis in enumerate(self.grid.stub):
            self.sheet.write_string(HEADER_ROW, column, axis.label, self.styles.header)
            widest = max(len(label) for label in (axis.label, *axis.labels))
            self.sheet.set_column(column, column, min(WIDEST, widest + 2))
        for column, line in enumerate(self.grid.columns, start=len(self.grid.stub)):
            self.sheet.write_string(HEADER_ROW, column, harmless(line.label), self.styles.number_header)
            self.sheet.set_column(column, column, self._width(line))
        tallest = max(_lines(line.label, self._width(line)) for line in self.grid.columns)
        self.sheet.set_row(HEADER_ROW, LINE_HEIGHT * tallest)

    @staticmethod
    def _width(line: Line) -> int:
        return max(NARROWEST, max(len(word) for word in line.label.split()) + 3)

    def _cell(self, row: int, column: int, cell: ProtectedCell, unit: str) -> None:
        if cell.value is None:
            self.sheet.write_string(row, column, SYMBOLS[cell.status], self.styles.symbol)
        elif unit == PERCENT:
            self.sheet.write_number(
                row, column, cell.value / 100, self.styles.number(cell.decimals, percent=True)
            )
        else:
            self.sheet.write_number(row, column, cell.value, self.styles.number(cell.decimals))

    def _below(self, row: int) -> None:
        lines = [*self.grid.legend, *([self.table.legend] if self.table.legend else [])]
        if self.table.id == self.chapter.drawn:
            lines.insert(0, self.chapter.sentence)
        for line in lines:
            self.sheet.write_string(row, 0, harmless(line), self.styles.note)
            row += 1
        if self.table.id == self.chapter.drawn:
            self._chart(row + 1)

    def _chart(self, row: int) -> None:
        """Bars for the rows, one series per period; the columns that are totals, or the declared ones."""
        chart: Any = self.book.add_chart({"type": "bar"})
        rows = [n for n, line in enumerate(self.grid.rows) if TOTAL not in line.codes.values()]
        first, last = FIRST_ROW + rows[0], FIRST_ROW + rows[-1]
        for number, column in enumerate(self._drawn_columns()):
            at = len(self.grid.stub) + self.grid.columns.index(column)
            chart.add_series(
                {
                    "name": [self.sheet.name, HEADER_ROW, at],
                    "categories": [
                        self.sheet.name,
                        first,
                        len(self.grid.stub) - 1,
                        last,
                        len(self.grid.stub) - 1,
                    ],
                    "values": [self.sheet.name, first, at, last, at],
                    "fill": {"color": COLOURS[number % len(COLOURS)]},
                    "border": {"color": COLOURS[0]},
                }
            )
        title = f"{self.table.title}{part_drawn(self.table, self.chapter.drawn_codes)}"
        chart.set_title({"name": title, "name_font": {"size": 12}})
        chart.set_x_axis(
            {
                "min": 0,
                "num_format": "# ##0",
                "major_gridlines": {"visible": True, "line": {"color": "#dddddd"}},
            }
        )
        chart.set_y_axis({"reverse": True, "crossing": "max"})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 760, "height": 120 + 44 * len(rows)})
        self.sheet.insert_chart(row, 0, chart, {"description": self._in_words(), "object_position": 2})

    def _drawn_columns(self) -> list[Line]:
        return [
            line
            for line in self.grid.columns
            if all(self._is_drawn(name, code) for name, code in line.codes.items() if name != PERIOD)
        ]

    def _is_drawn(self, axis: str, code: str) -> bool:
        return code == self.chapter.drawn_codes.get(axis, TOTAL)

    def _in_words(self) -> str:
        return (
            f"Stapeldiagram: {self.table.title}. {self.chapter.sentence} Siffrorna står i tabellen ovanför."
        )
