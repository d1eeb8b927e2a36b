"""The same document in Word and as PDF, read back with other programs."""

import datetime as dt
import re
import struct
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import docx
import pdfua
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from followup.documents.columns import column_widths
from followup.documents.document import (
    Align,
    Block,
    Document,
    DocumentMalformed,
    Heading,
    Paragraph,
    Picture,
    PictureKind,
    Points,
    Table,
    Tone,
)
from followup.documents.docx_file import write_docx
from followup.documents.pdf_file import SignNotWritable, write_pdf

MADE = dt.datetime(2024, 6, 12, 8, 0, tzinfo=dt.UTC)
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40">'
    b'<rect width="40" height="40" fill="#4a52b6"/></svg>'
)
# What would run, end a string or begin markup, were it ever read as anything but text.
HOSTILE = '#panic("x") $y$ *z* _q_ \\ " ] ) } `raw` <label> @ref // slut & <b> =1+1 [ ( {'


def png() -> bytes:
    """One blue pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0\x4a\x52\xb6")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


TABLE = Table(
    "Deltagare efter kön",
    [["Kön", "Antal 2023", "Antal 2022"]],
    [["Kvinnor", "12\u00a0345", ".."], ["Män", "..", "−3"]],
    [Align.LEFT, Align.RIGHT, Align.RIGHT],
)
BLOCKS: tuple[Block, ...] = (
    Heading("T2 Deltagare"),
    Paragraph("Av de 56 har 40 (71\u00a0%) gått till arbete.", Tone.LEAD),
    TABLE,
    Paragraph(".. Undertryckt uppgift.", Tone.NOTE),
    Heading("Underrubrik", 2),
    Points(["första", "andra"]),
    Picture(SVG, PictureKind.SVG, "Stapeldiagram: kvinnor tolv", "Deltagare"),
    Picture(png(), PictureKind.PNG, "Ett blått fält", width=0.5),
)


def document(*blocks: Block, title: str = "Årsstatistik 2023", author: str = "Förbundet Örn") -> Document:
    return Document(title, author, MADE, blocks or BLOCKS, marking="Publicerbar")


@pytest.fixture(scope="module")
def paper() -> docx.document.Document:
    return docx.Document(BytesIO(write_docx(document())))


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return write_pdf(document())


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_word_finds_its_way_by_headings(paper: docx.document.Document) -> None:
    styled = {p.text: p.style.name for p in paper.paragraphs if p.style}
    assert styled["Årsstatistik 2023"] == "Title"
    assert styled["T2 Deltagare"] == "Heading 1"
    assert styled["Underrubrik"] == "Heading 2"
    assert styled["första"] == "List Bullet"
    assert styled["Deltagare efter kön"] == "Caption"


def test_word_table_has_a_header_row_and_every_cell(paper: docx.document.Document) -> None:
    (table,) = paper.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Kön", "Antal 2023", "Antal 2022"],
        ["Kvinnor", "12\u00a0345", ".."],
        ["Män", "..", "−3"],
    ]
    headers = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    assert headers == [True, False, False]
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Deltagare efter kön"


def test_word_speaks_swedish_and_knows_its_author(paper: docx.document.Document) -> None:
    spoken = paper.styles.element.find(f".//{qn('w:lang')}")
    assert spoken.get(qn("w:val")) == "sv-SE"
    told = paper.core_properties
    assert (told.title, told.author, told.language) == ("Årsstatistik 2023", "Förbundet Örn", "sv-SE")
    assert told.created == MADE
    assert "Publicerbar" in paper.sections[0].header.paragraphs[0].text


def test_word_pictures_have_words_and_nothing_is_a_text_box(paper: docx.document.Document) -> None:
    body = paper.element.body
    described = [shape.get("descr") for shape in body.iter(qn("wp:docPr"))]
    assert described == ["Stapeldiagram: kvinnor tolv", "Ett blått fält"]
    assert not list(body.iter(qn("w:txbxContent")))


def test_word_ends_no_page_between_a_heading_and_what_it_says_of_a_picture() -> None:
    told = document(
        Heading("Kön halveras"),
        Paragraph("Med åtgärderna."),
        Paragraph("Från augusti."),
        Picture(SVG, PictureKind.SVG, "Stapeldiagram: kvinnor tolv"),
        Paragraph("Så räknas det."),
        TABLE,
    )
    read = docx.Document(BytesIO(write_docx(told)))
    kept = {p.text: p.paragraph_format.keep_with_next for p in read.paragraphs if p.text}
    assert read.styles["Heading 1"].paragraph_format.keep_with_next
    assert kept["Med åtgärderna."]
    assert kept["Från augusti."]
    assert not kept["Så räknas det."]


def test_pdf_passes_the_check_for_universal_access(pdf: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf)
    report = pdfua.validate(path)
    assert not report.findings


def test_pdf_is_tagged_and_tells_language_title_and_alt_texts(pdf: bytes) -> None:
    reader = PdfReader(BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).lower().startswith("sv")
    assert reader.metadata is not None
    assert reader.metadata.title == "Årsstatistik 2023"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    alts = [node["/Alt"] for node in nodes(root["/StructTreeRoot"]) if "/Alt" in node]
    assert {"Stapeldiagram: kvinnor tolv", "Ett blått fält"} <= set(alts)


def nodes(node: object) -> list[dict[str, object]]:
    """Every element of the structure tree."""
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, list):
        return [each for part in found for each in nodes(part)]
    if not isinstance(found, dict):
        return []
    return [found, *nodes(found.get("/K"))]


def test_pdf_tables_have_header_cells(pdf: bytes) -> None:
    kinds = [node.get("/S") for node in nodes(PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"])]
    assert kinds.count("/Table") == 1
    assert kinds.count("/TH") == 3
    assert kinds.count("/TD") == 6
    assert kinds.count("/H1") == 1


def test_long_words_run_into_no_other_column() -> None:
    """A team's name takes more than its share of a table with many numbers."""
    sexes = ("Totalt", "Kvinna", "Man, annat eller uppgift saknas")
    numbers = [f"{sex} {year}" for year in (2025, 2024) for sex in sexes]
    align = [Align.LEFT, Align.LEFT, *[Align.RIGHT] * len(numbers)]
    rows = [["Samordningsteam Hallstahammar", "Pågående när perioden började", *["12"] * len(numbers)]] * 3
    wide = Table("Per team", [["Team", "Flöde", *numbers]], rows, align)
    page = PdfReader(BytesIO(write_pdf(document(wide)))).pages[0]
    assert len(re.findall(r"Samordningsteam {2,}Pågående", page.extract_text(extraction_mode="layout"))) == 3
    widths = column_widths(wide, 95)
    words = [max(len(word) for row in wide.rows for word in row[column].split()) for column in (0, 1)]
    assert [width > word for width, word in zip(widths, words, strict=False)] == [True, True]
    assert sum(widths) <= 95


def test_where_all_words_are_too_long_no_column_pays_for_the_others() -> None:
    """As the table of declared months, whose teams stood with a letter on each line."""
    headings = ["Team", *[f"{word} {year}" for year in (2025, 2024) for word in ("Månader", "Klarmarkerade")]]
    headings += ["Klarmarkerade senare", "Återöppnade"]
    rows = [["Samordningsteam Hallstahammar", *["12"] * 6]]
    crowded = Table("Månader", [headings], rows, [Align.LEFT, *[Align.RIGHT] * 6])
    widths = column_widths(crowded, 70)
    words = [
        max(len(word) for word in f"{one} {other}".split())
        for one, other in zip(headings, *rows, strict=True)
    ]
    assert min(width / word for width, word in zip(widths, words, strict=True)) > 0.8
    assert sum(widths) <= 70


def test_pdf_holds_all_its_fonts(pdf: bytes) -> None:
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            told = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & told.keys()


def test_no_text_is_ever_code() -> None:
    hostile = document(
        Heading(HOSTILE),
        Paragraph(HOSTILE),
        Points([HOSTILE]),
        Table(HOSTILE, [[HOSTILE]], [[HOSTILE]], [Align.LEFT]),
        Picture(SVG, PictureKind.SVG, HOSTILE, HOSTILE),
        title=HOSTILE,
        author=HOSTILE,
    )
    assert text_of(write_pdf(hostile)).count('#panic("x") $y$ *z* _q_') >= 7
    paper = docx.Document(BytesIO(write_docx(hostile)))
    assert [p.text for p in paper.paragraphs].count(HOSTILE) == 6
    assert paper.tables[0].cell(1, 0).text == HOSTILE


def test_a_sign_that_no_font_has_is_named() -> None:
    with pytest.raises(SignNotWritable, match="Tecknet 漢 går inte att skriva i en PDF"):
        write_pdf(document(Paragraph("Team 漢")))


def test_the_same_document_is_the_same_file_on_another_day_and_in_another_process(tmp_path: Path) -> None:
    script = (
        "import sys; from hashlib import sha256\n"
        "from tests.documents.test_documents import document, write_docx, write_pdf\n"
        "print(*(sha256(write(document())).hexdigest() for write in (write_docx, write_pdf)))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": "."},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    assert runs[0] == runs[1] != ""


@pytest.mark.parametrize(
    "build",
    [
        lambda: Table("t", [["a", "b"]], [["1"]], [Align.LEFT, Align.RIGHT]),
        lambda: Table("t", [], [["1"]], [Align.LEFT]),
        lambda: Heading(" "),
        lambda: Heading("a", 5),
        lambda: Picture(SVG, PictureKind.SVG, ""),
        lambda: Document("", "a", MADE, ()),
        lambda: Document("t", "a", MADE.replace(tzinfo=None), ()),
    ],
)
def test_what_a_reader_could_not_follow_is_refused(build: object) -> None:
    with pytest.raises(DocumentMalformed):
        build()  # type: ignore[operator]
