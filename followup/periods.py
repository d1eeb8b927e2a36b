"""The periods that reports cover: month, quarter, tertial, half-year, January–August, year, twelve months.

Weeks and months come from `weeks` and can be imported from here, so that a feature needs one import.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Self

from followup.weeks import (
    MONTH_NAMES,
    Month,
    Period,
    PeriodError,
    Week,
    WeekAndMonth,
    check_part,
    check_year,
    tidy,
    weeks_between,
)

__all__ = [
    "MONTH_NAMES", "HalfYear", "JanAug", "Month", "Period", "PeriodError", "Quarter", "RollingYear",
    "Tertial", "Week", "WeekAndMonth", "Year", "parse_period", "weeks_between",
]  # fmt: skip

ORDER_WORDS = ("första", "andra", "tredje", "fjärde")


@dataclass(frozen=True, order=True)
class _WithinYear(Period):
    """Equal parts of a calendar year, of which `part` says which one."""

    year: int
    part: int = 1
    length: ClassVar[int]
    letter: ClassVar[str]
    word: ClassVar[str]

    def __post_init__(self) -> None:
        check_year(self.year)
        parts = 12 // self.length
        check_part(self.part, parts, f"Ett år har {parts} {self.letter}-perioder. Välj en av dem.")

    @property
    def first(self) -> Month:
        return Month(self.year, (self.part - 1) * self.length + 1)

    @property
    def last(self) -> Month:
        return self.first + (self.length - 1)

    @property
    def previous(self) -> Self:
        return type(self)(self.year - 1, self.part)

    @property
    def code(self) -> str:
        return f"{self.year}-{self.letter}{self.part}"

    @property
    def label(self) -> str:
        return f"{ORDER_WORDS[self.part - 1]} {self.word} {self.year}"


class HalfYear(_WithinYear):
    length, letter, word = 6, "H", "halvåret"


class Tertial(_WithinYear):
    length, letter, word = 4, "T", "tertialet"


class Quarter(_WithinYear):
    length, letter, word = 3, "Q", "kvartalet"


class Year(_WithinYear):
    length, letter, word = 12, "", "året"

    @property
    def code(self) -> str:
        return str(self.year)

    @property
    def label(self) -> str:
        return str(self.year)


class JanAug(_WithinYear):
    """The months of the interim report that goes to the member parties in the autumn."""

    length, letter, word = 8, "JanAug", "januari–augusti"

    @property
    def code(self) -> str:
        return f"{self.year}-{self.letter}"

    @property
    def label(self) -> str:
        return f"{self.word} {self.year}"


@dataclass(frozen=True, order=True)
class RollingYear(Period):
    """The twelve months that end with `end`."""

    end: Month

    @property
    def first(self) -> Month:
        return self.end - 11

    @property
    def last(self) -> Month:
        return self.end

    @property
    def previous(self) -> RollingYear:
        return RollingYear(self.end.previous)

    @property
    def code(self) -> str:
        return f"{self.end}-R12"

    @property
    def label(self) -> str:
        return f"tolv månader till och med {self.end.label}"


# What may follow the year in a code, and what makes a period of (year, number).
_KINDS: tuple[tuple[str, Callable[[int, int], Period]], ...] = (
    ("()", lambda year, _: Year(year)),
    ("-JANAUG()", lambda year, _: JanAug(year)),
    ("-H([12])", HalfYear),
    ("-T([123])", Tertial),
    ("-Q([1234])", Quarter),
    ("-([0-9]{2})", Month),
    ("-([0-9]{2})-R12", lambda year, month: RollingYear(Month(year, month))),
)


def parse_period(text: str) -> Period:
    """The period that a code stands for, as typed in an address or on the command line."""
    for ending, make in _KINDS:
        if found := re.fullmatch(f"([0-9]{{4}}){ending}", tidy(text)):
            return make(int(found[1]), int(found[2] or 0))
    raise PeriodError(
        "Perioden går inte att läsa. Skriv till exempel 2023, 2023-H1, 2023-T1, 2023-Q1, 2023-JanAug, "
        "2023-05 eller 2023-05-R12."
    )
