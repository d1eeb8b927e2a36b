"""Page, workbook and both CSV kinds show the same numbers, and hide the same cells, one by one."""

import re
from html import unescape

import pytest

from followup.exports.csv_file import EXCEL, MACHINE, write_csv
from followup.exports.publication import Publication
from followup.exports.service import prepare
from followup.exports.xlsx_file import write_xlsx
from tests.exports import reading
from tests.infrastructure.client import Client
from tests.statistics.conftest import Report

HIDDEN = ".."


@pytest.fixture
def publication(report: Report) -> Publication:
    return prepare(statistics=report.statistics("2023"), scope=report.director)


def on_paper(row: dict[str, str]) -> str:
    """A record of a file as the page shows it."""
    if row["status"] in ("u", "s"):
        assert row["varde"] == ""
        return HIDDEN
    return f"{row['varde']}\u00a0%" if row["enhet"] == "procent" else row["varde"]


def page_cells(html: str) -> list[list[str]]:
    """The numbers of each table of a page, row by row."""
    tables = []
    for table in re.findall(r"<tbody>(.*?)</tbody>", html, re.S):
        found = re.findall(r"<td[^>]*>(.*?)</td>", table, re.S)
        tables.append([HIDDEN if "aria-hidden" in cell else unescape(cell).strip() for cell in found])
    return tables


def test_page_and_files_agree_cell_by_cell(publication: Publication, director: Client) -> None:
    machine = reading.data(reading.machine_csv(write_csv(publication, MACHINE)))
    book = reading.workbook(write_xlsx(publication))
    at = 0
    for chapter in publication.chapters:
        page = director.get(f"/statistik/{chapter.id}?ar=2023")
        assert page.status_code == 200
        tables = page_cells(page.text)
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
