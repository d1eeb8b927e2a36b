"""The menu shows what the person may open, and nothing else."""

import re

import pytest
from sqlalchemy import select

from followup.access.models import Account, Membership
from followup.access.roles import Role
from followup.db import Database, act_for
from tests.conftest import SignIn
from tests.infrastructure.client import Client, visible_text
from tests.infrastructure.furnish import Furnished, address_of

MENU = re.compile(r'<nav class="menu".*?</nav>', re.DOTALL)


def menu_of(client: Client, path: str = "/") -> str:
    found = MENU.search(client.get(path).text)
    return visible_text(found[0]) if found else ""


def test_nobody_signed_in_sees_no_menu(client: Client) -> None:
    assert menu_of(client, "/tillganglighet") == ""
    assert "Logga ut" not in client.text("/tillganglighet")


@pytest.mark.parametrize("role", list(Role))
def test_every_entry_of_the_menu_opens(sign_in: SignIn, role: Role) -> None:
    client = sign_in(role)
    found = MENU.search(client.get("/").text)
    assert found is not None
    addresses = re.findall(r'href="([^"]+)"', found[0])
    assert 1 <= len(addresses) <= 6
    for address in addresses:
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_the_entry_of_the_page_is_marked(sign_in: SignIn) -> None:
    page = sign_in(Role.DIRECTOR).get("/ko").text
    assert re.search(r'href="/ko" aria-current="page">Kö', page)
    assert page.count('aria-current="page"') == 1


def test_no_entry_is_marked_on_a_page_that_does_not_exist(sign_in: SignIn) -> None:
    page = sign_in(Role.DIRECTOR).get("/finns-inte").text
    assert MENU.search(page)
    assert "aria-current" not in page


def test_title_names_page_service_and_association(sign_in: SignIn) -> None:
    page = sign_in(Role.TEAM_STAFF).get("/prov").text
    assert "<title>Provkarta – followup – Samordningsförbundet Prov</title>" in page


def test_person_with_one_team_sees_its_name_without_a_choice(sign_in: SignIn) -> None:
    page = sign_in(Role.TEAM_STAFF).get("/").text
    assert "team-chooser" not in page
    assert "Team Norra" in visible_text(page)


def test_person_with_several_teams_chooses_in_the_address(
    sign_in: SignIn, database: Database, association: Furnished
) -> None:
    add_team(database, association, "south")
    client = sign_in(Role.TEAM_STAFF)
    page = client.get(f"/team/{association.north}/ko").text
    assert f'href="/team/{association.north}/ko" aria-current="true">Team Norra' in page
    assert f'href="/team/{association.south}/ko">Team Södra' in page
    start = client.get(f"/?team={association.south}").text
    assert f'href="/team/{association.south}/ko"' in start, "the menu follows the team"


def add_team(database: Database, association: Furnished, team: str) -> None:
    with database.session(write=True) as session:
        act_for(session, association.id)
        account = session.scalars(select(Account).where(Account.email == address_of(Role.TEAM_STAFF))).one()
        account.memberships.append(
            Membership(
                association_id=association.id, team_id=association.team(team), role=Role.TEAM_STAFF.value
            )
        )


def test_an_advisory_team_is_led_to_its_meetings_and_never_to_a_queue(
    sign_in: SignIn, database: Database, association: Furnished
) -> None:
    add_team(database, association, "advisory")
    client = sign_in(Role.TEAM_STAFF)
    assert menu_of(client, f"/?team={association.advisory}") == "Start Möten Utgåvor"
    assert "Kö" in menu_of(client, f"/?team={association.north}")
    meetings = client.get(f"/team/{association.advisory}/moten").text
    queue = client.get(f"/team/{association.north}/ko").text
    for page, other in ((meetings, association.north), (queue, association.advisory)):
        assert f'href="/?team={other}">' in page, "the other kind of team has no such page"


def test_what_needs_no_account_is_found_under_every_page(client: Client, sign_in: SignIn) -> None:
    for page in (client.get("/logga-in").text, sign_in(Role.READER).get("/").text):
        for address in ("/tillganglighet", "/utgavor/kontrollera", "/oppna-data"):
            assert f'href="{address}"' in page
            assert client.get(address).status_code == 200


def test_signing_out_takes_a_post(sign_in: SignIn) -> None:
    client = sign_in(Role.TEAM_STAFF)
    client.get("/logga-ut")
    assert client.get("/prov").status_code == 200
    client.submit("/prov", button="Logga ut")
    assert client.get("/prov").status_code != 200


def test_undo_is_a_button_that_sends_its_fields(sign_in: SignIn) -> None:
    page = sign_in(Role.TEAM_STAFF).get("/prov").text
    form = re.search(r'<form class="inline-form" method="post" action="/prov">.*?</form>', page, re.DOTALL)
    assert form is not None
    assert 'name="row" value="1"' in form[0]
    assert 'name="csrf_token"' in form[0]
    assert "Ångra" in form[0]


def test_staying_signed_in_is_open_to_those_who_are(client: Client, sign_in: SignIn) -> None:
    assert sign_in(Role.READER).get("/aktiv").status_code == 204
    assert client.get("/aktiv").status_code != 204


def test_health_tells_nothing_but_that_it_lives(client: Client) -> None:
    response = client.get("/halsa")
    assert (response.status_code, response.text) == (200, "ok\n")


def test_accessibility_statement_is_public_and_complete(client: Client) -> None:
    text = client.text("/tillganglighet")
    for part in ("delvis förenlig", "2018:1937", "Brister som vi känner till", "anmäla det till Digg"):
        assert part in text
