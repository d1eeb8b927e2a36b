"""The workbook, read back with another library."""

import datetime as dt
import re
import zipfile
from io import BytesIO

import openpyxl
import pytest

from followup.exports.service import prepare
from followup.exports.xlsx_file import write_xlsx
from tests.exports import reading
from tests.statistics.conftest import Report


@pytest.fixture(scope="module")
def content(report: Report) -> bytes:
    return write_xlsx(prepare(statistics=report.statistics("2023"), scope=report.director))


@pytest.fixture
def book(content: bytes) -> openpyxl.Workbook:
    return reading.workbook(content)


def test_about_comes_first_and_every_table_has_a_sheet(book: openpyxl.Workbook, report: Report) -> None:
    shown = [each.table for each in report.statistics("2023").tables]
    assert book.sheetnames[0] == "Om tabellerna"
    assert {name.split()[0] for name in book.sheetnames[1:]} == {t.id for t in shown}


def test_about_tells_what_a_reader_must_know(book: openpyxl.Workbook) -> None:
    rows = {str(row[0]): row[1] for row in book["Om tabellerna"].iter_rows(min_row=3, values_only=True)}
    assert rows["Märkning"] == "Utkast – internt arbetsmaterial, får inte spridas"
    assert rows["Framtagen av"] == "förbundschef"
    assert isinstance(rows["Framtagen"], dt.datetime)
    assert "färre än 5 personer" in str(rows["Regel"])
    assert str(rows["Kontrollsumma"]).startswith("SHA-256")
    assert rows["Månader"] == "Alla månader är klarmarkerade."


def test_tables_have_no_merged_and_no_empty_cells(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        assert not sheet.merged_cells.ranges
        rows = reading.block(sheet)
        assert all(cell is not None for row in rows for cell in row), sheet.title
        assert sheet.freeze_panes in ("A3", "B3", "C3")


def test_counts_and_shares_are_real_numbers_and_symbols_are_right_aligned(book: openpyxl.Workbook) -> None:
    sheet = book["T7"]
    row = next(row for row in sheet.iter_rows(min_row=3) if row[0].value and "ordinarie" in str(row[0].value))
    assert (row[2].value, row[3].value) == (40, 56)
    assert row[2].number_format == "# ##0"
    assert (row[4].value, row[4].number_format) == (0.71, "0 %")
    symbols = [cell for line in book["T8"].iter_rows(min_row=3) for cell in line if cell.value == ".."]
    assert symbols
    assert {cell.alignment.horizontal for cell in symbols} == {"right"}


def test_marking_stands_on_every_sheet_and_every_printed_page(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets[1:]:
        assert "får inte spridas" in str(sheet["A1"].value)
    for sheet in book.worksheets:
        assert "får inte spridas" in str(sheet.oddHeader.right.text)


def test_charts_are_native_and_have_alt_text(content: bytes, report: Report) -> None:
    shown = [each.table for each in report.statistics("2023").tables]
    with zipfile.ZipFile(BytesIO(content)) as parts:
        charts = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
        drawings = [parts.read(n).decode() for n in parts.namelist() if n.startswith("xl/drawings/drawing")]
    assert len(charts) == sum(t.drawing is not None for t in shown)
    assert all('descr="Stapeldiagram: ' in drawing for drawing in drawings)


def test_a_chart_of_one_part_of_a_table_says_which(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        charts = [parts.read(n).decode() for n in parts.namelist() if n.startswith("xl/charts/chart")]
    titles = [title for chart in charts for title in re.findall(r"<a:t>([^<]*)</a:t>", chart)]
    assert "Avslutade efter försörjning före insatsen och vid avslut: vid avslut" in titles
    assert "Deltagarflöde efter kön" in titles, "of everybody"


def test_legend_stands_under_a_table_with_hidden_cells(book: openpyxl.Workbook) -> None:
    text = "\n".join(str(row[0]) for row in book["T8"].iter_rows(values_only=True) if row[0])
    assert ".. Undertryckt uppgift." in text
    assert "visas som .." in text


def test_no_cell_holds_a_formula(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
