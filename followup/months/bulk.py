"""Many months declared or opened as part of a larger act, which tells the log what it did."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.months import queries
from followup.months.models import MonthDeclaration
from followup.organisation.models import Team
from followup.periods import Month
from followup.queues.keeping import forget, keep


def declare_months(*, session: Session, scope: Scope, team_id: int, first: Month, last: Month) -> list[Month]:
    """Declare every ended month between two in which the team worked; gives those that were not complete."""
    team = _held(session, scope, team_id)
    complete = queries.complete_months(session, scope, [team_id])[team_id]
    months = [month for month in queries.asked_for(team, first, last) if month not in complete]
    _put(session, team, months, None)
    keep(session=session, scope=scope, team_id=team_id, months=months)
    return months


def reopen_months(
    *, session: Session, scope: Scope, team_id: int, months: Iterable[Month], reason: str
) -> list[Month]:
    """Open those of the months that are complete, for a reason of the code list; gives which they were."""
    team = _held(session, scope, team_id)
    complete = queries.complete_months(session, scope, [team_id])[team_id]
    opened = sorted(complete.intersection(months))
    _put(session, team, opened, reason)
    forget(session=session, scope=scope, team_id=team_id, months=opened)
    return opened


def _put(session: Session, team: Team, months: list[Month], reopen_reason: str | None) -> None:
    for month in months:
        declared = session.get(MonthDeclaration, (team.association_id, team.id, month))
        if declared is None:
            declared = MonthDeclaration(association_id=team.association_id, team_id=team.id, month=month)
            session.add(declared)
        declared.complete, declared.reopen_reason = reopen_reason is None, reopen_reason
    session.flush()


def _held(session: Session, scope: Scope, team_id: int) -> Team:
    scope.require_team(team_id)
    return session.scalars(
        select(Team).where(Team.association_id == scope.association_id, Team.id == team_id).with_for_update()
    ).one()
