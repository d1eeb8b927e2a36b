"""The layout in a real browser: accessible, usable at 320 px, by keyboard and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from followup.access.roles import Role
from tests.conftest import Visit
from tests.infrastructure.browser import assert_fits

pytestmark = pytest.mark.browser
Check = Callable[[Page], None]


@pytest.mark.parametrize("path", ["/tillganglighet", "/logga-in", "/finns-inte", "/prov/fel/403"])
def test_public_pages_are_accessible(visit: Visit, assert_accessible: Check, path: str) -> None:
    page = visit()
    page.goto(path)
    assert_accessible(page)


def test_one_of_everything_is_accessible_empty_and_with_errors(
    visit: Visit, assert_accessible: Check
) -> None:
    page = visit(Role.TEAM_STAFF)
    page.goto("/prov")
    assert_accessible(page)
    page.get_by_role("button", name="Spara prov").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert_accessible(page)


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_page_never_scrolls_sideways(visit: Visit, width: int) -> None:
    page = visit(Role.TEAM_STAFF, width=width)
    page.goto("/prov")
    assert_fits(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_error_summary_takes_focus_and_leads_to_the_field(visit: Visit, scripts: bool) -> None:
    page = visit(Role.TEAM_STAFF, java_script_enabled=scripts)
    page.goto("/prov")
    page.get_by_role("button", name="Spara prov").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Välj kön.").click()
    page.keyboard.press("Space")
    expect(page.get_by_label("Kvinna")).to_be_checked()


def test_first_tab_skips_to_the_content(visit: Visit) -> None:
    page = visit(Role.TEAM_STAFF)
    page.goto("/prov")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_browser_finds_nothing_to_complain_about(visit: Visit) -> None:
    page = visit(Role.TEAM_STAFF)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/prov")
    page.get_by_label("Sjukpenning").check()
    assert complaints == []


def test_idle_warning_comes_two_minutes_before_and_one_button_stays(visit: Visit) -> None:
    page = visit(Role.TEAM_STAFF)
    page.clock.install()
    page.goto("/prov")
    page.clock.fast_forward("27:59")
    warning = page.get_by_role("dialog", name="Du loggas snart ut")
    expect(warning).to_be_hidden()
    page.clock.fast_forward("00:02")
    expect(warning).to_be_visible()
    with page.expect_response("**/aktiv") as answer:
        page.get_by_role("button", name="Fortsätt vara inloggad").click()
    assert answer.value.status == 204
    expect(warning).to_be_hidden()


def test_high_contrast_marks_no_other_link_than_that_of_the_page(visit: Visit) -> None:
    page = visit(Role.DIRECTOR)
    page.emulate_media(forced_colors="active")
    lines = page.locator(".menu__link").evaluate_all(
        "links => links.map(link => getComputedStyle(link).borderBottomColor)"
    )
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert [line == ground for line in lines] == [False, *(True for _ in lines[1:])]


def test_twelve_months_have_room_on_a_sheet_of_paper(visit: Visit) -> None:
    page = visit(Role.DIRECTOR, width=673)  # what the margins leave of an A4
    page.emulate_media(media="print")
    months = page.get_by_role("table", name="Klarmarkerade månader per team")
    assert months.evaluate("table => table.scrollWidth <= table.parentElement.clientWidth")


def test_on_paper_only_the_content_is_left(visit: Visit) -> None:
    page = visit(Role.TEAM_STAFF)
    page.goto("/prov")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Logga ut")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Huvudmeny")).to_be_hidden()
    expect(page.get_by_role("table", name="Deltagare per team")).to_be_visible()
