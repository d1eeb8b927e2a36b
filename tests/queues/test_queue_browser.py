"""The queue pages as they are met: by keyboard and screen reader, on a narrow screen, without scripts."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from followup.access.roles import Role
from tests.infrastructure.browser import assert_fits, assert_usable
from tests.queues import q2
from tests.queues.rows import put

pytestmark = pytest.mark.browser


@pytest.fixture
def example(database, association, clock):
    put(database, association, "north", q2.ROWS)
    clock.move_to(datetime(2024, 10, 31, 8, 0, tzinfo=UTC))


def test_the_pages_are_accessible_and_fit_the_screen(example, visit, association):
    page = visit(Role.TEAM_MANAGER)
    queue = f"/team/{association.north}/ko"
    for address in (queue, f"{queue}/historia", f"{queue}/historia/2021", "/ko", "/ko/gemensam"):
        page.goto(address)
        for summary in page.locator("main summary").all():
            summary.click()
        assert_usable(page, 1280, 320)


def test_an_empty_queue_is_accessible(visit, association, assert_accessible):
    page = visit(Role.TEAM_STAFF, "south", width=320)
    page.goto(f"/team/{association.south}/ko")
    assert_accessible(page)
    assert_fits(page)


def test_the_chart_has_a_name_and_its_numbers_without_scripts(example, visit, association):
    page = visit(Role.TEAM_MANAGER, java_script_enabled=False)
    page.get_by_role("link", name="Kö", exact=True).click()
    expect(page.get_by_role("img", name="Kölängd, och hur många")).to_be_visible()
    page.get_by_text("Visa siffrorna i diagrammet").first.click()
    table = page.get_by_role("region", name="Kön månad för månad")
    expect(table.get_by_role("row", name="oktober 2024, hittills 2 0 0 9")).to_be_visible()


@pytest.mark.parametrize(("width", "is_told"), [(360, True), (1280, False)])
def test_a_screen_that_cuts_a_chart_off_says_that_it_goes_on(example, visit, association, width, is_told):
    page = visit(Role.TEAM_MANAGER, width=width)
    page.goto(f"/team/{association.north}/ko")
    chart = page.locator(".chart__picture").first
    assert chart.evaluate("e => e.scrollWidth > e.clientWidth") is is_told
    expect(page.get_by_text("Diagrammet är bredare än skärmen").first).to_be_visible(visible=is_told)


def test_no_heading_is_left_without_its_chart_at_the_foot_of_a_printed_page(example, visit, association):
    page = visit(Role.TEAM_MANAGER)
    page.goto(f"/team/{association.north}/ko")
    for above in range(0, 900, 90):
        page.evaluate(
            "above => document.querySelector('main').insertAdjacentHTML("
            "'afterbegin', `<div class='spacer' style='height:${above}px'></div>`)",
            above,
        )
        sheets = [" ".join(sheet.extract_text().split()) for sheet in PdfReader(BytesIO(page.pdf())).pages]
        (begun,) = [sheet for sheet in sheets if "Kön har vuxit från" in sheet]
        assert "Antal i kö" in begun
        page.evaluate("document.querySelector('.spacer').remove()")


def test_a_manager_moves_between_the_own_queue_and_all_queues(example, visit, association):
    page = visit(Role.TEAM_MANAGER)
    page.get_by_role("link", name="Kö", exact=True).click()
    page.get_by_role("link", name="Alla team").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Kö i alla team"
    page.get_by_role("link", name="Team Norra").click()
    assert "I Team Norra väntar 9." in page.inner_text("main")


@pytest.mark.parametrize("width", [320, 1280])
def test_places_and_target_are_settled_and_accessible(visit, association, assert_accessible, width):
    page = visit(Role.TEAM_MANAGER, width=width)
    page.goto(f"/team/{association.north}/ko")
    page.get_by_role("link", name="Ändra platser och mål").click()
    expect(page.get_by_label("Platser per heltid")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Tjänster, procent av heltid").fill("250")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator("#error-summary")).to_be_focused()
    assert_accessible(page)
    page.get_by_label("Platser per heltid").fill("16")
    page.get_by_label("Mål: längsta kötid, veckor").fill("12")
    page.get_by_label("Beslutets diarienummer").fill("§ 14")
    page.get_by_label("Beslutets datum").fill("2024-03-22")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("row", name="juni 2024 2,5 40 12 § 14, 22 mars 2024")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
