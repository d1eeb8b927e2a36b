"""The two CSV kinds: encoding, signs, and what a spreadsheet program must not run."""

import pytest

from followup.exports.csv_file import EXCEL, MACHINE, write_csv
from followup.exports.publication import Publication
from followup.exports.service import prepare
from followup.exports.text import harmless
from tests.exports import reading
from tests.statistics.conftest import Report

COLUMNS = "tabell,period,team_kod,team,variabel,kategori_kod,kategori,varde,status,enhet"


@pytest.fixture
def publication(report: Report) -> Publication:
    return prepare(statistics=report.statistics("2023"), scope=report.director)


def test_machine_file_is_plain_utf8(publication: Publication) -> None:
    content = write_csv(publication, MACHINE)
    assert content.splitlines()[0].decode() == COLUMNS
    assert b"\r" not in content
    assert not content.startswith(b"\xef\xbb\xbf")


def test_excel_file_has_what_excel_needs_and_no_sep_line(publication: Publication) -> None:
    content = write_csv(publication, EXCEL)
    assert content.startswith(b"\xef\xbb\xbftabell;period;")
    assert b"sep=" not in content
    assert content.count(b"\n") == content.count(b"\r\n")


def test_a_hidden_cell_is_empty_and_says_so(publication: Publication) -> None:
    rows = reading.data(reading.machine_csv(write_csv(publication, MACHINE)))
    hidden = [row for row in rows if row["status"] == "u"]
    assert hidden
    assert {row["varde"] for row in hidden} == {""}
    assert {row["varde"] for row in rows if row["status"] == "n"} == {"0"}
    assert {row["status"] for row in rows} <= {"v", "n", "u", "s", "e"}


def test_the_file_tells_what_it_is(publication: Publication) -> None:
    told = reading.about(reading.machine_csv(write_csv(publication, MACHINE)))
    for words in (
        "Märkning: Utkast – internt arbetsmaterial, får inte spridas",
        "Förbund: Samordningsförbundet Norra Västmanland",
        "Framtagen: 2024-06-12 10:00",
        "Framtagen av: förbundschef",
        "Regel: Regel 1",
        "Kontrollsumma: SHA-256",
        "Status: u: undertryckt uppgift",
    ):
        assert words in told


@pytest.mark.parametrize("text", ["=1+1", "+46", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"])
def test_text_that_could_run_is_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_a_team_named_as_a_formula_is_harmless_in_every_file(publication: Publication) -> None:
    evil = publication.__class__(**{**publication.__dict__, "association": '=HYPERLINK("x")'})
    assert "Förbund: '=HYPERLINK" in reading.about(reading.machine_csv(write_csv(evil, MACHINE)))
    assert "Förbund: '=HYPERLINK" in reading.about(reading.excel_csv(write_csv(evil, EXCEL)))
