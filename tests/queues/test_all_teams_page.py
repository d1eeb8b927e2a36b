"""Queue lengths of every team: bare totals for those who lead, and nothing more."""

from datetime import date, timedelta

import pytest

from followup.access.roles import Role
from followup.months.models import MonthDeclaration
from followup.periods import Month
from tests.infrastructure.client import visible_text
from tests.infrastructure.furnish import NORTH, SOUTH
from tests.infrastructure.tables import rows_by_label, tables_of
from tests.queues.rows import put

TODAY = date(2024, 6, 12)
MISSING = "..Uppgift saknas"
LENGTHS = "Kölängd per team"


@pytest.fixture
def queues(database, association):
    """Three wait in the north, of whom one since March; one in the south."""
    put(database, association, "north", [(date(2024, 3, 4), None, None), (date(2024, 5, 6), None, None)])
    put(database, association, "north", [(date(2024, 6, 3), None, None)])
    put(database, association, "north", [(date(2024, 3, 4), date(2024, 6, 3), None)] * 3)
    put(database, association, "south", [(TODAY - timedelta(weeks=60), None, None)])


@pytest.fixture
def april_complete(database, association):
    with database.session(write=True) as session:
        for month in (Month(2024, 3), Month(2024, 4)):
            session.add(
                MonthDeclaration(
                    association_id=association.id, team_id=association.north, month=month, complete=True
                )
            )


@pytest.mark.both_databases
@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.OFFICER, Role.TEAM_MANAGER])
def test_who_leads_sees_how_many_wait_in_each_team(role, queues, sign_in):
    html = sign_in(role).get("/ko").text
    rows = rows_by_label(html, LENGTHS)
    assert "I 2 team väntar sammanlagt 4." in visible_text(html)
    assert rows == {
        NORTH: ["3", "ingen än", *[MISSING] * 2],
        SOUTH: ["1", "ingen än", *[MISSING] * 2],
    }


def test_the_direction_is_told_from_the_latest_complete_month(queues, april_complete, sign_in):
    rows = rows_by_label(sign_in(Role.DIRECTOR).get("/ko").text, LENGTHS)
    assert rows[NORTH] == ["3", "april 2024", "4", "−1"]
    assert rows[SOUTH][1] == "ingen än"


def test_no_wait_and_no_split_leaves_a_team(queues, sign_in):
    html = sign_in(Role.DIRECTOR).get("/ko").text
    assert list(tables_of(html)) == [LENGTHS]
    assert "veckor" not in visible_text(html)
    assert "kvinn" not in visible_text(html).lower()


def test_a_manager_comes_to_the_own_team_and_to_no_other(queues, sign_in, association):
    html = sign_in(Role.TEAM_MANAGER).get("/ko").text
    assert f'href="/team/{association.north}/ko"' in html
    assert f'href="/team/{association.south}/ko"' not in html


def test_the_director_reaches_no_teams_page(queues, sign_in, association):
    assert "/team/" not in sign_in(Role.DIRECTOR).get("/ko").text


@pytest.mark.parametrize("role", [Role.TEAM_STAFF, Role.READER, Role.SYSTEM_ADMIN])
def test_others_may_not_see_every_queue(role, sign_in):
    assert sign_in(role).get("/ko").status_code == 403


def test_an_advisory_team_has_no_row_and_an_empty_queue_is_a_zero(sign_in):
    rows = rows_by_label(sign_in(Role.DIRECTOR).get("/ko").text, LENGTHS)
    assert {team: cells[0] for team, cells in rows.items()} == {NORTH: "0", SOUTH: "0"}
