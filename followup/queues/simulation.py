"""Where the queue is heading: many possible futures from today's real queue, week by week.

Each run draws its own rates of arrivals and starts from what the counts leave uncertain (gamma
posterior with Jeffreys' prior: shape count + ½, rate exposure) and then adds Poisson chance in every
week. A queue cannot be negative: capacity nobody waits for is lost. Leaving without a start shortens the
queue as starts do, but neither a stop nor more places change it. The result depends only on the
arguments, the seed among them, and on the version of NumPy's generator (PCG64).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from followup.queues.intensity import Intensity

RUNS = 1_000


@dataclass(frozen=True, slots=True)
class Change:
    """What is imagined: starts more (or fewer) per week, and starts and referrals times a factor.

    `calendar` multiplies the starts of each coming week: 0 in a summer stop, 0.5 with half the team.
    `more_starts` adds starts in some of the coming weeks, and `referral_calendar` multiplies referrals.
    Each may be shorter than the forecast; the weeks after it are as usual.
    """

    extra_starts: float = 0.0
    start_factor: float = 1.0
    referral_factor: float = 1.0
    calendar: tuple[float, ...] = ()
    more_starts: tuple[float, ...] = ()
    referral_calendar: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class QueueState:
    """A queue today and the intensities, per week, that move it; `leaves` counts leaving without a start."""

    waiting: int
    arrivals: Intensity
    starts: Intensity
    leaves: Intensity | None = None


@dataclass(frozen=True, eq=False)
class Forecast:
    """Queue lengths, shape (weeks + 1, runs); row 0 is today. The seed belongs to the result."""

    lengths: npt.NDArray[np.int64]
    seed: int

    def quantiles(self, week: int, shares: Sequence[float] = (0.1, 0.5, 0.9)) -> tuple[int, ...]:
        """Queue lengths after `week` weeks that these shares of the runs do not exceed."""
        found = np.quantile(self.lengths[week], shares, method="inverted_cdf")
        return tuple(int(length) for length in found)

    def probability_at_most(self, length: float, week: int) -> float:
        """The share of runs (0–1) with at most `length` waiting after `week` weeks."""
        return float(np.mean(self.lengths[week] <= length))

    def first_week_at_most(self, length: float, share: float) -> int | None:
        """The first week in which at least `share` of the runs are down to `length`; None if never."""
        weeks = np.flatnonzero(np.mean(self.lengths <= length, axis=1) >= share)
        return int(weeks[0]) if weeks.size else None


def simulate(
    state: QueueState, *, weeks: int, seed: int, change: Change | None = None, runs: int = RUNS
) -> Forecast:
    """The coming weeks of one queue."""
    return simulate_pooled([state], weeks=weeks, seed=seed, change=change, runs=runs)


def simulate_pooled(
    states: Sequence[QueueState],
    *,
    weeks: int,
    seed: int,
    change: Change | None = None,
    calendars: Sequence[Sequence[float]] = (),
    runs: int = RUNS,
) -> Forecast:
    """The coming weeks of teams that share one queue: all arrivals meet all capacity.

    `extra_starts` is added once, to the shared capacity. `calendars` hold for one team each, in the order of
    `states`; that of `change` holds for all of them.
    """
    change = change or Change()
    generator = np.random.default_rng(seed)
    arrival_rates = sum(_draw_rates(state.arrivals, generator, runs) for state in states)
    start_rates = sum(
        _draw_rates(state.starts, generator, runs) * _by_week(calendar, weeks, usual=1)
        for state, calendar in zip(states, calendars or [()] * len(states), strict=True)
    )
    referrals = change.referral_factor * _by_week(change.referral_calendar, weeks, usual=1)
    arrivals = generator.poisson(referrals * arrival_rates, (weeks, runs))
    extra = change.extra_starts + _by_week(change.more_starts, weeks, usual=0)
    capacity = np.maximum(start_rates * change.start_factor + extra, 0)
    capacity = capacity * _by_week(change.calendar, weeks, usual=1)
    net = arrivals - generator.poisson(capacity)
    for leaves in (state.leaves for state in states if state.leaves is not None and state.leaves.count):
        net -= generator.poisson(_draw_rates(leaves, generator, runs), (weeks, runs))
    return Forecast(_lengths(sum(state.waiting for state in states), net), seed)


def simulate_apart(
    states: Sequence[QueueState],
    *,
    weeks: int,
    seed: int,
    calendars: Sequence[Sequence[float]] = (),
    runs: int = RUNS,
) -> list[Forecast]:
    """The coming weeks of teams that keep a queue each, by chances of their own."""
    return [
        simulate(state, weeks=weeks, seed=seed + place, change=Change(calendar=tuple(calendar)), runs=runs)
        for place, (state, calendar) in enumerate(
            zip(states, calendars or [()] * len(states), strict=True), 1
        )
    ]


def added_up(forecasts: Sequence[Forecast]) -> Forecast:
    """How many wait in all, run by run."""
    return Forecast(np.sum([forecast.lengths for forecast in forecasts], axis=0), forecasts[0].seed)


def share_where_all(forecasts: Sequence[Forecast], lengths: Sequence[float], week: int) -> float:
    """The share of runs (0–1) in which every queue is down to its own length after `week` weeks."""
    held = [forecast.lengths[week] <= length for forecast, length in zip(forecasts, lengths, strict=True)]
    return float(np.mean(np.all(held, axis=0)))


def _draw_rates(intensity: Intensity, generator: np.random.Generator, runs: int) -> npt.NDArray[np.float64]:
    return generator.gamma(intensity.count + 0.5, 1 / intensity.exposure, runs)


def _by_week(known: Sequence[float], weeks: int, *, usual: float) -> npt.NDArray[np.float64]:
    """What is known of each week, one below the other; the weeks after are as usual."""
    told = np.full((weeks, 1), float(usual))
    told[: len(known), 0] = known[:weeks]
    return told


def _lengths(waiting: int, net: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Add up the net change of each week, never below zero.

    length = sum − min(0, smallest sum so far), which is max(0, length + net) week by week.
    """
    sums = waiting + np.concatenate([np.zeros((1, net.shape[1]), dtype=np.int64), net.cumsum(axis=0)])
    return sums - np.minimum(np.minimum.accumulate(sums, axis=0), 0)
