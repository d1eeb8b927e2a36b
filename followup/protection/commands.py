"""What a förbund decides about its disclosure control."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class DecideRule:
    """A new version of the rule; see `models.RuleVersion` for the units."""

    valid_from: date
    threshold: int
    screening_threshold: int
    share_base: int
    screening_share_base: int
    median_base: int
    insider: int
    decision: str
    decided: date
