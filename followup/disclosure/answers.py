"""What the solver answers."""

from math import inf
from typing import NamedTuple

from followup.disclosure.frame import Values

INFINITE = inf
TOLERANCE = 1e-6


class Answer(NamedTuple):
    """A table that is not ruled out: each row's value, each column's people, and whether all are whole."""

    values: Values
    people: Values
    whole: bool


class End(NamedTuple):
    """The least that people times their prices come to, and why.

    people   a table in which it is reached; None when there is no end
    weights  per column: in every table that fits, people times these come to the number below nothing
    """

    number: float
    people: Values | None
    weights: Values


class OutOfTime(Exception):
    """The time limit was reached."""
