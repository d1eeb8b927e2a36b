"""The what-if page as it is met: by keyboard and screen reader, on a narrow screen, without scripts."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from followup.access.roles import Role
from tests.infrastructure.browser import assert_usable
from tests.queues import q2
from tests.queues.rows import put

pytestmark = pytest.mark.browser


@pytest.fixture
def example(database, association, clock):
    put(database, association, "north", q2.ROWS)
    clock.move_to(datetime(2024, 10, 31, 8, 0, tzinfo=UTC))


def test_a_question_is_asked_and_mended_without_scripts(example, visit, association):
    page = visit(Role.TEAM_MANAGER, java_script_enabled=False)
    page.goto(f"/team/{association.north}/ko")
    page.get_by_role("link", name="Se vad som skulle ändra kön").click()
    page.get_by_label("Medarbetare, procent av heltid").fill("100")
    page.get_by_role("button", name="Räkna").click()
    page.get_by_role("link", name="Fyll i hur många platser").click()
    expect(page.get_by_label("Medarbetare, procent av heltid")).to_have_value("100")
    page.get_by_label("Platser per heltid").fill("26")
    page.get_by_role("button", name="Räkna").click()
    expect(page.get_by_role("heading", name="Med ändringen är kön troligen")).to_be_visible()
    expect(page.get_by_role("img", name="Kölängd två år framåt")).to_be_visible()


def test_a_forecast_and_a_question_with_errors_are_accessible(example, visit, association):
    page = visit(Role.TEAM_MANAGER)
    for question in ("?colleagues=100&places=26", "?colleagues=100"):
        page.goto(f"/team/{association.north}/ko/vad-hander-om{question}")
        assert_usable(page, 1280, 320)


@pytest.mark.parametrize("question", ["", "?stop_to=30&stay=x&referrals=-101"])
def test_what_belongs_together_stands_on_a_line(example, visit, association, question):
    page = visit(Role.TEAM_MANAGER)
    page.goto(f"/team/{association.north}/ko/vad-hander-om{question}")

    def places(*labels, side):
        found = (page.get_by_label(label, exact=False).bounding_box() for label in labels)
        return {round(box[side]) for box in found}

    rows = [
        ("Medarbetare, procent", "Platser per heltid"),
        ("Vistelsetid i dag", "Ändrad vistelsetid", "Nya i kön"),
        ("Vakans, procent", "Vakans från", "Vakans till"),
        ("Uppehåll från vecka", "Uppehåll till vecka"),
    ]
    page.set_viewport_size({"width": 1280, "height": 900})
    for row in rows:
        assert len(places(*row, side="y")) == 1, row
    for column in (0, 1):
        assert len(places(*(row[column] for row in rows), side="x")) == 1
    page.set_viewport_size({"width": 360, "height": 900})
    assert len(places(*(label for row in rows for label in row), side="x")) == 1


def test_the_answer_comes_without_leaving_the_page(example, visit, association, assert_accessible):
    page = visit(Role.TEAM_MANAGER)
    page.goto(f"/team/{association.north}/ko/vad-hander-om")
    page.evaluate("window.stayed = true")
    page.get_by_label("Medarbetare, procent av heltid").fill("100")
    page.get_by_label("Platser per heltid").fill("26")
    page.get_by_role("button", name="Räkna").click()
    expect(page.get_by_role("heading", name="Med ändringen är kön troligen")).to_be_visible()
    expect(page.get_by_role("status").last).to_contain_text("Med ändringen är kön troligen")
    expect(page.get_by_role("button", name="Räkna")).to_be_focused()
    assert page.evaluate("window.stayed") is True
    expect(page).to_have_url(re.compile("places=26"))
    assert_accessible(page)


def test_an_error_takes_focus_without_leaving_the_page_and_can_be_mended(example, visit, association):
    page = visit(Role.TEAM_MANAGER)
    page.goto(f"/team/{association.north}/ko/vad-hander-om")
    page.evaluate("window.stayed = true")
    page.get_by_label("Medarbetare, procent av heltid").fill("100")
    page.get_by_role("button", name="Räkna").click()
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile("^Fel: "))
    page.get_by_label("Platser per heltid").fill("26")
    page.get_by_role("button", name="Räkna").click()
    expect(page.get_by_role("heading", name="Med ändringen är kön troligen")).to_be_visible()
    assert page.evaluate("window.stayed") is True
    expect(page).not_to_have_title(re.compile("^Fel: "))
