"""A team manager reads a list in, in a real browser and without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from followup.access.roles import Role
from tests.conftest import Visit
from tests.imports.test_page import HEADINGS, ROWS
from tests.infrastructure.browser import assert_fits, wait_until_drawn

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "script"), [(1280, True), (320, False)])
def test_a_list_is_tried_saved_and_undone(
    visit: Visit, assert_accessible: Callable[[Page], None], width: int, script: bool
) -> None:
    page = visit(Role.TEAM_MANAGER, width=width, java_script_enabled=script)
    page.get_by_role("link", name="Deltagare", exact=True).click()
    page.get_by_role("link", name="Läs in en lista").click()
    expect(page.get_by_label("Deltagarlista", exact=True)).to_be_visible()
    wait_until_drawn(page)
    for columns in page.get_by_text("kolumner, och en tom lista").all():
        columns.click()
    if script:
        assert_accessible(page)
    assert_fits(page)
    refused = "Team Norra;Nyby;Man;15;FK;2024-01-15;2024-02-05;;"
    content = "\n".join([HEADINGS, *ROWS, refused]).encode()
    page.get_by_label("Deltagarlista", exact=True).check()
    page.get_by_label("Fil", exact=True).set_input_files(
        {"name": "lista.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Pröva filen").click()
    expect(page.get_by_role("heading", name="3 rader kan läsas in")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("5 .*Åldern ska vara 16–67 år"))).to_be_visible()
    if script:
        assert_accessible(page)
    page.get_by_role("button", name="Läs in", exact=True).click()
    expect(page.get_by_text("3 rader är inlästa")).to_be_visible()
    page.get_by_role("button", name="Ångra inläsningen").click()
    expect(page.get_by_text("Inläsningen är ångrad")).to_be_visible()
    assert_fits(page)
