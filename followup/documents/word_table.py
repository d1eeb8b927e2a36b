"""A table as Word writes it, put together as text: a report has thousands of cells, which take their time one
by one.
"""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls

from followup.documents.columns import column_widths
from followup.documents.document import Align, Table

TABLE_TEXT, NUMBER_TEXT, TABLE_HEADER = "Tabelltext", "Tabelltal", "Tabellrubrik"
# An ordinary sign, in twentieths of a point.
SIGN = 105


def table_xml(table: Table, room: int) -> str:
    """The element `w:tbl`; its columns share `room`, in twentieths of a point, by what stands in them."""
    return "".join(_parts(table, room))


def _parts(table: Table, room: int) -> Iterator[str]:
    widths = _widths(table, room)
    yield f"<w:tbl {nsdecls('w')}>{_properties(table, sum(widths))}<w:tblGrid>"
    yield from (f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield "</w:tblGrid>"
    for row in table.header:
        yield "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        yield from _cells(row, table.align, widths, is_header=True)
        yield "</w:tr>"
    for row in table.rows:
        yield "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        yield from _cells(row, table.align, widths, is_header=False)
        yield "</w:tr>"
    yield "</w:tbl>"


def _properties(table: Table, width: int) -> str:
    first_column = 1 if table.stub else 0
    return (
        f'<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{width}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="{first_column}" w:lastColumn="0" '
        'w:noHBand="0" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(table.caption)}/></w:tblPr>"
    )


def _cells(
    texts: Sequence[str], align: Sequence[Align], widths: Sequence[int], *, is_header: bool
) -> Iterator[str]:
    for text, side, width in zip(texts, align, widths, strict=True):
        style = TABLE_HEADER if is_header else NUMBER_TEXT if side is Align.RIGHT else TABLE_TEXT
        aside = '<w:jc w:val="right"/>' if is_header and side is Align.RIGHT else ""
        yield (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{aside}</w:pPr>'
            f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
        )


def _widths(table: Table, room: int) -> list[int]:
    wanted = column_widths(table, room // SIGN)
    return [int(room * width / sum(wanted)) for width in wanted]
