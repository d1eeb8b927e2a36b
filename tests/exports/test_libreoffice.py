"""Opened and saved again in LibreOffice with Swedish settings, every file still says the same.

`script/test` brings LibreOffice where it may.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from followup.exports.formats import FORMATS
from followup.exports.publication import Publication
from followup.exports.service import prepare
from tests.exports import reading
from tests.statistics.conftest import Report

SWEDISH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>sv-SE</value></prop></item>
<item oor:path="/org.openoffice.Office.Linguistic/General"><prop oor:name="DefaultLocale" oor:op="fuse">
<value>sv-SE</value></prop></item>
</oor:items>
"""
# Semicolons, quotation marks, UTF-8, from the first line, Swedish; numbers are recognised.
SWEDISH_CSV = "CSV:59,34,76,1,,1053,false,true"


class Office:
    """LibreOffice with a profile of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program = shutil.which("libreoffice") or shutil.which("soffice")
        assert self.program, "LibreOffice behövs: apt-get install libreoffice-calc libreoffice-writer"
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(SWEDISH, encoding="utf-8")

    def saved_again(self, content: bytes, ending: str, target: str, *words: str) -> bytes:
        source, out = self.folder / f"a.{ending}", self.folder / "out"
        source.write_bytes(content)
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        command = [str(self.program), profile, "--headless", *words, "--convert-to", target]
        subprocess.run(
            [*command, "--outdir", str(out), str(source)], check=True, capture_output=True, timeout=180
        )
        return (out / f"a.{target.partition(':')[0]}").read_bytes()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def publication(report: Report) -> Publication:
    return prepare(statistics=report.statistics("2023"), scope=report.director)


def numbers(content: bytes) -> dict[str, list[list[str]]]:
    """Every sheet's table as it is shown, labels and all."""
    book = reading.workbook(content)
    return {
        sheet.title: [
            [reading.shown_number(cell.value, cell.number_format) for cell in line]
            for line in sheet.iter_rows(min_row=3, max_row=1 + len(reading.block(sheet)))
        ]
        for sheet in book.worksheets[1:]
    }


def test_the_workbook_says_the_same(office: Office, publication: Publication) -> None:
    before = FORMATS["xlsx"].write(publication)
    after = office.saved_again(before, "xlsx", "xlsx")
    assert numbers(after) == numbers(before)


def test_word_says_the_same(office: Office, publication: Publication) -> None:
    before = FORMATS["docx"].write(publication)
    after = office.saved_again(before, "docx", "docx")
    assert reading.word_tables(after) == reading.word_tables(before)


def test_csv_for_excel_opens_as_numbers_and_texts(office: Office, publication: Publication) -> None:
    content = FORMATS["csv-excel"].write(publication)
    after = office.saved_again(content, "csv", "xlsx", f"--infilter={SWEDISH_CSV}")
    head, *rows = reading.workbook(after).worksheets[0].iter_rows(values_only=True)
    told = reading.excel_csv(content)
    assert len(rows) == len(told)
    value = head.index("varde")
    for row, line in zip(rows, told, strict=True):
        if line["varde"]:
            assert row[value] == float(line["varde"].replace(",", "."))
        else:
            assert row[value] is None
        assert str(row[head.index("status")] or "") == line["status"]
