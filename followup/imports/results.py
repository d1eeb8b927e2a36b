"""What reading a file came to, before anything is written: accepted, refused, and what to think about."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from followup.errors import Refusal

Row = TypeVar("Row")
RUNS_SPELT = 6


@dataclass(frozen=True)
class Remark:
    """Something about one line of the file, each reason on a line. It never repeats what a cell said."""

    line: int
    text: str


class RowRefused(Refusal):
    """A row that cannot be read in, with every reason at once."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        super().__init__(" ".join(self.reasons))


def together(remarks: Iterable[Remark]) -> list[tuple[str, str]]:
    """Lines and what is said of them, once for all lines of which the same is said: ("4, 6–9", "…")."""
    lines: dict[str, list[int]] = {}
    for remark in remarks:
        lines.setdefault(remark.text, []).append(remark.line)
    return [(spell_lines(found), text) for text, found in lines.items()]


def spell_lines(lines: list[int]) -> str:
    """Lines in order, with runs taken together: "4, 6–9"."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line <= runs[-1][-1] + 1:
            runs[-1][1:] = [line]
        else:
            runs.append([line])
    spelt = ["–".join(map(str, run)) for run in runs[:RUNS_SPELT]]
    more = len(runs) - len(spelt)
    return ", ".join([*spelt, *([f"och {more} ställen till"] if more else [])])


# No repr of the rows: they must not end up in a log by way of an error message.
@dataclass
class Reading(Generic[Row]):
    accepted: list[tuple[int, Row]] = field(default_factory=list, repr=False)
    refused: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    # Lines that are no rows: sums, notes and what has nothing in any column that is read.
    passed_over: list[int] = field(default_factory=list)
    # About the file as a whole, such as columns without a place.
    notes: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        return [row for _, row in self.accepted]

    def refuse(self, line: int, reasons: Iterable[str]) -> None:
        self.refused.append(Remark(line, "\n".join(reasons)))

    def warn(self, line: int, text: str) -> None:
        self.warnings.append(Remark(line, text))

    def pass_over(self, line: int) -> None:
        self.passed_over.append(line)

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)
