"""Page and files in every format show the same numbers, and hide the same cells, one by one."""

import re
from html import unescape
from io import BytesIO

import docx
import pytest

from followup.disclosure import ProtectedTable, Status
from followup.exports.csv_file import EXCEL, MACHINE, write_csv
from followup.exports.formats import FORMATS
from followup.exports.layout import Grid
from followup.exports.publication import Publication
from followup.exports.report import cell_text
from followup.exports.service import prepare
from followup.exports.xlsx_file import write_xlsx
from followup.web.formats import MINUS
from tests.exports import reading
from tests.infrastructure.client import Client
from tests.statistics.conftest import Report

SYMBOLS = {"u": "..", "s": "..*", "e": "."}


@pytest.fixture
def publication(report: Report) -> Publication:
    return prepare(statistics=report.statistics("2023"), scope=report.director)


def on_paper(row: dict[str, str]) -> str:
    """A record of a file as the page shows it."""
    if row["status"] in SYMBOLS:
        assert row["varde"] == ""
        return SYMBOLS[row["status"]]
    number = row["varde"].replace("-", MINUS)
    return f"{number}\u00a0%" if row["enhet"] == "procent" else number


def page_cells(html: str) -> list[list[str]]:
    """The numbers of each table of a page, row by row."""
    tables = []
    for table in re.findall(r"<tbody>(.*?)</tbody>", html, re.S):
        found = re.findall(r"<td[^>]*>(.*?)</td>", table, re.S)
        tables.append([seen(cell) for cell in found])
    return tables


def seen(cell: str) -> str:
    """What a sighted reader reads: of a symbol its sign, and not its words for the ear."""
    symbol = re.search(r'<span aria-hidden="true">(.*?)</span>', cell)
    return symbol[1] if symbol else unescape(cell).strip()


def test_page_and_files_agree_cell_by_cell(publication: Publication, director: Client) -> None:
    machine = reading.data(reading.machine_csv(write_csv(publication, MACHINE)))
    book = reading.workbook(write_xlsx(publication))
    at = 0
    for chapter in publication.chapters:
        page = director.get(f"/statistik/{chapter.id}?ar=2023")
        assert page.status_code == 200
        tables = page_cells(page.text.partition("Varför är siffran")[0])
        assert len(tables) == len(chapter.tables)
        for table, on_page in zip(chapter.tables, tables, strict=True):
            sheet = book[table.id.replace("-", " ")]
            head, *rows = reading.block(sheet)
            stub = len(head) - len(on_page) // len(rows)
            in_book = [
                reading.shown_number(cell.value, cell.number_format)
                for line in sheet.iter_rows(min_row=3, max_row=2 + len(rows), min_col=stub + 1)
                for cell in line
            ]
            in_file = [on_paper(row) for row in machine[at : at + len(on_page)]]
            assert in_file == in_book == on_page, table.id
            at += len(on_page)
    assert at == len(machine)


def test_both_csv_kinds_hold_the_same_rows(publication: Publication) -> None:
    machine = reading.data(reading.machine_csv(write_csv(publication, MACHINE)))
    excel = reading.data(reading.excel_csv(write_csv(publication, EXCEL)))
    assert [{**row, "varde": row["varde"].replace(",", ".")} for row in excel] == machine


def test_printed_figures_stand_in_the_machine_file(publication: Publication) -> None:
    rows = reading.data(reading.machine_csv(write_csv(publication, MACHINE)))
    found = {
        (row["tabell"], row["period"], row["kategori_kod"]): row["varde"]
        for row in rows
        if row["team_kod"] == "_T"
    }
    assert found["T1", "2023", "participants"] == "145"
    assert found["T1", "2022", "participants"] == "134"
    assert found["T1", "2023", "ended"] == "56"
    assert found["T1", "2022", "ended"] == "42"
    assert found["T5", "2023", "5"] == "48"
    assert found["T7", "2023", "VM*_T*count"] == "40"
    assert found["T7", "2023", "VM*_T*base"] == "56"
    assert found["T7", "2023", "VM*_T*share"] == "71"
    assert found["T7", "2023", "WORK"] == "14"
    assert found["T7", "2023", "STUDY"] == "9"
    assert found["T10", "2023", "queue_at_end"] == "19"


def test_each_row_of_the_machine_file_is_named_once(publication: Publication) -> None:
    rows = reading.data(reading.machine_csv(write_csv(publication, MACHINE)))
    names = [(r["tabell"], r["period"], r["team_kod"], r["variabel"], r["kategori_kod"]) for r in rows]
    assert len(set(names)) == len(names)


def on_paper_by_labels(table: ProtectedTable) -> dict[frozenset[str], str]:
    grid = Grid(table)
    return {
        frozenset((*row.labels, *column.labels)): cell_text(grid.cell(row, column), grid.unit(row, column))
        for row in grid.rows
        for column in grid.columns
    }


def typeset(cells: dict[frozenset[str], str]) -> dict[frozenset[str], str]:
    """Numbers of a file with the page's minus."""
    return {labels: text.replace("-", MINUS) for labels, text in cells.items()}


def in_windows_1252(cells: dict[frozenset[str], str]) -> dict[frozenset[str], str]:
    """Labels as PX can write them."""
    return {frozenset(label.replace("≥", "minst") for label in labels): t for labels, t in cells.items()}


def test_word_shows_what_the_workbook_shows(publication: Publication) -> None:
    book = reading.workbook(FORMATS["xlsx"].write(publication))
    tables = reading.word_tables(FORMATS["docx"].write(publication))
    assert len(tables) == len(publication.tables) + 1
    for table, (head, *rows) in zip(publication.tables, tables, strict=False):
        sheet = book[table.id.replace("-", " ")]
        in_book, *lines = reading.block(sheet)
        assert head == in_book
        shown = [
            [reading.shown_number(cell.value, cell.number_format) for cell in line]
            for line in sheet.iter_rows(min_row=3, max_row=2 + len(lines))
        ]
        assert rows == shown, table.id


def test_pdf_says_every_row_that_word_says_in_the_same_order(publication: Publication) -> None:
    text = reading.pdf_text(FORMATS["pdf"].write(publication))
    at = 0
    for _, *rows in reading.word_tables(FORMATS["docx"].write(publication))[:-1]:
        for row in rows:
            found = text.find(reading.spaced(" ".join(row)), at)
            assert found >= 0, row
            at = found + 1


def test_px_files_hold_every_cell(publication: Publication) -> None:
    files = reading.px_archive(FORMATS["px"].write(publication))
    assert len(files) == len(publication.tables)
    for table, content in zip(publication.tables, files.values(), strict=True):
        _, cells = reading.px(content)
        assert typeset(cells) == in_windows_1252(on_paper_by_labels(table)), table.id


def test_jsonstat_holds_every_cell(publication: Publication) -> None:
    datasets = reading.jsonstat(FORMATS["jsonstat"].write(publication))
    assert len(datasets) == len(publication.tables)
    for table, (told, cells) in zip(publication.tables, datasets, strict=True):
        alone = {table.title} if "innehall" in told["dimension"] else set()
        told_by_labels = {labels - alone: text for labels, text in typeset(cells).items()}
        assert told_by_labels == on_paper_by_labels(table), table.id


def test_every_format_has_every_kind_of_cell(publication: Publication) -> None:
    """Otherwise the comparisons above would say less than they seem to."""
    statuses = {cell.status for table in publication.tables for cell in table.cells.values()}
    assert statuses >= {Status.VALUE, Status.ZERO, Status.SUPPRESSED, Status.MISSING}


def test_a_period_whose_year_before_is_missing_tells_hidden_from_missing(report: Report) -> None:
    publication = prepare(statistics=report.statistics("2022"), scope=report.director)
    files = reading.px_archive(FORMATS["px"].write(publication))
    for table, content in zip(publication.tables, files.values(), strict=True):
        cells = reading.px(content)[1]
        assert typeset(cells) == in_windows_1252(on_paper_by_labels(table))
        assert "..*" in cells.values()


@pytest.mark.parametrize("format_name", FORMATS)
def test_each_format_is_the_same_file_each_time(publication: Publication, format_name: str) -> None:
    assert FORMATS[format_name].write(publication) == FORMATS[format_name].write(publication)


def test_sentences_are_the_page_s(publication: Publication, director: Client) -> None:
    word = docx.Document(BytesIO(FORMATS["docx"].write(publication)))
    texts = [
        reading.spaced("\n".join(paragraph.text for paragraph in word.paragraphs)),
        reading.pdf_text(FORMATS["pdf"].write(publication)),
        reading.spaced(FORMATS["jsonstat"].write(publication).decode()),
    ]
    for chapter in publication.chapters:
        page = reading.spaced(unescape(director.get(f"/statistik/{chapter.id}?ar=2023").text))
        assert all(reading.spaced(chapter.sentence) in text for text in (page, *texts))
