"""How long those who started waited, and how long those still waiting have waited so far.

The two are always shown side by side: completed waits alone look better than the truth while a queue
grows. The unit is that of the passages (weeks in the product).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import fmean, median

from followup.queues.passages import Passage

# Fewer than this and a percentile says more about one person than about the queue.
FEWEST_FOR_PERCENTILE = 10
# Fewer than this and no figure about waits leaves the team.
FEWEST_OUTSIDE_TEAM = 5

# Weeks, both ends included; the last band is open.
BANDS: tuple[tuple[int, int | None], ...] = ((0, 4), (5, 8), (9, 13), (14, 26), (27, None))


@dataclass(frozen=True, slots=True)
class Waits:
    """Waits in whole time units, shortest first."""

    sorted: tuple[int, ...]

    @property
    def n(self) -> int:
        return len(self.sorted)

    @property
    def median(self) -> float | None:
        """The middle wait, or the mean of the two in the middle; None when there is none."""
        return median(self.sorted) if self.sorted else None

    @property
    def mean(self) -> float | None:
        return fmean(self.sorted) if self.sorted else None

    @property
    def longest(self) -> int | None:
        return self.sorted[-1] if self.sorted else None

    @property
    def ninetieth(self) -> int | None:
        """The wait that nine of ten did not exceed; None with fewer than ten waits."""
        return percentile(self.sorted, 0.9) if self.n >= FEWEST_FOR_PERCENTILE else None

    @property
    def may_leave_team(self) -> bool:
        return self.n >= FEWEST_OUTSIDE_TEAM


def percentile(ordered: Sequence[int], share: float) -> int:
    """The smallest wait that at least `share` of the waits do not exceed (nearest rank).

    Always a wait that somebody had, so that it can be said in words. Raises IndexError on no waits.
    """
    # The rounding keeps 0.9 · 10 at 9; in binary fractions it may come out a hair above.
    return ordered[max(ceil(round(share * len(ordered), 9)), 1) - 1]


def completed(passages: Iterable[Passage]) -> Waits:
    """Waits of those who started; the caller chooses in which period. Leaving is no completed wait."""
    return Waits(
        tuple(sorted(passage.started - passage.joined for passage in passages if passage.started is not None))
    )


def so_far(passages: Iterable[Passage], time: int) -> Waits:
    """Waits until the end of `time` of those who wait then."""
    return Waits(tuple(sorted(time - passage.joined for passage in passages if passage.waits_at(time))))


def banded(waits: Waits) -> list[int]:
    """How many of the waits (in weeks) lie in each of BANDS, in that order; every band is there."""
    return [
        sum(low <= wait and (high is None or wait <= high) for wait in waits.sorted) for low, high in BANDS
    ]
