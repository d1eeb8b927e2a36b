"""The director's day: open the statistics, take a workbook, publish; and never see a row."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from followup.access.roles import Role
from followup.db import Database
from tests.conftest import Visit
from tests.editions.test_publishing import fill
from tests.infrastructure.furnish import PASSWORD, Furnished

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def complete_years(database: Database, association: Furnished) -> None:
    with database.session(write=True) as session:
        fill(session, association)


def test_from_the_first_page_to_a_published_edition(
    visit: Visit, assert_accessible: Callable[[Page], None], tmp_path: Path
) -> None:
    page = visit(Role.DIRECTOR)
    page.set_default_timeout(30_000)
    page.get_by_role("link", name="Statistik", exact=True).click()
    shown = page.get_by_role("link", name="deltagare 2023").inner_text()
    page.get_by_label("Excel", exact=True).check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Ladda ner filen").click()
    workbook = tmp_path / "statistik.xlsx"
    download.value.save_as(workbook)
    rows = list(load_workbook(workbook)["T1"].iter_rows(values_only=True))
    participants = next(row for row in rows if row[0] == "Deltagare under perioden")
    assert shown.startswith(f"{participants[1]} deltagare")

    page.goto("/utgavor/publicera?period=2023")
    assert_accessible(page)
    page.get_by_label("Ditt lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2024:1 Statistik 2023")
    assert_accessible(page)

    reader = visit(Role.READER)
    reader.goto("/utgavor")
    assert_accessible(reader)
    reader.get_by_role("link", name="2024:1 Statistik 2023").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("2024:1 Statistik 2023")


@pytest.mark.parametrize("page_of_team", ["deltagare", "vald", "ko", "statistik", "manader"])
def test_no_row_can_be_reached(visit: Visit, association: Furnished, page_of_team: str) -> None:
    page = visit(Role.DIRECTOR)
    answer = page.goto(f"/team/{association.north}/{page_of_team}")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("table")).to_have_count(0)
