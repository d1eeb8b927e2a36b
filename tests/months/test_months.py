"""A complete month stands still; only ended months in which the team worked can become complete."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import OutOfScope, Scope
from followup.audit.models import AuditEvent
from followup.months import queries, service
from followup.organisation.models import Team
from followup.periods import Month, Quarter, Year
from tests.infrastructure.furnish import Furnished

APRIL, MAY, JUNE = Month(2024, 4), Month(2024, 5), Month(2024, 6)
BOTH = pytest.mark.both_databases


@pytest.fixture
def scope(scope_of: Callable[..., Scope]) -> Scope:
    return scope_of(Role.TEAM_MANAGER)


@BOTH
def test_declared_month_is_complete_until_it_is_reopened(
    session: Session, scope: Scope, association: Furnished
) -> None:
    where = {"session": session, "scope": scope, "team_id": association.north}
    service.declare_complete(**where, month=MAY)
    assert queries.is_complete(session, scope, association.north, MAY)
    assert not queries.is_complete(session, scope, association.south, MAY)
    service.reopen(**where, month=MAY, reason="SEN")
    assert not queries.is_complete(session, scope, association.north, MAY)
    service.declare_complete(**where, month=MAY)
    assert queries.complete_months(session, scope, [association.north, association.south]) == {
        association.north: {MAY},
        association.south: frozenset(),
    }


def test_each_act_is_logged_once_with_its_month(
    session: Session, scope: Scope, association: Furnished
) -> None:
    service.declare_complete(session=session, scope=scope, team_id=association.north, month=MAY)
    service.reopen(session=session, scope=scope, team_id=association.north, month=MAY, reason="RAT")
    events = session.scalars(select(AuditEvent).order_by(AuditEvent.number)).all()[-2:]
    assert [(event.event, event.team_id, event.details) for event in events] == [
        ("MONTH_DECLARED", association.north, {"month": "2024-05"}),
        ("MONTH_REOPENED", association.north, {"month": "2024-05", "reason": "RAT"}),
    ]


def test_declaring_tells_which_earlier_months_are_open(
    session: Session, scope: Scope, association: Furnished
) -> None:
    session.get_one(Team, association.north).opened = Month(2024, 2)
    for month in (Month(2024, 3), MAY):
        still_open = service.declare_complete(
            session=session, scope=scope, team_id=association.north, month=month
        )
    assert still_open == [Month(2024, 2), APRIL]


def test_earlier_open_months_are_declared_in_one_act_with_one_event(
    session: Session, scope: Scope, association: Furnished
) -> None:
    session.get_one(Team, association.north).opened = Month(2024, 2)
    where = {"session": session, "scope": scope, "team_id": association.north}
    service.declare_complete(**where, month=Month(2024, 3))
    assert service.declare_through(**where, month=MAY) == [Month(2024, 2), APRIL, MAY]
    events = session.scalars(select(AuditEvent).order_by(AuditEvent.number)).all()
    assert events[-1].details == {"month": "2024-02–2024-05"}
    assert events[-2].details == {"month": "2024-03"}


def test_later_complete_months_are_opened_in_one_act_with_one_event(
    session: Session, scope: Scope, association: Furnished
) -> None:
    where = {"session": session, "scope": scope, "team_id": association.north}
    for month in (Month(2024, 2), Month(2024, 3), MAY):
        service.declare_complete(**where, month=month)
    opened = service.reopen(**where, month=Month(2024, 3), reason="SEN", with_later=True)
    assert opened == [Month(2024, 3), MAY]
    assert queries.complete_months(session, scope, [association.north])[association.north] == {Month(2024, 2)}
    events = session.scalars(select(AuditEvent).order_by(AuditEvent.number)).all()
    assert events[-1].details == {"month": "2024-03, 2024-05", "reason": "SEN"}
    assert events[-2].event == "MONTH_DECLARED"


@pytest.mark.parametrize("month", [JUNE, JUNE + 1, Month(2021, 12), Month(2024, 3)])
def test_month_outside_what_can_be_declared_is_refused(
    session: Session, scope: Scope, association: Furnished, month: Month
) -> None:
    session.get_one(Team, association.north).closed = Month(2024, 2)
    with pytest.raises((service.MonthNotEnded, service.TeamNotWorking)):
        service.declare_complete(session=session, scope=scope, team_id=association.north, month=month)


def test_the_same_thing_twice_is_refused(session: Session, scope: Scope, association: Furnished) -> None:
    where = {"session": session, "scope": scope, "team_id": association.north, "month": MAY}
    with pytest.raises(service.NotComplete):
        service.reopen(**where, reason="SEN")
    service.declare_complete(**where)
    with pytest.raises(service.AlreadyComplete):
        service.declare_complete(**where)


@pytest.mark.parametrize("reason", ["", None, "ANG", "hittepå"])
def test_reopening_takes_a_reason_from_the_list(
    session: Session, scope: Scope, association: Furnished, reason: str | None
) -> None:
    where = {"session": session, "scope": scope, "team_id": association.north, "month": MAY}
    service.declare_complete(**where)
    with pytest.raises(service.UnknownReason):
        service.reopen(**where, reason=reason)


def test_another_teams_month_is_not_there(session: Session, scope: Scope, association: Furnished) -> None:
    for team_id in (association.south, association.neighbour, 9999):
        with pytest.raises(OutOfScope):
            service.declare_complete(session=session, scope=scope, team_id=team_id, month=MAY)


def test_missing_months_are_those_the_team_worked_and_has_not_declared(
    session: Session, scope_of: Callable[..., Scope], scope: Scope, association: Furnished
) -> None:
    session.get_one(Team, association.south).opened = Month(2024, 3)
    service.declare_complete(session=session, scope=scope, team_id=association.north, month=Month(2024, 2))
    both = [association.north, association.south]
    director = scope_of(Role.DIRECTOR)
    assert queries.missing_months(session, director, both, Quarter(2024, 1)) == {
        association.north: [Month(2024, 1), Month(2024, 3)],
        association.south: [Month(2024, 3)],
    }
    assert queries.missing_months(session, director, [association.south], Year(2023)) == {
        association.south: []
    }


def test_check_open_names_the_month_and_who_can_open_it(
    session: Session, scope: Scope, scope_of: Callable[..., Scope], association: Furnished
) -> None:
    service.declare_complete(session=session, scope=scope, team_id=association.north, month=MAY)
    service.check_open(session, scope, association.north, [APRIL, JUNE])
    for role, who in ((Role.TEAM_STAFF, "Verksamhetsledaren"), (Role.TEAM_MANAGER, "Du")):
        with pytest.raises(service.MonthIsComplete, match=rf"maj 2024.*{who} kan öppna"):
            service.check_open(session, scope_of(role), association.north, [APRIL, MAY])
