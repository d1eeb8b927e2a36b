"""The wait to expect: Kaplan–Meier over those who started and those who have not yet.

Starts are events. Still waiting, or having left without a start, is censoring: it says only that the
wait was at least so long. Starts come before censorings at the same wait.

Sources: Kaplan & Meier 1958 (estimate); Greenwood 1926 (variance); Kalbfleisch & Prentice 2002,
section 1.4 (interval on the log-minus-log scale); Brookmeyer & Crowley 1982 (interval of the median).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log
from statistics import NormalDist

from followup.queues.passages import Passage

# Sums of fractions such as 0.5 come out a hair above or below.
_HAIR = 1e-9


@dataclass(frozen=True, slots=True)
class Observed:
    """A wait in time units; `started` is False while it is censored."""

    wait: int
    started: bool


@dataclass(frozen=True, slots=True)
class Point:
    """Share still waiting just after `wait` (0–1), with its interval and how many were at risk."""

    wait: int
    share: float
    low: float
    high: float
    at_risk: int


@dataclass(frozen=True, slots=True)
class Curve:
    """The estimated share still waiting, as a point at every wait at which somebody started."""

    points: tuple[Point, ...]
    started: int
    censored: int

    @property
    def median(self) -> int | None:
        """The wait within which half may start; None while fewer than half are estimated to."""
        return _first_at_half((point.wait, point.share) for point in self.points)

    @property
    def median_low(self) -> int | None:
        return _first_at_half((point.wait, point.low) for point in self.points)

    @property
    def median_high(self) -> int | None:
        """None where the data put no upper end to the interval."""
        return _first_at_half((point.wait, point.high) for point in self.points)


def observed(passages: Iterable[Passage], time: int) -> list[Observed]:
    """What is known at the end of `time` of everyone who had joined by then."""
    return [_observe(passage, time) for passage in passages if passage.joined <= time]


def _observe(passage: Passage, time: int) -> Observed:
    if passage.has_started_by(time) and passage.started is not None:
        return Observed(passage.started - passage.joined, started=True)
    end = time if passage.out is None else min(passage.out, time)
    return Observed(end - passage.joined, started=False)


def kaplan_meier(observations: Sequence[Observed], confidence: float = 0.95) -> Curve:
    """The curve of the share still waiting. Units: those of the waits. No observations, no points.

    When the last one at risk starts, the share is 0 and the formula has no interval: the lower end
    falls to 0 and the upper end stays where it was, so that one single start claims no certainty.
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    starts = Counter(seen.wait for seen in observations if seen.started)
    at_risk, share, variance_sum = len(observations), 1.0, 0.0
    everyone = Counter(seen.wait for seen in observations)
    points: list[Point] = []
    for wait in sorted(everyone):
        events = starts[wait]
        if events:
            share *= 1 - events / at_risk
            if events < at_risk:
                variance_sum += events / (at_risk * (at_risk - events))
            ceiling = points[-1].high if points else 1.0
            low, high = _interval(share, variance_sum, z) if events < at_risk else (0.0, ceiling)
            points.append(Point(wait, share, low, high, at_risk))
        at_risk -= everyone[wait]
    started = starts.total()
    return Curve(tuple(points), started, len(observations) - started)


def _interval(share: float, variance_sum: float, z: float) -> tuple[float, float]:
    """log(−log S) ± z · √variance_sum / |log S|, for a share between 0 and 1."""
    step = exp(z * variance_sum**0.5 / -log(share))
    return share**step, share ** (1 / step)


def _first_at_half(pairs: Iterable[tuple[int, float]]) -> int | None:
    return next((wait for wait, share in pairs if share <= 0.5 + _HAIR), None)
