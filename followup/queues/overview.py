"""Everything a team's queue page counts, from the times in the queue alone.

Weeks give lengths of waits and the curve; months say what happened in which month. Both are kept on
the row, so the figures are the same today and after the row has been coarsened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from followup.periods import Month, Week, WeekAndMonth
from followup.queues.passages import Passage
from followup.queues.series import Step, series
from followup.queues.survival import Curve, kaplan_meier, observed
from followup.queues.waits import Waits, completed, so_far

MONTHS_BACK = 24


class Times(Protocol):
    """When one participation was accepted, and when it started or left, if it has."""

    @property
    def accepted(self) -> WeekAndMonth: ...
    @property
    def started(self) -> WeekAndMonth | None: ...
    @property
    def left(self) -> WeekAndMonth | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Waits in weeks. `months` and `weeks` run from the first month shown to the present one."""

    months: list[Step]
    weeks: list[Step]
    # Those who started in these months, whenever they were accepted.
    started: Waits
    # Those who wait now.
    waiting: Waits
    # Everyone accepted in these months: what the next one may expect.
    curve: Curve

    @classmethod
    def of(cls, times: Sequence[Times], first: Month, today: date) -> Overview:
        """Count from everyone who waited at some time since `first` began; `today` is the last day seen."""
        now, this_month = Week.of(today).ordinal, Month.of(today).ordinal
        in_weeks = [_in_weeks(each) for each in times]
        return cls(
            months=series([_in_months(each) for each in times], first.ordinal, this_month),
            weeks=series(in_weeks, Week.of(first.first_day).ordinal, now),
            started=completed(
                passage
                for each, passage in zip(times, in_weeks, strict=True)
                if each.started and each.started.month >= first
            ),
            waiting=so_far(in_weeks, now),
            curve=kaplan_meier(
                observed(
                    (
                        passage
                        for each, passage in zip(times, in_weeks, strict=True)
                        if each.accepted.month >= first
                    ),
                    now,
                )
            ),
        )

    @property
    def first_month(self) -> Month:
        return Month.from_ordinal(self.months[0].time)

    @property
    def length(self) -> int:
        """How many wait now."""
        return self.waiting.n

    @property
    def length_before(self) -> int:
        """How many waited when the first month began."""
        step = self.months[0]
        return step.length - step.joined + step.started + step.left

    @property
    def joined(self) -> int:
        return sum(step.joined for step in self.months)

    @property
    def left(self) -> int:
        return sum(step.left for step in self.months)

    @property
    def is_empty(self) -> bool:
        """Nobody waits and nobody has waited in these months."""
        return not (self.length or self.length_before or self.joined)

    def longer_than(self, weeks: int) -> int:
        """How many of those who wait now have waited more than so many weeks."""
        return sum(wait > weeks for wait in self.waiting.sorted)


def _in_weeks(times: Times) -> Passage:
    return Passage(
        times.accepted.week.ordinal,
        times.started.week.ordinal if times.started else None,
        times.left.week.ordinal if times.left else None,
    )


def _in_months(times: Times) -> Passage:
    return Passage(
        times.accepted.month.ordinal,
        times.started.month.ordinal if times.started else None,
        times.left.month.ordinal if times.left else None,
    )
