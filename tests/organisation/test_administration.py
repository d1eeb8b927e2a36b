"""What a system administrator does with teams and code lists."""

from random import Random

import pytest
from sqlalchemy import select

from followup.access.roles import Role
from followup.activities.models import MeetingCount
from followup.audit.events import Event
from followup.audit.models import AuditEvent
from followup.db import Database
from followup.months.models import MonthDeclaration
from followup.organisation.models import Team
from followup.organisation.service import seed_codes
from followup.organisation.wording import LISTS
from followup.participation.models import Participation
from followup.periods import Month, Week
from followup.screening.models import ScreeningCount
from tests.conftest import SignIn
from tests.editions.years import row
from tests.infrastructure.client import visible_text
from tests.infrastructure.furnish import Furnished

NEW_TEAM = {"name": "Team Östra", "municipalities": "köping, Arboga kommun", "opened": "2024-03"}


def told(database: Database, event: Event) -> list[dict[str, str]]:
    with database.session() as session:
        found = session.scalars(select(AuditEvent).where(AuditEvent.event == event.name))
        return [entry.details for entry in found]


@pytest.mark.both_databases
def test_a_team_is_laid_up_renamed_and_closed(sign_in: SignIn, database: Database) -> None:
    admin = sign_in(Role.SYSTEM_ADMIN)
    text = admin.submit("/system/team/nytt", **NEW_TEAM, kind="coordination").text
    assert "Team Östra är upplagt." in text
    assert "Arboga, Köping" in text
    assert "mars 2024" in text
    number = told(database, Event.TEAM_CREATED)[0]["team"]

    page = f"/system/team/{number}"
    text = admin.submit(page, name="Team Öster", municipalities="Kungsör", closed="2024-12").text
    assert "Teamet är ändrat." in text
    assert "Team Öster" in text
    assert "december 2024" in text
    assert "Arboga" not in text
    assert told(database, Event.TEAM_CHANGED) == [{"team": number}]


def test_an_advisory_team_needs_no_municipality(sign_in: SignIn, database: Database) -> None:
    """It may be the whole förbund's; it is renamed and closed as any other."""
    admin = sign_in(Role.SYSTEM_ADMIN)
    told_none = NEW_TEAM | {"municipalities": ""}
    assert (
        "Fyll i minst en kommun." in admin.submit("/system/team/nytt", **told_none, kind="coordination").text
    )
    assert "är upplagt." in admin.submit("/system/team/nytt", **told_none, kind="advisory").text
    number = told(database, Event.TEAM_CREATED)[0]["team"]
    text = admin.submit(f"/system/team/{number}", name="Rådgivarna", closed="2024-12").text
    assert "Teamet är ändrat." in text


LEFT = "Teamet har deltagare som pågår eller står i kö, eller händelser efter den månaden."


def person(association: Furnished, *, ended: Month | None = None) -> Participation:
    """Somebody who started in January 2024."""
    found = row(Random(1), association.id, association.north)
    found.started_month, found.ended_month = Month(2024, 1), ended
    found.started_week = Week.of(found.started_month.first_day)
    found.ended_week = Week.of(ended.first_day) if ended else None
    found.exit_reason, found.continuation, found.occupation_at_exit = (
        ("PLAN", "ARB", "ARB") if ended else (None, None, None)
    )
    return found


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("ended", "declared", "closed", "said"),
    [
        (None, Month(2024, 3), "2024-03", LEFT),
        (None, None, "2024-06", "Teamet är ändrat."),
        (Month(2024, 4), Month(2024, 3), "2024-03", LEFT),
        (Month(2024, 4), Month(2024, 2), "2024-03", "Mars 2024 är inte klarmarkerad för teamet."),
        (Month(2024, 2), Month(2024, 4), "2024-03", "April 2024 är klarmarkerad för teamet."),
        (Month(2024, 2), Month(2024, 3), "2024-03", "Teamet är ändrat."),
    ],
    ids=["somebody is left", "this month is not over", "ended later", "open", "declared later", "all done"],
)
def test_a_team_is_not_closed_before_what_it_has_recorded(
    sign_in: SignIn,
    database: Database,
    association: Furnished,
    ended: Month | None,
    declared: Month | None,
    closed: str,
    said: str,
) -> None:
    with database.session(write=True) as session:
        session.add(person(association, ended=ended))
        if declared:
            session.add(
                MonthDeclaration(
                    association_id=association.id, team_id=association.north, month=declared, complete=True
                )
            )
    page = f"/system/team/{association.north}"
    response = sign_in(Role.SYSTEM_ADMIN).submit(page, municipalities="Sala", closed=closed)
    assert said in response.text
    assert (response.status_code == 422) == (said != "Teamet är ändrat.")


@pytest.mark.both_databases
def test_a_first_month_that_came_out_wrong_is_mended(
    sign_in: SignIn, database: Database, association: Furnished
) -> None:
    admin = sign_in(Role.SYSTEM_ADMIN)
    admin.submit("/system/team/nytt", **NEW_TEAM, kind="coordination")
    page = f"/system/team/{told(database, Event.TEAM_CREATED)[0]['team']}"
    assert "maj 2024" in visible_text(admin.submit(page, opened="2024-05").text)
    assert "januari 2024" in visible_text(admin.submit(page, opened="2024-01").text)


@pytest.mark.both_databases
@pytest.mark.parametrize("begun", ["row", "declared month", "screening", "meetings"])
def test_a_team_that_has_begun_gets_no_later_first_month(
    sign_in: SignIn, database: Database, association: Furnished, begun: str
) -> None:
    keys = {"association_id": association.id, "team_id": association.north, "month": Month(2024, 3)}
    made = {
        "row": lambda: person(association, ended=Month(2024, 3)),
        "declared month": lambda: MonthDeclaration(**keys, complete=True),
        "screening": lambda: ScreeningCount(**keys, round="START", sex="F", measure="asked", count=1),
        "meetings": lambda: MeetingCount(**keys, count=4),
    }
    with database.session(write=True) as session:
        opened = session.get_one(Team, association.north).opened
        session.add(made[begun]())
    admin, page = sign_in(Role.SYSTEM_ADMIN), f"/system/team/{association.north}"
    response = admin.submit(page, municipalities="Sala", opened=str(opened + 1))
    assert response.status_code == 422
    assert "Teamet har börjat registrera, och kan inte få en senare första månad." in response.text
    assert "Teamet är ändrat." in admin.submit(page, municipalities="Sala", opened=str(opened - 1)).text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "Fyll i teamets namn."),
        ({"name": "team NORRA"}, "Namnet finns redan."),
        ({"name": "Team 20010102-2382"}, "Texten ser ut att innehålla ett personnummer."),
        ({"municipalities": ""}, "Fyll i minst en kommun."),
        ({"municipalities": "Sala, Grönköping"}, "Det finns ingen kommun som heter Grönköping."),
        ({"kind": "secret"}, "Slag: välj något av alternativen i listan."),
        ({"opened": "1066-10"}, "Första månaden: välj något av alternativen i listan."),
    ],
)
def test_bad_team_says_why_and_keeps_the_rest(sign_in: SignIn, fields: dict[str, str], said: str) -> None:
    filled = NEW_TEAM | {"kind": "coordination"} | fields
    response = sign_in(Role.SYSTEM_ADMIN).submit("/system/team/nytt", **filled)
    assert response.status_code == 422
    assert said in response.text
    assert "20010102" not in response.text


def test_code_gets_new_words_everywhere(sign_in: SignIn, database: Database) -> None:
    admin = sign_in(Role.SYSTEM_ADMIN)
    page = "/system/kodlistor/screening_topic/V6"
    text = admin.submit(page, label_sv="hedersrelaterat våld", label_en="honour-based violence").text
    assert "Texten är ändrad." in text
    assert "hedersrelaterat våld" in admin.text("/system/kodlistor")
    assert told(database, Event.CODE_LABEL_CHANGED) == [{"list": "screening_topic", "code": "V6"}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ring 021-39 00 00", "Texten ser ut att innehålla ett telefonnummer."),
        ("anna@sala.example", "Texten ser ut att innehålla en e-postadress."),
        ("Psykiskt våld", "Listan har redan ett val med den texten."),
        ("x" * 81, "skriv högst 80 tecken"),
    ],
)
def test_code_is_not_given_just_any_words(sign_in: SignIn, text: str, said: str) -> None:
    response = sign_in(Role.SYSTEM_ADMIN).submit("/system/kodlistor/screening_topic/V6", label_sv=text)
    assert response.status_code == 422
    assert said in response.text
    assert "021-39" not in response.text
    assert "anna@" not in response.text


@pytest.mark.both_databases
def test_what_is_not_there_or_not_ours_is_not_found(sign_in: SignIn, association: Furnished) -> None:
    admin = sign_in(Role.SYSTEM_ADMIN)
    for path in (
        f"/system/team/{association.neighbour}",
        "/system/team/999999",
        "/system/kodlistor/screening_topic/V99",
        "/system/kodlistor/nothing",
        "/system/kodlistor/nothing/V1",
        "/system/kodlistor/%00/V1",
    ):
        assert admin.get(path).status_code == 404, path


def test_every_code_list_can_be_reworded() -> None:
    assert set(LISTS) == {code.list_name for code in seed_codes(1)}
