"""Settling a team's places and target, and filling in what was known of the queue before its rows."""

from collections.abc import Mapping
from dataclasses import fields

from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import OutOfScope, Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.errors import Refusal
from followup.organisation import queries as organisation
from followup.organisation.models import TeamKind
from followup.periods import Month
from followup.queues import queries
from followup.queues.commands import SettleQueue
from followup.queues.models import QueueHistory, QueueSetting


class NoQueue(Refusal):
    def __init__(self) -> None:
        super().__init__("Ett rådgivande team har ingen kö, och därför inga platser att ställa in.")


class BeforeOpening(Refusal):
    def __init__(self, opened: Month) -> None:
        super().__init__(
            f"Teamet öppnade i {opened.label}. Välj den månaden eller en senare.", field="valid_from"
        )


class AlreadyCounted(Refusal):
    def __init__(self, month: Month) -> None:
        super().__init__(
            f"{month.label.capitalize()} räknas redan från deltagarlistan. Fyll bara i månader före den."
        )


class NotEnded(Refusal):
    def __init__(self, month: Month) -> None:
        super().__init__(f"{month.label.capitalize()} är inte slut än. Fyll bara i månader som har varit.")


def settle(*, session: Session, scope: Scope, command: SettleQueue) -> None:
    """Say what holds from a month on; what was said from that same month is replaced."""
    team = organisation.own_team(session, scope, command.team_id)
    if team.kind == TeamKind.ADVISORY:
        raise NoQueue
    if command.valid_from < team.opened:
        raise BeforeOpening(team.opened)
    said = {field.name: getattr(command, field.name) for field in fields(command)}
    session.merge(QueueSetting(association_id=scope.association_id, **said))
    _record(session, scope, command.team_id, command.valid_from)


def take_away(*, session: Session, scope: Scope, team_id: int, valid_from: Month) -> QueueSetting:
    """What held before `valid_from` holds again. Returns what was said, to put back."""
    scope.require_team(team_id)
    found = session.get(QueueSetting, (scope.association_id, team_id, valid_from))
    if found is None:
        raise OutOfScope
    session.delete(found)
    _record(session, scope, team_id, valid_from)
    return found


def fill_in_history(
    *, session: Session, scope: Scope, counts: Mapping[int, Mapping[Month, int | None]]
) -> None:
    """Queue lengths at the end of months before the rows begin, by team; None takes a month away."""
    for team_id, lengths in counts.items():
        if organisation.own_team(session, scope, team_id).kind == TeamKind.ADVISORY:
            raise NoQueue
        _check_history(session, scope, team_id, max(lengths))
        for month, length in lengths.items():
            _write_length(session, scope, team_id, month, length)
    session.flush()
    filled = sorted({month for lengths in counts.values() for month in lengths})
    period = f"{filled[0]}–{filled[-1]}" if len(filled) > 1 else str(filled[0])
    team = next(iter(counts)) if len(counts) == 1 else None
    audit.record(session, scope, Event.QUEUE_HISTORY_FILLED_IN, team_id=team, period=period)


def _check_history(session: Session, scope: Scope, team_id: int, latest: Month) -> None:
    counted = queries.counted_from(session, scope, team_id)
    if counted is not None and latest >= counted:
        raise AlreadyCounted(latest)
    if latest >= Month.of(clock.today()):
        raise NotEnded(latest)


def _write_length(session: Session, scope: Scope, team_id: int, month: Month, length: int | None) -> None:
    known = session.get(QueueHistory, (scope.association_id, team_id, month))
    if length is None:
        if known is not None:
            session.delete(known)
    elif known is None:
        session.add(
            QueueHistory(association_id=scope.association_id, team_id=team_id, month=month, waiting=length)
        )
    else:
        known.waiting = length


def _record(session: Session, scope: Scope, team_id: int, month: Month) -> None:
    session.flush()
    audit.record(session, scope, Event.QUEUE_SETTLED, team_id=team_id, month=str(month))
