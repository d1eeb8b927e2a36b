"""The queue step by step: who joined, started and left in each step, and how many wait at its end.

A step is a day, an ISO week or a month, whatever the passages count in. Definitions: a queue length
at a date counts those accepted on or before it that have neither started nor left on or before it;
leaving without a start is not a completed wait.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from followup.queues.passages import Passage


class SeriesError(ArithmeticError):
    """The steps do not add up: length at the end ≠ length at the start + joined − started − left."""


@dataclass(frozen=True, slots=True)
class Step:
    """Counts of one step; `length` is the queue at its end."""

    time: int
    joined: int
    started: int
    left: int
    length: int


def length_at(passages: Iterable[Passage], time: int) -> int:
    """How many wait at the end of `time`."""
    return sum(passage.waits_at(time) for passage in passages)


def series(passages: Sequence[Passage], first: int, last: int) -> list[Step]:
    """Every step from `first` to `last`, both included; steps where nothing happened are there too.

    Raises SeriesError if the steps and a direct count of the queue disagree. `last` before `first`
    gives an empty list.
    """
    joined = Counter(passage.joined for passage in passages)
    started = Counter(passage.started for passage in passages)
    left = Counter(passage.left for passage in passages)
    length = length_at(passages, first - 1)
    steps = []
    for time in range(first, last + 1):
        length += joined[time] - started[time] - left[time]
        steps.append(Step(time, joined[time], started[time], left[time], length))
    if steps and length != length_at(passages, last):
        raise SeriesError(f"{length} waiting by the steps, {length_at(passages, last)} by count")
    return steps


def mean_length(steps: Sequence[Step]) -> float | None:
    """The mean number waiting over the steps; None without steps."""
    return sum(step.length for step in steps) / len(steps) if steps else None
