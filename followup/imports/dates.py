"""Reads a date of a list: as people write it, or as a spreadsheet counts it, 45432.

Likewise a month: 2024-05, maj 2024, or any day in it.
"""

import re
from datetime import date, timedelta

from followup.periods import Month, PeriodError
from followup.web.dates import NoSuchDay, UnreadableDate, month_named, parse_date

_MONTH_IN_WORDS = re.compile(r"([a-zåäö]{3,9})\.? ([0-9]{4})")
_SERIAL = re.compile(r"[2-7][0-9]{4}")
# Day 0 of the serial numbers, as every date after February 1900 is counted.
_SERIAL_ZERO = date(1899, 12, 30)


def read_date(text: str) -> date | None:
    """The day, or None when the text is no date of the calendar."""
    if _SERIAL.fullmatch(text.strip()):
        return _SERIAL_ZERO + timedelta(days=int(text))
    try:
        return parse_date(text)
    except (UnreadableDate, NoSuchDay):
        return None


def read_month(text: str) -> Month | None:
    """The month, or None when the text is none."""
    text = " ".join(text.casefold().split())
    try:
        if found := _MONTH_IN_WORDS.fullmatch(text):
            number = month_named(found[1])
            return Month(int(found[2]), number) if number else None
        return Month.parse(text)
    except PeriodError:
        day = read_date(text)
        return Month.of(day) if day else None
