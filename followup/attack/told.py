"""What a finished file tells, whatever its format."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from followup.disclosure.cells import Codes
from followup.periods import Period
from followup.statistics.meaning import PublicCube


class Outline(NamedTuple):
    """The period a file is about, and the names of the teams in it."""

    period: Period
    teams: tuple[str, ...]


class ToldCell(NamedTuple):
    """A cell, where it stands, and its number: None when hidden. Without a cube it was not understood.

    A team stands under its squeezed name instead of its code, which is not printed.
    """

    cube: PublicCube | None
    codes: Codes
    value: float | None


class TableText(ABC):
    """A file that has been read but not yet understood. Raises ValueError or KeyError for another file."""

    @abstractmethod
    def outline(self) -> Outline: ...

    @abstractmethod
    def cells(self, cubes: Sequence[PublicCube]) -> Iterator[ToldCell]: ...


def squeezed(text: str) -> str:
    """The text without any blank: where a printed line breaks, blanks come and go."""
    return "".join(text.split())
