"""Fetching a row as it was when the page was opened, and writing a checked change with its event."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from followup.access.scope import OutOfScope, Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.errors import StaleRow
from followup.months.service import MonthIsComplete, hold_complete_months
from followup.participation.commands import RowRef, Undo
from followup.participation.models import Participation
from followup.participation.reach import reach
from followup.participation.rules import TeamRules
from followup.participation.state import State


def fetch(session: Session, scope: Scope, ref: RowRef) -> Participation:
    """The row, held until the commit: of two people who act on it at once, one waits and is then told."""
    scope.require_team(ref.team_id)
    row = session.scalars(
        select(Participation)
        .where(
            Participation.association_id == scope.association_id,
            Participation.team_id == ref.team_id,
            Participation.key == ref.key,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise OutOfScope
    if row.stamp != ref.stamp:
        raise StaleRow
    return row


def add(session: Session, scope: Scope, team_id: int, state: State) -> Undo:
    TeamRules.load(session, scope, team_id).check(state)
    _check_reach(session, scope, team_id, None, state)
    row = Participation(association_id=scope.association_id, team_id=team_id)
    state.write(row)
    session.add(row)
    session.flush()
    audit.record(session, scope, Event.PARTICIPATION_RECORDED, team_id=team_id)
    return Undo(row=_ref(row), prior=None)


def change(session: Session, scope: Scope, row: Participation, state: State, event: Event) -> Undo:
    TeamRules.load(session, scope, row.team_id).check(state, State.of(row))
    return put(session, scope, row, state, event)


def put(session: Session, scope: Scope, row: Participation, state: State, event: Event) -> Undo:
    """Write a state that is known to be right, if the months it moves are open."""
    undo = write(session, scope, row, state)
    audit.record(session, scope, event, team_id=row.team_id)
    return undo


def write(session: Session, scope: Scope, row: Participation, state: State) -> Undo:
    """As `put`, for an act on several rows, which records its one event itself."""
    earlier = State.of(row)
    _check_reach(session, scope, row.team_id, earlier, state)
    state.write(row)
    # A change of income sources alone would leave the row, and so its stamp, as it was.
    flag_modified(row, "sex")
    session.flush()
    return Undo(row=_ref(row), prior=earlier.pack(state.changed_from(earlier)))


def _check_reach(session: Session, scope: Scope, team_id: int, earlier: State | None, later: State) -> None:
    moved = reach(earlier, later)
    closed = {month for month in hold_complete_months(session, scope, team_id) if month in moved}
    if closed:
        raise MonthIsComplete(scope, closed)


def _ref(row: Participation) -> RowRef:
    return RowRef(team_id=row.team_id, key=row.key, stamp=row.stamp)
