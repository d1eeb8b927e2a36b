"""Acts as a test says them: with days, and with facts that do not matter filled in."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.participation import correction, service
from followup.participation.commands import (
    Correct,
    End,
    JoinQueue,
    LeaveQueue,
    RowRef,
    Start,
    StartDirectly,
    Undo,
    Void,
)
from followup.participation.models import Participation
from followup.participation.state import State
from followup.periods import WeekAndMonth

WHO: dict[str, Any] = {"sex": "F", "age_group": "30-39", "referring_party": "FK", "municipality": "9901"}


def day(text: str) -> WeekAndMonth:
    return WeekAndMonth.of(date.fromisoformat(text))


class Acts:
    """One person's work in one team; every act gives the row as it is afterwards."""

    def __init__(self, session: Session, scope: Scope, team_id: int) -> None:
        self.session, self.scope, self.team_id = session, scope, team_id
        self.latest: Undo | None = None

    def join(self, on: str, **facts: Any) -> RowRef:
        command = JoinQueue(team_id=self.team_id, accepted=day(on), **(WHO | facts))
        return self._did(service.join_queue(session=self.session, scope=self.scope, command=command))

    def start_directly(self, on: str, **facts: Any) -> RowRef:
        command = StartDirectly(team_id=self.team_id, started=day(on), **(WHO | facts))
        return self._did(service.start_directly(session=self.session, scope=self.scope, command=command))

    def start(self, row: RowRef, on: str, age_group: str = "30-39", **facts: Any) -> RowRef:
        command = Start(row=row, started=day(on), age_group=age_group, **facts)
        return self._did(service.start(session=self.session, scope=self.scope, command=command))

    def leave(self, row: RowRef, on: str, reason: str = "NEJ") -> RowRef:
        command = LeaveQueue(row=row, left=day(on), left_reason=reason)
        return self._did(service.leave_queue(session=self.session, scope=self.scope, command=command))

    def end(self, row: RowRef, on: str, reason: str = "PLAN", **facts: Any) -> RowRef:
        facts = {"continuation": "AF"} | facts
        command = End(row=row, ended=day(on), exit_reason=reason, **facts)
        return self._did(service.end(session=self.session, scope=self.scope, command=command))

    def correct(self, row: RowRef, **changes: Any) -> RowRef:
        command = Correct(row=row, changes=changes)
        return self._did(correction.correct(session=self.session, scope=self.scope, command=command))

    def void(self, row: RowRef, reason: str = "DUB") -> RowRef:
        command = Void(row=row, void_reason=reason)
        return self._did(correction.void(session=self.session, scope=self.scope, command=command))

    def take_back(self, row: RowRef) -> RowRef:
        return self._did(correction.take_back(session=self.session, scope=self.scope, ref=row))

    def undo(self, act: Undo | None = None) -> None:
        command = act or self.latest
        assert command is not None
        correction.undo(session=self.session, scope=self.scope, commands=[command])

    def state(self, row: RowRef) -> State:
        return State.of(self.session.get_one(Participation, row.key))

    def _did(self, undo: Undo) -> RowRef:
        self.latest = undo
        return undo.row
