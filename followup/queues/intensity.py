"""How often something happens, with an exact interval, and whether two such counts differ.

Counts are taken as Poisson. Sources: Garwood 1936 (exact interval); Przyborowski & Wilenski 1940
(the conditional test of two counts).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma, log, sqrt

import numpy as np


@dataclass(frozen=True, slots=True)
class Intensity:
    """`count` events in `exposure` time units."""

    count: int
    exposure: float

    def __post_init__(self) -> None:
        if self.count < 0 or self.exposure <= 0:
            raise ValueError("an intensity needs a count of zero or more and an exposure above zero")

    @property
    def rate(self) -> float:
        """Events per time unit."""
        return self.count / self.exposure

    def interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """The exact interval of the rate, per time unit; from zero when nothing was seen."""
        low, high = _means_of(self.count, confidence)
        return low / self.exposure, high / self.exposure


@lru_cache(maxsize=1024)
def _means_of(count: int, confidence: float) -> tuple[float, float]:
    """The Poisson means that leave an equal tail on either side of the count; remembered, as pages repeat."""
    tail = (1 - confidence) / 2
    low = _mean_where(lambda mean: at_least(count, mean), tail, count) if count else 0.0
    return low, _mean_where(lambda mean: at_least(count + 1, mean), 1 - tail, count)


def at_least(count: int, mean: float) -> float:
    """P(X ≥ count) of a Poisson variable; the regularised lower incomplete gamma function P(count, mean)."""
    if count <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    # The smaller tail is summed, so that no digits are lost in one minus nearly one.
    if count > mean:
        return _poisson_sum(count, count + _reach(mean), mean)
    return 1.0 - _poisson_sum(0, count, mean)


def _poisson_sum(first: int, stop: int, mean: float) -> float:
    """P(first ≤ X < stop), each term from the one before: ln k! = ln first! + Σ ln."""
    counts = np.arange(first, stop)
    log_factorials = lgamma(first + 1) + np.concatenate([[0.0], np.log(counts[1:]).cumsum()])
    return float(np.exp(counts * log(mean) - mean - log_factorials).sum())


def _reach(mean: float) -> int:
    """How far above the mean a Poisson tail has to be followed to leave less than 1e-16 behind."""
    return int(12 * sqrt(mean) + 60)


def _mean_where(probability: Callable[[float], float], wanted: float, count: int) -> float:
    """The mean at which a probability that grows with it takes the wanted value, by halving."""
    low, high = 0.0, float(count + _reach(count + 1.0))
    for _ in range(80):
        middle = (low + high) / 2
        if probability(middle) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def p_same_rate(one: Intensity, other: Intensity) -> float:
    """The exact two-sided p-value for equal rates; 1 when nothing was seen in either.

    Given the sum, the first count is binomial with the share of the exposure; outcomes no more likely
    than the one seen are added up.
    """
    total, share = one.count + other.count, one.exposure / (one.exposure + other.exposure)
    log_seen = _log_binomial(one.count, total, share)
    outcomes = (_log_binomial(count, total, share) for count in range(total + 1))
    return min(1.0, sum(exp(outcome) for outcome in outcomes if outcome <= log_seen + 1e-7))


def _log_binomial(count: int, total: int, share: float) -> float:
    ways = lgamma(total + 1) - lgamma(count + 1) - lgamma(total - count + 1)
    return ways + count * log(share) + (total - count) * log(1 - share)
