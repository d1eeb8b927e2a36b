"""The proof: for every demand, tables of whole people that fit all that is told and lie far enough apart.

A table found by a linear programme may hold half people. Linear bounds contain the true ones, so what fails
linearly fails indeed; but a pass must be confirmed with whole people. Witnesses that are not whole are
dropped here, and every demand that loses its witnesses gets whole ones, with more hidden if it must.
"""

from typing import NamedTuple

from followup.disclosure.ground import Ground
from followup.disclosure.secondary import hide_until_safe


class Unproved(Exception):
    """A witness that does not fit what is told: a fault in the engine, so nothing is published."""


class Interval(NamedTuple):
    """Numbers of people that an intruder is proved unable to rule out."""

    low: int
    high: int


def prove(ground: Ground) -> None:
    """Give every demand whole witnesses and check each against every told number.

    Raises Unproved, OutOfTime.
    """
    if not ground.is_whole():
        if not ground.all_fit():
            raise Unproved
        ground.become_whole()
        hide_until_safe(ground)
    if not ground.all_fit():
        raise Unproved
    for demand in ground.all_demands():
        low, high = ground.bounds(demand.row)
        least = ground.reach(demand)
        if round(high) < least or round(high) - round(low) < least:
            raise Unproved


def intervals(ground: Ground) -> dict[int, Interval]:
    """Proved interval of each hidden entry, by row."""
    found = {row: ground.bounds(row) for row in ground.hidden}
    return {row: Interval(round(low), round(high)) for row, (low, high) in found.items()}
