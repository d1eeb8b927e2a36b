"""What a form or a file says about activities and meetings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from followup.periods import Month


@dataclass(frozen=True, kw_only=True)
class RecordActivity:
    """`attendance`: how many came, by code of the list member_party."""

    day: date
    name: str
    kind: str
    attendance: Mapping[str, int]
    intervention_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class CountMeetings:
    """A year's meetings by month, with the fingerprint of what the page showed before."""

    team_id: int
    year: int
    counts: Mapping[Month, int]
    seen: str
