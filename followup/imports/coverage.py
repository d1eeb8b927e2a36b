"""Which months a list gives a whole picture of, so that they can be declared complete."""

from collections.abc import Iterable
from typing import NamedTuple

from followup.participation.bulk import WholeRow
from followup.participation.state import EVENTS
from followup.periods import Month


class Coverage(NamedTuple):
    first: Month
    last: Month


def cover_participations(rows: Iterable[WholeRow]) -> Coverage:
    """From the first month in which the list can be whole, to the last month it tells of.

    A list of those who took part in 2022 and 2023 also names years in which some of them came, but not those
    who came and left in those years. That nobody in it has left before 2022 shows where the list begins: in
    January of the year of the first exit. A list without exits is taken as a whole.
    """
    rows = list(rows)
    events = [moment.month for row in rows for name in EVENTS if (moment := getattr(row.state, name))]
    exits = [moment.month for row in rows if (moment := row.state.ended or row.state.left)]
    first = max(Month(min(exits).year, 1), min(events)) if exits else min(events)
    return Coverage(first, max(events))
