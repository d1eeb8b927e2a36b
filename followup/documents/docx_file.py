"""A document for Word: real heading styles, header rows, captions, alt texts and Swedish as its language.

It is made to be pasted from: no text boxes, no merged cells and nothing that is drawn with blanks.
"""

from datetime import UTC
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from followup.documents.document import (
    Align,
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

FONT = "Calibri"
INK, SOFT = RGBColor(0x1B, 0x1E, 0x23), RGBColor(0x5F, 0x61, 0x65)
REGIONS = {"sv": "sv-SE", "en": "en-GB"}
SHORT_SIDE, LONG_SIDE, MARGIN = Cm(21), Cm(29.7), Cm(2.2)
# Pixels for each point of a drawing: sharp on paper, and still a small file.
SHARPNESS = 2.0
SIZES = {"Title": 22, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11.5, "Heading 4": 11}


def write_docx(document: Document) -> bytes:
    """The whole file, the same bytes each time."""
    paper = docx.Document()
    _styles(paper, document.language)
    _properties(paper, document)
    _page(paper, document)
    paper.add_paragraph(document.title, style="Title")
    for block in document.blocks:
        _add(paper, block)
    target = BytesIO()
    paper.save(target)
    return stilled(target.getvalue())


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
    caption = paper.styles["Caption"]
    caption.font.size, caption.font.color.rgb, caption.font.bold = Pt(10), INK, True
    caption.paragraph_format.keep_with_next = True


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


def _add(paper: Any, block: Block) -> None:
    match block:
        case Heading():
            paper.add_heading(block.text, block.level)
        case Paragraph():
            _paragraph(paper, block)
        case Points():
            for text in block.texts:
                paper.add_paragraph(text, style="List Bullet")
        case Table():
            _table(paper, block)
        case Picture():
            _picture(paper, block)


def _paragraph(paper: Any, block: Paragraph) -> None:
    run = paper.add_paragraph().add_run(block.text)
    if block.tone is Tone.LEAD:
        run.bold = True
    if block.tone is Tone.NOTE:
        run.font.size, run.font.color.rgb = Pt(9), SOFT


def _table(paper: Any, block: Table) -> None:
    paper.add_paragraph(block.caption, style="Caption")
    lines = [*block.header, *block.rows]
    table = paper.add_table(rows=len(lines), cols=len(block.align), style="Table Grid")
    _name_table(table, block)
    # A row is asked for its cells once: python-docx walks the whole row for each question.
    for number, (row, texts) in enumerate(zip(table._tbl.tr_lst, lines, strict=True)):
        is_header = number < len(block.header)
        if is_header:
            row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        row.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
        for column, (cell, text) in enumerate(zip(row.tc_lst, texts, strict=True)):
            _cell(cell.p_lst[0], text, block.align[column], bold=is_header)
    # A line of its own below: tables that touch each other become one in Word.
    paper.add_paragraph().paragraph_format.space_after = Pt(0)


def _cell(paragraph: Any, text: str, align: Align, *, bold: bool) -> None:
    shape = paragraph.get_or_add_pPr()
    spacing = shape.get_or_add_spacing()
    spacing.after = spacing.before = Pt(1)
    if align is Align.RIGHT:
        shape.get_or_add_jc().val = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_r()
    if bold:
        run.get_or_add_rPr().get_or_add_b()
    run.text = text


def _name_table(table: Any, block: Table) -> None:
    """The caption as the table's own title, too, and the first columns as headers of their rows."""
    shape = table._tbl.tblPr
    title = OxmlElement("w:tblCaption")
    title.set(qn("w:val"), block.caption)
    shape.append(title)
    look = shape.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstColumn"), "1" if block.stub else "0")
        look.set(qn("w:firstRow"), "1")


def _picture(paper: Any, block: Picture) -> None:
    if block.caption:
        paper.add_paragraph(block.caption, style="Caption")
    section = paper.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    drawn = paper.add_picture(BytesIO(_as_png(block)), width=int(room * block.width))
    told = drawn._inline.docPr
    told.set("descr", block.alt)
    told.set("name", f"Bild {told.get('id')}")


def _as_png(picture: Picture) -> bytes:
    if picture.kind is PictureKind.PNG:
        return picture.content
    # Loaded when first needed: it hangs in a process that was forked after its first use.
    import vl_convert

    return bytes(vl_convert.svg_to_png(picture.content.decode("utf-8"), scale=SHARPNESS))
