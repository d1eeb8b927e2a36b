"""Reads a date as teams write it: 2024-01-15, 20240115, 2024/1/15, 15/1 2024, 4 mars 2024, 45432.

Likewise a month: 2024-05, maj 2024, or any day in it.
"""

import re
from datetime import date, timedelta

from followup.periods import Month, PeriodError
from followup.weeks import MONTH_NAMES

_NUMBERS = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{4})(\d{2})(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[-/. ] ?(\d{4})")
_IN_WORDS = re.compile(r"(?:den )?(\d{1,2})\.? ([a-zåäö]{3,9})\.?,? (\d{4})")
_MONTH_IN_WORDS = re.compile(r"([a-zåäö]{3,9})\.? (\d{4})")
_MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?$")
_SERIAL = re.compile(r"[2-7]\d{4}")
# Day 0 of the serial numbers, as every date after February 1900 is counted.
_SERIAL_ZERO = date(1899, 12, 30)
_MONTHS = {name[:3]: number for number, name in enumerate(MONTH_NAMES, start=1)}


def read_date(text: str) -> date | None:
    """The day, or None when the text is no date of the calendar."""
    text = _MIDNIGHT.sub("", " ".join(text.split()).casefold())
    try:
        if found := _NUMBERS.fullmatch(text):
            year, month, day = (int(part) for part in found.groups() if part and part.isdigit())
            return date(year, month, day)
        if found := _DAY_FIRST.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if (found := _IN_WORDS.fullmatch(text)) and _is_month_name(found[2]):
            return date(int(found[3]), _MONTHS[found[2][:3]], int(found[1]))
        if _SERIAL.fullmatch(text):
            return _SERIAL_ZERO + timedelta(days=int(text))
    except ValueError:
        return None
    return None


def read_month(text: str) -> Month | None:
    """The month, or None when the text is none."""
    text = " ".join(text.casefold().split())
    try:
        if found := _MONTH_IN_WORDS.fullmatch(text):
            return Month(int(found[2]), _MONTHS[found[1][:3]]) if _is_month_name(found[1]) else None
        return Month.parse(text)
    except PeriodError:
        day = read_date(text)
        return Month.of(day) if day else None


def _is_month_name(word: str) -> bool:
    """A whole Swedish month name, or its beginning from three letters on."""
    return any(name.startswith(word) for name in MONTH_NAMES)
