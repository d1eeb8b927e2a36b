"""Random ways through teams, as months only, and the slow and plain way of counting them."""

from dataclasses import dataclass

from hypothesis import strategies as st

from followup.participation.counts import Group
from followup.periods import Month, Period

FIRST = Month(2021, 6)
MONTHS = 40


@dataclass(frozen=True)
class History:
    accepted: Month | None
    started: Month | None
    left: Month | None
    ended: Month | None

    @property
    def is_queued(self) -> bool:
        return self.accepted is not None

    def group(self, team_id: int = 1, number: int = 1) -> Group:
        def text(month: Month | None) -> str | None:
            return str(month) if month else None

        return Group(
            team_id=team_id, sex="F", age_group="30-39", referring_party="FK", education="2",
            time_on_public_support="5",
            occupation_before="ING", extent_before=None, accepted=text(self.accepted),
            started=text(self.started), left=text(self.left), ended=text(self.ended),
            exit_reason="PLAN" if self.ended else None, continuation=None,
            occupation_at_exit="ARB" if self.ended else None, extent_at_exit=None, number=number,
        )  # fmt: skip


@st.composite
def histories(draw: st.DrawFn) -> History:
    step = st.integers(0, 12)
    accepted = draw(st.none() | st.integers(0, MONTHS).map(lambda n: FIRST + n))
    if accepted is not None and draw(st.booleans()):
        return History(accepted, None, draw(st.none() | step.map(lambda n: accepted + n)), None)
    started = (accepted or FIRST) + draw(st.integers(0, 14))
    return History(accepted, started, None, draw(st.none() | step.map(lambda n: started + n)))


def happened(when: Month | None, period: Period) -> bool:
    return when is not None and when in period


def by(when: Month | None, last: Month) -> bool:
    """It has happened when `last` is over."""
    return when is not None and when <= last


def plain_count(history: History, name: str, period: Period) -> bool:
    """The definitions of the counting rules, one person at a time."""
    before, last = period.first - 1, period.last
    return {
        "active_at_start": by(history.started, before) and not by(history.ended, before),
        "started": happened(history.started, period),
        "ended": happened(history.ended, period),
        "active_at_end": by(history.started, last) and not by(history.ended, last),
        "participants": by(history.started, last) and not by(history.ended, before),
        "queue_at_start": by(history.accepted, before)
        and not by(history.started, before)
        and not by(history.left, before),
        "joined": happened(history.accepted, period),
        "started_from_queue": history.is_queued and happened(history.started, period),
        "left": happened(history.left, period),
        "queue_at_end": by(history.accepted, last)
        and not by(history.started, last)
        and not by(history.left, last),
    }[name]
