"""How long a session lives, and what happens to what was being typed when it ended."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select
from time_machine import Traveller
from werkzeug.test import TestResponse

from followup.access.models import Account
from followup.access.roles import Role
from followup.db import Database
from tests.conftest import SignIn
from tests.infrastructure.client import Client
from tests.infrastructure.forms import find_form
from tests.infrastructure.furnish import PASSWORD, address_of

OURS = {"Sec-Fetch-Site": "same-origin"}
MINUTE, HOUR = 60, 3600
NEW_TEAM = {"name": "Team Östra", "municipalities": "Sala", "kind": "coordination", "opened": "2024-06"}


def is_signed_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def typed_team(client: Client, **fields: str) -> dict[str, str]:
    """The form of a new team, filled in but not yet sent."""
    form = find_form(client.get("/system/team/nytt").text, button="Lägg upp team")
    return {**form.values, **NEW_TEAM, **fields}


def send(client: Client, data: dict[str, str], **headers: str) -> TestResponse:
    return client.post("/system/team/nytt", data=data, headers=headers or OURS)


def sign_in_on(client: Client, page: TestResponse, role: Role = Role.SYSTEM_ADMIN) -> TestResponse:
    return client.submit("/logga-in", page=_as_page(page), email=address_of(role), password=PASSWORD)


def _as_page(response: TestResponse) -> TestResponse:
    assert response.status_code == 401
    response.status_code = 200
    return response


def test_half_an_hour_of_silence_ends_the_session(sign_in: SignIn, clock: Traveller) -> None:
    client = sign_in(Role.TEAM_STAFF)
    clock.shift(30 * MINUTE)
    assert is_signed_in(client)
    clock.shift(31 * MINUTE)
    answer = client.get("/losenord", follow_redirects=True)
    assert answer.request.path == "/logga-in"
    assert "Du loggades ut eftersom det hade gått lång tid." in answer.text


def test_signing_out_ends_a_copy_of_the_cookie_too(app: Flask, sign_in: SignIn, clock: Traveller) -> None:
    client, thief, elsewhere = sign_in(Role.TEAM_STAFF), app.test_client(), sign_in(Role.TEAM_STAFF)
    cookie = client.get_cookie("followup")
    assert cookie is not None
    thief.set_cookie("followup", cookie.value)
    assert thief.get("/losenord").status_code == 200
    client.submit("/", action="/logga-ut")
    thief.set_cookie("followup", cookie.value)
    assert thief.get("/losenord").status_code == 302
    assert is_signed_in(elsewhere)


def test_every_request_keeps_the_session_alive(sign_in: SignIn, clock: Traveller) -> None:
    client = sign_in(Role.TEAM_STAFF)
    for _ in range(6):
        clock.shift(25 * MINUTE)
        assert client.get("/aktiv").status_code == 204
    assert is_signed_in(client)


def test_a_working_day_ends_the_session_however_busy(sign_in: SignIn, clock: Traveller) -> None:
    client = sign_in(Role.TEAM_STAFF)
    for _ in range(24):
        clock.shift(25 * MINUTE)
        assert is_signed_in(client)
    clock.shift(timedelta(minutes=1))
    assert not is_signed_in(client)


def test_fetching_a_picture_is_no_sign_of_life(sign_in: SignIn, clock: Traveller) -> None:
    client = sign_in(Role.TEAM_STAFF)
    for _ in range(2):
        clock.shift(20 * MINUTE)
        client.get("/static/followup.css").close()
    assert not is_signed_in(client)


def test_what_was_typed_survives_signing_in_again(
    sign_in: SignIn, clock: Traveller, database: Database
) -> None:
    client = sign_in(Role.SYSTEM_ADMIN)
    data = typed_team(client)
    clock.shift(HOUR)
    page = send(client, data)
    assert "Det du fyllde i finns kvar" in page.text
    assert "Team Östra" not in page.text
    kept = sign_in_on(client, page)
    assert "Dina uppgifter finns kvar" in kept.text
    saved = client.submit("", page=kept, button="Skicka igen")
    assert "Team Östra är upplagt." in saved.text
    assert saved.request.path == "/system/team"


def test_a_mistake_that_was_typed_comes_back_to_be_mended(sign_in: SignIn, clock: Traveller) -> None:
    client = sign_in(Role.SYSTEM_ADMIN)
    data = typed_team(client, municipalities="Grönköping")
    clock.shift(HOUR)
    kept = sign_in_on(client, send(client, data))
    answer = client.submit("", page=kept, button="Skicka igen")
    assert answer.status_code == 422
    assert "Det finns ingen kommun som heter Grönköping" in answer.text
    assert "Team Östra" in answer.text


def test_nothing_is_saved_before_signing_in(sign_in: SignIn, clock: Traveller, client: Client) -> None:
    admin = sign_in(Role.SYSTEM_ADMIN)
    data = typed_team(admin)
    clock.shift(HOUR)
    send(admin, data)
    other = sign_in(Role.SYSTEM_ADMIN)
    assert "Team Östra" not in other.text("/system/team")


def test_somebody_else_on_the_same_computer_gets_nothing(sign_in: SignIn, clock: Traveller) -> None:
    client = sign_in(Role.SYSTEM_ADMIN)
    data = typed_team(client)
    clock.shift(HOUR)
    answer = sign_in_on(client, send(client, data), Role.DIRECTOR)
    assert "Dina uppgifter finns kvar" not in answer.text
    assert "Du har loggat in med ett annat konto." in answer.text


def test_another_site_cannot_put_words_in_the_form(client: Client, sign_in: SignIn) -> None:
    data = typed_team(sign_in(Role.SYSTEM_ADMIN))
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ):
        page = send(client, data, **headers)
        assert "Ingenting är sparat. Logga in och fyll i igen." in page.text
        assert "Dina uppgifter finns kvar" not in sign_in_on(client, page).text
        client.submit("/", action="/logga-ut")


def test_identities_and_passwords_are_never_carried(app: Flask, sign_in: SignIn, clock: Traveller) -> None:
    client = sign_in(Role.SYSTEM_ADMIN)
    data = typed_team(client, name="20010102-2382")
    clock.shift(HOUR)
    kept = sign_in_on(client, send(client, data))
    assert "Dina uppgifter finns kvar" in kept.text
    assert "20010102" not in kept.text
    assert 'value="Sala"' in kept.text

    clock.shift(HOUR)
    page = client.post("/losenord", data={"password": PASSWORD, "new_password": "x"}, headers=OURS)
    assert "Ingenting är sparat. Logga in och fyll i igen." in page.text


def test_what_is_carried_cannot_be_read_or_changed(sign_in: SignIn, clock: Traveller) -> None:
    client = sign_in(Role.SYSTEM_ADMIN)
    data = typed_team(client)
    clock.shift(HOUR)
    page = send(client, data)
    sealed = page.text.split('name="kept" type="hidden" value="')[1].split('"')[0]
    assert len(sealed) > 100
    changed = sealed[:-6] + ("AAAAAA" if sealed[-6:] != "AAAAAA" else "BBBBBB")
    answer = client.submit(
        "", page=_as_page(page), email=address_of(Role.SYSTEM_ADMIN), password=PASSWORD, kept=changed
    )
    assert answer.status_code == 200
    assert "Dina uppgifter finns kvar" not in answer.text


def test_a_closed_account_is_out_at_once(sign_in: SignIn, database: Database) -> None:
    admin, staff = sign_in(Role.SYSTEM_ADMIN), sign_in(Role.TEAM_STAFF)
    with database.session() as session:
        number = session.scalars(select(Account.id).where(Account.email == address_of(Role.TEAM_STAFF))).one()
    answer = admin.submit(f"/system/konton/{number}", action=f"/system/konton/{number}/stang")
    assert "är stängt." in answer.text
    assert not is_signed_in(staff)


def test_changed_roles_apply_at_the_next_click(sign_in: SignIn, database: Database) -> None:
    admin, staff = sign_in(Role.SYSTEM_ADMIN), sign_in(Role.TEAM_STAFF)
    with database.session() as session:
        number = session.scalars(select(Account.id).where(Account.email == address_of(Role.TEAM_STAFF))).one()
    admin.submit(f"/system/konton/{number}", button="Spara roller", role="reader", teams=None)
    assert "inte publicerat någon utgåva" in staff.text("/")


def test_stale_sign_in_page_is_opened_again(client: Client) -> None:
    page = client.get("/logga-in")
    client.delete_cookie("followup")
    answer = client.post(
        "/logga-in",
        data={**find_form(page.text, button="Logga in").values, "email": "a@b.se", "password": PASSWORD},
        headers=OURS,
    )
    assert answer.status_code == 400
    assert 'href="/logga-in">Öppna sidan på nytt' in answer.text
    assert PASSWORD not in answer.text


def test_stale_button_leads_to_a_page_that_opens(sign_in: SignIn) -> None:
    client = sign_in(Role.TEAM_STAFF)
    answer = client.post("/logga-ut", data={"csrf_token": "stale"}, headers=OURS)
    assert answer.status_code == 400
    assert 'href="/">Öppna sidan på nytt' in answer.text
    assert is_signed_in(client)


def test_form_with_a_stale_token_is_sent_again_with_one_button(sign_in: SignIn) -> None:
    client = sign_in(Role.SYSTEM_ADMIN)
    answer = send(client, typed_team(client, csrf_token="stale"))
    assert answer.status_code == 400
    assert "Det du skrev finns kvar." in answer.text
    answer.status_code = 200
    assert "Team Östra är upplagt." in client.submit("", page=answer, button="Skicka igen").text
