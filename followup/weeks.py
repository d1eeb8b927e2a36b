"""ISO weeks and calendar months, as small ordered values. `periods` adds the longer periods of reports.

A participation keeps the ISO week and the calendar month of a date, never the day: the week gives
waiting times, the month says to which period a row belongs. Texts of errors never repeat what was
typed, since a wrong field may have been given a personnummer. Reading is remembered, because a page may
read the same few hundred weeks and months thousands of times.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache, total_ordering
from typing import Self, overload

FIRST_YEAR, LAST_YEAR = 1900, 2199
MONTH_NAMES = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)


class PeriodError(ValueError):
    """A week, month or period that does not exist; the message is Swedish and says what to write."""


def check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PeriodError(f"Året går inte att använda. Skriv ett år mellan {FIRST_YEAR} och {LAST_YEAR}.")


def check_part(number: int, parts: int, message: str) -> None:
    if not 1 <= number <= parts:
        raise PeriodError(message)


def tidy(text: str) -> str:
    """Text as typed, without spaces around it and with every kind of dash as a hyphen."""
    return re.sub("[\u2010-\u2015\u2212]", "-", text.strip()).upper()


@total_ordering
@dataclass(frozen=True)
class Week:
    """One ISO week. Its year is the ISO year: 2024-12-30 lies in week 1 of 2025."""

    year: int
    week: int

    def __post_init__(self) -> None:
        check_year(self.year)
        check_part(self.week, 53, "Vecka skrivs som ett tal mellan 1 och 53.")
        if self.week == 53 and date(self.year, 12, 28).isocalendar().week < 53:
            raise PeriodError(f"År {self.year} har ingen vecka 53. Välj vecka 52 eller vecka 1 året efter.")

    @classmethod
    def of(cls, day: date) -> Week:
        iso = day.isocalendar()
        return cls(iso.year, iso.week)

    @classmethod
    def from_ordinal(cls, ordinal: int) -> Week:
        return cls.of(date.fromordinal(ordinal * 7 + 1))

    @classmethod
    @lru_cache(maxsize=1024)
    def parse(cls, text: str) -> Week:
        found = re.fullmatch(r"([0-9]{4})-?[WV]([0-9]{1,2})", tidy(text))
        if not found:
            raise PeriodError("Veckan går inte att läsa. Skriv år och vecka, till exempel 2024-W05.")
        return cls(int(found[1]), int(found[2]))

    @cached_property
    def ordinal(self) -> int:
        """Weeks counted from the first Monday of the calendar, so that time can be a whole number."""
        return (self.monday.toordinal() - 1) // 7

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.week, 1)

    @property
    def thursday(self) -> date:
        """The day whose year and month the week belongs to where it can belong to only one."""
        return self.monday + timedelta(days=3)

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """The one or two months that have a day in this week."""
        return tuple(sorted({Month.of(self.monday), Month.of(self.sunday)}))

    @property
    def label(self) -> str:
        return f"vecka {self.week}, {self.year}"

    def intersects(self, month: Month) -> bool:
        return month in self.months

    def __str__(self) -> str:
        return f"{self.year}-W{self.week:02}"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Week):
            return NotImplemented
        return (self.year, self.week) < (other.year, other.week)

    def __add__(self, weeks: int) -> Week:
        return Week.from_ordinal(self.ordinal + weeks)

    @overload
    def __sub__(self, other: Week) -> int: ...
    @overload
    def __sub__(self, other: int) -> Week: ...
    def __sub__(self, other: Week | int) -> int | Week:
        if isinstance(other, Week):
            return self.ordinal - other.ordinal
        return self + -other


def weeks_between(earlier: Week, later: Week) -> int:
    """Whole weeks from one week to another; negative when `later` comes first."""
    return later - earlier


class Period(ABC):
    """Whole consecutive calendar months, comparable with the same months a year before."""

    @property
    @abstractmethod
    def first(self) -> Month: ...

    @property
    @abstractmethod
    def last(self) -> Month: ...

    @property
    @abstractmethod
    def previous(self) -> Self:
        """The period of the same kind a year earlier."""

    @property
    @abstractmethod
    def code(self) -> str:
        """How the period is written in addresses and files; `parse_period` reads it back."""

    @property
    @abstractmethod
    def label(self) -> str: ...

    @property
    def months(self) -> tuple[Month, ...]:
        return tuple(self)

    @property
    def first_day(self) -> date:
        return date(self.first.year, self.first.month, 1)

    @property
    def last_day(self) -> date:
        return (self.last + 1).first_day - timedelta(days=1)

    def __contains__(self, month: Month) -> bool:
        return self.first <= month <= self.last

    def __iter__(self) -> Iterator[Month]:
        return (self.first + step for step in range(self.last - self.first + 1))

    def __str__(self) -> str:
        return self.code


@total_ordering
@dataclass(frozen=True)
class Month(Period):
    """One calendar month, which is also the shortest period."""

    year: int
    month: int

    def __post_init__(self) -> None:
        check_year(self.year)
        check_part(self.month, 12, "Månad skrivs som ett tal mellan 1 och 12.")

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def from_ordinal(cls, ordinal: int) -> Month:
        return cls(ordinal // 12, ordinal % 12 + 1)

    @classmethod
    @lru_cache(maxsize=1024)
    def parse(cls, text: str) -> Month:
        found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", tidy(text))
        if not found:
            raise PeriodError("Månaden går inte att läsa. Skriv år och månad, till exempel 2024-05.")
        return cls(int(found[1]), int(found[2]))

    @property
    def ordinal(self) -> int:
        """Months counted from year 0, so that months can be compared and subtracted as whole numbers."""
        return self.year * 12 + self.month - 1

    @property
    def first(self) -> Month:
        return self

    @property
    def last(self) -> Month:
        return self

    @property
    def previous(self) -> Month:
        return self - 12

    @property
    def code(self) -> str:
        return f"{self.year}-{self.month:02}"

    @property
    def label(self) -> str:
        return f"{MONTH_NAMES[self.month - 1]} {self.year}"

    @property
    def weeks(self) -> tuple[Week, ...]:
        """Every ISO week that has a day in this month, in order."""
        start = Week.of(self.first_day)
        return tuple(start + step for step in range(Week.of(self.last_day) - start + 1))

    def __str__(self) -> str:
        return self.code

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Month):
            return NotImplemented
        return self.ordinal < other.ordinal

    def __add__(self, months: int) -> Month:
        return Month.from_ordinal(self.ordinal + months)

    @overload
    def __sub__(self, other: Month) -> int: ...
    @overload
    def __sub__(self, other: int) -> Month: ...
    def __sub__(self, other: Month | int) -> int | Month:
        if isinstance(other, Month):
            return self.ordinal - other.ordinal
        return self + -other


@dataclass(frozen=True, order=True)
class WeekAndMonth:
    """What is kept of a date: its ISO week and its calendar month, which must share a day."""

    week: Week
    month: Month

    def __post_init__(self) -> None:
        if not self.week.intersects(self.month):
            raise PeriodError("Veckan och månaden hör inte ihop. Välj en månad som veckan har en dag i.")

    @classmethod
    def of(cls, day: date) -> WeekAndMonth:
        return cls(Week.of(day), Month.of(day))
