"""Signing in and administration in a browser: by hand, without JavaScript, and for those who do not see."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from time_machine import Traveller

from followup.access.roles import Role
from tests.conftest import Visit
from tests.infrastructure.browser import assert_fits, assert_usable
from tests.infrastructure.furnish import PASSWORD, address_of

pytestmark = pytest.mark.browser

CheckAccess = Callable[[Page], None]
ADMINISTRATION = [
    "/",
    "/system/konton",
    "/system/konton?status=stangda",
    "/system/konton/ny",
    "/system/konton/1",
    "/system/team",
    "/system/team/nytt",
    "/system/team/1",
    "/system/kodlistor",
    "/system/kodlistor/screening_topic",
    "/system/kodlistor/screening_topic/V6",
    "/system/logg",
    "/system/logg/kontroll",
    "/losenord",
]


def test_administration_is_accessible_and_fits(visit: Visit) -> None:
    page = visit(Role.SYSTEM_ADMIN)
    for path in ADMINISTRATION:
        page.goto(path)
        assert_usable(page, 1280, 320)


@pytest.mark.parametrize("role", Role)
def test_start_page_of_each_role_is_accessible_and_fits(
    role: Role, visit: Visit, assert_accessible: CheckAccess
) -> None:
    page = visit(role, width=320)
    assert_accessible(page)
    assert_fits(page)


def test_failed_sign_in_is_announced_and_the_address_kept(
    visit: Visit, assert_accessible: CheckAccess
) -> None:
    page = visit()
    assert_accessible(page)
    page.get_by_label("E-postadress").fill(address_of(Role.READER))
    page.get_by_label("Lösenord").fill("fel lösenord helt")
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("alert")).to_contain_text("Adressen eller lösenordet stämmer inte.")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page).to_have_title("Fel: Logga in – followup")
    expect(page.get_by_label("E-postadress")).to_have_value(address_of(Role.READER))
    expect(page.get_by_label("Lösenord")).to_have_value("")
    assert_accessible(page)


def test_sign_in_takes_the_keyboard_alone(visit: Visit) -> None:
    page = visit()
    page.get_by_label("E-postadress").focus()
    page.keyboard.insert_text(address_of(Role.READER))
    page.keyboard.press("Tab")
    page.keyboard.insert_text(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Logga ut")).to_be_visible()


@pytest.mark.parametrize("java_script", [True, False])
def test_invited_colleague_gets_in(visit: Visit, assert_accessible: CheckAccess, java_script: bool) -> None:
    admin = visit(Role.SYSTEM_ADMIN, java_script_enabled=java_script)
    admin.get_by_role("link", name="System").click()
    admin.get_by_role("link", name="Bjud in en användare").click()
    admin.get_by_label("E-postadress").fill("ny@example.org")
    admin.get_by_label("Teampersonal").check()
    admin.get_by_label("Team Södra").check()
    admin.get_by_role("button", name="Skapa länk").click()
    expect(admin.get_by_role("button", name="Kopiera länken")).to_be_visible(visible=java_script)
    link = urlsplit(admin.get_by_label("Länk").input_value()).path

    colleague = visit(java_script_enabled=java_script)
    colleague.goto(link)
    colleague.get_by_label("Nytt lösenord", exact=True).fill("sommar")
    colleague.get_by_label("Nytt lösenord en gång till").fill("sommar")
    colleague.get_by_role("button", name="Spara lösenord").click()
    expect(colleague.get_by_role("link", name="Lösenordet är för kort")).to_be_visible()
    if java_script:
        assert_accessible(colleague)
    colleague.get_by_label("Nytt lösenord", exact=True).fill("grön cykel under bron")
    colleague.get_by_label("Nytt lösenord en gång till").fill("grön cykel under bron")
    colleague.get_by_role("button", name="Spara lösenord").click()
    expect(colleague.get_by_label("E-postadress")).to_have_value("ny@example.org")
    colleague.get_by_label("Lösenord").fill("grön cykel under bron")
    colleague.get_by_role("button", name="Logga in").click()
    expect(colleague.get_by_role("heading", level=1)).to_have_text("Team Södra")
    colleague.get_by_role("button", name="Logga ut").click()
    expect(colleague.get_by_text("Du är utloggad.")).to_be_visible()


def test_what_was_typed_survives_the_night(
    visit: Visit, clock: Traveller, assert_accessible: CheckAccess
) -> None:
    page = visit(Role.SYSTEM_ADMIN, java_script_enabled=True)
    page.goto("/system/team/nytt")
    page.get_by_label("Namn").fill("Team Östra")
    page.get_by_label("Kommuner").fill("Sala")
    clock.shift(14 * 3600)
    page.get_by_role("button", name="Lägg upp team").click()
    expect(page.get_by_text("Det du fyllde i finns kvar")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("E-postadress").fill(address_of(Role.SYSTEM_ADMIN))
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dina uppgifter finns kvar")
    assert_accessible(page)
    page.get_by_role("button", name="Skicka igen").click()
    expect(page.get_by_text("Team Östra är upplagt.")).to_be_visible()


def test_another_team_is_not_there_and_another_role_is_told_why(visit: Visit) -> None:
    page = visit(Role.TEAM_STAFF, "north")
    page.goto("/team/2/ko")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sidan finns inte")
    page.goto("/system/konton")
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har inte behörighet till sidan")
    expect(page.get_by_text("Du behöver rätt att hantera konton och team.")).to_be_visible()
