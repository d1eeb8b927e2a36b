"""The chart of a table for a document: drawn from the cells that stand in it, and told in words."""

import json
from functools import lru_cache

from followup.disclosure import TOTAL, ProtectedTable
from followup.documents.document import Picture, PictureKind
from followup.exports.layout import Grid, Line
from followup.exports.publication import Chapter
from followup.statistics.declarations import COUNT, FIGURE, PERIOD
from followup.web.charts import Series, lying_groups_spec
from followup.web.formats import sentence_start
from followup.web.vega import render

# A picture of few bars would look shouted at the full width of the page.
FULL_WIDTH, NARROW = 0.8, 0.6
FEW_BARS = 4
# A release or two.
KEPT = 40


def in_words(table: ProtectedTable, sentence: str) -> str:
    """What stands for the picture when it cannot be seen."""
    return f"Stapeldiagram: {table.title}. {sentence} Siffrorna står i tabellen ovanför."


def picture(chapter: Chapter, table: ProtectedTable) -> Picture | None:
    """Bars for the rows, one series per period; nothing without rows to compare, or with unlike units."""
    grid = Grid(table)
    rows = drawn_rows(grid)
    columns = sorted(drawn_columns(grid), key=lambda line: line.codes[PERIOD])
    series = [
        Series(_period_label(column), [grid.cell(row, column).value for row in rows]) for column in columns
    ]
    if len({grid.unit(row, column) for row in rows for column in columns}) != 1:
        return None
    spec = lying_groups_spec([", ".join(_told(row)) for row in rows], series, sentence_start(table.unit))
    return Picture(
        content=_drawn(json.dumps(spec)),
        kind=PictureKind.SVG,
        alt=in_words(table, chapter.sentence),
        width=NARROW if len(rows) <= FEW_BARS else FULL_WIDTH,
    )


@lru_cache(maxsize=KEPT)
def _drawn(spec: str) -> bytes:
    """Drawn once for Word, PDF and the package alike; the numbers may be shown in all of them."""
    return render(json.loads(spec)).encode()


def drawn_rows(grid: Grid) -> list[Line]:
    """The rows of the first axis; the other axes stand at their total where they have one."""
    first, *others = grid.stub
    return [
        row
        for row in grid.rows
        if row.codes[first.name] != TOTAL
        and all(row.codes[axis.name] == TOTAL for axis in others if TOTAL in axis.codes)
    ]


def drawn_columns(grid: Grid) -> list[Line]:
    """A column for each period: of a share the number, of everything else the total."""
    return [
        line
        for line in grid.columns
        if all(
            code == COUNT if name == FIGURE else name == PERIOD or code == TOTAL
            for name, code in line.codes.items()
        )
    ]


def _told(row: Line) -> list[str]:
    return [label for label, code in zip(row.labels, row.codes.values(), strict=True) if code != TOTAL]


def _period_label(column: Line) -> str:
    return dict(zip(column.codes, column.labels, strict=True))[PERIOD]
