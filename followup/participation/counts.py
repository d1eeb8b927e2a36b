"""Counting participations for statistics: one grouped count, and never a key or a week."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, cast, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.participation.models import Participation, ParticipationIncome
from followup.periods import Period


class Group(NamedTuple):
    """Participations alike in everything that statistics count by, and how many they are."""

    team_id: int
    sex: str
    age_group: str
    referring_party: str
    education: str | None
    time_on_public_support: str | None
    occupation_before: str | None
    extent_before: str | None
    accepted: str | None
    started: str | None
    left: str | None
    ended: str | None
    exit_reason: str | None
    continuation: str | None
    occupation_at_exit: str | None
    extent_at_exit: str | None
    number: int


# Income sources of somebody: phase and code.
Sources = frozenset[tuple[str, str]]
Conditions = list[ColumnElement[bool]]
# A wait or a stay is as long as its weeks say.
WEEKS = ("accepted_week", "started_week", "ended_week")
BETWEEN_FIELDS, BETWEEN_ROWS = "|", "\n"


def counted_by_group(
    session: Session, scope: Scope, period: Period, *, team_id: int | None = None
) -> list[Group]:
    """Everybody in the queue or active at some time from the period a year before to the end of `period`.

    With `team_id` only that team, which must be the reader's own. Voided rows count nowhere.
    """
    if team_id is not None:
        scope.require_team(team_id)
    columns = _columns()
    own = [] if team_id is None else [Participation.team_id == team_id]
    # Past the session's own reading of rows, which takes as long as the question does when they are many.
    session.flush()
    connection = session.connection()
    return [
        Group._make(row)
        for seen in in_sight(scope, period)
        for row in connection.execute(select(*columns, func.count()).where(*seen, *own).group_by(*columns))
    ]


def everybody_by_group(session: Session, scope: Scope) -> list[tuple[Group, Sources]]:
    """Everybody there has ever been in the förbund, but for voided rows, with the income sources stated."""
    own = ParticipationIncome
    source = func.aggregate_strings(own.phase + BETWEEN_FIELDS + own.code, BETWEEN_ROWS).label("stated")
    key = own.participation_key
    stated = select(key, source).where(own.association_id == scope.association_id).group_by(key).subquery()
    columns = [*_columns(), stated.c.stated]
    query = (
        select(*columns, func.count())
        .outerjoin(stated, stated.c.participation_key == Participation.key)
        .where(*_counted(scope))
        .group_by(*columns)
    )
    return [
        (Group._make([*group, number]), _sources_of(text or ""))
        for *group, text, number in session.execute(query)
    ]


def _sources_of(text: str) -> Sources:
    pairs = (line.split(BETWEEN_FIELDS) for line in text.split(BETWEEN_ROWS) if line)
    return frozenset((phase, code) for phase, code in pairs)


def lines_to_count(session: Session, scope: Scope, period: Period) -> list[str]:
    """The same rows, with their weeks, as text that begins with the team: equal when all counts are.

    The database puts the text together, which is many times quicker than fetching the rows.
    """
    team, *rest = _columns()
    rest += [type_coerce(getattr(Participation, name), String) for name in WEEKS]
    line: ColumnElement[str] = cast(team, String)
    for column in rest:
        line = line + BETWEEN_FIELDS + func.coalesce(cast(column, String), "")
    together = func.aggregate_strings(line, BETWEEN_ROWS)
    texts = [session.scalar(select(together).where(*seen)) for seen in in_sight(scope, period)]
    return sorted(line for text in texts if text for line in text.split(BETWEEN_ROWS))


def teams_in_sight(session: Session, scope: Scope, period: Period) -> set[int]:
    """The teams that have anybody to count."""
    return {
        team_id
        for seen in in_sight(scope, period)
        for team_id in session.scalars(select(Participation.team_id).where(*seen).distinct())
    }


def _columns() -> list[ColumnElement[Any]]:
    return [_column(name) for name in Group._fields if name != "number"]


def _column(name: str) -> ColumnElement[Any]:
    if name not in ("accepted", "started", "left", "ended"):
        column: ColumnElement[Any] = getattr(Participation, name)
        return column
    # Months stay text: they sort as they should, and nobody has to make thousands of objects.
    return type_coerce(getattr(Participation, f"{name}_month"), String)


def in_sight(scope: Scope, period: Period) -> tuple[Conditions, Conditions]:
    """In the queue or active at some time from the period a year before to the end of `period`.

    Those who have ended since then, and those who have not ended: the index that holds everything counted
    begins with the exit, and finds either at one place, but not both at once.
    """
    since = period.previous.first
    begun = func.coalesce(Participation.accepted_month, Participation.started_month)
    seen = [
        *_counted(scope),
        begun <= period.last,
        or_(Participation.left_month.is_(None), Participation.left_month >= since),
    ]
    ended = Participation.ended_month
    return [*seen, ended >= since], [*seen, ended.is_(None)]


def _counted(scope: Scope) -> Conditions:
    return [Participation.association_id == scope.association_id, Participation.void_reason.is_(None)]
