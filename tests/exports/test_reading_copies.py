"""Word and PDF of a release, as their readers and their checkers see them."""

from io import BytesIO
from pathlib import Path

import docx
import pdfua
import pytest
from docx.oxml.ns import qn

from followup.exports.formats import FORMATS
from followup.exports.publication import Publication
from followup.exports.service import prepare
from followup.statistics.report import more_sentences
from tests.exports import reading
from tests.statistics.conftest import Report


@pytest.fixture(scope="module")
def publication(report: Report) -> Publication:
    return prepare(statistics=report.statistics("2023"), scope=report.director)


@pytest.fixture(scope="module")
def word(publication: Publication) -> docx.document.Document:
    return docx.Document(BytesIO(FORMATS["docx"].write(publication)))


@pytest.mark.parametrize("period", ["2023", "2023-JanAug"])
def test_pdf_passes_the_check_for_universal_access(report: Report, period: str, tmp_path: Path) -> None:
    publication = prepare(statistics=report.statistics(period), scope=report.director)
    path = tmp_path / "a.pdf"
    path.write_bytes(FORMATS["pdf"].write(publication))
    assert not pdfua.validate(path).findings


def test_every_table_of_word_has_a_caption_and_a_header_row(
    word: docx.document.Document, publication: Publication
) -> None:
    captions = [p.text for p in word.paragraphs if p.style and p.style.name == "Caption"]
    wanted = [
        f"{chapter.id}. {table.title}, 2023" for chapter in publication.chapters for table in chapter.tables
    ]
    assert captions == [*wanted, "Om tabellerna"]
    for table in word.tables:
        marked = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        assert marked == [True] + [False] * (len(marked) - 1)


def test_every_chart_tells_its_table_s_sentence(
    word: docx.document.Document, publication: Publication
) -> None:
    alts = [shape.get("descr") for shape in word.element.body.iter(qn("wp:docPr"))]
    assert alts
    for alt in alts:
        assert alt.startswith("Stapeldiagram: ")
        assert any(chapter.sentence in alt for chapter in publication.chapters)


def test_word_has_every_sentence_that_the_report_can_be_pasted_from(
    word: docx.document.Document, report: Report
) -> None:
    told = "\n".join(paragraph.text for paragraph in word.paragraphs)
    statistics = report.statistics("2023")
    for shown in statistics.tables:
        for sentence in more_sentences(shown, statistics.period):
            assert sentence in told
    assert "gick 23 av 56 (41\u00a0%) till arbete eller studier" in told


def test_headings_lead_through_the_tables(word: docx.document.Document, publication: Publication) -> None:
    headings = [p.text for p in word.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == [f"{each.id} {each.title}" for each in publication.chapters] + ["Om tabellerna"]


def test_marking_stands_on_every_page(word: docx.document.Document, publication: Publication) -> None:
    assert publication.marking in word.sections[0].header.paragraphs[0].text
    assert publication.marking in reading.pdf_text(FORMATS["pdf"].write(publication))
