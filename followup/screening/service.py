"""Counting violence screening: add, set and adjust counters. Nothing but the sums is ever written."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.errors import Refusal
from followup.months.service import check_open
from followup.organisation import queries as organisation
from followup.periods import Month
from followup.screening import queries
from followup.screening.commands import Adjustment, Conversation, Place, SetCounts
from followup.screening.measures import (
    AFTER_TOPICS,
    BEFORE_TOPICS,
    Problem,
    fingerprint,
    no,
    problems,
    yes,
)
from followup.screening.models import ScreeningCount as Count


class CountsDisagree(Refusal):
    """The counts cannot all be true."""

    def __init__(self, found: Iterable[Problem]) -> None:
        self.problems = list(found)
        super().__init__(" ".join(problem.text for problem in self.problems))


class MonthInFuture(Refusal):
    def __init__(self) -> None:
        super().__init__("Månaden har inte börjat än. Välj en månad till och med den här.")


class TeamNotWorking(Refusal):
    def __init__(self, month: Month) -> None:
        super().__init__(f"Teamet var inte i gång i {month.label}. Välj en annan månad.")


class UnknownCounter(Refusal):
    def __init__(self) -> None:
        super().__init__("Omgång, kön eller ämne finns inte i listan. Välj ett av alternativen.")


class CountersChanged(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Någon annan har ändrat månadens antal sedan du öppnade sidan. Ingenting har sparats. "
            "Läs antalen igen och gör om ändringen om den fortfarande behövs."
        )


class NothingToChange(Refusal):
    def __init__(self) -> None:
        super().__init__("Skriv minst ett tal, till exempel −1.")


def add_conversation(*, session: Session, scope: Scope, command: Conversation) -> None:
    """Add one conversation to the counters, in one statement, and forget it."""
    _check_place(session, scope, command.place, command.counts)
    if found := problems(command.counts, {}):
        raise CountsDisagree(found)
    _add(session, scope, command.place, command.counts)
    _record(session, scope, command.place)


def set_counts(*, session: Session, scope: Scope, command: SetCounts) -> None:
    """Replace the sums that the page showed by those that were typed."""
    _check_place(session, scope, command.place, command.counts)
    now = _held_counts(session, scope, command.place)
    if fingerprint(now) != command.seen:
        raise CountersChanged
    changes = {measure: count - now.get(measure, 0) for measure, count in command.counts.items()}
    _change(session, scope, command.place, now, changes)


def adjust(*, session: Session, scope: Scope, command: Adjustment) -> None:
    """Correct the counters by signed numbers, whatever they say by now."""
    _check_place(session, scope, command.place, command.changes)
    if not any(command.changes.values()):
        raise NothingToChange
    now = _held_counts(session, scope, command.place)
    changes = {measure: change for measure, change in command.changes.items() if change}
    _change(session, scope, command.place, now, changes)


def add_sums(*, session: Session, scope: Scope, place: Place, counts: Mapping[str, int]) -> None:
    """Add sums from a list. The import that calls writes the event."""
    _check_place(session, scope, place, counts)
    if found := problems(counts, {}):
        raise CountsDisagree(found)
    _add(session, scope, place, counts)


def take_back_sums(*, session: Session, scope: Scope, place: Place, counts: Mapping[str, int]) -> None:
    """The opposite of `add_sums`; refused when what is left could not be true."""
    _check_place(session, scope, place, counts)
    now = _held_counts(session, scope, place)
    _write(session, scope, place, now, {measure: -count for measure, count in counts.items()})
    if all(count == counts.get(measure, 0) for measure, count in now.items()):
        # Nothing is left, which is not the same as a reported nought.
        session.execute(delete(Count).where(*_where(scope, place)))


def _check_place(session: Session, scope: Scope, place: Place, measures: Iterable[str]) -> None:
    team = organisation.own_team(session, scope, place.team_id)
    if place.month > Month.of(clock.today()):
        raise MonthInFuture
    if place.month < team.opened or (team.closed and place.month > team.closed):
        raise TeamNotWorking(place.month)
    topics = {code.code for code in organisation.codes(session, scope, "screening_topic")}
    known = {*BEFORE_TOPICS, *AFTER_TOPICS, *map(yes, topics), *map(no, topics)}
    rounds = {code.code for code in organisation.codes(session, scope, "screening_round")}
    sexes = {code.code for code in organisation.codes(session, scope, "sex")}
    if place.round not in rounds or place.sex not in sexes or not set(measures) <= known:
        raise UnknownCounter
    check_open(session, scope, place.team_id, [place.month])


def _held_counts(session: Session, scope: Scope, place: Place) -> dict[str, int]:
    """The counters as they are, held until the commit."""
    found = session.scalars(
        select(Count).where(*_where(scope, place)).with_for_update().execution_options(populate_existing=True)
    )
    return {count.measure: count.count for count in found}


def _change(
    session: Session, scope: Scope, place: Place, now: Mapping[str, int], changes: Mapping[str, int]
) -> None:
    _write(session, scope, place, now, changes)
    _record(session, scope, place)


def _write(
    session: Session, scope: Scope, place: Place, now: Mapping[str, int], changes: Mapping[str, int]
) -> None:
    after = dict(now) | {measure: now.get(measure, 0) + change for measure, change in changes.items()}
    if found := problems(after, queries.topics(session, scope, place.month)):
        raise CountsDisagree(found)
    new = {measure: change for measure, change in changes.items() if measure not in now}
    _add(session, scope, place, new)
    for measure, change in changes.items():
        if measure in now and change:
            session.execute(
                update(Count)
                .where(*_where(scope, place), Count.measure == measure)
                .values(count=Count.count + change)
            )


def _add(session: Session, scope: Scope, place: Place, counts: Mapping[str, int]) -> None:
    """One statement adds to all the counters, which begin at nothing where they are new."""
    if not counts:
        return
    key = {column.key: value for column, value in _key(scope, place).items()}
    rows = [key | {"measure": measure, "count": count} for measure, count in sorted(counts.items())]
    dialect = session.get_bind().dialect.name
    statement = (insert_sqlite if dialect == "sqlite" else insert_postgresql)(Count).values(rows)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["association_id", "team_id", "month", "round", "sex", "measure"],
            set_={"count": Count.count + statement.excluded.count},
        )
    )


def _key(scope: Scope, place: Place) -> dict[Any, Any]:
    return {
        Count.association_id: scope.association_id,
        Count.team_id: place.team_id,
        Count.month: place.month,
        Count.round: place.round,
        Count.sex: place.sex,
    }


def _where(scope: Scope, place: Place) -> list[ColumnElement[bool]]:
    return [column == value for column, value in _key(scope, place).items()]


def _record(session: Session, scope: Scope, place: Place) -> None:
    audit.record(session, scope, Event.SCREENING_REPORTED, team_id=place.team_id, month=str(place.month))
