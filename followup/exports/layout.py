"""How a table lies on paper: rows, columns and cells, the same on pages and in files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from followup.disclosure import OwnTeamTable, ProtectedCell, ProtectedTable, Status
from followup.disclosure.cells import Axis
from followup.statistics.declarations import COUNT, PERIOD

Told = ProtectedTable | OwnTeamTable
# The same two dots for whatever cannot be told; a mark beside them says that the figure was never there.
SYMBOLS = {Status.SUPPRESSED: "..", Status.MISSING: "..*", Status.NOT_APPLICABLE: "."}
EXPLANATIONS = {
    Status.SUPPRESSED: ".. Undertryckt uppgift. Döljs för att någon annars kan räkna ut en enskild uppgift.",
    Status.MISSING: "..* Uppgift saknas: inte inskriven, månader inte klarmarkerade, eller ingen att räkna.",
    Status.NOT_APPLICABLE: ". Uppgift kan inte förekomma.",
}
PERCENT = "procent"


@dataclass(frozen=True)
class Line:
    """A row or a column: the codes it fixes, by axis, and their labels in the order of the axes."""

    codes: Mapping[str, str]
    labels: tuple[str, ...]

    @property
    def label(self) -> str:
        """In words, with the period last: "Antal 2023"."""
        named = sorted(zip(self.codes, self.labels, strict=True), key=lambda pair: pair[0] == PERIOD)
        return " ".join(label for _, label in named)


class Grid:
    """The rows and columns of a table."""

    def __init__(self, table: Told) -> None:
        self.table = table
        self.stub = [table.axis(name) for name in table.stub]
        self.rows = _lines(self.stub)
        self.columns = _lines([table.axis(name) for name in table.heading])

    def cell(self, row: Line, column: Line) -> ProtectedCell:
        codes = {**row.codes, **column.codes}
        return self.table.cells[tuple(codes[axis.name] for axis in self.table.axes)]

    def unit(self, row: Line, column: Line) -> str:
        codes = (*row.codes.values(), *column.codes.values())
        return next((self.table.units[code] for code in codes if code in self.table.units), self.table.unit)

    @property
    def legend(self) -> list[str]:
        """What the symbols that stand in this table mean."""
        return explanations(self.table.cells.values())


def part_drawn(table: Told, codes: Mapping[str, str]) -> str:
    """What a chart of a table shows of it, in words, where that is not the number of all."""
    axes = {axis.name: dict(zip(axis.codes, axis.labels, strict=True)) for axis in table.axes}
    labels = [axes[name][code] for name, code in codes.items() if code != COUNT]
    return f": {', '.join(labels).lower()}" if labels else ""


def explanations(cells: Iterable[ProtectedCell]) -> list[str]:
    """What the symbols of these cells mean, in a fixed order."""
    present = {cell.status for cell in cells}
    return [text for status, text in EXPLANATIONS.items() if status in present]


def _lines(axes: list[Axis]) -> list[Line]:
    entries = [list(zip(axis.codes, axis.labels, strict=True)) for axis in axes]
    names = [axis.name for axis in axes]
    return [
        Line(dict(zip(names, (code for code, _ in chosen), strict=True)), tuple(label for _, label in chosen))
        for chosen in product(*entries)
    ]
