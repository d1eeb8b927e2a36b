"""Do the queue figures cover what they promise? Made-up teams whose truth is known.

    python -m benchmarks.queue_coverage [TEAMS]

Promises: the 95 % interval of a rate, the 95 % interval of the median wait, and the forecast's band that
eight of ten futures lie in. Each should hold in that share of the made-up teams, within three points.

The forecast is also tried as it is used: it sees years of a team's history and is held against the year that
followed. The histories are made in two ways, both with people who leave without a start: by chance alone, as
the forecast believes, and by places and stays, as a team lives. The last keeps no promise of three points,
since it is another world than the forecast's; it is printed so that nobody has to guess.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from math import log

import numpy as np

from followup.queues.intensity import Intensity
from followup.queues.simulation import QueueState, simulate
from followup.queues.survival import Observed, kaplan_meier

TEAMS = 1_000
SEED = 20_240_612
WITHIN = 0.03
YEAR = 52
LEAVING = 0.006
FIFTHS = 5


@dataclass(frozen=True)
class History:
    """Joined, started and left each week, and the length after it; the last year is held out."""

    weeks: list[tuple[int, int, int, int]]

    @property
    def state(self) -> QueueState:
        seen = self.weeks[-2 * YEAR : -YEAR]
        joined, started, left = (sum(week[place] for week in seen) for place in range(3))
        return QueueState(
            seen[-1][3], Intensity(joined, YEAR), Intensity(started, YEAR), Intensity(left, YEAR)
        )

    def length_after(self, weeks: int) -> int:
        return self.weeks[-YEAR - 1 + weeks][3]


def rate_interval(generator: np.random.Generator, teams: int) -> float:
    """A year of starts with a rate between one a month and one a week."""
    covered = 0
    for _ in range(teams):
        rate = generator.uniform(0.25, 1.0)
        low, high = Intensity(int(generator.poisson(rate * YEAR)), YEAR).interval()
        covered += low <= rate <= high
    return covered / teams


def median_interval(generator: np.random.Generator, teams: int) -> float:
    """Forty accepted; waits in days, exponential about 12 weeks, of whom some still wait."""
    covered = 0
    for _ in range(teams):
        waits = generator.exponential(84, 40)
        seen = generator.uniform(30, 400, 40)
        curve = kaplan_meier(
            [
                Observed(round(min(wait, end) * 10), bool(wait <= end))
                for wait, end in zip(waits, seen, strict=True)
            ]
        )
        truth = 840 * log(2)
        low, high = curve.median_low, curve.median_high
        covered += (low is None or low <= truth) and (high is None or truth < high)
    return covered / teams


def forecast_band(generator: np.random.Generator, teams: int) -> float:
    """A year is seen and the next half-year comes true; the length must lie within the band."""
    covered = 0.0
    for team in range(teams):
        # Rates drawn as the forecast believes they may be: calibration asks for nothing else.
        joined_rate, start_rate = generator.gamma(30, 1 / YEAR), generator.gamma(30, 1 / YEAR)
        joined, started = generator.poisson(joined_rate * YEAR), generator.poisson(start_rate * YEAR)
        waiting = int(generator.integers(5, 40))
        state = QueueState(waiting, Intensity(int(joined), YEAR), Intensity(int(started), YEAR))
        low, _, high = simulate(state, weeks=26, seed=team, runs=500).quantiles(26)
        truth = waiting
        for _ in range(26):
            truth = max(0, truth + generator.poisson(joined_rate) - generator.poisson(start_rate))
        covered += _inside(low, truth, high)
    return covered / teams


def by_chance(generator: np.random.Generator) -> History:
    """Three years of joining and starting by chance alone, with steady rates."""
    joins, starts = generator.gamma(30, 1 / YEAR), generator.gamma(30, 1 / YEAR)
    waiting, weeks = int(generator.integers(0, 25)), []
    for _ in range(3 * YEAR):
        joined, left = int(generator.poisson(joins)), int(generator.binomial(waiting, LEAVING))
        started = min(waiting + joined - left, int(generator.poisson(starts)))
        waiting += joined - left - started
        weeks.append((joined, started, left, waiting))
    return History(weeks)


def by_places(generator: np.random.Generator) -> History:
    """Five years of a team with 16–60 places and stays of about a year: a start when a place falls free."""
    places = int(generator.integers(16, 60))
    joins = places / YEAR * generator.uniform(0.9, 1.4)
    waiting, weeks = int(generator.integers(0, 25)), []
    ends = [int(end) for end in generator.integers(0, YEAR, places - 2)]
    for week in range(5 * YEAR):
        joined, left = int(generator.poisson(joins)), int(generator.binomial(waiting, LEAVING))
        ends = [end for end in ends if end > week]
        started = min(waiting + joined - left, places - len(ends))
        ends += [week + max(1, int(generator.gamma(6, YEAR / 6))) for _ in range(started)]
        waiting += joined - left - started
        weeks.append((joined, started, left, waiting))
    return History(weeks)


def held_out(
    made: Callable[[np.random.Generator], History], generator: np.random.Generator, teams: int
) -> tuple[float, list[float]]:
    """How often the band of a year holds, and how truths lie in fifths of the forecast: evenly at best."""
    covered, fifths = 0.0, [0.0] * FIFTHS
    for team in range(teams):
        history = made(generator)
        forecast = simulate(history.state, weeks=YEAR, seed=team, runs=500)
        low, _, high = forecast.quantiles(YEAR)
        truth = history.length_after(YEAR)
        covered += _inside(low, truth, high)
        lengths = forecast.lengths[YEAR]
        place = np.mean(lengths < truth) + generator.random() * np.mean(lengths == truth)
        fifths[min(int(place * FIFTHS), FIFTHS - 1)] += 1
    return covered / teams, [count / teams for count in fifths]


def _inside(low: int, truth: int, high: int) -> float:
    """Whole numbers cover more than asked for; an end that is met counts half."""
    return 1.0 if low < truth < high else 0.5 if truth in (low, high) else 0.0


def main(teams: int = TEAMS) -> int:
    generator = np.random.default_rng(SEED)
    studies = (
        ("95 % interval of a rate", 0.95, rate_interval),
        ("95 % interval of the median wait", 0.95, median_interval),
        ("band of eight in ten after half a year", 0.80, forecast_band),
    )
    failed = 0
    for name, promised, study in studies:
        found = study(generator, teams)
        failed += abs(found - promised) > WITHIN
        print(f"{name:52} promised {promised:.0%}  found {found:.1%}")
    for name, made, binds in (
        ("the year held out, histories by chance", by_chance, True),
        ("the year held out, histories by places", by_places, False),
    ):
        found, fifths = held_out(made, generator, teams)
        failed += binds and abs(found - 0.80) > WITHIN
        spread = " ".join(f"{share:.0%}" for share in fifths)
        print(f"{name:52} promised 80%  found {found:.1%}  in fifths: {spread}")
    return failed


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
