"""Signal or chance in a series: the run chart with the two Anhøj–Olesen rules and no others.

Source: Anhøj & Olesen 2014, "Run charts revisited", PLoS ONE 9(11) e113825: a shift is a run on one
side of the median longer than round(log2 n) + 3; unusually few crossings are fewer than the lower
5 % quantile of a binomial(n − 1, ½), n being the points that do not lie on the median.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import comb, log2
from statistics import median

FEWEST_POINTS = 12


@dataclass(frozen=True, slots=True)
class RunChart:
    """The median of the values, and how they lie about it."""

    median: float
    useful: int
    longest_run: int
    longest_by_chance: int
    crossings: int
    fewest_by_chance: int

    @property
    def shows_signal(self) -> bool:
        """True when the series is not plausibly chance about an unchanged level."""
        return self.longest_run > self.longest_by_chance or self.crossings < self.fewest_by_chance


def run_chart(values: Sequence[float]) -> RunChart | None:
    """The chart's figures, in the order of time; None with fewer than 12 values, or all on the median."""
    if len(values) < FEWEST_POINTS:
        return None
    middle = median(values)
    runs = [len(list(run)) for _, run in groupby(value > middle for value in values if value != middle)]
    useful = sum(runs)
    if not useful:
        return None
    return RunChart(
        median=middle,
        useful=useful,
        longest_run=max(runs),
        longest_by_chance=round(log2(useful)) + 3,
        crossings=len(runs) - 1,
        fewest_by_chance=_fair_coin_quantile(useful - 1, 0.05),
    )


def _fair_coin_quantile(throws: int, share: float) -> int:
    """The smallest number of heads whose cumulative probability reaches `share`."""
    cumulative = 0
    for heads in range(throws + 1):
        cumulative += comb(throws, heads)
        if cumulative >= share * 2**throws:
            return heads
    return throws
