"""Writing the log and checking that nobody has touched it since."""

import hashlib
import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.audit.events import Cut, Event
from followup.audit.models import AuditEvent
from followup.db import act_for
from followup.organisation.models import Association

FIRST_HASH = "0" * 64


def record(
    session: Session, scope: Scope, event: Event, *, team_id: int | None = None, **details: str
) -> None:
    """Append one event in the same transaction as the act itself."""
    kind = event.kind
    if set(details) != kind.keys:
        raise ValueError(f"{event.name} carries exactly {sorted(kind.keys)}")
    act_for(session, scope.association_id)
    at = clock.now().strftime(kind.cut.value)
    if kind.cut is Cut.DAY and _is_recorded(session, scope, event, at, team_id, details):
        return
    # Locking the förbund's row lines up writers on PostgreSQL; SQLite has one writer as it is.
    session.execute(select(Association.id).where(Association.id == scope.association_id).with_for_update())
    last = session.scalar(
        select(AuditEvent)
        .where(AuditEvent.association_id == scope.association_id)
        .order_by(AuditEvent.number.desc())
        .limit(1)
    )
    entry = AuditEvent(
        association_id=scope.association_id,
        number=last.number + 1 if last else 1,
        at=at,
        event=event.name,
        actor=scope.actor,
        team_id=team_id,
        details=details,
        previous_hash=last.hash if last else FIRST_HASH,
    )
    entry.hash = _hash(entry)
    session.add(entry)
    session.flush()


def find_break(session: Session, association_id: int) -> int | None:
    """The number of the first event that is missing or changed, or None when the chain is whole."""
    previous, expected = FIRST_HASH, 1
    events = session.scalars(
        select(AuditEvent).where(AuditEvent.association_id == association_id).order_by(AuditEvent.number)
    )
    for entry in events:
        if entry.number != expected or entry.previous_hash != previous or entry.hash != _hash(entry):
            return expected
        previous, expected = entry.hash, expected + 1
    return None


def _is_recorded(
    session: Session, scope: Scope, event: Event, at: str, team_id: int | None, details: dict[str, str]
) -> bool:
    """An act that is logged at most once a day must not show by repetition how often it was done."""
    same = session.scalars(
        select(AuditEvent).where(
            AuditEvent.association_id == scope.association_id,
            AuditEvent.event == event.name,
            AuditEvent.at == at,
            AuditEvent.team_id == team_id,
        )
    )
    return any(entry.details == details for entry in same)


def _hash(entry: AuditEvent) -> str:
    content = [
        entry.association_id,
        entry.number,
        entry.at,
        entry.event,
        entry.actor,
        entry.team_id,
        entry.details,
        entry.previous_hash,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
