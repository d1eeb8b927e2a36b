"""From draft to published: what is checked, who approves, and what a file is held against afterwards."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from random import Random
from zipfile import ZipFile

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from followup.access.models import Account, Membership
from followup.access.roles import Role
from followup.access.scope import Scope
from followup.audit.events import Event
from followup.audit.models import AuditEvent
from followup.audit.service import record
from followup.db import Database
from followup.editions.differences import Movement, Veil
from followup.editions.models import Edition, EditionDraft
from followup.organisation.models import Association, Team
from followup.periods import Month
from followup.plan import entries
from followup.plan import service as plan
from followup.plan.commands import SetGoal, SetIntervention
from followup.plan.kinds import Kind
from tests.conftest import SignIn
from tests.editions.years import fill, row
from tests.infrastructure.client import Client, visible_text
from tests.infrastructure.forms import find_form
from tests.infrastructure.furnish import PASSWORD, Furnished, address_of

PREPARE = "/utgavor/publicera?period=2023"
CHANGES = "/utgavor/forhandsgranska/andringar?period=2023"
PUT_TOGETHER = "har ingen egen plats nu, oftast för att grupper är sammanslagna"


@pytest.fixture(autouse=True)
def complete_years(database: Database, association: Furnished) -> None:
    with database.session(write=True) as session:
        fill(session, association)


def events(database: Database) -> list[str]:
    with database.session() as session:
        return list(session.scalars(select(AuditEvent.event).order_by(AuditEvent.number)))


def demand_two(database: Database, association: Furnished) -> None:
    with database.session(write=True) as session:
        session.execute(
            update(Association).where(Association.id == association.id).values(second_approval=True)
        )


def employ_another_director(database: Database, association: Furnished) -> None:
    """Somebody who has chosen a password, which nobody signs in with here."""
    with database.session(write=True) as session:
        role = Membership(association_id=association.id, role=Role.DIRECTOR.value)
        session.add(
            Account(
                association_id=association.id,
                email="another@example.org",
                password="x",
                fs_uniquifier="another",
                memberships=[role],
            )
        )


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        (Movement(7, 2), "+7\u00a0sena registreringar, −2\u00a0rättelser"),
        (Movement(1, 0), "+1\u00a0sen registrering"),
        (Movement(0, 1), "−1\u00a0rättelse"),
        (Movement(0, 0), ""),
    ],
)
def test_movements_are_told_in_words(moved: Movement, words: str) -> None:
    assert moved.words == words


def test_an_officer_checks_and_previews_but_does_not_publish(sign_in: SignIn, database: Database) -> None:
    officer = sign_in(Role.OFFICER)
    page = officer.get(PREPARE)
    done = page.text.index(">Klart</h2>")
    assert page.text.index(">Att ta ställning till</h2>") < page.text.index("uppgift saknas för") < done
    assert done < page.text.index("Alla team har klarmarkerat alla månader")
    assert "Förbundschefen publicerar utgåvan." in page.text
    assert "Ditt lösenord" not in page.text
    assert CHANGES not in page.text
    assert officer.get(CHANGES).status_code == 404
    preview = officer.get("/utgavor/forhandsgranska?period=2023")
    assert "Förhandsgranskning" in preview.text
    assert "T2 Deltagare efter kön och ålder" in preview.text
    assert "#innehall" not in preview.text
    with database.session() as session:
        assert session.scalars(select(Edition)).all() == []


def test_the_first_year_is_not_said_to_have_a_complete_year_before_it(
    sign_in: SignIn, database: Database
) -> None:
    complete = "Året före är också helt klarmarkerat."
    assert complete in sign_in(Role.OFFICER).text(PREPARE)
    with database.session(write=True) as session:
        session.execute(update(Team).values(opened=Month(2023, 1)))
    text = sign_in(Role.OFFICER).text(PREPARE)
    assert complete not in text
    assert "Inget team var i gång året före" in text


def test_outcomes_that_were_typed_are_named_before_they_are_published(
    sign_in: SignIn, database: Database, association: Furnished, scope_of: Callable[..., Scope]
) -> None:
    """What the product works out is weighed by disclosure control; what somebody has typed is not."""
    goal = SetGoal(year=2023, wording="Avtal", indicator="manual", target=3, outcome=4)
    goals = [goal, replace(goal, wording="Många", indicator="participants"), replace(goal, year=2022)]
    with database.session(write=True) as session:
        wanted = SetIntervention(name="Mottagning", kind=Kind.STRUCTURAL, team_id=None)
        own = plan.add_intervention(session=session, scope=scope_of(Role.DIRECTOR), command=wanted)
        goals.append(replace(goals[1], wording="Besökare", intervention_id=own.id, outcome=1200))
        goals += [replace(goals[-1], wording="Deltaganden", indicator="attendances")]
        for each in goals:
            entries.add(session=session, scope=scope_of(Role.DIRECTOR), command=each)
    told = visible_text(sign_in(Role.OFFICER).get(PREPARE).text)
    assert "Inskrivet utfall publiceras som det är för ”Avtal” (4) och ”Besökare” (1 200)." in told
    assert "ta bort det under Mål" in told


def test_a_kept_draft_tells_what_has_changed_since(
    sign_in: SignIn, database: Database, association: Furnished
) -> None:
    director = sign_in(Role.DIRECTOR)
    assert "Det kan ta flera minuter" in (page := director.get(PREPARE).text)
    assert "Andra kan spara som vanligt under tiden." in page
    saved = director.submit(PREPARE, button="Spara utkastet")
    assert "Utkastet är sparat" in saved.text
    assert re.search(r"Ändrat sedan utkastet från 12\s+juni 2024</h2>\s*<p>Ingenting har ändrats", saved.text)
    with database.session(write=True) as session:
        fill_more(session, association)
    assert "sena registreringar" in director.get(PREPARE).text
    assert events(database)[-2:] == ["DRAFT_SAVED", "PARTICIPATION_RECORDED"]


def fill_more(session: Session, association: Furnished, people: int = 20) -> None:
    """Rows come with an act that is logged, which is how the pages know that there is something new."""
    session.add_all(row(Random(9), association.id, association.north) for _ in range(people))
    scope = Scope(association_id=association.id, actor="1")
    record(session, scope, Event.PARTICIPATION_RECORDED, team_id=association.north)


def test_where_nothing_has_changed_there_is_nothing_to_publish(sign_in: SignIn) -> None:
    """Nor for a page that was open in another tab: it asks neither for a password nor for a reason."""
    director = sign_in(Role.DIRECTOR)
    other_tab = find_form(director.get(PREPARE).text, button="Publicera")
    director.submit(PREPARE, button="Publicera", password=PASSWORD)
    page = director.get(PREPARE)
    assert "Utgåva 2024:1 visar samma uppgifter och gäller fortfarande." in page.text
    assert "Ditt lösenord" not in page.text
    edition = re.search(r'href="(/utgavor/\d+)"[^>]*>Läs utgåva 2024:1', page.text)
    assert edition is not None
    assert director.get(edition[1]).status_code == 200
    again = director.post(other_tab.action, data=other_tab.values | {"password": PASSWORD})
    assert "Det finns inget att publicera." in again.text
    assert "Varför revideras utgåvan?" not in again.text


def test_figures_for_a_part_of_a_year_are_told_to_cost_the_year(sign_in: SignIn) -> None:
    director = sign_in(Role.DIRECTOR)
    warning = "utgåvan för 2023 skyddas även mot det"
    part = "/utgavor/publicera?period=2023-JanAug"
    assert warning in director.get(part).text
    assert warning not in director.get(PREPARE).text
    director.submit(PREPARE, button="Publicera", password=PASSWORD)
    assert warning not in director.get(part).text


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Veil(1, 0), "1\u00a0uppgift som tidigare visades döljs nu."),
        (Veil(0, 1), "1\u00a0uppgift som var dold visas nu."),
        (Veil(0, 0, 2), f"2\u00a0uppgifter som tidigare visades {PUT_TOGETHER}."),
        (Veil(0, 0), ""),
    ],
)
def test_what_is_hidden_and_shown_is_told_in_words(found: Veil, words: str) -> None:
    assert found.words == words


@pytest.mark.both_databases
def test_two_people_stand_behind_an_edition_where_the_forbund_wants_it(
    sign_in: SignIn, database: Database, association: Furnished
) -> None:
    demand_two(database, association)
    director = sign_in(Role.DIRECTOR)
    alone = director.get(PREPARE).text
    assert "Ditt lösenord" not in alone
    assert "Be om godkännande</button>" not in alone
    assert "Förbundet har ingen" not in alone
    assert "Du är ensam om att få publicera: be en utvecklingsledare" in alone
    employ_another_director(database, association)
    asked = director.submit(PREPARE, button="Be om godkännande")
    assert "Nu behöver någon annan än du publicera" in asked.text
    assert "Ditt lösenord" not in asked.text
    refused = publish_anyway(director)
    assert refused.status_code == 422
    assert "Någon annan än du behöver publicera" in refused.text

    officer = sign_in(Role.OFFICER)
    officer.submit(PREPARE, button="Be om godkännande")
    page = director.get(PREPARE)
    assert "Siffrorna är desamma som då" in page.text
    answer = director.submit(PREPARE, button="Publicera", password=PASSWORD)
    assert "Utgåva 2024:1 är publicerad" in answer.text
    with database.session() as session:
        assert session.scalars(select(EditionDraft)).all() == []
    assert [event for event in events(database) if event in ("APPROVAL_ASKED", "PUBLISHED")] == [
        "APPROVAL_ASKED", "APPROVAL_ASKED", "PUBLISHED",
    ]  # fmt: skip
    check_files(sign_in(Role.READER))


@pytest.mark.parametrize(
    ("role", "gone", "missing"),
    [
        (Role.DIRECTOR, Role.OFFICER, "utvecklingsledare som kan be om godkännande"),
        (Role.OFFICER, Role.DIRECTOR, "förbundschef som kan publicera"),
    ],
)
def test_who_has_nobody_to_be_the_second_person_is_told_who_can_invite_one(
    sign_in: SignIn, database: Database, association: Furnished, role: Role, gone: Role, missing: str
) -> None:
    demand_two(database, association)
    alone = sign_in(role)
    with database.session(write=True) as session:
        session.execute(update(Account).where(Account.email == address_of(gone)).values(active=False))
    told = alone.get(PREPARE).text
    administrator = address_of(Role.SYSTEM_ADMIN)
    assert f"Förbundet har ingen {missing}. Systemadministratören ({administrator}) kan bjuda in en." in told
    assert "be en utvecklingsledare" not in told
    assert ('href="/utgavor/installningar"' in told) == (role is Role.DIRECTOR)


def test_a_request_is_seen_by_the_other_and_can_be_turned_down_or_taken_back(
    sign_in: SignIn, database: Database, association: Furnished
) -> None:
    demand_two(database, association)
    director, officer = sign_in(Role.DIRECTOR), sign_in(Role.OFFICER)
    waits = "Statistik 2023 väntar på godkännande sedan"
    assert waits not in director.get("/utgavor").text
    asked = officer.submit(PREPARE, button="Be om godkännande")
    assert "Väntar på godkännande</h2>" in asked.text
    assert waits in director.get("/utgavor").text
    assert waits in director.get("/").text
    assert waits not in sign_in(Role.READER).get("/utgavor").text
    declined = director.submit(PREPARE, button="Avslå begäran")
    assert "Begäran om godkännande är avslagen." in declined.text
    assert waits not in officer.get("/utgavor").text
    assert "Ditt lösenord" not in director.get(PREPARE).text
    officer.submit(PREPARE, button="Be om godkännande")
    taken_back = officer.submit(PREPARE, button="Dra tillbaka begäran")
    assert "Begäran om godkännande gäller inte längre" in taken_back.text
    assert waits not in director.get("/").text
    officer.submit(PREPARE, button="Spara utkastet")
    asked_and_answered = ["APPROVAL_ASKED", "APPROVAL_DENIED", "APPROVAL_ASKED", "APPROVAL_TAKEN_BACK"]
    assert [event for event in events(database) if "APPROVAL" in event] == asked_and_answered
    assert events(database)[-1] == "DRAFT_SAVED"


@pytest.mark.both_databases
def test_who_asked_is_told_that_it_was_declined_until_they_ask_anew(
    sign_in: SignIn, database: Database, association: Furnished
) -> None:
    demand_two(database, association)
    director, officer = sign_in(Role.DIRECTOR), sign_in(Role.OFFICER)
    told = "Begäran om godkännande av statistik 2023 avslogs den 12 juni 2024"
    officer.submit(PREPARE, button="Be om godkännande")
    assert "En utvecklingsledare bad om godkännande" in director.get(PREPARE).text
    director.submit(PREPARE, button="Avslå begäran")
    for again in range(2):
        assert told in visible_text(officer.get("/").text), again
        assert told in visible_text(officer.get("/utgavor").text), again
        page = visible_text(officer.get(PREPARE).text)
        assert "Din begäran om godkännande avslogs den 12 juni 2024." in page, again
        assert told not in visible_text(director.get("/").text), again
        kept = director.submit(PREPARE, button="Spara utkastet")
        assert "Begäran" not in kept.text.partition('role="status"')[2].partition("<h1")[0], again
    officer.submit(PREPARE, button="Be om godkännande")
    assert told not in visible_text(officer.get("/").text)
    assert "avslogs" not in officer.get(PREPARE).text


def publish_anyway(director: Client) -> TestResponse:
    """As somebody would who sends the form that the page does not show."""
    token = find_form(director.get("/utgavor/installningar").text, button="Spara valen").values["csrf_token"]
    fields = {"csrf_token": token, "period": "2023", "password": PASSWORD}
    return director.post("/utgavor/publicera", data=fields)


def check_files(reader: Client) -> None:
    """A reader takes files out and holds them against what was published."""
    package = reader.submit("/utgavor/1", button="Ladda ner filen", format="paket")
    table = reader.submit("/utgavor/1", button="Ladda ner filen", format="csv")
    named = [file.headers["Content-Disposition"].partition("filename=")[2] for file in (package, table)]
    assert named == [
        "statistik-2023-paket-utgava-2024-1-publicerbar.zip",
        "statistik-2023-utgava-2024-1-publicerbar.csv",
    ]
    with ZipFile(BytesIO(package.data)) as held:
        assert "statistik-2023-publicerbar.csv" in held.namelist(), "as in packages of old"
    assert "Filen är oförändrad" in checked(reader, package.data)
    assert "utgåva 2024:1" in checked(reader, table.data)
    broken = bytearray(package.data)
    broken[len(broken) // 2] ^= 1
    answer = checked(reader, bytes(broken))
    assert "Paketet har ändrats" in answer
    assert "är skadad." in answer
    assert "Filen stämmer inte med någon publicerad utgåva" in checked(reader, table.data + b" ")


def test_a_draft_s_package_is_not_called_published(sign_in: SignIn) -> None:
    """It is signed as every package is, and would otherwise pass for an edition when it leaks."""
    director = sign_in(Role.DIRECTOR)
    draft = director.submit("/statistik?period=2023", button="Ladda ner filen", format="paket")
    assert draft.status_code == 200
    answer = checked(director, draft.data)
    assert "Paketet är inte publicerat" in answer
    assert "Paketet är oförändrat" not in answer


def checked(client: Client, content: bytes) -> str:
    """Sent as bytes: the test client would leave a file open for a package as large as this."""
    token = find_form(client.get("/utgavor/kontrollera").text, button="Kontrollera filen").values[
        "csrf_token"
    ]
    parts = [('name="csrf_token"', token[0].encode()), ('name="file"; filename="fil.zip"', content)]
    body = b"".join(
        b"--grans\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n" % (name.encode(), value)
        for name, value in parts
    )
    answer = client.post(
        "/utgavor/kontrollera",
        data=body + b"--grans--\r\n",
        content_type="multipart/form-data; boundary=grans",
    )
    assert answer.status_code == 200
    return answer.text


def test_figures_that_changed_since_the_request_are_not_published(
    sign_in: SignIn, database: Database, association: Furnished
) -> None:
    demand_two(database, association)
    sign_in(Role.OFFICER).submit(PREPARE, button="Be om godkännande")
    with database.session(write=True) as session:
        fill_more(session, association)
    director = sign_in(Role.DIRECTOR)
    assert "Siffrorna har ändrats sedan någon bad om godkännande" in director.get(PREPARE).text
    assert publish_anyway(director).status_code == 422
    assert "PUBLISHED" not in events(database)


def test_choices_need_a_decision_and_a_password(sign_in: SignIn, database: Database) -> None:
    director = sign_in(Role.DIRECTOR)
    missing = director.submit("/utgavor/installningar", choices=["open_data"], password=PASSWORD)
    assert missing.status_code == 422
    assert "Fyll i diarienumret" in missing.text
    done = director.submit(
        "/utgavor/installningar", choices=["open_data"], decision="2024/15", password=PASSWORD
    )
    assert "Valen är sparade." in done.text
    assert re.search(r">https?://[^/<]+/oppna-data/\d+</a>", done.text), "an address that can be given away"
    with database.session() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
        assert last is not None
        assert last.details == {"open_data": "på", "approval": "en person", "decision": "2024/15"}
    wrong = director.submit(
        "/utgavor/installningar", choices=["second_approval"], password="fel lösenord alls"
    )
    assert wrong.status_code == 422


def test_nobody_takes_the_second_person_away_without_a_decision(
    sign_in: SignIn, database: Database, association: Furnished
) -> None:
    """Otherwise one of the two could switch the other off, publish alone, and switch back."""
    demand_two(database, association)
    director = sign_in(Role.DIRECTOR)
    alone = director.submit("/utgavor/installningar", choices=[], password=PASSWORD)
    assert alone.status_code == 422
    assert "Fyll i diarienumret för beslutet att en person räcker bakom en utgåva." in alone.text
    assert publish_anyway(director).status_code == 422
    both = ["open_data", "second_approval"]
    director.submit("/utgavor/installningar", choices=both, decision="2024/15", password=PASSWORD)
    # The decision about open data stands in the form already and is about something else.
    same = director.submit("/utgavor/installningar", choices=["open_data"], password=PASSWORD)
    assert same.status_code == 422
    done = director.submit("/utgavor/installningar", choices=[], decision="2024/16", password=PASSWORD)
    assert "Valen är sparade." in done.text
    with database.session() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
        assert last is not None
        assert last.details == {"open_data": "av", "approval": "en person", "decision": "2024/16"}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.READER, Role.SYSTEM_ADMIN])
def test_nobody_but_the_director_decides_how_to_publish(sign_in: SignIn, role: Role) -> None:
    assert sign_in(role).get("/utgavor/installningar").status_code == 403
