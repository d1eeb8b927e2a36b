"""What every reader hands on: numbered lines of text cells."""

from typing import NamedTuple

from followup.errors import Refusal


class UnreadableFile(Refusal):
    """The file as a whole cannot be used; nothing of it has been read in."""


class Line(NamedTuple):
    # As the person sees it in the program the list was kept in, from 1.
    number: int
    cells: list[str]
