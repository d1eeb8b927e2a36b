"""Why figures are hidden, for the director and the officers alone: the reasons tell where people are few."""

from dataclasses import dataclass

from followup.disclosure import ProtectedTable, Status
from followup.disclosure.cells import Codes
from followup.statistics.declarations import PERIOD
from followup.statistics.service import Shown
from followup.web.formats import percent, sentence_start
from followup.web.tables import Cell, Column

COLUMNS = [Column("Uppgift"), Column("Varför den är dold")]


@dataclass(frozen=True)
class HiddenCells:
    """The hidden cells of one table, and how large a part of the table they are."""

    title: str
    share: str
    rows: list[list[Cell]]


def hidden_cells(shown: Shown) -> list[HiddenCells]:
    """The tables of a catalogue entry that hide something."""
    tables = [cube for cube in shown.cubes.values() if isinstance(cube, ProtectedTable)]
    return [
        HiddenCells(table.title, percent(table.share_hidden), _rows(table))
        for table in tables
        if table.share_hidden
    ]


def _rows(table: ProtectedTable) -> list[list[Cell]]:
    reasons = table.reasons_for_director()
    return [
        [Cell(_place(table, codes)), Cell(sentence_start(reasons[codes].value) if codes in reasons else "–")]
        for codes, cell in table.cells.items()
        if cell.status is Status.SUPPRESSED
    ]


def _place(table: ProtectedTable, codes: Codes) -> str:
    """In words, with the period last."""
    named = sorted(zip(table.axes, codes, strict=True), key=lambda pair: pair[0].name == PERIOD)
    return ", ".join(axis.labels[axis.codes.index(code)] for axis, code in named)
