"""What measures with dates do to a queue: each alone, and all of them together.

Capacity is places: starts per week = places ÷ stay, as in the what-if. A measure counts from the first
month that it holds in to the last one, week by week; a week belongs to the month of its Thursday.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from followup.periods import Month, Week
from followup.queues.capacity import target_queue
from followup.queues.pace import Pace
from followup.queues.simulation import Change, Forecast
from followup.queues.what_if import WEEKS_AHEAD, forecast

FULL_TIME = 100
YEAR = 52


class Dated(Protocol):
    """A measure, as far as its effect needs it."""

    @property
    def first(self) -> Month: ...
    @property
    def last(self) -> Month | None: ...
    @property
    def colleagues(self) -> int: ...
    @property
    def places(self) -> int | None: ...
    @property
    def stay_change(self) -> int: ...
    @property
    def referrals(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Course:
    """A forecast and the queue length at which the target holds; None without a target."""

    forecast: Forecast
    wanted: float | None


def course(
    measures: Sequence[Dated],
    *,
    pace: Pace,
    now: Week,
    planned: Sequence[float],
    stay: int,
    target: int | None,
    seed: int,
) -> Course:
    """Two years ahead with these measures; with none of them, the course as things are."""
    weeks = [_in_force(measures, now + step) for step in range(1, WEEKS_AHEAD + 1)]
    referrals = [_referral_factor(each) for each in weeks]
    change = change_of(weeks, planned=planned, stay=stay)
    wanted = target_queue(pace.joined.rate * referrals[YEAR - 1], target) if target else None
    return Course(forecast(pace.state, change, seed), wanted)


def change_of(weeks: Sequence[Sequence[Dated]], *, planned: Sequence[float], stay: int) -> Change:
    """As calendars that begin with the first of the weeks; `weeks` holds what is in force in each."""
    usual = list(planned) or [1.0] * len(weeks)
    calendar = [one * _stay_factor(each, stay) for one, each in zip(usual, weeks, strict=True)]
    referrals = [_referral_factor(each) for each in weeks]
    # The calendar multiplies these too, which gives places ÷ the new stay.
    more = [_places(each) / stay for each in weeks]
    return Change(
        calendar=tuple(calendar) if any(factor != 1 for factor in calendar) else (),
        more_starts=tuple(more) if any(more) else (),
        referral_calendar=tuple(referrals) if any(factor != 1 for factor in referrals) else (),
    )


def _in_force(measures: Sequence[Dated], week: Week) -> list[Dated]:
    month = Month.of(week.thursday)
    return [each for each in measures if each.first <= month and (each.last is None or month <= each.last)]


def _places(measures: Sequence[Dated]) -> float:
    return sum(each.colleagues / FULL_TIME * (each.places or 0) for each in measures)


def _stay_factor(measures: Sequence[Dated], stay: int) -> float:
    return stay / max(stay + sum(each.stay_change for each in measures), 1)


def _referral_factor(measures: Sequence[Dated]) -> float:
    return max(1 + sum(each.referrals for each in measures) / 100, 0.0)
