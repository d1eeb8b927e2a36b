"""A release as a document to read or paste from: for each table its sentence, its numbers and its chart."""

from collections.abc import Iterator

from followup.disclosure import ProtectedCell, ProtectedTable
from followup.documents.document import (
    Align,
    Block,
    Document,
    Heading,
    Paragraph,
    Table,
    Tone,
)
from followup.documents.writing import write_docx, write_pdf
from followup.exports.about import about
from followup.exports.layout import PERCENT, SYMBOLS, Grid
from followup.exports.pictures import picture
from followup.exports.publication import Chapter, Publication
from followup.web.formats import HARD_SPACE, date_in_table, decimal

# Tables of more columns than this want the page lying down.
MOST_STANDING = 8


def write_word(publication: Publication) -> bytes:
    return write_docx(report(publication))


def write_reading_copy(publication: Publication) -> bytes:
    """PDF/UA-1. Raises SignNotWritable."""
    return write_pdf(report(publication))


def report(publication: Publication) -> Document:
    blocks = [block for chapter in publication.chapters for block in _chapter(publication, chapter)]
    return Document(
        title=f"Statistik {publication.period.label}",
        author=publication.association,
        date=publication.made,
        blocks=[*_opening(publication), *blocks, *_closing(publication)],
        marking=publication.marking,
        wide=any(_width(table) > MOST_STANDING for table in publication.tables),
    )


def _width(table: ProtectedTable) -> int:
    grid = Grid(table)
    return len(grid.stub) + len(grid.columns)


def _opening(publication: Publication) -> Iterator[Block]:
    yield Paragraph(f"{publication.association}. Utgåva: {publication.edition}. {publication.marking}.")
    if publication.supersedes:
        yield Paragraph(f"Reviderar utgåva {publication.supersedes}. {publication.reason}.")


def _chapter(publication: Publication, chapter: Chapter) -> Iterator[Block]:
    yield Heading(f"{chapter.id} {chapter.title}")
    if chapter.sentence:
        yield Paragraph(chapter.sentence, Tone.LEAD)
    if chapter.more:
        yield Paragraph(" ".join(chapter.more))
    for table in chapter.tables:
        grid = Grid(table)
        yield Table(
            caption=f"{chapter.id}. {table.title}, {publication.period.label}",
            header=[[axis.label for axis in grid.stub] + [line.label for line in grid.columns]],
            rows=[
                [
                    *row.labels,
                    *(cell_text(grid.cell(row, line), grid.unit(row, line)) for line in grid.columns),
                ]
                for row in grid.rows
            ],
            align=[Align.LEFT] * len(grid.stub) + [Align.RIGHT] * len(grid.columns),
            stub=len(grid.stub),
        )
        for note in (*grid.legend, *table.notes):
            yield Paragraph(note, Tone.NOTE)
        if table.id == chapter.drawn and (drawn := picture(chapter, table)):
            yield drawn
    yield Paragraph(f"Så räknas det. {' '.join(chapter.inclusion)}", Tone.NOTE)


def _closing(publication: Publication) -> Iterator[Block]:
    yield Heading("Om tabellerna")
    told = {chapter.id for chapter in publication.chapters}
    yield Table(
        caption="Om tabellerna",
        header=[["Uppgift", "Innehåll"]],
        rows=[
            [heading, content if isinstance(content, str) else date_in_table(content)]
            for heading, content in about(publication)
            if heading.partition(" ")[0] not in told
        ],
        align=[Align.LEFT, Align.LEFT],
    )


def cell_text(cell: ProtectedCell, unit: str) -> str:
    """A cell as it stands on paper."""
    if cell.value is None:
        return SYMBOLS[cell.status]
    text = decimal(cell.value, cell.decimals)
    return f"{text}{HARD_SPACE}%" if unit == PERCENT else text
