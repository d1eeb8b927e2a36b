"""Do the queue figures cover what they promise? Made-up teams whose truth is known.

    python -m benchmarks.queue_coverage

Three promises: the 95 % interval of a rate, the 95 % interval of the median wait, and the forecast's band
that eight of ten futures lie in. Each should hold in that share of the made-up teams, within three points.
"""

import sys
from math import log

import numpy as np

from followup.queues.intensity import Intensity
from followup.queues.simulation import QueueState, simulate
from followup.queues.survival import Observed, kaplan_meier

TEAMS = 1_000
SEED = 20_240_612
WITHIN = 0.03


def rate_interval(generator: np.random.Generator, teams: int) -> float:
    """A year of starts with a rate between one a month and one a week."""
    covered = 0
    for _ in range(teams):
        rate = generator.uniform(0.25, 1.0)
        low, high = Intensity(int(generator.poisson(rate * 52)), 52).interval()
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
        joined_rate, start_rate = generator.gamma(30, 1 / 52), generator.gamma(30, 1 / 52)
        joined, started = generator.poisson(joined_rate * 52), generator.poisson(start_rate * 52)
        waiting = int(generator.integers(5, 40))
        state = QueueState(waiting, Intensity(int(joined), 52), Intensity(int(started), 52))
        low, _, high = simulate(state, weeks=26, seed=team, runs=500).quantiles(26)
        truth = waiting
        for _ in range(26):
            truth = max(0, truth + generator.poisson(joined_rate) - generator.poisson(start_rate))
        # Whole numbers cover more than asked for; an end that is met counts half.
        covered += 1.0 if low < truth < high else 0.5 if truth in (low, high) else 0.0
    return covered / teams


def main() -> int:
    generator = np.random.default_rng(SEED)
    studies = (
        ("95 % interval of a rate", 0.95, rate_interval),
        ("95 % interval of the median wait", 0.95, median_interval),
        ("band of eight in ten after half a year", 0.80, forecast_band),
    )
    failed = 0
    for name, promised, study in studies:
        found = study(generator, TEAMS)
        failed += abs(found - promised) > WITHIN
        print(f"{name:42} promised {promised:.0%}  found {found:.1%}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
