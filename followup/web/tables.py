"""What the table macro draws: columns and cells that are already text.

Numbers arrive here formatted, and only from sources that may be shown; a table of raw counts has no
way in.
"""

from dataclasses import dataclass
from enum import StrEnum


class CellStatus(StrEnum):
    VALUE = "value"
    ZERO = "zero"
    SUPPRESSED = "suppressed"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


# Symbol for the eye, words for the ear.
SYMBOLS = {
    CellStatus.SUPPRESSED: ("..", "Undertryckt uppgift"),
    CellStatus.MISSING: ("..*", "Uppgift saknas"),
    CellStatus.NOT_APPLICABLE: (".", "Uppgift kan inte förekomma"),
}
EXPLANATIONS = {
    CellStatus.SUPPRESSED: (
        ".. Undertryckt uppgift. Döljs för att någon annars kan räkna ut en enskild uppgift."
    ),
    CellStatus.MISSING: "..* Uppgift saknas.",
    CellStatus.NOT_APPLICABLE: ". Uppgift kan inte förekomma.",
}


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    numeric: bool = False
    unit: str = ""
    sort_url: str = ""
    sorted: str = ""  # "ascending" or "descending"
    whole: bool = False  # a date or the like, never broken over two lines
    acts: bool = False  # what can be done with the row, which is of no use on paper


@dataclass(frozen=True, slots=True)
class Cell:
    text: str = ""  # with more than one line where several things are said
    status: CellStatus = CellStatus.VALUE
    url: str = ""
    describe: str = ""  # what a link leads to, heard but not seen: "Öppna" + " vecka 12, kvinna"
    repeated: bool = False  # the same heading as in the row above: heard but not seen

    @property
    def symbol(self) -> tuple[str, str] | None:
        return SYMBOLS.get(self.status)


SUPPRESSED = Cell(status=CellStatus.SUPPRESSED)
MISSING = Cell(status=CellStatus.MISSING)
NOT_APPLICABLE = Cell(status=CellStatus.NOT_APPLICABLE)


def legend(rows: list[list[Cell]]) -> list[str]:
    """The explanations that these cells need, in a fixed order."""
    present = {cell.status for row in rows for cell in row}
    return [text for status, text in EXPLANATIONS.items() if status in present]
