"""Queue lengths of every team: bare totals for those who lead, and nothing more."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete

from followup.access.roles import Role
from followup.months.models import MonthDeclaration
from followup.months.service import declare_through
from followup.participation.models import Participation
from followup.periods import Month
from followup.queues.models import QueueSetting
from tests.infrastructure.client import visible_text
from tests.infrastructure.furnish import NORTH, SOUTH
from tests.infrastructure.tables import rows_by_label, tables_of
from tests.queues.rows import put

TODAY = date(2024, 6, 12)
MISSING = "..*Uppgift saknas"
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
        NORTH: ["3", "ingen än", *[MISSING] * 3],
        SOUTH: ["1", "ingen än", *[MISSING] * 3],
    }


def test_the_direction_is_told_from_the_latest_complete_month(queues, april_complete, sign_in):
    rows = rows_by_label(sign_in(Role.DIRECTOR).get("/ko").text, LENGTHS)
    assert rows[NORTH] == ["3", "april 2024", "4", "−1", MISSING]
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


PACES = "Takt in och ut de senaste klarmarkerade månaderna, högst 12"
AHEAD = "Två år framåt"
ALONE = "Teamen var för sig"


@pytest.fixture
def two_years_complete(database, association, scope_of):
    """In the north one a month joins and starts in turn; in the south two join and nobody starts."""
    for place in range(24):
        month = Month(2022, 6) + place
        day = month.first_day + timedelta(days=9)
        put(database, association, "north", [(day, day + timedelta(days=14), None)])
        put(database, association, "south", [(day, None, None)] * 2)
    for team in ("north", "south"):
        with database.session(write=True) as session:
            declare_through(
                session=session,
                scope=scope_of(Role.TEAM_MANAGER, team),
                team_id=association.team(team),
                month=Month(2024, 5),
            )


@pytest.mark.both_databases
def test_each_queue_tells_its_pace_and_where_it_is_heading(two_years_complete, sign_in):
    html = sign_in(Role.DIRECTOR).get("/ko").text
    assert rows_by_label(html, PACES) == {
        NORTH: ["jun 23–maj 24", "12", "12", "0", "oförändrad"],
        SOUTH: ["jun 23–maj 24", "24", "0", "0", "+24, växer"],
    }
    assert rows_by_label(html, LENGTHS)[SOUTH] == ["48", "maj 2024", "48", "0", "24"]
    assert "Kön växer i Team Södra" in visible_text(html)
    assert html.count('role="img"') == 1


def test_a_change_that_may_be_chance_is_told_as_what_it_is(database, association, scope_of, sign_in):
    """It is certain that the queue is six longer, and uncertain that it goes on: 12 joined, 6 started."""
    for place in range(12):
        day = (Month(2023, 6) + place).first_day + timedelta(days=9)
        started = day + timedelta(days=14) if place % 2 else None
        put(database, association, "north", [(day, started, None)])
    with database.session(write=True) as session:
        declare_through(
            session=session,
            scope=scope_of(Role.TEAM_MANAGER),
            team_id=association.north,
            month=Month(2024, 5),
        )
    html = sign_in(Role.DIRECTOR).get("/ko").text
    assert rows_by_label(html, PACES)[NORTH] == ["jun 23–maj 24", "12", "6", "0", "+6, kan vara en slump"]
    assert (
        "Ingen kö har ändrats mer än vad som kan vara en slump. Störst är ändringen i Team Norra: +6"
        in visible_text(html)
    )


def test_the_figures_are_the_same_when_the_rows_of_complete_months_are_gone(
    two_years_complete, database, sign_in
):
    director = sign_in(Role.DIRECTOR)
    before = tables_of(director.get("/ko").text)
    with database.session(write=True) as session:
        session.execute(delete(Participation).where(Participation.started_month <= Month(2024, 5)))
    assert tables_of(director.get("/ko").text) == before


def test_two_teams_that_share_a_queue_are_shown_beside_their_own_queues(
    two_years_complete, sign_in, association
):
    director = sign_in(Role.DIRECTOR)
    question = {"team": [association.north, association.south], "target": "26"}
    html = director.get("/ko/gemensam", query_string=question).text
    text = visible_text(html)
    assert "Med gemensam kö väntar troligen" in text
    assert "Var för sig väntar troligen" in text
    rows = rows_by_label(html, AHEAD)
    apart, together = (int(cell.split(" ")[0]) for cell in rows["I kö om ett år, troligen"])
    # What the north has to spare when its own queue is empty goes to those who wait in the south.
    assert together < apart
    assert rows_by_label(html, ALONE)[SOUTH][0] == "48"
    assert director.get("/ko/gemensam", query_string=question).text == html


def test_a_planned_post_counts_in_the_shared_queue(two_years_complete, sign_in, association, database):
    question = {"team": [association.north, association.south]}
    director = sign_in(Role.DIRECTOR)
    before = rows_by_label(director.get("/ko/gemensam", query_string=question).text, AHEAD)
    with database.session(write=True) as session:
        for month, colleagues in ((Month(2024, 1), 100), (Month(2024, 8), 500)):
            session.add(
                QueueSetting(
                    association_id=association.id,
                    team_id=association.north,
                    valid_from=month,
                    colleagues=colleagues,
                    places_per_colleague=20,
                )
            )
    after = rows_by_label(director.get("/ko/gemensam", query_string=question).text, AHEAD)

    def in_a_year(rows):
        return int(rows["I kö om ett år, troligen"][1].split(" ")[0])

    assert in_a_year(after) < in_a_year(before) - 20


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"team": [], "target": "12"}, "Välj minst två team som skulle dela kö."),
        ({"team": ["north"]}, "Välj minst två team som skulle dela kö."),
        ({"team": ["north", "neighbour"]}, "Team som delar kö: välj något av alternativen i listan."),
        (
            {"team": ["north", "south"], "target": "0"},
            "Mål för kötiden, veckor: skriv ett tal från 1 till 200.",
        ),
    ],
)
def test_a_question_that_cannot_be_answered_is_explained(
    two_years_complete, sign_in, association, question, message
):
    asked = question | {"team": [association.team(name) for name in question["team"]]}
    html = sign_in(Role.TEAM_MANAGER).get("/ko/gemensam", query_string=asked).text
    assert message in visible_text(html)
    assert AHEAD not in html


def test_teams_with_too_little_to_count_on_cannot_be_asked_about(queues, sign_in, association):
    director = sign_in(Role.DIRECTOR)
    assert "Det behövs minst två team med klarmarkerade månader" in director.text("/ko/gemensam")
    assert "/ko/gemensam" not in director.get("/ko").text
    for role in (Role.TEAM_STAFF, Role.READER, Role.SYSTEM_ADMIN):
        assert sign_in(role).get("/ko/gemensam").status_code == 403


def test_a_gap_among_the_complete_months_ends_what_is_counted(two_years_complete, sign_in, database):
    with database.session(write=True) as session:
        session.execute(delete(MonthDeclaration).where(MonthDeclaration.month == Month(2024, 3)))
    director = sign_in(Role.DIRECTOR)
    html = director.get("/ko").text
    assert rows_by_label(html, PACES)[SOUTH][:2] == ["apr 24–maj 24", "4"]
    counted = f"För {SOUTH} visas inget före april 2024, för att mars 2024 inte är klarmarkerad."
    assert counted in visible_text(html)
    why = "mars 2024 är inte klarmarkerad, och därefter har för få ställts i kö eller startat."
    assert f"{SOUTH} kan inte väljas: {why}" in director.text("/ko/gemensam")


def test_a_team_that_cannot_share_a_queue_says_why(two_years_complete, sign_in, database, association):
    director = sign_in(Role.DIRECTOR)
    assert "kan inte väljas" not in director.text("/ko/gemensam")
    assert "visas inget före" not in director.text("/ko")
    with database.session(write=True) as session:
        of_north = MonthDeclaration.team_id == association.north
        session.execute(delete(MonthDeclaration).where(of_north))
    assert f"{NORTH} kan inte väljas: ingen månad är klarmarkerad." in director.text("/ko/gemensam")
