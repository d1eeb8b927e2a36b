"""When something fails, the page says what happened, whether anything was saved, and what to do."""

import logging
import re

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from followup.access.roles import Role
from tests.conftest import SignIn
from tests.infrastructure.client import Client, visible_text
from tests.infrastructure.forms import Values, find_form
from tests.infrastructure.furnish import PASSWORD, Furnished, address_of
from tests.web.gallery import TYPED


@pytest.fixture
def quiet(app: Flask) -> Client:
    """A client that sees the error page, as a browser does, and not the exception."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    client = app.test_client()
    assert isinstance(client, Client)
    return client


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 415, 429, 501, 503])
def test_error_page_is_swedish_and_shows_a_way_on(client: Client, status: int) -> None:
    response = client.get(f"/prov/fel/{status}")
    assert response.status_code == status
    assert '<html lang="sv">' in response.text
    assert "<title>Fel: " in response.text
    assert response.text.count("<h1") == 1
    assert 'href="/"' in response.text


def test_address_that_does_not_exist_is_not_repeated(client: Client) -> None:
    response = client.get("/811218-9876")
    assert response.status_code == 404
    assert "811218" not in response.text


@pytest.mark.both_databases
@pytest.mark.parametrize("number", ["2147483648", "9223372036854775808", "1" * 5000, "٣"])
def test_a_number_that_no_database_holds_is_simply_not_there(sign_in: SignIn, number: str) -> None:
    """Also where somebody has typed it, as the page of an edition or of a scenario."""
    manager = sign_in(Role.TEAM_MANAGER)
    for path in (f"/utgavor/{number}", f"/team/{number}/ko", f"/team/1/ko/scenarier/{number}"):
        assert manager.get(path).status_code == 404
    token = find_form(manager.get("/").text, action="/logga-ut").values["csrf_token"]
    data = {"csrf_token": token, "val": number}
    assert manager.post("/team/1/ko/scenarier/rakna-om", data=data).status_code == 404
    assert manager.get("/import", query_string={"team": number}).status_code == 200


def test_wrong_method_is_explained(client: Client) -> None:
    assert client.get("/prov/nekad").status_code == 405


def test_refusal_of_a_service_says_why(sign_in: SignIn) -> None:
    client = sign_in(Role.TEAM_STAFF)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/prov").text)
    assert token is not None
    response = client.post("/prov/nekad", data={"csrf_token": token[1]})
    assert response.status_code == 422
    assert "Starten kan inte ligga före kön. Ändra datumet." in visible_text(response.text)


@pytest.mark.parametrize(
    ("stood", "way_out"),
    [
        ("http://localhost/prov?sida=2", '<a href="/prov?sida=2">Tillbaka till sidan</a>'),
        ("https://example.org/prov", None),
        ("http://localhost//example.org/prov", None),
        ("http://localhost/\\example.org/prov", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_refusal_leads_back_to_where_the_button_stood(
    sign_in: SignIn, stood: str, way_out: str | None
) -> None:
    client = sign_in(Role.TEAM_STAFF)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/prov").text)
    assert token is not None
    headers = {"Referer": stood, "Sec-Fetch-Site": "same-origin"}
    answer = client.post("/prov/nekad", data={"csrf_token": token[1]}, headers=headers).text
    assert (way_out in answer) if way_out else "Tillbaka till sidan" not in answer


@pytest.mark.parametrize("address", ["/team/{team}/statistik?ar=1900", "/team/{team}/statistik?ar=2199"])
def test_a_year_at_the_end_of_time_is_no_page(sign_in: SignIn, association: Furnished, address: str) -> None:
    response = sign_in(Role.TEAM_STAFF).get(address.format(team=association.north))
    assert response.status_code == 404
    assert "Sidan finns inte" in response.text


def test_doubled_slashes_lead_nowhere(client: Client) -> None:
    """A redirect would carry the host and the scheme that the request claims."""
    assert client.get("/oppna-data//1").status_code == 404


def test_missing_permission_is_named(sign_in: SignIn) -> None:
    response = sign_in(Role.READER).get("/ko")
    assert response.status_code == 403
    assert "Du behöver rätt att se kölängden i alla team." in visible_text(response.text)


@pytest.mark.parametrize(("path", "status"), [("krasch", 500), ("trasig-databas", 503), ("full-disk", 503)])
def test_fault_gets_a_number_that_stands_in_the_log_without_values(
    quiet: Client, path: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        response = quiet.get(f"/prov/{path}")
    assert response.status_code == status
    reference = re.search(r'class="reference">([0-9A-F]{8})<', response.text)
    assert reference is not None
    assert reference[1] in caplog.text
    assert TYPED not in response.text
    assert TYPED not in caplog.text
    assert "Ingenting är sparat. Försök igen" in response.text
    assert response.headers["Cache-Control"] == "no-store"


def test_fault_page_needs_no_database(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.TEAM_STAFF)
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def lost(*_args: object, **_choices: object) -> None:
        raise OSError(28, "No space left on device")

    app.extensions["database"].open = lost
    response = client.get("/")
    assert response.status_code == 503
    assert "<title>Fel: Det går inte just nu" in response.text


def test_page_left_open_can_be_sent_again_with_what_was_typed(sign_in: SignIn) -> None:
    client = sign_in(Role.TEAM_STAFF)
    typed = {
        "csrf_token": "old",
        "reason": "Lång text",
        "registry_number": "811218-9876",
        "password": "hemligt",
    }
    response = client.post("/prov", data=typed, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 400
    assert 'name="reason" value="Lång text"' in response.text
    assert "811218" not in response.text
    assert "hemligt" not in response.text
    kept = find_form(response.text, button="Skicka igen")
    again = client.post(kept.action, data=kept.values)
    assert again.status_code == 422, "the form itself looks at what was sent"
    assert "Lång text</textarea>" in again.text


def test_another_site_cannot_fill_in_the_page(sign_in: SignIn) -> None:
    client = sign_in(Role.TEAM_STAFF)
    for site in ({"Sec-Fetch-Site": "cross-site"}, {}):
        response = client.post("/prov", data={"reason": "inte mitt"}, headers=site)
        assert response.status_code == 400
        assert "inte mitt" not in response.text


def test_what_is_somebody_elses_does_not_exist(client: Client) -> None:
    assert client.get("/prov/nagon-annans").status_code == 404


def test_too_much_text_is_refused_with_a_reason(sign_in: SignIn) -> None:
    client = sign_in(Role.TEAM_STAFF)
    response = client.submit("/prov", button="Spara prov", reason="x" * 11_000_000)
    assert response.status_code == 413
    assert "Det du skickade är för stort" in response.text


def leave_the_page_open(client: Client) -> Values:
    form = find_form(client.get("/prov").text, button="Spara prov")
    return {**form.values, "reason": ["Lång text"], "registry_number": ["811218-9876"]}


def send_when_signed_out(client: Client, typed: Values) -> TestResponse:
    """What the person meets after signing in again and pressing the button."""
    interrupted = client.post("/prov", data=typed, headers={"Sec-Fetch-Site": "same-origin"})
    assert interrupted.status_code == 401
    kept = find_form(interrupted.text, button="Logga in")
    signed_in = kept.values | {"email": [address_of(Role.TEAM_STAFF)], "password": [PASSWORD]}
    back = client.post("/logga-in", data=signed_in)
    assert "811218" not in back.text
    again = find_form(back.text, button="Skicka igen")
    return client.post(again.action, data=again.values)


def test_typed_text_survives_an_ended_session(sign_in: SignIn, clock: time_machine.Traveller) -> None:
    client = sign_in(Role.TEAM_STAFF)
    typed = leave_the_page_open(client)
    clock.shift(31 * 60)
    assert "Lång text</textarea>" in send_when_signed_out(client, typed).text


def test_typed_text_survives_signing_out_in_another_tab(sign_in: SignIn) -> None:
    client = sign_in(Role.TEAM_STAFF)
    typed = leave_the_page_open(client)
    client.submit("/prov", button="Logga ut")
    assert "Lång text</textarea>" in send_when_signed_out(client, typed).text
