"""Everything a team's queue page counts, from the times in the queue alone.

Weeks give lengths of waits and the curve; months say what happened in which month. Both are kept on
the row, so the figures are the same today and after the row has been coarsened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from followup.periods import Month, Week, WeekAndMonth
from followup.queues.parts import by_month, by_week, parts_of, with_kept
from followup.queues.passages import Times, part_number, passage_in_weeks, passages_in_parts
from followup.queues.series import Step, series
from followup.queues.survival import Curve, kaplan_meier, observed
from followup.queues.waits import Waits, completed, so_far

MONTHS_BACK = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """How many waited when a month ended, by its ordinal, as counted before the team's own rows began."""

    lengths: Mapping[int, int] = field(default_factory=dict)
    # The month from which the rows tell; what they say of earlier months is not the whole queue.
    until: int = 0


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

    earlier: Earlier = field(default_factory=Earlier)

    @classmethod
    def of(
        cls,
        times: Sequence[Times],
        first: Month,
        today: date,
        *,
        kept: Mapping[int, Step] | None = None,
        earlier: Earlier | None = None,
    ) -> Overview:
        """Count from everyone who waited at some time since `first` began; `today` is the last day seen.

        What has been kept of complete months takes the place of the rows behind it, which may be gone.
        """
        last = WeekAndMonth.of(today)
        parts = parts_of(first, last)
        counted = series(passages_in_parts(times), parts[0].number, part_number(last))
        steps = with_kept(parts, counted, kept or {})
        in_weeks, now = [passage_in_weeks(each) for each in times], last.week.ordinal
        return cls(
            months=by_month(parts, steps, first),
            weeks=by_week(parts, steps),
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
            earlier=earlier or Earlier(),
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
    def counted(self) -> list[Step]:
        """The months that the rows tell of."""
        return [step for step in self.months if step.time >= self.earlier.until]

    @property
    def counted_weeks(self) -> list[Step]:
        """The weeks that the rows tell of; the present one is always among them."""
        first = Week.of(Month.from_ordinal(self.earlier.until).first_day) if self.earlier.until else None
        return [step for step in self.weeks if first is None or step.time >= first.ordinal] or self.weeks[-1:]

    @property
    def lengths(self) -> dict[int, int]:
        """How many waited when a month ended, by its ordinal; months that nobody counted are not there."""
        shown = {step.time for step in self.months}
        before = {time: length for time, length in self.earlier.lengths.items() if time in shown}
        return before | {step.time: step.length for step in self.counted}

    @property
    def joined(self) -> int:
        return sum(step.joined for step in self.months)

    @property
    def left(self) -> int:
        return sum(step.left for step in self.months)

    @property
    def is_empty(self) -> bool:
        """Nobody waits and nobody has waited in these months."""
        return not (self.length or self.length_before or self.joined or self.earlier.lengths)

    def longer_than(self, weeks: int) -> int:
        """How many of those who wait now have waited more than so many weeks."""
        return sum(wait > weeks for wait in self.waiting.sorted)
