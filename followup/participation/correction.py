"""Mending what was registered: correct, take back a step, void, undo. Nothing is deleted."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.errors import StaleRow
from followup.participation import rows
from followup.participation.commands import Correct, RowRef, Undo, Void
from followup.participation.models import Participation
from followup.participation.refusals import NoStepToTakeBack, NothingChanged, UndoTooLate, WrongStep
from followup.participation.state import State, Status, unpack

# What a joined row is voided with when the person takes it back at once.
UNDONE = "ANG"
STEP_FIELDS = {
    Status.ENDED: ("ended", "exit_reason", "continuation", "occupation_at_exit", "extent_at_exit"),
    Status.LEFT: ("left", "left_reason"),
    Status.ACTIVE: ("started", "occupation_before", "extent_before"),
}
STEP_INCOME = {Status.ENDED: "income_at_exit", Status.ACTIVE: "income_before"}


def correct(*, session: Session, scope: Scope, command: Correct) -> Undo:
    row, state = _living(session, scope, command.row)
    later = replace(state, **command.changes)
    if not later.changed_from(state):
        raise NothingChanged
    return rows.change(session, scope, row, later, Event.PARTICIPATION_CORRECTED)


def void(*, session: Session, scope: Scope, command: Void) -> Undo:
    row, state = _living(session, scope, command.row)
    later = replace(state, void_reason=command.void_reason)
    return rows.change(session, scope, row, later, Event.PARTICIPATION_CORRECTED)


def take_back(*, session: Session, scope: Scope, ref: RowRef) -> Undo:
    """Clear the latest step, so that an exit becomes active again and a start goes back to the queue."""
    row, state = _living(session, scope, ref)
    if not can_take_back(state):
        raise NoStepToTakeBack
    cleared: dict[str, object] = dict.fromkeys(STEP_FIELDS[state.status])
    if state.status in STEP_INCOME:
        cleared[STEP_INCOME[state.status]] = ()
    later = replace(state, **cleared)  # type: ignore[arg-type]  # the names are fields of State
    return rows.put(session, scope, row, later, Event.PARTICIPATION_CORRECTED)


def can_take_back(state: State) -> bool:
    return state.status in STEP_FIELDS and (state.status is not Status.ACTIVE or state.accepted is not None)


def undo(*, session: Session, scope: Scope, commands: Sequence[Undo]) -> None:
    """Put the rows of an act back as they were before it; a row that the act made is voided."""
    for command in commands:
        try:
            row = rows.fetch(session, scope, command.row)
        except StaleRow as error:
            raise UndoTooLate from error
        prior = {"void_reason": UNDONE} if command.prior is None else unpack(command.prior)
        rows.write(session, scope, row, replace(State.of(row), **prior))
    team_id = commands[0].row.team_id
    audit.record(session, scope, Event.PARTICIPATION_CORRECTED, team_id=team_id)


def _living(session: Session, scope: Scope, ref: RowRef) -> tuple[Participation, State]:
    row = rows.fetch(session, scope, ref)
    state = State.of(row)
    if state.status is Status.VOID:
        raise WrongStep(state.status)
    return row, state
