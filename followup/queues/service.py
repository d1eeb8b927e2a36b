"""Settling a team's places and target, and taking a settlement away."""

from dataclasses import fields

from sqlalchemy.orm import Session

from followup.access.scope import OutOfScope, Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.errors import Refusal
from followup.organisation import queries as organisation
from followup.organisation.models import TeamKind
from followup.periods import Month
from followup.queues.commands import SettleQueue
from followup.queues.models import QueueSetting


class NoQueue(Refusal):
    def __init__(self) -> None:
        super().__init__("Ett rådgivande team har ingen kö, och därför inga platser att ställa in.")


class BeforeOpening(Refusal):
    def __init__(self, opened: Month) -> None:
        super().__init__(
            f"Teamet öppnade i {opened.label}. Välj den månaden eller en senare.", field="valid_from"
        )


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


def take_away(*, session: Session, scope: Scope, team_id: int, valid_from: Month) -> None:
    """What held before `valid_from` holds again."""
    scope.require_team(team_id)
    found = session.get(QueueSetting, (scope.association_id, team_id, valid_from))
    if found is None:
        raise OutOfScope
    session.delete(found)
    _record(session, scope, team_id, valid_from)


def _record(session: Session, scope: Scope, team_id: int, month: Month) -> None:
    session.flush()
    audit.record(session, scope, Event.QUEUE_SETTLED, team_id=team_id, month=str(month))
