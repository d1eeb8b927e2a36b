"""How long it took, in whole weeks: what is told of it, and what that says of lengths counted in months."""

from collections.abc import Iterator, Sequence
from functools import cache
from math import ceil
from statistics import median

from followup.disclosure.length import Rank
from followup.statistics.variables import STAYS

DAYS_OF_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Of a week and the day in it nothing but the week is counted, so a length in days is known to so many.
WITHIN_A_WEEK = 6
STAY = "stay"


def middle(weeks: Sequence[int]) -> int | None:
    """The median in whole weeks, halves upwards."""
    return int(median(weeks) + 0.5) if weeks else None


def ninetieth(weeks: Sequence[int]) -> int | None:
    """The least number of weeks that nine of ten do not exceed (nearest rank)."""
    return sorted(weeks)[_place(len(weeks)) - 1] if weeks else None


def middle_ranks(at: int, people: int) -> tuple[Rank, ...]:
    """What a median in weeks says of the bands of stay: half are on either side of it, or at it."""
    half = ceil(people / 2)
    return tuple(_ranks(at, half, half))


def ninetieth_ranks(at: int, people: int) -> tuple[Rank, ...]:
    """What a ninth decile in weeks says of the bands of stay."""
    return tuple(_ranks(at, _place(people), people + 1 - _place(people)))


def _place(people: int) -> int:
    return ceil(0.9 * people)


def _ranks(at: int, up_to: int, from_it: int) -> Iterator[Rank]:
    """`up_to` people took at most `at` weeks, and `from_it` people took at least as many."""
    most, fewest = most_months(at), fewest_months(at)
    yield Rank(STAY, frozenset(code for code, _, (first, _) in STAYS if first <= most), up_to)
    yield Rank(STAY, frozenset(c for c, _, (_, last) in STAYS if last is None or last >= fewest), from_it)


@cache
def most_months(weeks: int) -> int:
    """So many months at most lie between two days so many weeks apart: from the last day of one."""
    days, months = 7 * weeks + WITHIN_A_WEEK, 0
    while 1 + min(_sums(months)) <= days:
        months += 1
    return months


@cache
def fewest_months(weeks: int) -> int:
    """So many months at least lie between two days so many weeks apart: to the last day of one."""
    days, months = 7 * weeks - WITHIN_A_WEEK, 0
    while max(_sums(months + 1)) - 1 < days:
        months += 1
    return months


def _sums(months: int) -> list[int]:
    """The days of so many months in a row, from each month of a year; no February has 29."""
    return [sum(DAYS_OF_MONTHS[(first + more) % 12] for more in range(months)) for first in range(12)]
