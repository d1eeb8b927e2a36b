"""What a manager says about places and target, and what the queue page makes of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from followup.access.roles import Role
from followup.audit.models import AuditEvent
from followup.organisation.models import Team
from followup.participation.models import Participation
from followup.periods import Month, WeekAndMonth
from followup.queues.models import QueueSetting
from tests.infrastructure.client import visible_text
from tests.infrastructure.tables import rows_by_label, tables_of
from tests.queues import q2
from tests.queues.rows import put

SAID = "Det här gäller"
AHEAD = "Två år framåt"
STAFFED = {"colleagues": "250", "places_per_colleague": "16"}
# From the series that Skatteverket keeps for tests.
NUMBER = "19850312-9820"


@pytest.fixture
def address(association):
    return f"/team/{association.north}/ko/platser"


@pytest.fixture
def manager(sign_in):
    return sign_in(Role.TEAM_MANAGER)


@pytest.fixture
def example(database, association, clock):
    """The worked example, on its last day; to be asked for before anybody signs in."""
    put(database, association, "north", q2.ROWS)
    clock.move_to(datetime(2024, 10, 31, 8, 0, tzinfo=UTC))


def stays(database, association, *, active: int, ended: int) -> None:
    """Participations that started directly: some go on, the others ended after 40 weeks."""
    with database.session(write=True) as session:
        for place in range(active + ended):
            start = WeekAndMonth.of(date(2023, 1, 9))
            end = WeekAndMonth.of(date(2023, 1, 9) + timedelta(weeks=40)) if place < ended else None
            session.add(
                Participation(
                    association_id=association.id,
                    team_id=association.north,
                    sex="M",
                    age_group="30-39",
                    referring_party="AF",
                    started_week=start.week,
                    started_month=start.month,
                    ended_week=end and end.week,
                    ended_month=end and end.month,
                    exit_reason="PLAN" if end else None,
                )
            )


@pytest.mark.both_databases
def test_places_are_said_from_a_month_on_and_shown(manager, address, association, database):
    page = manager.submit(address, button="Spara", **STAFFED)
    assert "Platser och mål är sparade." in visible_text(page.text)
    assert rows_by_label(page.text, SAID)["juni 2024"][:2] == ["2,5", "40"]
    with database.session() as session:
        events = session.scalar(select(func.count()).where(AuditEvent.event == "QUEUE_SETTLED"))
    assert events == 1
    assert "40 platser, 0 upptagna." in manager.text(f"/team/{association.north}/ko")


def test_saying_it_again_for_a_month_replaces_it_and_it_can_be_taken_away(manager, address, database):
    manager.submit(address, button="Spara", **STAFFED)
    manager.submit(address, button="Spara", colleagues="300", places_per_colleague="16")
    page = manager.submit(address, button="Spara", valid_from="2024-09", **STAFFED)
    assert [row[0] for row in tables_of(page.text)[SAID][1:]] == ["september 2024", "juni 2024"]
    assert rows_by_label(page.text, SAID)["juni 2024"][:2] == ["3", "48"]
    page = manager.submit(address, action="/platser/2024-09/ta-bort")
    assert [row[0] for row in tables_of(page.text)[SAID][1:]] == ["juni 2024"]


def test_what_was_taken_away_by_mistake_is_put_back(manager, address, association, database):
    """Also what is older than the months that can be chosen."""
    with database.session(write=True) as session:
        session.get_one(Team, association.north).opened = Month(2018, 1)
        said = QueueSetting(
            association_id=association.id,
            team_id=association.north,
            valid_from=Month(2019, 3),
            colleagues=150,
            places_per_colleague=20,
            target_weeks=12,
            target_decision="§ 14",
            target_decided=date(2019, 3, 22),
        )
        session.add(said)
    before = rows_by_label(manager.get(address).text, SAID)["mars 2019"]
    page = manager.submit(address, action="/platser/2019-03/ta-bort")
    assert SAID not in tables_of(page.text)
    page = manager.submit(address, page=page, button="Ångra att mars 2019 togs bort")
    assert rows_by_label(page.text, SAID)["mars 2019"] == before


def test_the_form_begins_from_what_is_in_force(manager, address):
    manager.submit(address, button="Spara", **STAFFED)
    html = manager.get(address).text
    assert 'value="250"' in html
    assert 'value="16"' in html


def test_a_target_is_shown_with_its_decision_and_how_many_wait_longer(example, manager, address, association):
    manager.submit(
        address,
        button="Spara",
        colleagues="200",
        places_per_colleague="20",
        target_weeks="12",
        target_decision="§ 14",
        target_decided="2024-03-22",
    )
    text = manager.text(f"/team/{association.north}/ko")
    assert "Målet är högst 12 veckor i kö (beslut § 14, 22 mars 2024). 2 av 9 har väntat längre." in text


def test_the_queue_page_tells_how_many_places_would_keep_up(example, sign_in, association, database):
    stays(database, association, active=6, ended=12)
    text = sign_in(Role.TEAM_STAFF).text(f"/team/{association.north}/ko")
    # Six and the fifteen from the queue: 21 places taken, 40 weeks each.
    assert "21 deltagare pågår nu." in text
    assert "En plats blir ledig ungefär var 13:e dag." in text
    assert "Med en vistelsetid på 40 veckor behövs ungefär 19 platser" in text


def test_a_planned_vacancy_makes_the_forecast_longer(example, manager, address, association):
    ahead = f"/team/{association.north}/ko/vad-hander-om"
    usual = rows_by_label(manager.get(ahead).text, AHEAD)["I kö om ett år, troligen"][0]
    manager.submit(address, button="Spara", colleagues="200", places_per_colleague="15")
    assert rows_by_label(manager.get(ahead).text, AHEAD)["I kö om ett år, troligen"][0] == usual
    manager.submit(address, button="Spara", valid_from="2024-11", colleagues="0", places_per_colleague="15")
    vacant = rows_by_label(manager.get(ahead).text, AHEAD)["I kö om ett år, troligen"][0]
    assert int(vacant.split()[0]) > int(usual.split()[0])


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({}, "Fyll i hur många tjänster teamet har"),
        ({"colleagues": "250"}, "Fyll i hur många deltagare en heltid har"),
        ({"colleagues": "-5", "places_per_colleague": "16"}, "skriv ett tal från 0 till 5 000"),
        ({**STAFFED, "target_weeks": "12"}, "Ett mål visas bara med sitt beslut"),
        ({**STAFFED, "stop_from": "28"}, "både första och sista veckan"),
        ({**STAFFED, "stop_from": "31", "stop_to": "28"}, "Uppehållet slutar innan"),
        (
            {**STAFFED, "target_weeks": "12", "target_decided": "2024-03-22", "target_decision": NUMBER},
            "Texten ser ut att innehålla ett personnummer.",
        ),
    ],
)
def test_what_cannot_be_saved_is_explained_and_kept(manager, address, database, typed, message):
    page = manager.submit(address, button="Spara", **typed)
    assert page.status_code == 422
    assert message in visible_text(page.text)
    assert "9820" not in page.text
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(QueueSetting)) == 0


def test_a_month_before_the_team_opened_cannot_be_chosen(manager, address):
    assert "december 2021" not in visible_text(manager.get(address).text)


def test_the_same_page_sent_twice_saves_once(manager, address):
    opened = manager.get(address)
    manager.submit(address, page=opened, button="Spara", **STAFFED)
    again = manager.submit(address, page=opened, button="Spara", **STAFFED)
    assert "Redan sparad" in visible_text(again.text)


def test_staff_see_the_places_but_do_not_settle_them(sign_in, address, association):
    staff = sign_in(Role.TEAM_STAFF)
    assert staff.get(address).status_code == 403
    assert "Ändra platser och mål" not in staff.text(f"/team/{association.north}/ko")


def test_another_teams_settings_are_not_there(sign_in, association):
    manager = sign_in(Role.TEAM_MANAGER)
    assert manager.get(f"/team/{association.south}/ko/platser").status_code == 404
