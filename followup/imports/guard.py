"""Keeps identities out: a cell that looks like one is refused or dropped, and never repeated."""

from functools import cache
from typing import Any

from followup.identity import Identity
from followup.imports.columns import Headings, kind_of
from followup.imports.results import Reading, RowRefused
from followup.imports.sheet import Line

REASONS: dict[Identity, str] = {
    "personnummer": "Raden ser ut att innehålla ett personnummer. Ta bort det.",
    "epost": "Raden ser ut att innehålla en e-postadress. Ta bort den.",
    "telefon": "Raden ser ut att innehålla ett telefonnummer. Ta bort det.",
}
DROPPED = (
    "En kolumn som inte används innehåller e-postadresser eller telefonnummer. De läses inte in, men ta bort "
    "dem ur listan."
)
ABOVE = "Raden står ovanför rubrikerna och ser ut att innehålla ett personnummer. Ta bort det."


class Guard:
    """Looks at each distinct cell of one file once; what it has seen goes with it."""

    def __init__(self) -> None:
        self._kind = cache(kind_of)

    def check(self, headings: Headings, line: Line, reading: Reading[Any]) -> None:
        """A personnummer anywhere refuses the row; other identities only where the cell would be read."""
        unused = headings.unused(line)
        for cell in line.cells:
            kind = self._kind(cell)
            if kind is None:
                continue
            if kind != "personnummer" and cell in unused:
                reading.note(DROPPED)
                continue
            raise RowRefused([REASONS[kind]])

    def check_above(self, lines: list[Line], reading: Reading[Any]) -> None:
        for line in lines:
            if any(self._kind(cell) == "personnummer" for cell in line.cells):
                reading.refuse(line.number, [ABOVE])
