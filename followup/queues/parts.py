"""A queue counted in pieces that add up to weeks and to months alike: each week, cut where a month begins.

A part is numbered by the number of its week plus the number of its month. From one part to the next at
least one of them grows and neither falls, so the numbers follow time: passages are counted in
them as in days.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from operator import attrgetter

from followup.periods import Month, Week, WeekAndMonth
from followup.queues.passages import part_number
from followup.queues.series import SeriesError, Step


@dataclass(frozen=True, slots=True)
class Part:
    """The days that an ISO week and a calendar month share, by their ordinals."""

    week: int
    month: int

    @property
    def number(self) -> int:
        return self.week + self.month


@lru_cache(maxsize=64)
def parts_of(first: Month, last: WeekAndMonth) -> tuple[Part, ...]:
    """Every part from the Monday of the week in which `first` begins, through the one that `last` lies in."""
    found, week = [], Week.of(first.first_day)
    while week <= last.week:
        found += [Part(week.ordinal, month.ordinal) for month in week.months]
        week += 1
    end = part_number(last)
    return tuple(part for part in found if part.number <= end)


def with_kept(parts: Sequence[Part], counted: Sequence[Step], kept: Mapping[int, Step]) -> list[Step]:
    """A step for each part: what was kept where there is such a step, else what the rows say.

    Raises SeriesError where a length and what happened since the one before do not add up.
    """
    known = {**{step.time: step for step in counted}, **kept}
    steps = [known[part.number] for part in parts]
    for before, step in pairwise(steps):
        if step.length != before.length + step.joined - step.started - step.left:
            raise SeriesError(f"{step.length} waiting after {before.length}: {step}")
    return steps


def by_week(parts: Sequence[Part], steps: Iterable[Step]) -> list[Step]:
    return _added_up(zip((part.week for part in parts), steps, strict=True))


def by_month(parts: Sequence[Part], steps: Iterable[Step], first: Month) -> list[Step]:
    """From `first` on; the days of its first week that lie before it are left out."""
    dated = zip((part.month for part in parts), steps, strict=True)
    return _added_up((month, step) for month, step in dated if month >= first.ordinal)


def _added_up(dated: Iterable[tuple[int, Step]]) -> list[Step]:
    found = []
    for time, group in groupby(dated, key=lambda pair: pair[0]):
        steps = [step for _, step in group]
        joined, started, left = (sum(map(attrgetter(name), steps)) for name in ("joined", "started", "left"))
        found.append(Step(time, joined, started, left, steps[-1].length))
    return found
