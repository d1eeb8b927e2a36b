"""The way through a team: queue, start, exit. Each act gives the way back from it."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.participation import rows
from followup.participation.commands import (
    End,
    JoinQueue,
    LeaveQueue,
    RowRef,
    Start,
    StartDirectly,
    Undo,
    facts,
)
from followup.participation.models import Participation
from followup.participation.refusals import WrongStep
from followup.participation.rules import TeamRules
from followup.participation.state import State, Status


def join_queue(*, session: Session, scope: Scope, command: JoinQueue) -> Undo:
    return rows.add(session, scope, command.team_id, State(**facts(command)))


def start_directly(*, session: Session, scope: Scope, command: StartDirectly) -> Undo:
    return rows.add(session, scope, command.team_id, State(**facts(command)))


def start(*, session: Session, scope: Scope, command: Start) -> Undo:
    row, state = _in_status(session, scope, command.row, Status.QUEUED)
    later = replace(state, **facts(command))
    return rows.change(session, scope, row, later, Event.PARTICIPATION_RECORDED)


def leave_queue(*, session: Session, scope: Scope, command: LeaveQueue) -> Undo:
    row, state = _in_status(session, scope, command.row, Status.QUEUED)
    later = replace(state, **facts(command))
    return rows.change(session, scope, row, later, Event.PARTICIPATION_RECORDED)


def leave_queue_together(*, session: Session, scope: Scope, commands: Sequence[LeaveQueue]) -> list[Undo]:
    """Several rows of one team leave the queue in one act: all of them, or none."""
    undos = []
    for command in commands:
        row, state = _in_status(session, scope, command.row, Status.QUEUED)
        later = replace(state, **facts(command))
        TeamRules.load(session, scope, row.team_id).check(later, state)
        undos.append(rows.write(session, scope, row, later))
    audit.record(session, scope, Event.PARTICIPATION_RECORDED, team_id=commands[0].row.team_id)
    return undos


def end(*, session: Session, scope: Scope, command: End) -> Undo:
    row, state = _in_status(session, scope, command.row, Status.ACTIVE)
    later = replace(state, **facts(command))
    return rows.change(session, scope, row, later, Event.PARTICIPATION_RECORDED)


def _in_status(session: Session, scope: Scope, ref: RowRef, wanted: Status) -> tuple[Participation, State]:
    row = rows.fetch(session, scope, ref)
    state = State.of(row)
    if state.status is not wanted:
        raise WrongStep(state.status)
    return row, state
