"""A month of violence screening in a real browser, with and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from followup.access.roles import Role
from tests.conftest import Visit
from tests.infrastructure.browser import assert_fits

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "script"), [(1280, True), (320, False)])
def test_a_conversation_is_counted_and_corrected(
    visit: Visit, assert_accessible: Callable[[Page], None], width: int, script: bool
) -> None:
    page = visit(Role.TEAM_STAFF, width=width, java_script_enabled=script)
    page.get_by_role("link", name="Våld", exact=True).click()
    expect(page.get_by_text("Inga samtal är räknade")).to_be_visible()
    page.get_by_role("link", name="Lägg till ett samtal").click()
    page.get_by_role("button", name="Räkna samtalet").click()
    expect(page.get_by_role("link", name="Välj kön.")).to_be_visible()
    page.get_by_label("Vid start", exact=True).check()
    page.get_by_label("Kvinna", exact=True).check()
    page.get_by_label("Svarade ja på minst en fråga").check()
    page.get_by_role("group", name="Ja på").get_by_label("Fysiskt våld").check()
    page.get_by_label("Hänvisad till stöd").check()
    page.get_by_role("button", name="Räkna samtalet").click()
    expect(page.get_by_text("Samtalet är räknat")).to_be_visible()
    expect(page.get_by_role("heading", name="Hit kan du hänvisa")).to_be_visible()
    expect(page.get_by_role("row", name="Ja: fysiskt våld 1")).to_be_visible()
    if script:
        assert_accessible(page)
    page.get_by_role("link", name="kvinna vid start").click()
    page.get_by_role("link", name="rätta med plus och minus").click()
    page.get_by_label("Tillfrågade").fill("1")
    page.get_by_label("Avstod från att svara").fill("+1")
    if script:
        assert_accessible(page)
    page.get_by_role("button", name="Rätta antalen").click()
    expect(page.get_by_role("row", name="Tillfrågade 2")).to_be_visible()
    assert_fits(page)
