"""Which months' figures a change moves: all of them have to be open."""

from dataclasses import dataclass

from followup.participation.state import State
from followup.periods import Month

AT_START = {
    *("age_group", "education", "time_on_public_support", "income_before"),
    *("occupation_before", "extent_before", "started"),
}
CLOSING = {"left", "ended"}
AT_EXIT = CLOSING | {
    *("left_reason", "exit_reason", "continuation"),
    *("occupation_at_exit", "extent_at_exit", "income_at_exit"),
}


@dataclass(frozen=True)
class Span:
    first: Month
    # Nothing while the row is open: it counts in every month from the first on.
    last: Month | None

    def __contains__(self, month: Month) -> bool:
        return self.first <= month and (self.last is None or month <= self.last)


def reach(earlier: State | None, later: State) -> Span:
    """From the first month whose figures move to the last.

    An exit moves its own month and the ones after it; what is said of the exit its own month only; what is
    known at the start every month from the start on; and all else every month that the row counts in.
    """
    states = [state for state in (earlier, later) if state]
    changed = later.changed_from(earlier) if earlier else {"accepted"}
    closings = [_closing(state) for state in states]
    known = [month for month in closings if month]
    last = max(known) if len(known) == len(states) else None
    if changed - AT_START - AT_EXIT:
        begun = [state.accepted or state.started for state in states]
    elif changed & AT_START:
        begun = [state.started for state in states if state.started] or [later.accepted]
    else:
        return Span(min(known), last if changed & CLOSING else max(known))
    return Span(min(moment.month for moment in begun if moment), last)


def _closing(state: State) -> Month | None:
    moment = state.ended or state.left
    return moment.month if moment else None
