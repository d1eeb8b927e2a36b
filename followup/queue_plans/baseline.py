"""Where a plan begins: the queue and its pace today, the wait to expect, and the target decided on."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.months import queries as months
from followup.organisation.models import Team
from followup.participation import waiting
from followup.participation.waiting import QueueTimes
from followup.periods import Month, Week
from followup.protection import queries as protection
from followup.queues import everywhere
from followup.queues import queries as queues
from followup.queues.overview import MONTHS_BACK
from followup.queues.passages import passage_in_weeks
from followup.queues.survival import kaplan_meier, observed
from followup.queues.waits import FEWEST_FOR_PERCENTILE
from followup.scenarios import queries as scenarios
from followup.scenarios.start import DAYS_IN_WEEK

USUAL_STAY, STEP = 52, 4
# Months since the latest complete one; a pace that is older says little of the queue today.
OLDEST_PACE = 4


def baseline(session: Session, scope: Scope, team: Team) -> dict[str, Any]:
    """The columns of a plan that are counted and not chosen."""
    today = clock.today()
    overview = queues.overview(session, scope, team)
    caseload = queues.caseload_of(session, scope, team, overview.counted_weeks)
    said = caseload.setting
    complete = months.complete_months(session, scope, [team.id])[team.id]
    return {
        **scenarios.start_of(caseload, team.id, today),
        **_pace(session, scope, team),
        "stay": _stay(session, scope, team, complete),
        "target_weeks": said.target_weeks if said else None,
        "target_decision": said.target_decision if said else None,
        "target_decided": said.target_decided if said else None,
        **_wait(session, scope, team, today),
    }


def _fewest(session: Session, scope: Scope) -> int:
    """As few as medians that are published need at least, too: a plan leaves the team."""
    return max(FEWEST_FOR_PERCENTILE, protection.rule_in_force(session, scope, clock.today()).median_base)


def _stay(session: Session, scope: Scope, team: Team, complete: Collection[Month]) -> int:
    """The mean in whole steps of weeks: two exact ones would tell the stay of who ended between two plans."""
    mean = queues.mean_stay(session, scope, team, complete, fewest=_fewest(session, scope))
    return max(round(mean / STEP), 1) * STEP if mean else USUAL_STAY


def _pace(session: Session, scope: Scope, team: Team) -> dict[str, Any]:
    """From complete months alone where they reach near enough, because a plan leaves the team."""
    found = next((each for each in everywhere.all_queues(session, scope) if each.team.id == team.id), None)
    pace, month = (found.pace, found.month) if found else (None, None)
    is_recent = month is not None and month >= Month.of(clock.today()) - OLDEST_PACE
    if pace is None or not is_recent or not pace.supports_forecast:
        return {"pace_known_to": None}
    days = round(pace.joined.exposure * DAYS_IN_WEEK)
    return {
        "pace_known_to": month,
        "joined": pace.joined.count,
        "started": pace.started.count,
        "left": pace.left.count,
        "days": days,
    }


def _wait(session: Session, scope: Scope, team: Team, today: date) -> dict[str, Any]:
    """From complete months alone, because a plan leaves the team; nothing where too few have started."""
    first = max(Month.of(today) - (MONTHS_BACK - 1), team.opened)
    last = _complete_to(session, scope, team.id, first)
    if last is None:
        return {"waits_known_to": None, "wait": None, "wait_low": None, "wait_high": None}
    seen = [as_of(each, last) for each in waiting.queue_times(session, scope, team.id, first)]
    passages = [passage_in_weeks(each) for each in seen if each and each.accepted.month >= first]
    curve = kaplan_meier(observed(passages, Week.of(last.last_day).ordinal))
    known = curve.started >= _fewest(session, scope) and curve.median is not None
    return {
        "waits_known_to": last,
        "wait": curve.median if known else None,
        "wait_low": curve.median_low if known else None,
        "wait_high": curve.median_high if known else None,
    }


def _complete_to(session: Session, scope: Scope, team_id: int, first: Month) -> Month | None:
    """The last month before the first one that is not declared complete."""
    complete = months.complete_months(session, scope, [team_id])[team_id]
    month = first
    while month in complete:
        month += 1
    return month - 1 if month > first else None


def as_of(times: QueueTimes, month: Month) -> QueueTimes | None:
    """What was known of a time in the queue when the month ended; None for who joined later."""
    if times.accepted.month > month:
        return None
    return QueueTimes(
        times.accepted,
        times.started if times.started and times.started.month <= month else None,
        times.left if times.left and times.left.month <= month else None,
    )
