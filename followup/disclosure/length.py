"""What is known of how long things took: a variable of months, and what figures of it say of people."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple


class Length(NamedTuple):
    """A variable that tells how many months passed between two events; its codes rise.

    `months` gives least and most of a code, both included; None is unbounded. Codes that are not in it are of
    those to whom the later event has not happened.
    """

    variable: str
    earlier: str
    later: str
    months: Mapping[str, tuple[int, int | None]]


class Rank(NamedTuple):
    """What a median or the like says of its base: at least `least` people have one of these codes."""

    variable: str
    codes: frozenset[str]
    least: int


# From a figure, and how many people it is of, to what it says.
Ranking = Callable[[int, int], Sequence[Rank]]
