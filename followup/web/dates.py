"""Reads a date as people write it, in forms and in lists alike.

2024-01-15, 20240115, 2024/1/15, 15/1 2024, 15.1.2024, 4 mars 2024, den 4 sept. 2024, 2024-01-15 00:00.
"""

import re
from collections.abc import Iterator
from datetime import date

from followup.weeks import FIRST_YEAR, LAST_YEAR, MONTH_NAMES

_DASHES = str.maketrans("\u2013\u2212", "--")
# What a spreadsheet writes after a day.
_MIDNIGHT = re.compile(r"[t ]00:00(?::00(?:\.0+)?)?$")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_TOGETHER = re.compile(r"([0-9]{4})()([0-9]{2})([0-9]{2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2}) ?[/.] ?([0-9]{1,2})[-/. ] ?([0-9]{4})")
_IN_WORDS = re.compile(r"(?:den )?([0-9]{1,2})\.? ([a-zåäö]{3,9})\.?,? ([0-9]{4})")


class UnreadableDate(ValueError):
    """The typed text is written as no date is."""


class NoSuchDay(ValueError):
    """Written as a date, but the calendar has no such day."""


class NoSuchYear(NoSuchDay):
    """A day whose neighbours are in no year that weeks and months are made for, as by a slip: 1024-03-22."""


def parse_date(text: str) -> date:
    """Raises UnreadableDate, NoSuchDay and NoSuchYear, none of which repeats the text."""
    tidy = _MIDNIGHT.sub("", " ".join(text.split()).casefold().translate(_DASHES))
    for year, month, day in _ways_to_read(tidy):
        if not FIRST_YEAR < year < LAST_YEAR:
            raise NoSuchYear
        try:
            return date(year, month, day)
        except ValueError as error:
            raise NoSuchDay from error
    raise UnreadableDate


def month_named(word: str) -> int | None:
    """The number of a Swedish month by its name, or its beginning from three letters on."""
    found = (number for number, name in enumerate(MONTH_NAMES, start=1) if name.startswith(word))
    return next(found, None) if len(word) > 2 else None


def _ways_to_read(text: str) -> Iterator[tuple[int, int, int]]:
    """Year, month and day; blanks between digits that can be nothing else are forgiven."""
    compact = text.replace(" ", "")
    for numbers in filter(None, (shape.fullmatch(compact) for shape in (_YEAR_FIRST, _TOGETHER))):
        yield int(numbers[1]), int(numbers[3]), int(numbers[4])
    if found := _DAY_FIRST.fullmatch(text):
        yield int(found[3]), int(found[2]), int(found[1])
    elif (found := _IN_WORDS.fullmatch(text)) and (month := month_named(found[2])):
        yield int(found[3]), month, int(found[1])
