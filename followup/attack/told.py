"""What a finished file tells, whatever its format."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from math import inf, nan
from typing import NamedTuple

from followup.disclosure.cells import Codes
from followup.periods import Period
from followup.statistics.meaning import PublicCube

# The heading of the line that tells the edition.
EDITION_ROW = "Utgåva"
# The number of an edition: the year, and which of its editions.
NUMBER = re.compile(r"(\d{4}):(\d+)")


class Edition(NamedTuple):
    """Editions in the order they were published."""

    year: float
    number: int

    @property
    def name(self) -> str:
        return f"{self.year}:{self.number}"


NOT_NUMBERED = Edition(inf, 0)


class Outline(NamedTuple):
    """The period a file is about, the names of the teams in it, and which edition it is of.

    edition   its year and number; NOT_NUMBERED, which comes after them all, for what was not published
    """

    period: Period
    teams: tuple[str, ...]
    edition: Edition


# In the place of a number: that there is none.
ABSENT = nan


class ToldCell(NamedTuple):
    """A cell, where it stands, and its number: None when hidden. Without a cube it was not understood.

    A team stands under its squeezed name instead of its code, which is not printed.
    """

    cube: PublicCube | None
    codes: Codes
    value: float | None


class TableText(ABC):
    """A file that has been read but not yet understood. Raises ValueError or KeyError for another file.

    is_as_made  False when it has been changed or cut short since, as it says itself
    set_aside   tables in it that count nobody, or tell again what stands in the others
    """

    is_as_made: bool = True
    set_aside: frozenset[str] = frozenset()

    @abstractmethod
    def outline(self) -> Outline: ...

    @abstractmethod
    def cells(self, cubes: Sequence[PublicCube]) -> Iterator[ToldCell]: ...


def edition_in(texts: Iterable[str]) -> Edition:
    """The edition whose number one of the texts is."""
    found = next(filter(None, map(NUMBER.fullmatch, texts)), None)
    return Edition(int(found[1]), int(found[2])) if found else NOT_NUMBERED


def squeezed(text: str) -> str:
    """The text without any blank: where a printed line breaks, blanks come and go."""
    return "".join(text.split())
