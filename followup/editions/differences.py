"""What a revision, or a new draft, tells otherwise than what it is held against: made of shown cells alone.

Whoever has both can work out the same, so nothing here tells more than they do.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from followup.disclosure import TOTAL, ProtectedCell, ProtectedTable, Status
from followup.exports.layout import Grid, Line
from followup.exports.publication import Publication
from followup.statistics.declarations import TEAM
from followup.web.formats import HARD_SPACE, plural, signed

# The bare head counts in which late registrations and corrections show: starts and exits per team.
FLOW, EVENTS = "flow", ("started", "ended")


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


class Veil(NamedTuple):
    """How many figures the one shows and the other does not.

    hidden, shown  at the same places
    gone           at places that are no more, as where groups have been put together
    """

    hidden: int
    shown: int
    gone: int = 0

    def __bool__(self) -> bool:
        return any(self)

    @property
    def lost(self) -> int:
        """Figures that whoever has the earlier one knows, and the later one does not tell."""
        return self.hidden + self.gone

    @property
    def words(self) -> str:
        """ "3 uppgifter som tidigare visades döljs nu. 1 uppgift som var dold visas nu."."""
        parts = []
        if self.hidden:
            parts.append(f"{plural(self.hidden, 'uppgift', 'uppgifter')} som tidigare visades döljs nu.")
        if self.gone:
            parts.append(
                f"{plural(self.gone, 'uppgift', 'uppgifter')} som tidigare visades har ingen egen plats nu, "
                "oftast för att grupper är sammanslagna."
            )
        if self.shown:
            one_or_many = plural(self.shown, "uppgift som var dold", "uppgifter som var dolda")
            parts.append(f"{one_or_many} visas nu.")
        return " ".join(parts)


class ChangedCell(NamedTuple):
    """`before` and `after` as they are shown; None where the table had no such place."""

    row: Line
    column: Line
    before: ProtectedCell | None
    after: ProtectedCell | None
    unit: str

    @property
    def is_shown(self) -> bool:
        """Whether one of the two tells a figure."""
        return _is_told(self.before) or _is_told(self.after)

    @property
    def is_hidden(self) -> bool:
        """Whether a figure that was told is told no longer."""
        return _is_told(self.before) and _is_suppressed(self.after)

    @property
    def is_gone(self) -> bool:
        """Whether a figure that was told has no place any more."""
        return _is_told(self.before) and self.after is None

    @property
    def is_revealed(self) -> bool:
        """Whether a figure that was hidden is told."""
        return _is_suppressed(self.before) and _is_told(self.after)

    @property
    def rise(self) -> float | None:
        before, after = (cell and cell.value for cell in (self.before, self.after))
        return None if before is None or after is None else after - before


class Change(NamedTuple):
    """A table that tells something else; `is_new` when the earlier one had no such table."""

    table: ProtectedTable
    cells: list[ChangedCell]
    is_new: bool

    @property
    def shown(self) -> list[ChangedCell]:
        return [cell for cell in self.cells if cell.is_shown]

    @property
    def words(self) -> str:
        if self.is_new:
            return f"{self.table.title}: ny tabell"
        if not self.shown:
            return f"{self.table.title}: ändrat bara bland uppgifter som inte visas"
        return f"{self.table.title}: {plural(len(self.shown), 'ändrad uppgift', 'ändrade uppgifter')}"


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


def veil(found: Iterable[Change]) -> Veil:
    """What is hidden, shown or gone that was not so before; a table that is new tells of none."""
    cells = [cell for change in found for cell in change.cells]
    return Veil(
        hidden=sum(cell.is_hidden for cell in cells),
        shown=sum(cell.is_revealed for cell in cells),
        gone=sum(cell.is_gone for cell in cells),
    )


def _is_told(cell: ProtectedCell | None) -> bool:
    return cell is not None and cell.value is not None


def _is_suppressed(cell: ProtectedCell | None) -> bool:
    return cell is not None and cell.status is Status.SUPPRESSED


def _is_head_count(cell: ChangedCell) -> bool:
    codes = {**cell.row.codes, **cell.column.codes}
    return codes[FLOW] in EVENTS and codes.get("sex", TOTAL) == TOTAL


def _change(old: ProtectedTable | None, new: ProtectedTable) -> Change:
    return Change(new, [], True) if old is None else Change(new, list(_changed(old, new)), False)


def _changed(old: ProtectedTable, new: ProtectedTable) -> Iterator[ChangedCell]:
    """In the order of `new`; last what only `old` tells, such as groups that have been put together."""
    for row, column, after, before, unit in _beside(new, old):
        if before != after:
            yield ChangedCell(row, column, before, after, unit)
    if old.stub == new.stub:
        for row, column, told, kept, unit in _beside(old, new):
            if kept is None:
                yield ChangedCell(row, column, told, None, unit)


def _beside(
    table: ProtectedTable, other: ProtectedTable
) -> Iterator[tuple[Line, Line, ProtectedCell, ProtectedCell | None, str]]:
    """Each place of a table, its cell, and the other's at the same place."""
    grid = Grid(table)
    names = [axis.name for axis in other.axes]
    for row in grid.rows:
        for column in grid.columns:
            codes = {**row.codes, **column.codes}
            there = other.cells.get(tuple(codes.get(name, "") for name in names))
            yield row, column, grid.cell(row, column), there, grid.unit(row, column)
