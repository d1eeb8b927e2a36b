"""When participations stood in the queue, and nothing about who: what the queue page counts from."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.participation.models import Participation
from followup.periods import Month, Week, WeekAndMonth

Row = Participation

was_queued = Row.void_reason.is_(None) & Row.accepted_week.is_not(None)
still_waits = was_queued & Row.started_week.is_(None) & Row.left_week.is_(None)
# The month in which the wait ended, whichever way it did.
out_month = func.coalesce(Row.started_month, Row.left_month)


@dataclass(frozen=True, slots=True)
class QueueTimes:
    """One participation's time in the queue; at most one of `started` and `left` is known."""

    accepted: WeekAndMonth
    started: WeekAndMonth | None
    left: WeekAndMonth | None


def queue_times(session: Session, scope: Scope, team_id: int, since: Month) -> list[QueueTimes]:
    """Everyone of a team of one's own who waited at some time from the first day of `since` on."""
    scope.require_team(team_id)
    ended_before = out_month < since
    found = session.execute(
        select(
            *(Row.accepted_week, Row.accepted_month),
            *(Row.started_week, Row.started_month),
            *(Row.left_week, Row.left_month),
        ).where(
            Row.association_id == scope.association_id,
            Row.team_id == team_id,
            was_queued,
            or_(out_month.is_(None), ~ended_before),
        )
    )
    return [_times(*row) for row in found]


def _times(
    accepted_week: Week | None,
    accepted_month: Month | None,
    started_week: Week | None,
    started_month: Month | None,
    left_week: Week | None,
    left_month: Month | None,
) -> QueueTimes:
    accepted = _moment(accepted_week, accepted_month)
    if accepted is None:
        raise ValueError("who was never accepted has no time in the queue")
    return QueueTimes(accepted, _moment(started_week, started_month), _moment(left_week, left_month))


def _moment(week: Week | None, month: Month | None) -> WeekAndMonth | None:
    return None if week is None or month is None else WeekAndMonth(week, month)


def first_month(session: Session, scope: Scope, team_id: int) -> Month | None:
    """The month in which the first one known was put in the queue of a team of one's own."""
    scope.require_team(team_id)
    return session.scalar(
        select(func.min(Row.accepted_month, type_=Row.accepted_month.type)).where(
            Row.association_id == scope.association_id, Row.team_id == team_id, was_queued
        )
    )


def waiting_by_team(session: Session, scope: Scope) -> dict[int, int]:
    """How many wait now in each team of the förbund: the one live count that may leave a team."""
    return _count_by_team(session, scope, still_waits)


def months_in_queue(
    session: Session, scope: Scope, since: Month
) -> list[tuple[int, Month, Month | None, Month | None, int]]:
    """How many of each team were accepted, started and left in which months: bare counts, without weeks.

    Everyone of the förbund who waited at some time from the first day of `since` on.
    """
    columns = (Row.team_id, Row.accepted_month, Row.started_month, Row.left_month)
    found = session.execute(
        select(*columns, func.count())
        .where(
            Row.association_id == scope.association_id,
            was_queued,
            or_(out_month.is_(None), out_month >= since),
        )
        .group_by(*columns)
    )
    return [
        (team, joined, started, left, number)
        for team, joined, started, left, number in found
        if joined is not None
    ]


def _count_by_team(session: Session, scope: Scope, condition: ColumnElement[bool]) -> dict[int, int]:
    counts = session.execute(
        select(Row.team_id, func.count().label("number"))
        .where(Row.association_id == scope.association_id, condition)
        .group_by(Row.team_id)
    )
    return {row.team_id: row.number for row in counts}
