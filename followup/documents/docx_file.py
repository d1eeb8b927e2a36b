"""A document for Word: real heading styles, header rows, captions, alt texts and Swedish as its language.

It is made to be pasted from: no text boxes, no merged cells and nothing that is drawn with blanks.
"""

from collections.abc import Sequence
from datetime import UTC
from functools import lru_cache
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from followup.documents.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    Picture,
    PictureKind,
    Points,
    Table,
    Tone,
)
from followup.documents.still_zip import stilled
from followup.documents.word_table import NUMBER_TEXT, TABLE_HEADER, TABLE_TEXT, table_xml

FONT = "Calibri"
INK, SOFT = RGBColor(0x1B, 0x1E, 0x23), RGBColor(0x5F, 0x61, 0x65)
REGIONS = {"sv": "sv-SE", "en": "en-GB"}
SHORT_SIDE, LONG_SIDE, MARGIN = Cm(21), Cm(29.7), Cm(2.2)
# Pixels for each point of a drawing: sharp on paper, and still a small file.
SHARPNESS = 2.0
# Word measures tables in twentieths of a point.
TWENTIETHS = 20
# One document or two: the same pictures are often written again at once.
KEPT_PICTURES = 40
SIZES = {"Title": 22, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11.5, "Heading 4": 11}


def write_docx(document: Document) -> bytes:
    """The whole file, the same bytes each time."""
    paper = docx.Document()
    _styles(paper, document.language)
    _properties(paper, document)
    _page(paper, document)
    _line(paper, "Title", document.title)
    for block, leads in zip(document.blocks, _lead_to_picture(document.blocks), strict=True):
        _add(paper, block, leads=leads)
    target = BytesIO()
    paper.save(target)
    return stilled(target.getvalue())


def _lead_to_picture(blocks: Sequence[Block]) -> list[bool]:
    """Which paragraphs stand between a heading and its picture: no page ends among them."""
    found, leads = [], False
    for block in reversed(blocks):
        found.append(isinstance(block, Paragraph) and leads)
        leads = isinstance(block, Picture) or (isinstance(block, Paragraph) and leads)
    return found[::-1]


def _styles(paper: Any, language: str) -> None:
    defaults = paper.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    spoken = defaults.find(qn("w:lang"))
    spoken.set(qn("w:val"), REGIONS[language])
    spoken.set(qn("w:eastAsia"), REGIONS[language])
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    for name, size in SIZES.items():
        style = paper.styles[name]
        style.font.size, style.font.color.rgb, style.font.bold = Pt(size), INK, True
        # Headings name theme fonts, which win over the font that is named beside them.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.font.name = FONT
    _table_styles(paper)
    caption = paper.styles["Caption"]
    caption.font.size, caption.font.color.rgb, caption.font.bold = Pt(10), INK, True
    caption.paragraph_format.keep_with_next = True


def _table_styles(paper: Any) -> None:
    """Styles of their own, so that whoever pastes a table can make it look like the rest of the report."""
    for name in (TABLE_TEXT, NUMBER_TEXT, TABLE_HEADER):
        style = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = paper.styles["Normal"]
        style.font.size, style.font.bold = Pt(9.5), name == TABLE_HEADER
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(1)
        if name == NUMBER_TEXT:
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _properties(paper: Any, document: Document) -> None:
    told, moment = paper.core_properties, document.date.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    told.title, told.author, told.last_modified_by = document.title, document.author, document.author
    told.subject, told.language = document.marking, REGIONS[document.language]
    told.created = told.modified = moment
    told.comments, told.revision = "", 1


def _page(paper: Any, document: Document) -> None:
    section = paper.sections[0]
    width, height = (LONG_SIDE, SHORT_SIDE) if document.wide else (SHORT_SIDE, LONG_SIDE)
    section.page_width, section.page_height = width, height
    section.orientation = WD_ORIENT.LANDSCAPE if document.wide else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    head = " · ".join(text for text in (document.author, document.marking) if text)
    _small(section.header.paragraphs[0], head)
    foot = section.footer.paragraphs[0]
    _small(foot, f"{document.title} · ")
    _page_number(foot)


def _small(paragraph: Any, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), SOFT


def _page_number(paragraph: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    shown = paragraph.add_run("1")
    shown.font.size, shown.font.color.rgb = Pt(9), SOFT
    paragraph._p.append(field)
    field.append(shown._r)


def _add(paper: Any, block: Block, *, leads: bool) -> None:
    match block:
        case Heading():
            _line(paper, f"Heading{block.level}", block.text)
        case Paragraph():
            _paragraph(paper, block, leads=leads)
        case Points():
            for text in block.texts:
                _line(paper, "ListBullet", text)
        case Table():
            _table(paper, block)
        case Picture():
            _picture(paper, block)


def _line(paper: Any, style: str, text: str = "") -> Any:
    """A paragraph in the style of that identity: to ask for its name takes longer than all the rest."""
    line = paper.add_paragraph(text)
    line._p.style = style
    return line


def _paragraph(paper: Any, block: Paragraph, *, leads: bool) -> None:
    made = paper.add_paragraph()
    run = made.add_run(block.text)
    if block.tone is Tone.LEAD:
        run.bold = True
    if block.tone is Tone.NOTE:
        run.font.size, run.font.color.rgb = Pt(9), SOFT
    if leads:
        made.paragraph_format.keep_with_next = True


def _table(paper: Any, block: Table) -> None:
    _line(paper, "Caption", block.caption)
    section = paper.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    # A line of its own below: tables that touch each other become one in Word.
    after = _line(paper, TABLE_TEXT)
    after._p.addprevious(parse_xml(table_xml(block, int(room / Pt(1) * TWENTIETHS))))


def _picture(paper: Any, block: Picture) -> None:
    if block.caption:
        _line(paper, "Caption", block.caption)
    section = paper.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    drawn = paper.add_picture(BytesIO(_as_png(block)), width=int(room * block.width))
    told = drawn._inline.docPr
    told.set("descr", block.alt)
    told.set("name", f"Bild {told.get('id')}")


@lru_cache(maxsize=KEPT_PICTURES)
def _as_png(picture: Picture) -> bytes:
    if picture.kind is PictureKind.PNG:
        return picture.content
    # Loaded when first needed: it hangs in a process that was forked after its first use.
    import vl_convert

    return bytes(vl_convert.svg_to_png(picture.content.decode("utf-8"), scale=SHARPNESS))
