"""One way through a queue, as whole numbers on a time line.

The unit is whatever the numbers count: ordinal days, ISO weeks, parts of weeks or months. All figures
of this package are whole steps of that unit, so the same functions serve all of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from followup.periods import Week, WeekAndMonth


@dataclass(frozen=True, slots=True)
class Passage:
    """Joined the queue; then started, or left without a start, or still waits.

    Raises ValueError when a passage both started and left, or did either before it joined.
    """

    joined: int
    started: int | None = None
    left: int | None = None

    def __post_init__(self) -> None:
        if self.started is not None and self.left is not None:
            raise ValueError("a passage ends once: either started or left")
        if self.out is not None and self.out < self.joined:
            raise ValueError("a passage cannot end before it joined")

    @property
    def out(self) -> int | None:
        """The time it stopped waiting, whatever the reason."""
        return self.left if self.started is None else self.started

    def waits_at(self, time: int) -> bool:
        """Accepted on or before the end of `time`, and neither started nor left by then."""
        return self.joined <= time and (self.out is None or self.out > time)

    def has_started_by(self, time: int) -> bool:
        return self.started is not None and self.started <= time


class Times(Protocol):
    """When one participation was accepted, and when it started or left, if it has."""

    @property
    def accepted(self) -> WeekAndMonth: ...
    @property
    def started(self) -> WeekAndMonth | None: ...
    @property
    def left(self) -> WeekAndMonth | None: ...


def part_number(moment: WeekAndMonth) -> int:
    """The number of the part of a week that lies in one month; see `parts`."""
    return moment.week.ordinal + moment.month.ordinal


def passages_in_parts(times: Iterable[Times]) -> list[Passage]:
    """Counted in parts of weeks, which add up to weeks and to months (see `parts`)."""
    return [_passage(each, part_number) for each in times]


def passage_in_weeks(times: Times) -> Passage:
    return _passage(times, lambda moment: moment.week.ordinal)


def _passage(times: Times, time_of: Callable[[WeekAndMonth], int]) -> Passage:
    return Passage(
        time_of(times.accepted),
        time_of(times.started) if times.started else None,
        time_of(times.left) if times.left else None,
    )


def passages_in_weeks(rows: Iterable[tuple[Week, Week | None, Week | None]]) -> list[Passage]:
    """Rows of (accepted, started, left) as passages counted in ISO weeks."""
    return [Passage(*(week.ordinal if week else None for week in row)) for row in rows]  # type: ignore[arg-type]


def passages_in_days(rows: Iterable[tuple[date, date | None, date | None]]) -> list[Passage]:
    """Rows of (accepted, started, left) as passages counted in days."""
    return [Passage(*(day.toordinal() if day else None for day in row)) for row in rows]  # type: ignore[arg-type]
