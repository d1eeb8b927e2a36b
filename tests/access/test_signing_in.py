"""Signing in and out as a person does it, with CSRF on and the clock held still."""

import hmac
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256

import pytest
from flask import Flask, request
from sqlalchemy import select
from time_machine import Traveller

from followup import create_app
from followup.access import delay
from followup.access.models import Account, SignInDelay
from followup.access.roles import Role
from followup.audit.events import Event
from followup.audit.models import AuditEvent
from followup.db import Database
from followup.settings import Settings
from tests.conftest import SignIn
from tests.infrastructure.client import Client, visible_text
from tests.infrastructure.forms import find_form
from tests.infrastructure.furnish import PASSWORD, address_of

STAFF = address_of(Role.TEAM_STAFF)
REFUSED = "Adressen eller lösenordet stämmer inte. Kontrollera båda och försök igen."


def told(response_text: str) -> str:
    """What the page says, without what differs by what was typed."""
    return visible_text(response_text)


def events(database: Database) -> list[tuple[str, str | None]]:
    with database.session() as session:
        return [
            (entry.event, entry.actor)
            for entry in session.scalars(select(AuditEvent).order_by(AuditEvent.number))
        ]


def try_wrong(client: Client, email: str = STAFF, times: int = 1) -> str:
    text = ""
    for _ in range(times):
        text = client.submit("/logga-in", email=email, password="fel lösenord helt").text
    return text


def test_everybody_signs_in(sign_in: SignIn) -> None:
    for role in Role:
        assert "Logga ut" in sign_in(role).text("/")


def test_address_is_found_however_it_is_typed(client: Client) -> None:
    response = client.submit("/logga-in", email=f"  {STAFF.upper()} ", password=PASSWORD)
    assert response.request.path == "/"


def test_wrong_password_unknown_address_and_closed_account_get_the_same_answer(
    client: Client, database: Database
) -> None:
    with database.session(write=True) as session:
        closed = session.scalars(select(Account).where(Account.email == address_of(Role.READER))).one()
        closed.active = False
    wrong = client.submit("/logga-in", email=STAFF, password="fel lösenord helt")
    unknown = client.submit("/logga-in", email="ingen@example.org", password=PASSWORD)
    shut = client.submit("/logga-in", email=address_of(Role.READER), password=PASSWORD)
    assert wrong.status_code == unknown.status_code == shut.status_code == 422
    assert told(wrong.text) == told(unknown.text) == told(shut.text)
    assert REFUSED in wrong.text
    assert wrong.text.count("fel lösenord helt") == 0


def test_an_unknown_address_costs_as_much_work_as_a_known_one(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from followup.access import passwords

    checked = []
    verify = passwords._hasher.verify
    monkeypatch.setattr(
        type(passwords._hasher), "verify", lambda _self, *given: checked.append(1) or verify(*given)
    )
    try_wrong(client, "ingen@example.org")
    try_wrong(client, STAFF)
    assert len(checked) == 2


def test_each_act_is_logged_once(client: Client, database: Database) -> None:
    before = events(database)
    try_wrong(client)
    client.submit("/logga-in", email=STAFF, password=PASSWORD)
    client.submit("/", action="/logga-ut")
    assert [event for event, _ in events(database)[len(before) :]] == [
        Event.SIGN_IN_FAILED.name,
        Event.SIGNED_IN.name,
        Event.SIGNED_OUT.name,
    ]
    assert events(database)[len(before)][1] is None


def test_signing_out_ends_the_session(sign_in: SignIn) -> None:
    client = sign_in(Role.TEAM_STAFF)
    answer = client.submit("/", action="/logga-ut")
    assert "Du är utloggad." in answer.text
    assert client.get("/").headers["Location"] == "/logga-in"


def test_signing_out_is_no_link(sign_in: SignIn) -> None:
    client = sign_in(Role.TEAM_STAFF)
    assert client.get("/logga-ut").status_code == 405
    assert client.get("/").status_code == 200


def test_the_page_that_was_asked_for_opens_after_signing_in(client: Client) -> None:
    response = client.get("/losenord?a=b", follow_redirects=True)
    response = client.submit("/logga-in", page=response, email=STAFF, password=PASSWORD)
    assert response.request.path == "/losenord"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "///evil.example", "javascript:alert(1)"],
)
def test_signing_in_never_leads_elsewhere(client: Client, elsewhere: str) -> None:
    page = client.get("/logga-in", query_string={"next": elsewhere})
    response = client.submit("/logga-in", page=page, follow=False, email=STAFF, password=PASSWORD)
    assert response.status_code == 302
    assert "evil" not in response.headers["Location"].split("?")[0].replace("%5C", "").split("/")[0]
    assert response.headers["Location"].startswith(("/", "http://localhost/"))
    assert not response.headers["Location"].startswith("//")


def test_empty_fields_are_named(client: Client) -> None:
    text = client.submit("/logga-in", email="", password="").text
    assert "Fyll i din e-postadress." in text
    assert "Fyll i ditt lösenord." in text


def test_the_session_is_new_after_signing_in(client: Client) -> None:
    client.get("/logga-in")
    with client.session_transaction() as before:
        token = before["csrf_token"]
        before["planted"] = "by somebody else"
    client.submit("/logga-in", email=STAFF, password=PASSWORD)
    with client.session_transaction() as after:
        assert "planted" not in after
        assert after.get("csrf_token") != token


def test_a_post_without_token_is_refused_even_when_the_password_is_right(client: Client) -> None:
    response = client.post("/logga-in", data={"email": STAFF, "password": PASSWORD})
    assert response.status_code == 400
    assert client.get("/").status_code == 302


@pytest.mark.both_databases
def test_each_failure_waits_longer_but_never_for_ever(client: Client, clock: Traveller) -> None:
    for _ in range(4):
        assert REFUSED in try_wrong(client)
    waited = []
    for _ in range(8):
        assert REFUSED in try_wrong(client)
        text = try_wrong(client)
        seconds = int(text.split("Vänta ")[1].split()[0])
        waited.append(seconds)
        clock.shift(seconds)
    assert waited == [2, 4, 8, 16, 32, 60, 60, 60]
    response = client.submit("/logga-in", email=STAFF, password=PASSWORD)
    assert response.request.path == "/"


def test_the_last_second_of_a_wait_is_one(client: Client, clock: Traveller) -> None:
    try_wrong(client, STAFF, 5)
    clock.shift(1)
    assert "Vänta 1\N{NO-BREAK SPACE}sekund och försök igen." in try_wrong(client, STAFF)


def test_waiting_is_the_same_for_an_address_nobody_has(client: Client) -> None:
    known, unknown = try_wrong(client, STAFF, 6), try_wrong(client, "ingen@example.org", 6)
    assert "Vänta 2\N{NO-BREAK SPACE}sekunder" in known
    assert told(known) == told(unknown)


def test_the_right_password_must_wait_too(client: Client, clock: Traveller) -> None:
    try_wrong(client, times=5)
    assert "Vänta" in client.submit("/logga-in", email=STAFF, password=PASSWORD).text
    clock.shift(2)
    assert client.submit("/logga-in", email=STAFF, password=PASSWORD).request.path == "/"


def test_trying_while_waiting_makes_the_wait_no_longer(client: Client, clock: Traveller) -> None:
    try_wrong(client, times=30)
    clock.shift(2)
    assert client.submit("/logga-in", email=STAFF, password=PASSWORD).request.path == "/"


def test_an_attacker_cannot_keep_the_owner_out(app: Flask, sign_in: SignIn) -> None:
    owner = sign_in(Role.TEAM_STAFF)
    owner.submit("/", action="/logga-ut")
    attacker = app.test_client()
    assert isinstance(attacker, Client)
    try_wrong(attacker, times=30)
    assert owner.submit("/logga-in", email=STAFF, password=PASSWORD).request.path == "/"


def test_a_known_browser_is_known_for_its_own_account_only(sign_in: SignIn) -> None:
    client = sign_in(Role.READER)
    client.submit("/", action="/logga-ut")
    assert "Vänta" in try_wrong(client, STAFF, 6)


def test_one_address_that_tries_many_accounts_is_slowed_down(client: Client) -> None:
    for number in range(21):
        text = try_wrong(client, f"person{number}@example.org")
    assert REFUSED in text
    assert "Vänta 2\N{NO-BREAK SPACE}sekunder" in try_wrong(client, "en.till@example.org")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("::ffff:203.0.113.7", "::ffff:203.0.113.8", False),
        ("203.0.113.7", "203.0.113.8", False),
        ("", "unix", False),
    ],
)
def test_who_has_a_whole_network_to_call_from_is_one_caller(one: str, other: str, same: bool) -> None:
    counted = [delay.names(email=STAFF, address=each, known_browser=None) for each in (one, other)]
    assert (counted[0] == counted[1]) is same


def test_failures_are_forgotten_after_a_day(client: Client, clock: Traveller) -> None:
    try_wrong(client, times=5)
    clock.shift(25 * 60 * 60)
    assert REFUSED in try_wrong(client, times=4)


def test_the_table_of_failures_tells_nobody_who_tried(app: Flask, client: Client, database: Database) -> None:
    try_wrong(client)
    with database.session() as session:
        keys = set(session.scalars(select(SignInDelay.key)))
    assert len(keys) == 2
    assert sha256(f"account:{STAFF}".encode()).hexdigest() not in keys
    secret = app.extensions["settings"].keys.derive("sign-in delay")
    assert hmac.new(secret, f"account:{STAFF}".encode(), sha256).hexdigest() in keys


def test_password_change_ends_every_other_session(app: Flask, sign_in: SignIn, database: Database) -> None:
    here, there = sign_in(Role.TEAM_STAFF), sign_in(Role.TEAM_STAFF)
    new = "grön cykel under bron"
    answer = here.submit("/losenord", password=PASSWORD, new_password=new, new_password_confirm=new)
    assert "Lösenordet är bytt." in answer.text
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302
    assert [event for event, _ in events(database)].count(Event.PASSWORD_CHANGED.name) == 1
    assert [event for event, _ in events(database)].count(Event.SIGNED_IN.name) == 2
    there.submit("/logga-in", email=STAFF, password=new)
    assert there.get("/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"password": "något helt annat"}, "Lösenordet stämmer inte."),
        ({"new_password_confirm": "gul cykel under bron"}, "De två lösenorden är olika."),
        ({"new_password": "kort", "new_password_confirm": "kort"}, "minst 12 tecken"),
        (
            {"new_password": "sommaren2024!", "new_password_confirm": "sommaren2024!"},
            "lätt att gissa",
        ),
        ({"new_password": PASSWORD, "new_password_confirm": PASSWORD}, "skiljer sig från det nuvarande"),
    ],
)
def test_bad_password_change_says_why_and_shows_nothing_typed(
    sign_in: SignIn, fields: dict[str, str], said: str
) -> None:
    good = {
        "password": PASSWORD,
        "new_password": "grön cykel under bron",
        "new_password_confirm": "grön cykel under bron",
    }
    response = sign_in(Role.TEAM_STAFF).submit("/losenord", **(good | fields))
    assert response.status_code == 422
    assert said in response.text
    assert "cykel" not in response.text
    assert PASSWORD not in response.text


@pytest.mark.both_databases
def test_guessing_the_password_in_an_open_session_is_slowed_down(sign_in: SignIn, database: Database) -> None:
    client = sign_in(Role.TEAM_STAFF)
    new = {"new_password": "grön cykel under bron", "new_password_confirm": "grön cykel under bron"}
    for _ in range(5):
        answer = client.submit("/losenord", password="fel lösenord helt", **new)
        assert "Lösenordet stämmer inte." in answer.text
    answer = client.submit("/losenord", password=PASSWORD, **new)
    assert "Vänta 2\N{NO-BREAK SPACE}sekunder" in answer.text
    assert [event for event, _ in events(database)].count(Event.PASSWORD_REFUSED.name) == 5


def test_the_caller_is_whom_a_trusted_proxy_names(settings: Settings) -> None:
    def calls(trusted: int, header: str) -> str | None:
        app = create_app(replace(settings, trusted_proxies=trusted))
        seen: list[str | None] = []
        app.before_request(lambda: seen.append(request.remote_addr))
        app.test_client().get(
            "/halsa", headers={"X-Forwarded-For": header, "X-Forwarded-Host": "evil.example"}
        )
        app.extensions["database"].engine.dispose()
        return seen[0]

    assert calls(0, "203.0.113.7") == "127.0.0.1"
    assert calls(1, "198.51.100.1, 203.0.113.7") == "203.0.113.7"
    assert calls(2, "198.51.100.1, 203.0.113.7") == "198.51.100.1"
    assert calls(2, "203.0.113.7") == "127.0.0.1"


def test_programs_get_no_token(client: Client) -> None:
    page = client.get("/logga-in")
    token = find_form(page.text, button="Logga in").values["csrf_token"][0]
    response = client.post(
        "/logga-in?include_auth_token",
        json={"email": STAFF, "password": PASSWORD},
        headers={"X-CSRFToken": token, "Accept": "application/json"},
    )
    assert response.status_code == 302
    assert "token" not in response.text
    assert client.get("/", headers={"Accept": "application/json"}).status_code == 200


def test_a_token_of_ones_own_making_opens_nothing(app: Flask, client: Client, database: Database) -> None:
    with database.session() as session, app.test_request_context():
        account = session.scalars(select(Account).where(Account.email == STAFF)).one()
        token = account.get_auth_token()
    assert client.get(f"/?auth_token={token}").status_code == 302
    assert client.get("/", headers={"Authentication-Token": token}).status_code == 302


@pytest.mark.both_databases
def test_a_hundred_tries_at_once_are_a_hundred_failures(app: Flask, database: Database) -> None:
    def attempt(_number: int) -> str:
        client = app.test_client()
        assert isinstance(client, Client)
        return try_wrong(client)

    with ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(attempt, range(24)))
    checked = sum(REFUSED in text for text in texts)
    assert checked == 5
    assert sum("Vänta 2\N{NO-BREAK SPACE}sekunder" in text for text in texts) == len(texts) - checked
    assert [event for event, _ in events(database)].count(Event.SIGN_IN_FAILED.name) == checked
