"""Whole rows from an older list, many at a time: put in, found again and taken out."""

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeVar, cast

from sqlalchemy import Select, Table, delete, func, insert, select, tuple_
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.errors import Refusal
from followup.months.service import MonthIsComplete, hold_complete_months
from followup.participation.models import Participation, ParticipationIncome, random_key, random_stamp
from followup.participation.reach import Span, reach
from followup.participation.state import EVENTS, INCOME, NAMES, State
from followup.periods import Month

CHUNK = 400
Row = Participation


class WholeRow(NamedTuple):
    """A participation from first to last known event."""

    team_id: int
    state: State


class RowsChanged(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Det går inte att ångra inläsningen, för en del av raderna har ändrats efteråt. Rätta eller "
            "makulera raderna i deltagarlistan i stället."
        )


def insert_rows(*, session: Session, scope: Scope, rows: Sequence[WholeRow]) -> dict[str, str]:
    """Write rows that have been checked; gives the stamp of each by its key.

    They go in shuffled: PostgreSQL keeps rows in the order of writing, and a list is often in the order
    of people.
    """
    for team_id in {row.team_id for row in rows}:
        spans = {reach(None, row.state) for row in rows if row.team_id == team_id}
        check_spans_open(session, scope, team_id, spans)
    shuffled = list(rows)
    secrets.SystemRandom().shuffle(shuffled)
    stamps = {random_key(): random_stamp() for _ in shuffled}
    participations, incomes = [], []
    for (key, stamp), row in zip(stamps.items(), shuffled, strict=True):
        owner = {"association_id": scope.association_id, "team_id": row.team_id}
        participations.append({"key": key, "stamp": stamp, **owner, **_columns(row.state)})
        incomes += [{"participation_key": key, **owner, **income} for income in _incomes(row.state)]
    for chunk in _chunks(participations):
        session.execute(insert(cast(Table, Row.__table__)), chunk)
    for chunk in _chunks(incomes):
        session.execute(insert(cast(Table, ParticipationIncome.__table__)), chunk)
    return stamps


def check_spans_open(session: Session, scope: Scope, team_id: int, spans: Iterable[Span]) -> None:
    """Refuse when a row would move the figures of a complete month, also one between its events."""
    scope.require_team(team_id)
    complete = hold_complete_months(session, scope, team_id)
    if closed := {month for span in spans for month in complete if month in span}:
        raise MonthIsComplete(scope, closed)


def remove_rows(*, session: Session, scope: Scope, stamps: Mapping[str, str]) -> None:
    """Take out rows that are as they were when their stamps were noted; otherwise refuse and take none."""
    spans: dict[int, set[Span]] = {}
    removed = 0
    for chunk in _chunks(stamps.items()):
        rows = session.execute(_spans(scope).where(tuple_(Row.key, Row.stamp).in_(chunk))).all()
        for row in rows:
            spans.setdefault(row.team_id, set()).add(Span(row.first, row.last))
        keys = [row.key for row in rows]
        session.execute(delete(ParticipationIncome).where(ParticipationIncome.participation_key.in_(keys)))
        session.execute(delete(Participation).where(Participation.key.in_(keys)))
        removed += len(keys)
    if removed < len(stamps):
        raise RowsChanged
    for team_id, found in spans.items():
        check_spans_open(session, scope, team_id, found)


def count_known(session: Session, scope: Scope, rows: Sequence[WholeRow]) -> int:
    """How many of the rows stand in the register already, alike in every column; for a file read in twice."""
    names = sorted(_columns(rows[0].state)) if rows else []
    found = session.execute(
        select(Row.team_id, *(getattr(Row, name) for name in names)).where(
            Row.association_id == scope.association_id,
            Row.team_id.in_({row.team_id for row in rows}),
            Row.void_reason.is_(None),
        )
    )
    known = Counter(tuple(row) for row in found)
    wanted = Counter((row.team_id, *map(_columns(row.state).get, names)) for row in rows)
    return (known & wanted).total()


def teams_of(session: Session, scope: Scope, keys: Iterable[str]) -> set[int]:
    """Which teams of the förbund the rows belong to; says nothing else of them."""
    teams: set[int] = set()
    for chunk in _chunks(keys):
        teams.update(
            session.scalars(
                select(Row.team_id)
                .where(Row.association_id == scope.association_id, Row.key.in_(chunk))
                .distinct()
            )
        )
    return teams


def first_month(session: Session, scope: Scope, team_id: int) -> Month | None:
    """The first month that a team's rows tell of."""
    scope.require_team(team_id)
    begun = func.coalesce(Row.accepted_month, Row.started_month)
    where = Row.association_id == scope.association_id, Row.team_id == team_id
    return session.scalar(select(func.min(begun)).where(*where))


def _spans(scope: Scope) -> Select[str, int, Month, Month]:
    return select(
        Row.key,
        Row.team_id,
        func.coalesce(Row.accepted_month, Row.started_month).label("first"),
        func.coalesce(Row.ended_month, Row.left_month).label("last"),
    ).where(Row.association_id == scope.association_id, Row.team_id.in_(scope.team_ids))


def _columns(state: State) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for name in NAMES:
        value = getattr(state, name)
        if name in EVENTS:
            columns[f"{name}_week"] = value.week if value else None
            columns[f"{name}_month"] = value.month if value else None
        elif name not in INCOME:
            columns[name] = value
    return columns


def _incomes(state: State) -> Iterator[dict[str, str]]:
    for name, phase in INCOME.items():
        yield from ({"phase": phase, "code": code} for code in getattr(state, name))


Item = TypeVar("Item")


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
