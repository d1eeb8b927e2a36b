"""Where a forecast begins, kept with it: the same start and the same seed give the same answer for ever."""

from datetime import date
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from followup.periods import Week
from followup.queues.intensity import Intensity
from followup.queues.pace import Pace

DAYS_IN_WEEK = 7


class Start:
    """Columns of a table whose rows begin from a queue as it was on a day. Bare counts of a team."""

    # The last day that is counted in.
    counted_on: Mapped[date]
    # How many waited then.
    waiting: Mapped[int]
    # How many were put in the queue and how many started in the days counted, at most a year.
    joined: Mapped[int]
    started: Mapped[int]
    # How many left the queue without a start in the same days.
    left: Mapped[int] = mapped_column(server_default="0")
    days: Mapped[int]
    # Starts of the coming weeks against the present pace, as [weeks, factor]; empty when all is as usual.
    planned: Mapped[list[Any]] = mapped_column(JSON)
    seed: Mapped[int]

    @property
    def week(self) -> Week:
        return Week.of(self.counted_on)

    @property
    def pace(self) -> Pace:
        weeks = self.days / DAYS_IN_WEEK
        counts = (self.joined, self.started, self.left)
        return Pace(self.waiting, *(Intensity(count, weeks) for count in counts))

    @property
    def planned_starts(self) -> tuple[float, ...]:
        return tuple(factor for weeks, factor in self.planned for _ in range(weeks))
