"""The one place where numbers, dates and periods become Swedish text, and where typed numbers are read."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from babel.dates import format_date
from flask import Flask

from followup.clock import STOCKHOLM

LOCALE = "sv_SE"
HARD_SPACE = "\u00a0"
MINUS = "\u2212"
EN_DASH = "\u2013"

Number = int | float | Decimal

_SWEDISH_SIGNS = str.maketrans({",": HARD_SPACE, ".": ",", "-": MINUS})
_BLANK = re.compile(r"\s+")
_WHOLE = re.compile(r"[0-9]{1,9}")
_DECIMAL = re.compile(r"-?[0-9]{1,9}(?:[,.][0-9]{1,4})?")


class UnreadableNumber(ValueError):
    """The typed text is not a whole number."""


class Labelled(Protocol):
    @property
    def label(self) -> str: ...


def _rounded(number: Number, digits: int) -> Decimal:
    # Only plain numbers: whatever guards its counts (CountTable) must never slip through as text.
    if isinstance(number, bool) or not isinstance(number, int | float | Decimal):
        raise TypeError(f"{type(number).__name__} is not a number that may be shown")
    return Decimal(str(number)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def decimal(number: Number, digits: int = 1) -> str:
    """12345.6 -> "12 345,6"; halves are rounded away from zero."""
    rounded = _rounded(number, digits)
    # By hand: a page has hundreds of numbers, and Babel reads its pattern anew for each of them.
    return f"{rounded or abs(rounded):,}".translate(_SWEDISH_SIGNS)


def integer(number: Number) -> str:
    """12345 -> "12 345"."""
    return decimal(number, 0)


def shortest(number: Number, most: int = 2) -> str:
    """With no more decimals than it takes: 1.0 -> "1", 0.5 -> "0,5", 0.25 -> "0,25"."""
    text = decimal(number, most)
    return text.rstrip("0").rstrip(",") if "," in text else text


def percent(share: Number, digits: int = 0) -> str:
    """A fraction: 0.714 -> "71 %"."""
    return f"{decimal(Decimal(str(share)) * 100, digits)}{HARD_SPACE}%"


def signed(number: Number, digits: int = 0) -> str:
    """A change: 7 -> "+7", -2 -> "−2", 0 -> "0"."""
    text = decimal(number, digits)
    return f"+{text}" if _rounded(number, digits) > 0 else text


def span(low: Number, high: Number, digits: int = 0) -> str:
    """An interval: "5–15"; a single value when both ends look the same."""
    first, last = decimal(low, digits), decimal(high, digits)
    return first if first == last else f"{first}{EN_DASH}{last}"


def plural(number: int, one: str, many: str) -> str:
    """1, "vecka", "veckor" -> "1 vecka"; 2 -> "2 veckor"."""
    return f"{integer(number)}{HARD_SPACE}{one if number == 1 else many}"


def counted(number: int, one: str, many: str) -> str:
    """As `plural`, for a terminal: with the blanks that a script looks for."""
    return plural(number, one, many).replace(HARD_SPACE, " ")


def date_in_text(day: date) -> str:
    """For running text: "22 mars 2024"."""
    return format_date(day, format="d MMMM y", locale=LOCALE).replace(" ", HARD_SPACE, 1)


def date_in_table(day: date) -> str:
    """For tables and fields: "2024-03-22"."""
    return day.strftime("%Y-%m-%d")


def clock_time(moment: datetime) -> str:
    """Local time of day: "kl. 9.00"."""
    local = moment.astimezone(STOCKHOLM)
    return f"kl.{HARD_SPACE}{local.hour}.{local.minute:02d}"


def moment_in_text(moment: datetime) -> str:
    """In local time: "22 mars 2024 kl. 9.00"."""
    return f"{date_in_text(moment.astimezone(STOCKHOLM).date())} {clock_time(moment)}"


def period_label(period: Labelled) -> str:
    """A week, month or longer period by its own label: "vecka 5, 2024", "maj 2024"."""
    return period.label


def enumeration(words: Iterable[str], last: str = "och") -> str:
    """Sala, Köping, Arboga -> "Sala, Köping och Arboga"."""
    *first, final = list(words) or [""]
    return f"{', '.join(first)} {last} {final}" if first else final


def sentence_start(text: str) -> str:
    """The first letter large, the rest left alone ("vecka 5" -> "Vecka 5")."""
    return text[:1].upper() + text[1:]


def genitive(name: str) -> str:
    """Sala -> "Salas"; a name that ends in s, x or z is as it is."""
    return name if name[-1:].lower() in ("s", "x", "z") else f"{name}s"


def parse_whole_number(text: str) -> int:
    """Reads "1 200", "+3" and "−3" (either minus); blanks anywhere are forgiven."""
    compact = _BLANK.sub("", text).replace(MINUS, "-").replace(EN_DASH, "-")
    sign, digits = (compact[0], compact[1:]) if compact[:1] in {"-", "+"} else ("", compact)
    if not _WHOLE.fullmatch(digits):
        raise UnreadableNumber
    return -int(digits) if sign == "-" else int(digits)


def parse_decimal(text: str) -> Decimal:
    """Reads "3,4", "5 502" and "−1.5" (either minus, either decimal sign); blanks anywhere are forgiven."""
    compact = _BLANK.sub("", text).replace(MINUS, "-").replace(EN_DASH, "-")
    if not _DECIMAL.fullmatch(compact):
        raise UnreadableNumber
    return Decimal(compact.replace(",", "."))


FILTERS: dict[str, Callable[..., str]] = {
    "integer": integer,
    "decimal": decimal,
    "percent": percent,
    "signed": signed,
    "plural": plural,
    "date_in_text": date_in_text,
    "date_in_table": date_in_table,
    "clock_time": clock_time,
    "moment_in_text": moment_in_text,
    "period_label": period_label,
    "enumeration": enumeration,
    "genitive": genitive,
    "sentence_start": sentence_start,
}


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(FILTERS)
