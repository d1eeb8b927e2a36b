"""Team staff at their usual work: queue, start, close, and back again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from followup.access.roles import Role
from tests.conftest import Visit
from tests.infrastructure.furnish import Furnished
from tests.journeys.keyboard import Keyboard

pytestmark = pytest.mark.browser

Check = Callable[[Page], None]


def assert_rows_fit_a_phone(page: Page) -> None:
    """The next step stands on the screen: nobody has to find out that the list goes on to the right."""
    wide = page.viewport_size
    assert wide is not None
    page.set_viewport_size({"width": 360, "height": 800})
    region = page.locator(".table-region")
    assert region.evaluate("region => region.scrollWidth <= region.clientWidth")
    place = region.get_by_role("link", name="Starta").bounding_box()
    assert place is not None
    assert place["x"] + place["width"] <= 360
    page.set_viewport_size(wide)


def assert_paper_has_no_next_step(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.get_by_role("columnheader", name="Remittent")).to_be_visible()
    for name in ("Nästa steg", "Starta"):
        expect(page.locator(".table-region").get_by_text(name)).to_be_hidden()
    expect(page.get_by_text("Gå igenom kön")).to_be_hidden()
    page.emulate_media(media="screen")


def test_queue_start_close_and_undo_by_keyboard(visit: Visit, assert_accessible: Check) -> None:
    page = visit(Role.TEAM_STAFF)
    keys = Keyboard(page)
    keys.follow("Deltagare")
    assert_accessible(page)
    keys.follow("Ställ i kö")
    assert_accessible(page)
    keys.press("Ställ i kö")
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page).to_have_title("Fel: Ställ i kö – followup – Samordningsförbundet Prov")
    assert_accessible(page)
    keys.choose("Remittent", "Försäkringskassan")
    keys.choose("Kön", "Kvinna")
    keys.type("Ålder", "34")
    keys.choose("Kommun", "Norrby")
    keys.type("I kö från och med", "20240320")
    keys.enter()
    expect(page.get_by_role("status")).to_contain_text("Ställd i kö: vecka 12, 2024, kvinna, 30–39 år")
    assert_accessible(page)
    assert_rows_fit_a_phone(page)
    assert_paper_has_no_next_step(page)

    keys.follow("Starta vecka 12, 2024, kvinna, 30–39 år, Försäkringskassan")
    assert_accessible(page)
    keys.type("Startdatum", "2024-05-02")
    keys.select("Utbildning", "Gym")
    keys.select("Tid i offentlig försörjning", "7")
    keys.tick("Försörjningsstöd")
    keys.choose("Sysselsättning före", "Arbetssökande")
    keys.press("Starta")
    expect(page.get_by_role("status")).to_contain_text("Startad: vecka 18, 2024")

    keys.follow("Avsluta vecka 18, 2024, kvinna, 30–39 år, Försäkringskassan")
    keys.choose("Avslutsorsak", "Enligt plan")
    keys.choose("Sysselsättning vid avslut", "Arbete utan stöd")
    keys.select("Omfattning vid avslut", "50")
    keys.tick("Lön eller eget företag")
    keys.choose("Fortsättning efter avslut", "Arbete eller studier")
    keys.press("Fortsätt")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kontrollera uppgifterna")
    assert_accessible(page)
    keys.press("Spara avslut")
    expect(page.get_by_role("status")).to_contain_text("Avslutad: vecka 18, 2024")
    assert_accessible(page)

    keys.press("Ångra vecka 18, 2024, kvinna, 30–39 år, Försäkringskassan")
    expect(page.get_by_role("status")).to_contain_text("Ångrat: avslutad")
    expect(page.get_by_role("link", name="Pågår (1)")).to_have_attribute("aria-current", "page")


def test_the_same_work_without_javascript_on_a_narrow_screen(visit: Visit) -> None:
    page = visit(Role.TEAM_STAFF, width=320, java_script_enabled=False)
    page.get_by_role("link", name="Deltagare").click()
    page.get_by_role("link", name="Starta direkt").click()
    _is_narrow_enough(page)
    page.get_by_label("Arbetsförmedlingen").check()
    page.get_by_label("Man", exact=True).check()
    page.get_by_label("Ålder").fill("52")
    page.get_by_label("Nyby").check()
    page.get_by_label("Startdatum").fill("2024-05-06")
    page.get_by_label("Utbildning", exact=True).select_option(label="Okänt")
    page.get_by_label("Tid i offentlig försörjning").select_option(label="3–4 år")
    page.get_by_label("Uppgift saknas", exact=True).check()
    page.get_by_role("button", name="Starta", exact=True).click()
    expect(page.get_by_text("Startad: vecka 19, 2024, man, 50–59 år, Arbetsförmedlingen.")).to_be_visible()
    _is_narrow_enough(page)
    page.get_by_role("link", name="Vecka 19, 2024").first.click()
    _is_narrow_enough(page)
    page.get_by_role("link", name="Makulera").click()
    page.get_by_label("Registrerad två gånger").check()
    page.get_by_role("button", name="Makulera raden").click()
    expect(page.get_by_text("Makulerad: vecka 19, 2024, man").first).to_be_visible()


def test_another_teams_member_finds_nothing(visit: Visit, association: Furnished) -> None:
    page = visit(Role.TEAM_STAFF, "south")
    for path in ("deltagare", "deltagare/stall-i-ko", "manader"):
        response = page.goto(f"/team/{association.north}/{path}")
        assert response is not None
        assert response.status == 404
        expect(page.get_by_role("heading", level=1)).to_have_text("Sidan finns inte")


def test_the_manager_declares_a_month(visit: Visit, association: Furnished, assert_accessible: Check) -> None:
    page = visit(Role.TEAM_MANAGER)
    keys = Keyboard(page)
    page.goto(f"/team/{association.north}/manader")
    assert_accessible(page)
    keys.follow("Klarmarkera maj 2024")
    assert_accessible(page)
    keys.press("Klarmarkera")
    expect(page.get_by_role("status")).to_contain_text("Maj 2024 är klarmarkerad.")
    page.goto(f"/team/{association.north}/deltagare/starta-direkt")
    page.get_by_label("Arbetsförmedlingen").check()
    page.get_by_label("Man", exact=True).check()
    page.get_by_label("Ålder").fill("52")
    page.get_by_label("Nyby").check()
    page.get_by_label("Startdatum").fill("2024-05-06")
    page.get_by_label("Utbildning", exact=True).select_option(label="Okänt")
    page.get_by_label("Tid i offentlig försörjning").select_option(label="3–4 år")
    page.get_by_label("Uppgift saknas", exact=True).check()
    page.get_by_role("button", name="Starta", exact=True).click()
    expect(page.locator("#error-summary")).to_contain_text("klarmarkerad (maj 2024)")
    assert_accessible(page)


def _is_narrow_enough(page: Page) -> None:
    """Nothing but a table's own region scrolls sideways."""
    box = page.locator("main").bounding_box()
    assert box is not None
    assert box["width"] <= 320
    header = page.locator("header").first.bounding_box()
    assert header is not None
    assert header["width"] <= 320
