"""What a revision, or a new draft, tells otherwise than what it is held against: made of shown cells alone.

Whoever has both can work out the same, so nothing here tells more than they do.
"""

from collections.abc import Iterator
from typing import NamedTuple

from followup.disclosure import TOTAL, ProtectedCell, ProtectedTable, Status
from followup.exports.layout import Grid, Line
from followup.exports.publication import Publication
from followup.statistics.declarations import TEAM
from followup.web.formats import HARD_SPACE, plural, signed

# The bare head counts in which late registrations and corrections show: starts and exits per team.
FLOW, EVENTS = "flow", ("started", "ended")
WITHOUT = ProtectedCell(None, Status.MISSING)


class Movement(NamedTuple):
    """By how much starts and exits rose in some teams and fell in others; both are at least so many."""

    late: int
    corrected: int

    def __bool__(self) -> bool:
        return bool(self.late or self.corrected)

    @property
    def words(self) -> str:
        """ "+7 sena registreringar, −2 rättelser"."""
        parts = []
        if self.late:
            word = "sen registrering" if self.late == 1 else "sena registreringar"
            parts.append(f"{signed(self.late)}{HARD_SPACE}{word}")
        if self.corrected:
            word = "rättelse" if self.corrected == 1 else "rättelser"
            parts.append(f"{signed(-self.corrected)}{HARD_SPACE}{word}")
        return ", ".join(parts)


class ChangedCell(NamedTuple):
    """`before` and `after` as they are shown; a place that the other did not have is a missing figure."""

    row: Line
    column: Line
    before: ProtectedCell
    after: ProtectedCell
    unit: str

    @property
    def rise(self) -> float | None:
        if self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value


class Change(NamedTuple):
    """A table that tells something else; `is_new` when the earlier one had no such table."""

    table: ProtectedTable
    cells: list[ChangedCell]
    is_new: bool

    @property
    def words(self) -> str:
        told = "ny tabell" if self.is_new else plural(len(self.cells), "ändrad uppgift", "ändrade uppgifter")
        return f"{self.table.title}: {told}"


def changes(earlier: Publication, later: Publication) -> list[Change]:
    """The tables of `later` that `earlier` did not have or that tell something else, in their order."""
    known = {table.id: table for table in earlier.tables}
    found = [_change(known.get(table.id), table) for table in later.tables]
    return [change for change in found if change.is_new or change.cells]


def gone(earlier: Publication, later: Publication) -> list[str]:
    """Titles of tables that only the earlier one had."""
    kept = {table.id for table in later.tables}
    return [table.title for table in earlier.tables if table.id not in kept]


def movement(earlier: Publication, later: Publication) -> Movement:
    """From the starts and exits per team that both show."""
    known = {table.id: table for table in earlier.tables}
    steps = [
        int(cell.rise)
        for table in later.tables
        if table.id in known and set(table.stub) == {TEAM, FLOW}
        for cell in _changed(known[table.id], table)
        if cell.rise is not None and _is_head_count(cell)
    ]
    return Movement(sum(step for step in steps if step > 0), -sum(step for step in steps if step < 0))


def _is_head_count(cell: ChangedCell) -> bool:
    codes = {**cell.row.codes, **cell.column.codes}
    return codes[FLOW] in EVENTS and codes.get("sex", TOTAL) == TOTAL


def _change(old: ProtectedTable | None, new: ProtectedTable) -> Change:
    return Change(new, [], True) if old is None else Change(new, list(_changed(old, new)), False)


def _changed(old: ProtectedTable, new: ProtectedTable) -> Iterator[ChangedCell]:
    grid = Grid(new)
    names = [axis.name for axis in old.axes]
    for row in grid.rows:
        for column in grid.columns:
            codes = {**row.codes, **column.codes}
            before = old.cells.get(tuple(codes.get(name, "") for name in names), WITHOUT)
            after = grid.cell(row, column)
            if before != after:
                yield ChangedCell(row, column, before, after, grid.unit(row, column))
