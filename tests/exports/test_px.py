"""PX files keep the rules that readers of the format rely on."""

from dataclasses import replace

import pytest

from followup.documents.still_zip import unzipped
from followup.exports.publication import Publication
from followup.exports.px_file import SignNotInPx, write_px
from followup.exports.service import prepare
from tests.exports import reading
from tests.statistics.conftest import Report

MANDATORY = [
    "MATRIX", "SUBJECT-CODE", "SUBJECT-AREA", "TITLE", "CONTENTS", "UNITS", "DECIMALS", "STUB", "HEADING",
]  # fmt: skip
ORDER = [
    "CHARSET", "AXIS-VERSION", "CODEPAGE", "LANGUAGE", "CREATION-DATE", "TABLEID", "DECIMALS",
    "SHOWDECIMALS", "MATRIX", "AGGREGALLOWED", "COPYRIGHT", "SUBJECT-CODE", "SUBJECT-AREA",
    "DESCRIPTION", "TITLE", "CONTENTS", "STUB", "HEADING", "CONTVARIABLE", "VALUES", "TIMEVAL",
    "CODES", "LAST-UPDATED", "STOCKFA", "UNITS", "REFPERIOD", "CONTACT", "SOURCE",
    "OFFICIAL-STATISTICS", "NOTEX", "NOTE", "DATASYMBOL1", "DATASYMBOL2", "DATASYMBOL3",
    "DATASYMBOLNIL", "DATA",
]  # fmt: skip


@pytest.fixture(scope="module")
def publication(report: Report) -> Publication:
    return prepare(statistics=report.statistics("2023"), scope=report.director)


@pytest.fixture(scope="module")
def files(publication: Publication) -> dict[str, str]:
    """Strictly decoded, so that a sign outside the code page fails every test here."""
    return {name: content.decode("cp1252") for name, content in unzipped(write_px(publication)).items()}


def keywords(text: str) -> list[str]:
    lines = [line for line in text.split("\r\n") if "=" in line and not line.startswith('"')]
    return [line.split("=")[0].split("(")[0] for line in lines]


def test_keywords_stand_in_the_order_that_every_reader_takes(files: dict[str, str]) -> None:
    for name, text in files.items():
        found = keywords(text)
        places = [ORDER.index(keyword) for keyword in found]
        assert places == sorted(places), name
        assert set(MANDATORY) <= set(found), name
        assert text.startswith('CHARSET="ANSI";\r\n')
        assert '\r\nCODEPAGE="Windows-1252";\r\n' in text


def test_lines_end_as_in_dos_and_are_short(files: dict[str, str]) -> None:
    for text in files.values():
        assert text.endswith(";\r\n")
        assert "\n" not in text.replace("\r\n", "")
        assert max(map(len, text.split("\r\n"))) <= 256
        assert '""' not in text


def test_hidden_figures_may_not_be_added_up(files: dict[str, str]) -> None:
    for text in files.values():
        assert "\r\nAGGREGALLOWED=NO;\r\n" in text
        assert "ELIMINATION" not in text
        assert 'DATASYMBOL2="..";' in text


def test_every_row_of_data_is_full_and_no_cell_is_empty(files: dict[str, str]) -> None:
    for name, text in files.items():
        told, cells = reading.px(text.encode("cp1252"))
        size = 1
        for variable in (*told["STUB"], *told["HEADING"]):
            size *= len(told[f"VALUES({variable})"])
        assert len(cells) == size, name
        assert len(told["MATRIX"][0]) <= 8


def test_time_is_told_as_time_and_queues_as_stocks(files: dict[str, str]) -> None:
    assert 'TIMEVAL("Period")=TLIST(A1),"2022","2023";' in files["T2.px"]
    assert 'STOCKFA="S";' in files["T10.px"]
    assert 'STOCKFA="F";' in files["T2.px"]
    assert 'UNITS("Andel")="procent";' in files["T7.px"]


def test_interim_periods_have_no_time_scale_but_keep_their_names(report: Report) -> None:
    publication = prepare(statistics=report.statistics("2023-JanAug"), scope=report.director)
    text = unzipped(write_px(publication))["T2.px"].decode("cp1252")
    assert "TIMEVAL" not in text
    assert 'VALUES("Period")="januari–augusti 2022","januari–augusti 2023";' in text


def test_a_sign_outside_the_code_page_is_named(publication: Publication) -> None:
    with pytest.raises(SignNotInPx, match=r"Tecknet ő \(U\+0151\).*Windows-1252"):
        write_px(replace(publication, association="Förbundet Győr"))


def test_a_line_end_in_a_name_does_not_begin_a_keyword(publication: Publication) -> None:
    evil = replace(publication, association="Förbundet\r\nDATA=\n1 2 3;")
    for content in reading.px_archive(write_px(evil)).values():
        lines = content.decode("cp1252").split("\r\n")
        assert lines.count("DATA=") == 1
        assert not any("\n" in line for line in lines)


def test_straight_quotes_in_a_name_do_not_end_the_text(publication: Publication) -> None:
    text = unzipped(write_px(replace(publication, association='Förbundet "Örn"')))["T1.px"].decode("cp1252")
    assert 'SOURCE="Förbundet ”Örn”";' in text
