"""A document as PDF/UA-1: tagged, in its own language, with fonts inside and the same bytes each time.

The look lies in `pdf.typ`; the document goes there as data. Only fonts that travel with the library are used,
so that a server without fonts writes the same file as any other.
The library hangs in a process that was forked after its first use, so it is loaded when first needed.
"""

import base64
import json
import re
from functools import cache
from pathlib import Path
from struct import unpack
from threading import Lock
from typing import Any

from followup.documents.columns import column_widths, is_too_wide
from followup.documents.document import Block, Document, Heading, Paragraph, Picture, PictureKind, Points
from followup.errors import Refusal

MISSING_SIGN = re.compile(r"the text `(.+?)` could not be displayed")
LOOK = Path(__file__).with_name("pdf.typ")
# So many of the smallest signs of a table have room on a line of a page that stands, or is laid down.
SIGNS, SIGNS_LYING = 95, 150
_one_at_a_time = Lock()


class SignNotWritable(Refusal):
    """PDF/UA wants every sign to be readable, and the fonts do not have this one."""

    def __init__(self, sign: str) -> None:
        super().__init__(
            f"Tecknet {sign} går inte att skriva i en PDF. Byt ut det, eller välj ett annat format."
        )


def write_pdf(document: Document) -> bytes:
    """The whole file. Raises SignNotWritable."""
    content = json.dumps(_record(document), ensure_ascii=False)
    try:
        with _one_at_a_time:
            made: bytes = _compiler().compile(
                LOOK.read_bytes(),
                format="pdf",
                pdf_standards=["ua-1"],
                sys_inputs={"document": content},
                timestamp=int(document.date.timestamp()),
            )
    except RuntimeError as error:
        if sign := MISSING_SIGN.search(str(error)):
            raise SignNotWritable(sign[1].strip('"')) from error
        raise
    return made


@cache
def _compiler() -> Any:
    import typst

    return typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False))


def _record(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "author": document.author,
        "language": document.language,
        "marking": document.marking,
        "wide": document.wide,
        "blocks": [_block(block, SIGNS_LYING if document.wide else SIGNS) for block in document.blocks],
    }


def _block(block: Block, signs: int) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "text": block.text, "level": block.level}
        case Paragraph():
            return {"kind": block.tone.value, "text": block.text}
        case Points():
            return {"kind": "points", "texts": list(block.texts)}
        case Picture():
            return {
                "kind": "picture",
                "svg": _as_svg(block),
                "alt": block.alt,
                "caption": block.caption,
                "width": block.width,
            }
    return {
        "kind": "table",
        "caption": block.caption,
        "header": [list(row) for row in block.header],
        "rows": [list(row) for row in block.rows],
        "align": [align.value for align in block.align],
        "stub": block.stub,
        # Left to itself, a table that is too wide gives all columns as much, and words run into the next one.
        "widths": column_widths(block, signs) if is_too_wide(block, signs) else [],
    }


def _as_svg(picture: Picture) -> str:
    """Text, which can travel among the data; a PNG is put inside one."""
    if picture.kind is PictureKind.SVG:
        return picture.content.decode("utf-8")
    width, height = unpack(">II", picture.content[16:24])
    inside = base64.b64encode(picture.content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{inside}"/></svg>'
    )
