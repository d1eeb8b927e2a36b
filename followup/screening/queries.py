"""Reading the counters."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, String, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.organisation import queries as organisation
from followup.participation import counts as participation
from followup.periods import Month, Period
from followup.screening.commands import Place
from followup.screening.measures import ASKED
from followup.screening.models import ScreeningCount as Count

START, DURING, EXIT = "START", "DURING", "EXIT"
# As the code list ships the last two topics. They are counted once the förbund has named them.
UNNAMED = {"eget ämne 1", "eget ämne 2"}


class Address(NamedTuple):
    """Where a sum belongs; months are added together, rounds never are."""

    team_id: int
    round: str
    sex: str
    measure: str


class Base(NamedTuple):
    """How many there were to ask in a month, by round."""

    started: int
    active: int
    ended: int

    def of_round(self, code: str) -> int:
        return {START: self.started, DURING: self.active, EXIT: self.ended}[code]


def topics(session: Session, scope: Scope, month: Month) -> dict[str, str]:
    """The topics that are counted that month, code to label."""
    return {
        code.code: code.label_sv
        for code in organisation.codes(session, scope, "screening_topic", in_use=month)
        if code.label_sv not in UNNAMED
    }


def place_counts(session: Session, scope: Scope, place: Place) -> dict[str, int]:
    """The counters of one round and sex, by measure."""
    found = session.execute(
        _own(scope, place.team_id, place.month)
        .where(Count.round == place.round, Count.sex == place.sex)
        .with_only_columns(Count.measure, Count.count)
    )
    return dict(found.all())


def month_counts(
    session: Session, scope: Scope, team_id: int, month: Month
) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """A team's own counters of a month, by (round, sex) and measure."""
    cells: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for count in session.scalars(_own(scope, team_id, month)):
        cells[count.round, count.sex][count.measure] = count.count
    return cells


def filled_months(
    session: Session, scope: Scope, team_ids: Iterable[int]
) -> set[tuple[int, Month, str, str]]:
    """The (team, month, round, sex) that have counters."""
    found = session.execute(
        select(Count.team_id, Count.month, Count.round, Count.sex)
        .where(Count.association_id == scope.association_id, Count.team_id.in_(list(team_ids)))
        .distinct()
    )
    return {(team_id, month, round_code, sex) for team_id, month, round_code, sex in found}


def asked_in_month(session: Session, scope: Scope, team_id: int, month: Month) -> int:
    """How many conversations a team has counted in a month."""
    query = _own(scope, team_id, month).where(Count.measure == ASKED).with_only_columns(func.sum(Count.count))
    return session.scalar(query) or 0


def sums(session: Session, scope: Scope, period: Period, *, team_id: int | None = None) -> dict[Address, int]:
    """The counters of a period added up, for statistics; raw, so only for what goes through protection.

    With `team_id` only that team, which must be the reader's own.
    """
    if team_id is not None:
        scope.require_team(team_id)
    columns = (Count.team_id, Count.round, Count.sex, Count.measure)
    query = (
        select(*columns, func.sum(Count.count))
        .where(
            Count.association_id == scope.association_id,
            Count.month >= period.first,
            Count.month <= period.last,
        )
        .group_by(*columns)
    )
    if team_id is not None:
        query = query.where(Count.team_id == team_id)
    return {Address(*row[:4]): int(row[4]) for row in session.execute(query)}


class Monthly(NamedTuple):
    """A counter of one month, for statistics."""

    team_id: int
    month: str
    round: str
    sex: str
    measure: str
    number: int


def monthly(session: Session, scope: Scope, period: Period, *, team_id: int | None = None) -> list[Monthly]:
    """The counters from the period a year before to the end of `period`; raw, as `sums`."""
    if team_id is not None:
        scope.require_team(team_id)
    month = type_coerce(Count.month, String)
    query = select(Count.team_id, month, Count.round, Count.sex, Count.measure, Count.count).where(
        Count.association_id == scope.association_id,
        Count.month >= period.previous.first,
        Count.month <= period.last,
        Count.count > 0,
    )
    if team_id is not None:
        query = query.where(Count.team_id == team_id)
    return sorted(Monthly._make(row) for row in session.execute(query))


def counters(session: Session, scope: Scope, period: Period) -> list[str]:
    """The same counters as text, put together by the database: equal when all of them are."""
    fields = (cast(Count.team_id, String), type_coerce(Count.month, String), Count.round, Count.sex)
    line: ColumnElement[str] = Count.measure + ":" + cast(Count.count, String)
    for field in fields:
        line = field + "|" + line
    query = select(func.aggregate_strings(line, "\n")).where(
        Count.association_id == scope.association_id,
        Count.month >= period.previous.first,
        Count.month <= period.last,
        Count.count > 0,
    )
    return sorted((session.scalar(query) or "").split())


def base(session: Session, scope: Scope, team_id: int, month: Month, sex: str | None = None) -> Base:
    """How many started in the month, were active some time in it, and ended in it; of one sex with `sex`."""
    code = str(month)
    groups = [
        group
        for group in participation.counted_by_group(session, scope, month, team_id=team_id)
        if sex in (None, group.sex)
        and group.started
        and group.started <= code
        and (group.ended is None or group.ended >= code)
    ]
    return Base(
        started=sum(group.number for group in groups if group.started == code),
        active=sum(group.number for group in groups),
        ended=sum(group.number for group in groups if group.ended == code),
    )


def _own(scope: Scope, team_id: int, month: Month) -> Select[Count]:
    scope.require_team(team_id)
    return select(Count).where(
        Count.association_id == scope.association_id, Count.team_id == team_id, Count.month == month
    )
