"""What the queue pages read: a team's own queue, and every team's queue length."""

from dataclasses import dataclass
from statistics import fmean

from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.months import queries as months
from followup.organisation import queries as organisation
from followup.organisation.models import Team, TeamKind
from followup.participation import caseload, waiting
from followup.periods import Month
from followup.queues.overview import MONTHS_BACK, Overview
from followup.queues.waits import FEWEST_FOR_PERCENTILE


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamQueue:
    """A team's queue length now, and at the end of its latest complete month where it has one."""

    team: Team
    waiting: int
    month: Month | None = None
    waited: int | None = None

    @property
    def change(self) -> int | None:
        return None if self.waited is None else self.waiting - self.waited


def overview(session: Session, scope: Scope, team: Team) -> Overview:
    """A team's own queue over the last 24 months, or since it opened."""
    today = clock.today()
    this_month = Month.of(today)
    first = min(max(this_month - (MONTHS_BACK - 1), team.opened), this_month)
    return Overview.of(waiting.queue_times(session, scope, team.id, first), first, today)


def mean_stay(session: Session, scope: Scope, team: Team) -> int | None:
    """Whole weeks, of those who ended in the last 24 months; None where they are too few to tell."""
    since = Month.of(clock.today()) - (MONTHS_BACK - 1)
    stays = caseload.stays(session, scope, team.id, since)
    return round(fmean(stays)) if len(stays) >= FEWEST_FOR_PERCENTILE else None


def all_queues(session: Session, scope: Scope) -> list[TeamQueue]:
    """Every team that has a queue, in alphabetical order. Bare lengths only: no splits and no waits."""
    lengths = waiting.waiting_by_team(session, scope)
    this_month = Month.of(clock.today())
    teams = [
        team
        for team in organisation.all_teams(session, scope)
        if team.kind == TeamKind.COORDINATION and (team.closed is None or team.closed >= this_month)
    ]
    complete = months.complete_months(session, scope, [team.id for team in teams])
    latest = {team_id: max(found) for team_id, found in complete.items() if found}
    waited = waiting.waiting_at_end_of(session, scope, latest)
    return [
        TeamQueue(
            team=team,
            waiting=lengths.get(team.id, 0),
            month=latest.get(team.id),
            waited=waited.get(team.id),
        )
        for team in teams
    ]
