"""What one grouped count cannot hold: income sources, several to a row, and how long things took.

Both are counted apart, so that the count of participations itself stays one small question. Neither names a
row: an income line knows of no other source, and a length knows its team and months alone.
"""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, func, literal, select, type_coerce
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.participation.counts import in_sight
from followup.participation.models import INCOME_AT_EXIT, INCOME_BEFORE, Participation, ParticipationIncome
from followup.periods import Period, Week

NONE_STATED = ""
PHASES = (INCOME_BEFORE, INCOME_AT_EXIT)


class Income(NamedTuple):
    """Participations that have an income source in a phase; code "" for those who have stated none in it."""

    team_id: int
    started: str
    ended: str
    phase: str
    code: str
    number: int


class Lengths(NamedTuple):
    """Participations alike in team, months and weeks."""

    team_id: int
    accepted: str | None
    started: str | None
    left: str | None
    ended: str | None
    accepted_week: str | None
    started_week: str | None
    ended_week: str | None
    number: int

    @property
    def waited(self) -> int | None:
        """Weeks from the queue to the start."""
        return _weeks(self.accepted_week, self.started_week)

    @property
    def stayed(self) -> int | None:
        """Weeks from the start to the exit."""
        return _weeks(self.started_week, self.ended_week)


class Voided(NamedTuple):
    """Rows that were taken back, by the month they begun in."""

    team_id: int
    reason: str
    begun: str
    number: int


def voided(session: Session, scope: Scope, period: Period, *, team_id: int | None = None) -> list[Voided]:
    """Of those that begun from the period a year before to the end of `period`."""
    if team_id is not None:
        scope.require_team(team_id)
    begun = func.coalesce(_text("accepted_month"), _text("started_month"))
    columns = [Participation.team_id, Participation.void_reason, begun]
    query = (
        select(*columns, func.count())
        .where(
            Participation.association_id == scope.association_id,
            Participation.void_reason.is_not(None),
            begun >= str(period.previous.first),
            begun <= str(period.last),
        )
        .group_by(*columns)
    )
    if team_id is not None:
        query = query.where(Participation.team_id == team_id)
    return sorted(Voided._make(row) for row in session.execute(query))


def incomes(session: Session, scope: Scope, period: Period, *, team_id: int | None = None) -> list[Income]:
    """Of those who ended from the period a year before to the end of `period`."""
    if team_id is not None:
        scope.require_team(team_id)
    found = [
        Income._make(row)
        for phase in PHASES
        for query in (_stated(phase), _not_stated(phase))
        for row in session.execute(_of_ended(query, scope, period, team_id))
    ]
    return sorted(found)


def lengths(session: Session, scope: Scope, period: Period, *, team_id: int | None = None) -> list[Lengths]:
    """Of everybody in sight of `period`."""
    if team_id is not None:
        scope.require_team(team_id)
    columns = [_text(name) for name in _MONTHS + _WEEKS]
    query = select(Participation.team_id, *columns, func.count()).group_by(Participation.team_id, *columns)
    if team_id is not None:
        query = query.where(Participation.team_id == team_id)
    found = [
        Lengths._make(row) for seen in in_sight(scope, period) for row in session.execute(query.where(*seen))
    ]
    return sorted(found, key=lambda each: tuple(field or "" for field in each[1:-1]))


_MONTHS = ("accepted_month", "started_month", "left_month", "ended_month")
_WEEKS = ("accepted_week", "started_week", "ended_week")
_OF_ENDED = ("started_month", "ended_month")


def _text(name: str) -> ColumnElement[Any]:
    return type_coerce(getattr(Participation, name), String)


def _stated(phase: str) -> Select[Any]:
    columns = [Participation.team_id, *(_text(name) for name in _OF_ENDED)]
    source = ParticipationIncome
    return (
        select(*columns, source.phase, source.code, func.count())
        .join(source, source.participation_key == Participation.key)
        .where(source.phase == phase)
        .group_by(*columns, source.phase, source.code)
    )


def _not_stated(phase: str) -> Select[Any]:
    columns = [Participation.team_id, *(_text(name) for name in _OF_ENDED)]
    source = ParticipationIncome
    some = select(source.code).where(source.participation_key == Participation.key, source.phase == phase)
    return (
        select(*columns, literal(phase), literal(NONE_STATED), func.count())
        .where(~some.exists())
        .group_by(*columns)
    )


def _of_ended(query: Select[Any], scope: Scope, period: Period, team_id: int | None) -> Select[Any]:
    ended, _ = in_sight(scope, period)
    query = query.where(*ended, Participation.ended_month <= period.last)
    return query if team_id is None else query.where(Participation.team_id == team_id)


def _weeks(first: str | None, last: str | None) -> int | None:
    if first is None or last is None:
        return None
    return Week.parse(last) - Week.parse(first)
