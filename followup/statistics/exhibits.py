"""What the statistics pages show: findings, sentences, tables and charts, all from the reader's own cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from followup.disclosure import TOTAL, ProtectedCell, Status
from followup.exports.layout import PERCENT, Grid, Told, part_drawn
from followup.periods import Period
from followup.statistics.declarations import PERIOD, Drawing
from followup.statistics.declarations import Cell as Place
from followup.statistics.findings import cell_at, words
from followup.statistics.service import Shown
from followup.statistics.whys import why
from followup.web.charts import Chart, Series, lines, lying_groups
from followup.web.formats import HARD_SPACE, decimal, sentence_start
from followup.web.tables import Cell, CellStatus, Column, legend


@dataclass(frozen=True)
class TableExhibit:
    """A table as it is drawn: the first `stub` cells of each row are its headers."""

    caption: str
    stub: int
    columns: list[Column]
    rows: list[list[Cell]]
    legend: list[str]


@dataclass(frozen=True)
class Exhibit:
    """A table of the catalogue on its page."""

    id: str
    title: str
    finding: str
    sentence: str
    chart: Chart | None
    tables: list[TableExhibit]
    inclusion: tuple[str, ...]
    why: TableExhibit | None

    @property
    def hides(self) -> bool:
        """Whether anything is hidden, so that there is something to explain."""
        cells = (cell for table in self.tables for row in table.rows for cell in row)
        return any(cell.status is CellStatus.SUPPRESSED for cell in cells)


@dataclass(frozen=True)
class Heading:
    """A line of the list of tables."""

    id: str
    title: str
    finding: str


def heading(shown: Shown, period: Period) -> Heading:
    return Heading(shown.table.id, shown.table.title, words(shown, period).heading)


def exhibit(shown: Shown, period: Period, tables: Sequence[Shown] = ()) -> Exhibit:
    """A table on its page; with all of the reader's `tables` it can say why a number is what it is."""
    told = words(shown, period)
    return Exhibit(
        id=shown.table.id,
        title=shown.table.title,
        finding=told.heading,
        sentence=told.sentence,
        chart=_chart(shown, period, told.sentence),
        tables=[table_exhibit(cube) for cube in shown.cubes.values()],
        inclusion=shown.table.inclusion,
        why=_why(shown, period, tables),
    )


def _why(shown: Shown, period: Period, tables: Sequence[Shown]) -> TableExhibit | None:
    lines = why(shown.table.why, tables, period)
    if not lines:
        return None
    rows = [[Cell(line.label), told_cell(line.found, "")] for line in lines]
    columns = [Column("Vilka"), Column("Antal", numeric=True)]
    return TableExhibit(f"Vilka som räknas, {period.label}", 1, columns, rows, legend(rows))


def table_exhibit(table: Told) -> TableExhibit:
    grid = Grid(table)
    columns = [Column(axis.label) for axis in grid.stub]
    columns += [Column(line.label, numeric=True) for line in grid.columns]
    rows = [
        [
            *stub_cells(row.labels, above.labels if above else None),
            *(told_cell(grid.cell(row, column), grid.unit(row, column)) for column in grid.columns),
        ]
        for above, row in zip([None, *grid.rows], grid.rows, strict=False)
    ]
    return TableExhibit(table.title, len(grid.stub), columns, rows, grid.legend)


def stub_cells(labels: Sequence[str], above: Sequence[str] | None) -> list[Cell]:
    """The headings of a row; what the row above said already is not written once more."""
    last = len(labels) - 1
    return [
        Cell(label, repeated=above is not None and place < last and labels[: place + 1] == above[: place + 1])
        for place, label in enumerate(labels)
    ]


def told_cell(cell: ProtectedCell, unit: str) -> Cell:
    if cell.value is None:
        return Cell(status=CellStatus(cell.status.value))
    text = decimal(cell.value, cell.decimals)
    return Cell(f"{text}{HARD_SPACE}%" if unit == PERCENT else text)


def _chart(shown: Shown, period: Period, sentence: str) -> Chart | None:
    """The year before and this year side by side, for each row of the declared cube; None of hidden ones."""
    drawing = shown.table.drawing
    if drawing is None or drawing.cube not in shown.cubes:
        return None
    table = shown.cubes[drawing.cube]
    description = f"{sentence} Siffrorna står i tabellen nedanför."
    if drawing.lines:
        return _over_years(f"{shown.table.title} till {period.label}", description, table, drawing)
    part = part_drawn(table, drawing.codes)
    axis = table.axis(drawing.axis)
    bars = {code: label for code, label in zip(axis.codes, axis.labels, strict=True) if code != TOTAL}
    series = [
        Series(
            each.label,
            [
                _height(
                    cell_at(
                        table, Place("", {drawing.axis: code, **drawing.codes, PERIOD: each.code}), period
                    )
                )
                for code in bars
            ],
        )
        for each in (period.previous, period)
    ]
    if all(height is None for each in series for height in each.values):
        return None
    return lying_groups(
        name=f"{shown.table.title}{part}, {period.label}",
        description=description,
        labels=list(bars.values()),
        series=series,
        x_title=f"{sentence_start(drawing.unit)}{part}",
    )


def _over_years(name: str, description: str, table: Told, drawing: Drawing) -> Chart | None:
    """A line for each declared row that is there; a year that nobody has told of breaks it."""
    known = [int(code) for code in table.axis(PERIOD).codes]
    years = [str(year) for year in range(min(known), max(known) + 1)]
    axis = table.axis(drawing.axis)
    labels = dict(zip(axis.codes, axis.labels, strict=True))
    nothing = ProtectedCell(None, Status.MISSING)
    series = [
        Series(labels[code], [_height(table.cells.get((code, year), nothing)) for year in years])
        for code in drawing.lines
        if code in labels
    ]
    if not series:
        return None
    return lines(
        name=name,
        description=description,
        labels=years,
        series=series,
        y_title=sentence_start(drawing.unit),
    )


def _height(cell: ProtectedCell) -> float | None:
    return cell.value if cell.status in (Status.VALUE, Status.ZERO) else None
