"""What has been counted of complete months stays exact when the rows behind it are gone."""

from datetime import date

import pytest
from sqlalchemy import delete, select

from followup.access.roles import Role
from followup.months.bulk import declare_months
from followup.months.service import declare_through, reopen
from followup.organisation import queries as organisation
from followup.participation.models import Participation
from followup.periods import Month
from followup.queues import queries
from followup.queues.models import QueueStep
from tests.infrastructure.tables import tables_of
from tests.queues.rows import put

pytestmark = pytest.mark.both_databases
APRIL = Month(2024, 4)
MONTHS = "Kön månad för månad"
ENDED = [
    (date(2023, 1, 30), date(2023, 2, 1), None),  # accepted and started in two parts of one week
    (date(2023, 5, 2), date(2023, 9, 4), None),
    (date(2023, 12, 20), None, date(2024, 1, 8)),
    (date(2024, 2, 5), date(2024, 4, 29), None),
]
OPEN = [(date(2023, 11, 6), None, None), (date(2024, 3, 4), date(2024, 5, 6), None)]


@pytest.fixture
def complete(database, association, scope_of):
    """A queue whose months are declared complete through April 2024."""
    put(database, association, "north", [*ENDED, *OPEN])
    scope = scope_of(Role.TEAM_MANAGER)
    with database.session(write=True) as session:
        declare_through(session=session, scope=scope, team_id=association.north, month=APRIL)
    return scope


def lose_the_ended(database):
    """As when rows are disposed of: everybody whose time in the queue was over by the end of April."""
    with database.session(write=True) as session:
        session.execute(delete(Participation).where(Participation.left_month <= APRIL))
        session.execute(delete(Participation).where(Participation.started_month <= APRIL))


def test_the_curve_is_the_same_when_the_rows_are_gone(complete, database, association, sign_in):
    client = sign_in(Role.TEAM_MANAGER)
    pages = [f"/team/{association.north}/ko", f"/team/{association.north}/ko/historia"]
    before = [tables_of(client.get(page).text)[MONTHS] for page in pages]
    lose_the_ended(database)
    assert [tables_of(client.get(page).text)[MONTHS] for page in pages] == before
    assert [row[0] for row in before[1]][1] == "januari 2022"
    by_label = {row[0]: row[1:] for row in before[0]}
    assert by_label["februari 2023"] == ["0", "1", "0", "0"]
    assert by_label["januari 2024"] == ["0", "0", "1", "1"]
    assert by_label["april 2024"] == ["0", "1", "0", "2"]


def test_the_weeks_are_the_same_when_the_rows_are_gone(complete, database, association, session):
    scope = complete
    team = organisation.own_team(session, scope, association.north)
    before = queries.overview(session, scope, team)
    session.rollback()
    lose_the_ended(database)
    after = queries.overview(session, scope, team)
    assert after.weeks == before.weeks
    assert after.months == before.months
    assert after.length == before.length == 1


def test_a_reopened_month_is_counted_from_its_rows_again(complete, database, association):
    with database.session(write=True) as session:
        reopen(session=session, scope=complete, team_id=association.north, month=APRIL, reason="RAT")
    with database.session() as session:
        months = set(session.scalars(select(QueueStep.month).where(QueueStep.team_id == association.north)))
    assert APRIL not in months
    assert APRIL - 1 in months


def test_months_declared_with_a_list_are_kept_too(database, association, scope_of):
    put(database, association, "north", ENDED)
    with database.session(write=True) as session:
        declare_months(
            session=session,
            scope=scope_of(Role.TEAM_MANAGER),
            team_id=association.north,
            first=Month(2023, 1),
            last=APRIL,
        )
    lose_the_ended(database)
    with database.session() as session:
        steps = session.scalars(select(QueueStep).where(QueueStep.team_id == association.north)).all()
    assert sum(step.joined for step in steps) == 4
    assert (sum(step.started for step in steps), sum(step.left for step in steps)) == (3, 1)
    assert {step.month for step in steps} == {Month(2023, 1) + step for step in range(16)}


def test_another_team_keeps_nothing(complete, database, association):
    with database.session() as session:
        assert set(session.scalars(select(QueueStep.team_id))) == {association.north}
