"""The log tells what was done, never near whom, and shows when somebody has touched it."""

from collections.abc import Callable

import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.audit.events import Event, count_class
from followup.audit.models import AuditEvent
from followup.audit.service import find_break, record

pytestmark = pytest.mark.both_databases


@pytest.fixture
def staff(scope_of: Callable[..., Scope]) -> Scope:
    return scope_of(Role.TEAM_STAFF)


def entries(session: Session, event: Event) -> list[AuditEvent]:
    return list(session.scalars(select(AuditEvent).where(AuditEvent.event == event.name)))


def test_an_act_near_participations_is_logged_by_the_hour(session: Session, staff: Scope) -> None:
    record(session, staff, Event.PARTICIPATION_RECORDED, team_id=1)
    assert [entry.at for entry in entries(session, Event.PARTICIPATION_RECORDED)] == ["2024-06-12T08Z"]


def test_screening_is_logged_once_a_day_however_often_it_is_done(session: Session, staff: Scope) -> None:
    for _ in range(3):
        record(session, staff, Event.SCREENING_REPORTED, team_id=1, month="2024-05")
    assert [entry.at for entry in entries(session, Event.SCREENING_REPORTED)] == ["2024-06-12"]


def test_an_event_carries_its_own_keys_and_no_others(session: Session, staff: Scope) -> None:
    with pytest.raises(ValueError, match="carries exactly"):
        record(session, staff, Event.MONTH_DECLARED, team_id=1, month="2024-05", sex="F")
    with pytest.raises(ValueError, match="carries exactly"):
        record(session, staff, Event.MONTH_DECLARED, team_id=1)


def test_an_untouched_chain_is_whole(session: Session, staff: Scope, clock: time_machine.Traveller) -> None:
    for _ in range(5):
        record(session, staff, Event.SIGNED_IN)
        clock.shift(60)
    assert find_break(session, staff.association_id) is None


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit_event SET actor = '2' WHERE number = :number",
        "UPDATE audit_event SET at = '2024-06-11T08:00Z' WHERE number = :number",
        "DELETE FROM audit_event WHERE number = :number",
    ],
)
def test_a_changed_or_removed_event_shows(session: Session, staff: Scope, tampering: str) -> None:
    for _ in range(4):
        record(session, staff, Event.SIGNED_IN)
    touched = entries(session, Event.SIGNED_IN)[1].number
    session.execute(text(tampering), {"number": touched})
    session.expire_all()
    assert find_break(session, staff.association_id) == touched


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0"), (1, "1–9"), (9, "1–9"), (10, "10–49"), (199, "50–199"), (200, "200 eller fler")],
)
def test_counts_are_told_coarsely(number: int, words: str) -> None:
    assert count_class(number) == words
