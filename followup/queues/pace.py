"""The present pace of a queue: how many join and start a week, counted over the latest year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from followup.periods import Week
from followup.queues.intensity import Intensity, p_same_rate
from followup.queues.series import Step
from followup.queues.simulation import QueueState

WEEKS_COUNTED = 52
# With fewer joined and started in all, a forecast would be a guess.
FEWEST_EVENTS = 10
# A difference that chance gives less often than this is called a difference.
LEAST_P = 0.05


@dataclass(frozen=True, slots=True)
class Pace:
    """Joined, started and left without a start per week; `waiting` is the queue today."""

    waiting: int
    joined: Intensity
    started: Intensity
    left: Intensity

    @property
    def supports_forecast(self) -> bool:
        return self.joined.count + self.started.count >= FEWEST_EVENTS

    @property
    def differs(self) -> bool:
        """Whether joining and going out, by start or without, differ by more than chance would give."""
        return p_same_rate(self.joined, self.out) < LEAST_P

    @property
    def out(self) -> Intensity:
        return Intensity(self.started.count + self.left.count, self.started.exposure)

    @property
    def state(self) -> QueueState:
        return QueueState(self.waiting, self.joined, self.started, self.left)


def pace(weeks: Sequence[Step], today: date) -> Pace:
    """The pace of the latest 52 of the weeks given, of which the last is the present one.

    The present week counts with the days that have gone, today included.
    """
    counted = weeks[-WEEKS_COUNTED:]
    first_day = Week.from_ordinal(counted[0].time).monday
    exposure = ((today - first_day).days + 1) / 7
    return Pace(
        waiting=counted[-1].length,
        joined=Intensity(sum(step.joined for step in counted), exposure),
        started=Intensity(sum(step.started for step in counted), exposure),
        left=Intensity(sum(step.left for step in counted), exposure),
    )
