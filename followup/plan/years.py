"""Which years may be written about."""

from collections.abc import Iterable

from followup import clock

EARLIEST = 1995
YEARS_AHEAD = 5
YEARS_BACK = 5


def years_around(known: Iterable[int]) -> list[int]:
    """The latest first: from next year back to the first year with anything in it, or some years ago."""
    this_year = clock.today().year
    found = [*known, this_year + 1, this_year - YEARS_BACK]
    return list(range(max(found), min(found) - 1, -1))
