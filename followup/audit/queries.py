"""Reading the log, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.audit.events import Event
from followup.audit.models import AuditEvent
from followup.periods import Month

GIVES_ACCESS = (Event.ACCOUNT_INVITED, Event.ACCOUNT_CHANGED, Event.ACCOUNT_OPENED)


@dataclass(frozen=True, kw_only=True)
class LogFilter:
    """What the log is narrowed to; a month is the month in UTC that the event carries."""

    month: Month | None = None
    event: Event | None = None
    team_id: int | None = None


def count(session: Session, scope: Scope, chosen: LogFilter) -> int:
    return session.scalar(_narrowed(select(func.count()), scope, chosen)) or 0


def events(
    session: Session, scope: Scope, chosen: LogFilter, *, offset: int, limit: int
) -> Sequence[AuditEvent]:
    query = _narrowed(select(AuditEvent), scope, chosen).order_by(AuditEvent.number.desc())
    return session.scalars(query.offset(offset).limit(limit)).all()


def access_events(session: Session, scope: Scope, since: date) -> Sequence[AuditEvent]:
    """Acts by which somebody has been given access since a day, the latest first."""
    query = select(AuditEvent).where(
        AuditEvent.association_id == scope.association_id,
        AuditEvent.event.in_([each.name for each in GIVES_ACCESS]),
        AuditEvent.at >= since.isoformat(),
    )
    return session.scalars(query.order_by(AuditEvent.number.desc())).all()


def first_month(session: Session, scope: Scope) -> Month | None:
    at = session.scalar(_narrowed(select(func.min(AuditEvent.at)), scope, LogFilter()))
    return Month.parse(at[:7]) if at else None


def head(session: Session, scope: Scope) -> str:
    """The hash of the latest event: another one after every act that is logged."""
    last = select(AuditEvent.hash).where(AuditEvent.association_id == scope.association_id)
    return session.scalar(last.order_by(AuditEvent.number.desc()).limit(1)) or ""


def _narrowed(query: Select[Any], scope: Scope, chosen: LogFilter) -> Select[Any]:
    query = query.where(AuditEvent.association_id == scope.association_id)
    if chosen.month is not None:
        query = query.where(AuditEvent.at.startswith(f"{chosen.month}-", autoescape=True))
    if chosen.event is not None:
        query = query.where(AuditEvent.event == chosen.event.name)
    if chosen.team_id is not None:
        query = query.where(AuditEvent.team_id == chosen.team_id)
    return query
