"""Activities and meetings as the kansli and an advisory team write them down."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import OutOfScope, Scope
from followup.activities import service
from followup.activities.commands import CountMeetings
from followup.activities.models import Activity
from followup.db import Database
from followup.periods import Month
from tests.infrastructure.browser import assert_usable
from tests.infrastructure.client import visible_text
from tests.infrastructure.tables import rows_by_label

ACTIVITIES = "/forbundet/aktiviteter"
BOTH = pytest.mark.both_databases
# From the series that Skatteverket reserves for tests.
PERSONNUMMER = "19900102-2384"
TRAINING = {"day": "2024-03-07", "name": "Grundutbildning", "kind": "UTB", "AF": "12", "KOM": "20"}


@BOTH
def test_an_activity_is_listed_and_its_participations_counted(sign_in):
    client = sign_in(Role.OFFICER)
    told = client.submit(f"{ACTIVITIES}/ny", **TRAINING)
    assert "Tillagd: Grundutbildning, 7 mars 2024." in visible_text(told.text)
    client.submit(f"{ACTIVITIES}/ny", **{**TRAINING, "day": "2023-10-10", "AF": "5", "KOM": None})
    text = client.text(ACTIVITIES)
    assert "2 aktiviteter i alla år, med 37 deltaganden" in text
    assert "Deltaganden är inte unika personer" in text
    html = client.get(f"{ACTIVITIES}?ar=2024").text
    assert rows_by_label(html, "Deltaganden per organisation") == {
        "Arbetsförmedlingen": ["12"],
        "Kommun": ["20"],
    }


def test_voiding_can_be_undone_and_what_is_voided_is_not_counted(sign_in):
    client = sign_in(Role.DIRECTOR)
    client.submit(f"{ACTIVITIES}/ny", **TRAINING)
    page = client.submit(f"{ACTIVITIES}/1", button="Makulera aktiviteten")
    assert "Ingen aktivitet är införd" in page.text
    assert "Makulerade (1)" in page.text
    page = client.submit(ACTIVITIES, button="Ångra Grundutbildning", page=page)
    assert "1 aktivitet i alla år" in page.text.replace("\u00a0", " ")


def test_a_correction_shows_what_was_there_and_takes_its_place(sign_in):
    client = sign_in(Role.OFFICER)
    client.submit(f"{ACTIVITIES}/ny", **TRAINING)
    client.submit(f"{ACTIVITIES}/1", KOM="", REG="9")
    assert "21 deltaganden" in client.text(ACTIVITIES)


def test_of_two_who_correct_the_same_activity_the_second_is_told(sign_in):
    first, second = sign_in(Role.OFFICER), sign_in(Role.DIRECTOR)
    first.submit(f"{ACTIVITIES}/ny", **TRAINING)
    opened = second.get(f"{ACTIVITIES}/1")
    # Only a number is changed, which lies in a table of its own.
    first.submit(f"{ACTIVITIES}/1", AF="13")
    refused = second.submit(f"{ACTIVITIES}/1", page=opened, AF="14")
    assert refused.status_code == 422
    assert "Raden har ändrats sedan du öppnade sidan" in refused.text


REFUSED = (
    ({"name": f"Träff med {PERSONNUMMER}"}, "ser ut att innehålla ett personnummer"),
    ({"name": "Ring 070-123 45 67"}, "telefonnummer"),
    ({"day": "2024-06-13"}, "dagen har inte varit än"),
    ({"day": "1999-12-31"}, "2000 eller senare"),
    ({"AF": None, "KOM": "0"}, "minst en organisation"),
    ({"kind": ""}, "Välj slag."),
    ({"AF": "-3"}, "från 0 till"),
)


def test_what_cannot_be_is_refused_and_nothing_is_kept(sign_in, database: Database):
    client = sign_in(Role.OFFICER)
    for change, reason in REFUSED:
        refused = client.submit(f"{ACTIVITIES}/ny", **{**TRAINING, **change})
        assert refused.status_code == 422, change
        assert reason in refused.text
        assert PERSONNUMMER not in refused.text
    with database.session() as session:
        assert session.query(Activity).count() == 0


def test_fifty_activities_fit_on_a_page(sign_in, association, database: Database):
    with database.session(write=True) as session:
        session.execute(
            text(
                "INSERT INTO activity (association_id, day, name, kind, stamp, voided)"
                " VALUES (:association, :day, :name, 'UTB', 'x', :no)"
            ),
            [
                {
                    "association": association.id,
                    "day": f"2024-01-{n % 28 + 1:02}",
                    "name": f"Nr {n}",
                    "no": False,
                }
                for n in range(51)
            ],
        )
    page = sign_in(Role.OFFICER).text(f"{ACTIVITIES}?ar=2024")
    assert "1–50 av 51" in page


@BOTH
def test_the_advisory_team_counts_its_meetings_and_the_kansli_sees_them(
    sign_in, association, database: Database
):
    with database.session(write=True) as session:
        session.execute(
            text("UPDATE membership SET team_id = :team WHERE role = 'team_staff' AND team_id = :north"),
            {"team": association.advisory, "north": association.north},
        )
    staff = sign_in(Role.TEAM_STAFF)
    assert f"/team/{association.advisory}/moten" in staff.get("/").text
    page = staff.submit(f"/team/{association.advisory}/moten?ar=2023", m1="30", m2="18", m3="0")
    assert "48 möten med individ och remittent 2023, i 3 inskrivna månader" in page.text.replace(
        "\u00a0", " "
    )
    officer = sign_in(Role.OFFICER)
    assert "48 möten" in officer.text(f"/forbundet/moten/{association.advisory}?ar=2023")
    officer.submit(f"/forbundet/moten/{association.advisory}?ar=2023", m3="")
    assert "i 2 inskrivna månader" in officer.text(f"/forbundet/moten/{association.advisory}?ar=2023")


def test_a_month_that_has_not_begun_cannot_be_filled_in(sign_in, association):
    html = sign_in(Role.OFFICER).get(f"/forbundet/moten/{association.advisory}?ar=2024").text
    assert 'name="m6"' in html
    assert 'name="m7"' not in html


def test_meetings_changed_by_somebody_else_are_not_written_over(sign_in, association):
    first, second = sign_in(Role.OFFICER), sign_in(Role.DIRECTOR)
    address = f"/forbundet/moten/{association.advisory}?ar=2023"
    opened = second.get(address)
    first.submit(address, m1="4")
    refused = second.submit(address, page=opened, m1="5")
    assert refused.status_code == 422
    assert "Någon annan har ändrat årets möten" in refused.text


def test_a_coordination_team_has_no_meetings_to_count(sign_in, association):
    assert sign_in(Role.TEAM_STAFF).get(f"/team/{association.north}/moten").status_code == 404
    assert sign_in(Role.OFFICER).get(f"/forbundet/moten/{association.north}").status_code == 404


def test_staff_of_another_team_cannot_count_even_past_the_page(session: Session, scope_of, association):
    scope: Scope = scope_of(Role.TEAM_STAFF)
    command = CountMeetings(
        team_id=association.advisory, year=2023, counts={Month(2023, 1): 3}, seen=service.seen_of({})
    )
    with pytest.raises(OutOfScope):
        service.count_meetings(session=session, scope=scope, command=command)


@pytest.mark.browser
def test_pages_are_accessible_and_fit(visit, association):
    page = visit(Role.OFFICER)
    for address in (
        "/forbundet",
        ACTIVITIES,
        f"{ACTIVITIES}/ny",
        f"/forbundet/moten/{association.advisory}",
        "/forbundet/mal/ny",
        "/forbundet/ekonomi",
    ):
        page.goto(address)
        assert_usable(page, 1280, 360)
