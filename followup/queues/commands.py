"""What a team manager decides about places and target."""

from dataclasses import dataclass
from datetime import date

from followup.periods import Month


@dataclass(frozen=True, kw_only=True)
class SettleQueue:
    """Everything in force from `valid_from` on; see `models.QueueSetting` for the units."""

    team_id: int
    valid_from: Month
    colleagues: int
    places_per_colleague: int
    target_weeks: int | None = None
    target_decision: str | None = None
    target_decided: date | None = None
    stop_from: int | None = None
    stop_to: int | None = None
