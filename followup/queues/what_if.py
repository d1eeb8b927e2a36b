"""What would change the queue: two forecasts from the same day with the same chance, as now and changed.

Capacity is places: a start happens when a place falls free, so starts per week = places ÷ stay. More
colleagues bring places, shorter stays turn them over faster, vacancies and stops take weeks away.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from followup.periods import Month, Week
from followup.queues.capacity import starts_per_week, target_queue
from followup.queues.simulation import Change, Forecast, QueueState, simulate

WEEKS_AHEAD = 104


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """Part of the starts that do not happen from one month to another, both included."""

    first: Month
    last: Month
    # 0–1: half the team away is 0.5.
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """A changed team. Times in weeks, colleagues in full-time posts; nothing changed is the default."""

    colleagues: float = 0.0
    places_per_colleague: float = 0.0
    stay: float = 52.0
    stay_change: float = 0.0
    # Referrals more (or fewer) as a share: 0.1 is ten per cent more.
    referrals: float = 0.0
    vacancy: Vacancy | None = None
    # ISO week numbers of every coming year, both included.
    stop: tuple[int, int] | None = None

    @property
    def new_stay(self) -> float:
        return max(self.stay + self.stay_change, 1.0)

    @property
    def places(self) -> float:
        """Places more (or fewer)."""
        return self.colleagues * self.places_per_colleague

    def change(self, now: Week, planned: Sequence[float] = ()) -> Change:
        """As rates and a calendar that begins with the week after `now`, on top of what is `planned`."""
        weeks = (now + step for step in range(1, WEEKS_AHEAD + 1))
        return Change(
            extra_starts=starts_per_week(self.places, self.new_stay) or 0.0,
            start_factor=self.stay / self.new_stay,
            referral_factor=max(1 + self.referrals, 0.0),
            calendar=tuple(self._calendar(weeks, planned)),
        )

    def _calendar(self, weeks: Iterable[Week], planned: Sequence[float]) -> Iterable[float]:
        if self.vacancy is None and self.stop is None:
            yield from planned
            return
        for week, usual in zip(weeks, planned or [1.0] * WEEKS_AHEAD, strict=True):
            yield 0.0 if self._stops(week) else usual * (1 - self._vacant(week))

    def _stops(self, week: Week) -> bool:
        return self.stop is not None and self.stop[0] <= week.week <= self.stop[1]

    def _vacant(self, week: Week) -> float:
        # A week belongs to the month that has its Thursday, as an ISO week belongs to its year.
        month = Month.of(week.thursday)
        if self.vacancy is None or not self.vacancy.first <= month <= self.vacancy.last:
            return 0.0
        return self.vacancy.share


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The two forecasts, and the queue length at which the target holds."""

    now: Forecast
    changed: Forecast
    wanted_now: float
    wanted_changed: float


def compare(
    state: QueueState,
    what_if: WhatIf,
    *,
    now: Week,
    target: float,
    seed: int,
    planned: Sequence[float] = (),
) -> Comparison:
    """`target` is the longest wait wanted, in weeks; `planned` holds for both courses.

    The same seed gives both the same chance.
    """
    change = what_if.change(now, planned)
    return Comparison(
        now=forecast(state, Change(calendar=tuple(planned)), seed),
        changed=forecast(state, change, seed),
        wanted_now=target_queue(state.arrivals.rate, target),
        wanted_changed=target_queue(state.arrivals.rate * change.referral_factor, target),
    )


@lru_cache(maxsize=256)
def forecast(state: QueueState, change: Change, seed: int) -> Forecast:
    """Two years ahead; remembered, since equal questions have equal answers."""
    return simulate(state, weeks=WEEKS_AHEAD, seed=seed, change=change)


def seed_of(team_id: int, week: Week) -> int:
    """The same all week for a team, so that a reload changes nothing; told beside the result."""
    return team_id * 100_000 + week.ordinal
