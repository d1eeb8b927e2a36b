"""What reading a file came to, before anything is written: accepted, refused, and what to think about."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from followup.errors import Refusal

Row = TypeVar("Row")


@dataclass(frozen=True)
class Remark:
    """Something about one line of the file. Its text never repeats what a cell said."""

    line: int
    text: str


class RowRefused(Refusal):
    """A row that cannot be read in, with every reason at once."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        super().__init__(" ".join(self.reasons))


# No repr of the rows: they must not end up in a log by way of an error message.
@dataclass
class Reading(Generic[Row]):
    accepted: list[tuple[int, Row]] = field(default_factory=list, repr=False)
    refused: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    # About the file as a whole: columns without a place, lines passed over.
    notes: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        return [row for _, row in self.accepted]

    def refuse(self, line: int, reasons: Iterable[str]) -> None:
        self.refused.append(Remark(line, " ".join(reasons)))

    def warn(self, line: int, text: str) -> None:
        self.warnings.append(Remark(line, text))

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)
