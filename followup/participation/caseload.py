"""How many places of a team are taken, and how long stays have lasted: counts without a trace of who."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.participation.models import Participation
from followup.periods import Month

Row = Participation


def active_now(session: Session, scope: Scope, team_id: int) -> int:
    """How many have started and not ended in a team of one's own."""
    scope.require_team(team_id)
    return (
        session.scalar(
            select(func.count()).where(
                Row.association_id == scope.association_id,
                Row.team_id == team_id,
                Row.void_reason.is_(None),
                Row.started_week.is_not(None),
                Row.ended_week.is_(None),
            )
        )
        or 0
    )


def stays(
    session: Session, scope: Scope, team_id: int, since: Month, within: Collection[Month] | None = None
) -> list[int]:
    """Weeks from start to exit of those who ended from `since` on, in the months `within`; shortest first."""
    scope.require_team(team_id)
    found = session.execute(
        select(Row.started_week, Row.ended_week, Row.ended_month).where(
            Row.association_id == scope.association_id,
            Row.team_id == team_id,
            Row.void_reason.is_(None),
            Row.ended_month.is_not(None),
            Row.ended_month.op(">=")(since),
        )
    )
    return sorted(
        ended - started
        for started, ended, month in found
        if started is not None and ended is not None and (within is None or month in within)
    )
