"""What a form asks the counters to do."""

from collections.abc import Mapping
from dataclasses import dataclass

from followup.periods import Month
from followup.screening.measures import (
    ANSWERED,
    ASKED,
    DECLINED,
    DECLINED_SUPPORT,
    ONGOING,
    REFERRED,
    YES_ANY,
    no,
    yes,
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Which counters: one round and sex of a team's month."""

    team_id: int
    month: Month
    round: str
    sex: str


# No repr of what somebody answered: it must not end up in a log by way of an error message.
@dataclass(frozen=True, kw_only=True, repr=False)
class Conversation:
    """One conversation's answers on their way to the counters; kept nowhere."""

    place: Place
    has_answered: bool
    yes_any: bool = False
    yes_topics: frozenset[str] = frozenset()
    no_topics: frozenset[str] = frozenset()
    ongoing: bool = False
    referred: bool = False
    declined_support: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """What the conversation adds, as 0 or 1 for every measure it says something about."""
        if not self.has_answered:
            return {ASKED: 1, DECLINED: 1, ANSWERED: 0}
        return {
            ASKED: 1,
            DECLINED: 0,
            ANSWERED: 1,
            YES_ANY: int(self.yes_any),
            **{yes(topic): 1 for topic in self.yes_topics},
            **{no(topic): 1 for topic in self.no_topics},
            ONGOING: int(self.ongoing),
            REFERRED: int(self.referred),
            DECLINED_SUPPORT: int(self.declined_support),
        }


@dataclass(frozen=True, kw_only=True, repr=False)
class SetCounts:
    """A month's sums as typed, with the fingerprint of those that the page showed before."""

    place: Place
    counts: Mapping[str, int]
    seen: str


@dataclass(frozen=True, kw_only=True, repr=False)
class Adjustment:
    """How much to add to or take from each counter."""

    place: Place
    changes: Mapping[str, int]
