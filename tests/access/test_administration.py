"""What a system administrator does with accounts."""

import re

import pytest
from sqlalchemy import select
from time_machine import Traveller

from followup.access.models import Account
from followup.access.roles import ROLE_DUTIES, Role
from followup.access.service import create_account
from followup.audit.events import Event
from followup.audit.models import AuditEvent
from followup.db import Database
from followup.organisation.models import Association
from tests.conftest import SignIn
from tests.infrastructure.client import Client, visible_text
from tests.infrastructure.databases import closing
from tests.infrastructure.forms import find_form
from tests.infrastructure.furnish import NEIGHBOUR, PASSWORD, Furnished, address_of

NEW = "ny.person@example.org"
CHOSEN = "grön cykel under bron"


def link_on(text: str) -> str:
    found = re.search(r'value="http://[^/"]+(/inbjudan/[^"]+)"', text)
    assert found, text
    return found[1]


def events(database: Database, event: Event) -> list[AuditEvent]:
    with database.session() as session:
        return list(session.scalars(select(AuditEvent).where(AuditEvent.event == event.name)))


@pytest.mark.both_databases
def test_invited_person_chooses_a_password_and_signs_in(
    sign_in: SignIn, client: Client, database: Database, association: Furnished
) -> None:
    admin = sign_in(Role.SYSTEM_ADMIN)
    page = admin.submit(
        "/system/konton/ny",
        email=" Ny.Person@Example.org ",
        role="team_staff",
        teams=[str(association.north)],
    )
    assert NEW in page.text
    link = link_on(page.text)

    answer = client.submit(link, new_password=CHOSEN, new_password_confirm=CHOSEN)
    assert "Lösenordet är valt" in answer.text
    answer = client.submit("/logga-in", email=NEW, password=CHOSEN)
    assert answer.request.path == "/"

    assert [event.details["role"] for event in events(database, Event.ACCOUNT_INVITED)] == [
        f"team_staff:{association.north}"
    ]
    assert len(events(database, Event.INVITATION_ACCEPTED)) == 1
    gone = client.get(link)
    assert "Länken gäller inte längre" in gone.text
    with database.session() as session:
        account = session.scalars(select(Account).where(Account.email == NEW)).one()
        assert account.password is not None
        assert account.password.startswith("$argon2id$")
        assert account.invitation_hash is None


def number_of(database: Database, role: Role, team: str = "north") -> int:
    with database.session() as session:
        email = address_of(role, team)
        return session.scalars(select(Account.id).where(Account.email == email)).one()


def invite(admin: Client, **fields: object) -> str:
    filled = {"email": NEW, "role": "reader"} | fields
    return link_on(admin.submit("/system/konton/ny", **filled).text)


def test_link_works_for_seven_days(sign_in: SignIn, client: Client, clock: Traveller) -> None:
    link = invite(sign_in(Role.SYSTEM_ADMIN))
    clock.shift(7 * 24 * 3600)
    assert "Välj lösenord" in client.text(link)
    clock.shift(24 * 3600)
    assert "Länken gäller inte längre" in client.text(link)


def test_a_new_link_ends_the_old_one(sign_in: SignIn, client: Client, database: Database) -> None:
    admin, number = sign_in(Role.SYSTEM_ADMIN), number_of(database, Role.READER)
    account = f"/system/konton/{number}"
    first, second = (link_on(admin.submit(account, action=f"{account}/lank").text) for _ in range(2))
    assert "Länken gäller inte längre" in client.text(first)
    assert client.submit("/logga-in", email=address_of(Role.READER), password=PASSWORD).request.path == "/"
    client.submit("/", action="/logga-ut")
    client.submit(second, new_password=CHOSEN, new_password_confirm=CHOSEN)
    assert client.submit("/logga-in", email=address_of(Role.READER), password=PASSWORD).status_code == 422
    assert client.submit("/logga-in", email=address_of(Role.READER), password=CHOSEN).request.path == "/"


def test_a_guessed_link_is_gone(client: Client) -> None:
    assert "Länken gäller inte längre" in client.text("/inbjudan/gissad")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email": "inte en adress"}, "Skriv en e-postadress"),
        ({"email": "20010102-2382@sala.example"}, "ser ut att innehålla ett personnummer"),
        ({"email": address_of(Role.READER).upper()}, "Det finns redan ett konto med den adressen."),
        ({"role": None}, "Välj en roll."),
        ({"role": "team_staff", "teams": None}, "Välj minst ett team till rollen."),
        ({"role": "director", "teams": ["1"]}, "Rollen förbundschef gäller hela förbundet."),
        ({"role": "superuser"}, "Roll: välj något av alternativen i listan."),
        ({"role": "team_staff", "teams": ["4"]}, "Team: välj något av alternativen i listan."),
    ],
)
def test_bad_invitation_says_why_and_invites_nobody(
    sign_in: SignIn, database: Database, fields: dict[str, object], said: str
) -> None:
    admin = sign_in(Role.SYSTEM_ADMIN)
    response = admin.submit("/system/konton/ny", **({"email": NEW, "role": "reader"} | fields))
    assert response.status_code == 422
    assert said in response.text
    assert not events(database, Event.ACCOUNT_INVITED)


@pytest.mark.postgresql
def test_an_address_of_another_forbund_is_taken_though_its_account_cannot_be_seen(
    sign_in: SignIn, database: Database, database_url: str, association: Furnished
) -> None:
    with database.session() as session:
        neighbour = session.scalars(select(Association.id).where(Association.name == NEIGHBOUR)).one()
    with (
        closing(Database(database_url, association_id=neighbour)) as theirs,
        theirs.session(write=True) as session,
    ):
        create_account(
            session=session, association_id=neighbour, email=NEW, memberships=[(Role.READER, None)]
        )
    answer = sign_in(Role.SYSTEM_ADMIN).submit("/system/konton/ny", email=NEW, role="reader")
    assert answer.status_code == 422
    assert "Adressen går inte att använda här." in answer.text
    assert not events(database, Event.ACCOUNT_INVITED)


def test_link_page_sent_again_leads_to_the_list(sign_in: SignIn) -> None:
    admin = sign_in(Role.SYSTEM_ADMIN)
    page = admin.get("/system/konton/ny")
    admin.submit("/system/konton/ny", page=page, email=NEW, role="reader")
    again = admin.submit("/system/konton/ny", page=page, email=NEW, role="reader")
    assert again.request.path == "/system/konton"
    assert "Redan sparad" in again.text


def test_last_administrator_cannot_leave(sign_in: SignIn, database: Database) -> None:
    admin, number = sign_in(Role.SYSTEM_ADMIN), number_of(database, Role.SYSTEM_ADMIN)
    account = f"/system/konton/{number}"
    closing = admin.submit(account, action=f"{account}/stang")
    assert closing.status_code == 422
    assert "Kontot är det enda öppna som kan hantera konton." in closing.text
    changing = admin.submit(account, button="Spara roller", role="director")
    assert "Kontot är det enda öppna som kan hantera konton." in changing.text
    invite(admin, role="system_admin")
    # The invited colleague cannot sign in yet, so this account is still the only way in.
    assert admin.submit(account, action=f"{account}/stang").status_code == 422


@pytest.mark.both_databases
def test_roles_are_changed_closed_and_opened_with_one_event_each(
    sign_in: SignIn, database: Database, association: Furnished
) -> None:
    admin, number = sign_in(Role.SYSTEM_ADMIN), number_of(database, Role.TEAM_STAFF)
    account, north, south = f"/system/konton/{number}", association.north, association.south
    answer = admin.submit(account, button="Spara roller", role="team_manager", teams=[str(north), str(south)])
    assert "Rollerna för" in answer.text
    assert "Verksamhetsledare i Team Norra och Team Södra" in visible_text(answer.text)
    admin.submit(account, button="Spara roller", role="team_manager", teams=[str(north), str(south)])
    admin.submit(account, action=f"{account}/stang")
    admin.submit(account, action=f"{account}/oppna")
    roles = f"team_manager:{north} team_manager:{south}"
    assert [entry.details for entry in events(database, Event.ACCOUNT_CHANGED)] == [
        {"account": str(number), "roles": roles}
    ]
    assert len(events(database, Event.ACCOUNT_CLOSED)) == len(events(database, Event.ACCOUNT_OPENED)) == 1


def test_list_is_narrowed_by_role_team_and_state(sign_in: SignIn, association: Furnished) -> None:
    admin = sign_in(Role.SYSTEM_ADMIN)
    south = admin.text(f"/system/konton?team={association.south}")
    assert "team_staff.south@example.org" in south
    assert "team_staff.north@example.org" not in south
    assert "reader@example.org" in admin.text("/system/konton?roll=reader")
    assert "Inget konto passar urvalet." in admin.text("/system/konton?status=stangda")


def test_account_of_another_association_is_not_there(
    sign_in: SignIn, database: Database, association: Furnished
) -> None:
    with database.session(write=True) as session:
        theirs = Account(association_id=association.id + 1, email="granne@example.org", fs_uniquifier="x")
        session.add(theirs)
        session.flush()
        number = theirs.id
    admin = sign_in(Role.SYSTEM_ADMIN)
    assert admin.get(f"/system/konton/{number}").status_code == 404
    assert admin.get("/system/konton/999999").status_code == 404
    assert "granne@example.org" not in admin.text("/system/konton")
    invited = admin.submit("/system/konton/ny", email="granne@example.org", role="reader")
    assert "Skriv en annan adress till personen." in invited.text
    assert "Det finns redan ett konto" not in invited.text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM_ADMIN])
def test_nobody_else_comes_near(role: Role, sign_in: SignIn) -> None:
    response = sign_in(role).get("/system/konton")
    assert response.status_code == 403
    assert "Du behöver rätt att hantera konton och team." in response.text


def test_administrator_sees_no_rows_and_no_statistics(sign_in: SignIn, association: Furnished) -> None:
    admin = sign_in(Role.SYSTEM_ADMIN)
    for path in (f"/team/{association.north}/deltagare", f"/team/{association.north}/ko", "/ko"):
        assert admin.get(path).status_code == 403


def test_link_leads_to_the_installation_whatever_host_the_request_claims(sign_in: SignIn) -> None:
    admin = sign_in(Role.SYSTEM_ADMIN)
    page = admin.get("/system/konton/ny", headers={"X-Forwarded-Host": "evil.example"})
    form = find_form(page.text, button="Skapa länk")
    answer = admin.post(
        "/system/konton/ny",
        data=form.values | {"email": NEW, "role": "reader"},
        headers={"X-Forwarded-Host": "evil.example"},
    )
    assert 'value="http://127.0.0.1:8000/inbjudan/' in answer.text
    assert "evil" not in answer.text


def test_what_a_role_does_stands_beside_it(sign_in: SignIn) -> None:
    told = sign_in(Role.SYSTEM_ADMIN).text("/system/konton/ny")
    for role in Role:
        assert f"{role.label.capitalize()}: {ROLE_DUTIES[role]}" in told
