"""Keeping the counts of a queue for ever: written with a complete month, gone when it is reopened.

A month that is complete stands still, so what is kept says the same as the rows while they are there.
Coarsening or disposing of rows asks `keep` first, for complete months that were declared before there was
this table; it must leave every row whose time in the queue touches a month that is not complete.
"""

from collections.abc import Collection

from sqlalchemy import String, delete, select, type_coerce
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.participation import waiting
from followup.periods import Month, Week, WeekAndMonth
from followup.queues.models import QueueStep
from followup.queues.parts import parts_of
from followup.queues.passages import part_number, passages_in_parts
from followup.queues.series import Step, series


def keep(*, session: Session, scope: Scope, team_id: int, months: Collection[Month]) -> None:
    """Write what the rows say about these months, in place of what was kept of them."""
    if not months:
        return
    forget(session=session, scope=scope, team_id=team_id, months=months)
    first, last = min(months), WeekAndMonth.of(max(months).last_day)
    parts = parts_of(first, last)
    passages = passages_in_parts(waiting.queue_times(session, scope, team_id, first))
    counted = {step.time: step for step in series(passages, parts[0].number, part_number(last))}
    wanted = {month.ordinal for month in months}
    session.add_all(
        _row(scope, team_id, part.week, part.month, counted[part.number])
        for part in parts
        if part.month in wanted
    )
    session.flush()


def forget(*, session: Session, scope: Scope, team_id: int, months: Collection[Month]) -> None:
    """Months that may be changed again are counted from their rows."""
    scope.require_team(team_id)
    session.execute(
        delete(QueueStep).where(
            QueueStep.association_id == scope.association_id,
            QueueStep.team_id == team_id,
            QueueStep.month.in_(list(months)),
        )
    )


def kept(session: Session, scope: Scope, team_id: int, since: Month) -> dict[int, Step]:
    """What is kept of a team's months from `since` on, by the number of the part."""
    scope.require_team(team_id)
    found = session.execute(
        select(
            *(QueueStep.week, QueueStep.month),
            *(QueueStep.joined, QueueStep.started, QueueStep.left, QueueStep.length),
        ).where(
            QueueStep.association_id == scope.association_id,
            QueueStep.team_id == team_id,
            QueueStep.month >= since,
        )
    )
    steps = (Step(week.ordinal + month.ordinal, *counts) for week, month, *counts in found)
    return {step.time: step for step in steps}


def kept_by_month(session: Session, scope: Scope, since: Month) -> dict[int, dict[int, Step]]:
    """What is kept of every team of the förbund, month by month: team, then the month's ordinal."""
    month, week = (type_coerce(column, String) for column in (QueueStep.month, QueueStep.week))
    found = session.execute(
        select(
            *(QueueStep.team_id, month),
            *(QueueStep.joined, QueueStep.started, QueueStep.left, QueueStep.length),
        )
        .where(QueueStep.association_id == scope.association_id, QueueStep.month >= since)
        .order_by(QueueStep.team_id, month, week)
    )
    kept: dict[int, dict[int, Step]] = {}
    for team_id, label, joined, started, left, length in found:
        time = Month.parse(label).ordinal
        steps = kept.setdefault(team_id, {})
        before = steps.get(time, Step(time, 0, 0, 0, 0))
        steps[time] = Step(time, before.joined + joined, before.started + started, before.left + left, length)
    return kept


def _row(scope: Scope, team_id: int, week: int, month: int, step: Step) -> QueueStep:
    return QueueStep(
        association_id=scope.association_id,
        team_id=team_id,
        week=Week.from_ordinal(week),
        month=Month.from_ordinal(month),
        joined=step.joined,
        started=step.started,
        left=step.left,
        length=step.length,
    )
