"""The board asked for a plan: a manager compares two scenarios, makes the plan and takes it out."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import docx
import pdfua
import pytest
import time_machine
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from followup.access.roles import Role
from followup.db import Database
from tests.conftest import Visit
from tests.infrastructure.browser import assert_fits
from tests.infrastructure.furnish import Furnished
from tests.journeys.keyboard import Keyboard
from tests.queue_plans.acts import declare
from tests.queues import q2
from tests.queues.rows import put

pytestmark = pytest.mark.browser

RECRUIT, SHORTEN = "Anställ en handläggare", "Kortare vistelsetid"


@pytest.fixture(autouse=True)
def example(database: Database, association: Furnished, clock: time_machine.Traveller) -> None:
    put(database, association, "north", q2.ROWS)
    declare(database, association, 9)
    clock.move_to(datetime(2024, 10, 31, 8, 0, tzinfo=UTC))


def take(page: Page, folder: Path, name: str, press: Callable[[], None]) -> Path:
    with page.expect_download() as download:
        press()
    path = folder / name
    download.value.save_as(path)
    return path


def test_by_keyboard_from_two_scenarios_to_a_plan_for_the_board(
    visit: Visit, assert_accessible: Callable[[Page], None], tmp_path: Path
) -> None:
    page = visit(Role.TEAM_MANAGER)
    keys = Keyboard(page)
    keys.follow("Kö")
    for changes, name in (
        ({"Medarbetare, procent av heltid": "100", "Platser per heltid": "26"}, RECRUIT),
        ({"Ändrad vistelsetid, veckor": "-12"}, SHORTEN),
    ):
        page.goto(f"{page.url.split('/ko')[0]}/ko/vad-hander-om")
        for label, text in changes.items():
            keys.type(label, text)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Med ändringen är kön troligen")).to_be_visible()
        keys.type("Scenariots namn", name)
        keys.press("Spara scenario")
    keys.follow("Sparade scenarier")
    assert_accessible(page)
    keys.tick(RECRUIT)
    keys.tick(SHORTEN)
    keys.press("Jämför")
    expect(
        page.get_by_role("heading", name=f"Störst chans att målet hålls om ett år har {RECRUIT}")
    ).to_be_visible()
    assert_accessible(page)

    page.goto(f"{page.url.split('/ko')[0]}/ko")
    keys.follow("Handlings- och tidplan")
    keys.press("Gör en plan")
    keys.follow("Lägg till åtgärd")
    keys.follow(f"Utgå från {RECRUIT}")
    assert_accessible(page)
    keys.choose("Slag av åtgärd", "Fler medarbetare")
    keys.type("Ansvarig funktion", "Verksamhetsledare")
    keys.select("Från och med", "Januari 2025")
    keys.press("Spara åtgärd")
    keys.type("Dag för uppföljning", "2025-03-21")
    keys.press("Lägg till dag")
    assert_accessible(page)
    keys.follow("Fastställ planen")
    keys.type("Beslutets diarienummer eller paragraf", "§ 20")
    keys.type("Beslutets datum", "2024-10-31")
    keys.press("Fastställ planen")
    expect(page.get_by_text("Version 1, fastställd 31 oktober 2024 (beslut § 20).")).to_be_visible()
    shown = page.get_by_role("row", name="Alla åtgärder").inner_text().split("\t")

    files = {}
    for label, name in (("Word", "plan.docx"), ("PDF", "plan.pdf")):
        keys.choose("Filformat", label)
        keys.go_to(page.get_by_role("button", name="Ladda ner planen"))
        files[name] = take(page, tmp_path, name, lambda: page.keyboard.press("Enter"))
    paper = docx.Document(str(files["plan.docx"]))
    rows = [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]
    assert [text.strip() for text in shown] in rows
    assert any(row[0] == RECRUIT and "Verksamhetsledare" in row for row in rows)
    assert not pdfua.validate(files["plan.pdf"]).findings
    pages = " ".join(page.extract_text() for page in PdfReader(files["plan.pdf"]).pages)
    assert "fastställd 31 oktober 2024" in " ".join(pages.split())


def test_the_plan_is_made_without_scripts_on_a_small_screen_and_read_by_the_director(
    visit: Visit, assert_accessible: Callable[[Page], None], tmp_path: Path
) -> None:
    page = visit(Role.TEAM_MANAGER, width=320, java_script_enabled=False)
    page.get_by_role("link", name="Kö", exact=True).click()
    page.get_by_role("link", name="Handlings- och tidplan").click()
    page.get_by_role("button", name="Gör en plan").click()
    page.get_by_role("link", name="Lägg till åtgärd").click()
    page.get_by_label("Vad som ska göras").fill(RECRUIT)
    page.get_by_role("button", name="Spara åtgärd").click()
    page.get_by_role("link", name="Välj vilket slag av åtgärd det är.").click()
    expect(page.get_by_label("Vad som ska göras")).to_have_value(RECRUIT)
    page.get_by_label("Fler medarbetare", exact=True).check()
    page.get_by_label("Ansvarig funktion").fill("Verksamhetsledare")
    page.get_by_label("Från och med").select_option("2025-01")
    page.get_by_label("Fler medarbetare, procent av heltid").fill("100")
    page.get_by_label("Platser per heltid").fill("26")
    page.get_by_role("button", name="Spara åtgärd").click()
    page.get_by_label("Dag för uppföljning").fill("2025-03-21")
    page.get_by_role("button", name="Lägg till dag").click()
    page.get_by_role("link", name="Fastställ planen").click()
    page.get_by_label("Beslutets diarienummer").fill("§ 20")
    page.get_by_label("Beslutets datum").fill("2024-10-31")
    page.get_by_role("button", name="Fastställ planen").click()
    expect(page.get_by_text("Planen är fastställd och ändras inte mer.")).to_be_visible()
    expect(page.get_by_role("img", name="Kölängd två år framåt")).to_be_visible()

    director = visit(Role.DIRECTOR, width=320)
    director.get_by_role("link", name="Kö", exact=True).click()
    director.get_by_role("link", name="Läs teamens handlings- och tidplaner").click()
    assert_accessible(director)
    assert_fits(director)
    director.get_by_label("Word").check()
    path = take(
        director, tmp_path, "alla.docx", director.get_by_role("button", name="Ladda ner planerna").click
    )
    assert any(
        RECRUIT in row.cells[0].text for table in docx.Document(str(path)).tables for row in table.rows
    )
