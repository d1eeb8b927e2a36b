"""What a team manager puts into a plan."""

from dataclasses import dataclass
from datetime import date

from followup.periods import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """See `models.QueueMeasure` for the units."""

    kind: str
    what: str
    responsible_function: str
    first: Month
    last: Month | None = None
    colleagues: int = 0
    places: int | None = None
    stay_change: int = 0
    referrals: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    number: str
    day: date
