"""Queue lengths from before the team's own rows: filled in on a page or read from a file, and marked."""

from datetime import date

import pytest
from sqlalchemy import update

from followup.access.roles import Role
from followup.organisation.models import Team
from followup.periods import Month
from tests.infrastructure.client import visible_text
from tests.infrastructure.tables import rows_by_label
from tests.queues.rows import put

MONTHS = "Kön månad för månad"
MISSING = "..*Uppgift saknas"


@pytest.fixture
def address(database, association):
    """The north team began with the system in May 2023."""
    put(database, association, "north", [(date(2023, 5, 8), None, None), (date(2024, 5, 6), None, None)])
    with database.session(write=True) as session:
        session.execute(update(Team).where(Team.id == association.north).values(opened=Month(2023, 5)))
    return f"/team/{association.north}/ko/historia"


@pytest.fixture
def manager(sign_in):
    return sign_in(Role.TEAM_MANAGER)


@pytest.mark.both_databases
def test_what_is_filled_in_stands_on_the_curve_and_is_marked(address, manager):
    response = manager.submit(f"{address}/2023", month_2="7", month_4="9", button="Spara")
    rows = rows_by_label(response.text, MONTHS)
    assert rows["februari 2023"] == [*[MISSING] * 3, "7 (ifyllt)"]
    assert rows["mars 2023"] == [MISSING] * 4
    assert rows["april 2023"] == [*[MISSING] * 3, "9 (ifyllt)"]
    assert rows["maj 2023"] == ["1", "0", "0", "1"]
    text = visible_text(response.text)
    assert "Kön har minskat från 7 till 2 sedan slutet av februari 2023" in text
    assert "Som flest väntade 9, i april 2023. Före maj 2023 är kölängden ifylld i efterhand." in text
    assert "Ifyllt i efterhand" in response.text


def test_what_is_filled_in_counts_neither_as_waits_nor_as_pace(address, manager, association):
    before = manager.get(f"/team/{association.north}/ko").text
    manager.submit(f"{address}/2023", month_4="90", button="Spara")
    after = manager.get(f"/team/{association.north}/ko").text
    caption = "Väntetid i veckor för dem som startade och dem som väntar nu"
    assert rows_by_label(after, caption) == rows_by_label(before, caption)
    assert "Det senaste året har 1 ställts i kö och 0 startat" in visible_text(after)


def test_only_months_before_the_rows_can_be_filled_in(address, manager):
    page = manager.get(f"{address}/2023").text
    assert 'name="month_4"' in page
    assert 'name="month_5"' not in page
    assert "Det här året räknas från deltagarlistan." in manager.text(f"{address}/2024")
    for year in (1899, 2003, 2025):
        assert manager.get(f"{address}/{year}").status_code == 404


def test_an_emptied_month_is_known_no_more(address, manager):
    manager.submit(f"{address}/2022", month_11="4", month_12="5", button="Spara")
    assert 'value="5"' in manager.get(f"{address}/2022").text
    response = manager.submit(f"{address}/2022", month_12="", button="Spara")
    rows = rows_by_label(response.text, MONTHS)
    assert rows["november 2022"][-1] == "4 (ifyllt)"
    assert rows["december 2022"][-1] == MISSING


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("fem", "Mars: skriv ett heltal med siffror"),
        ("-1", "Mars: skriv ett tal från 0 till 9 999."),
        ("19850312-9820", "Texten ser ut att innehålla ett personnummer."),
    ],
)
def test_a_number_that_cannot_be_read_is_explained_and_the_rest_is_kept(address, manager, typed, message):
    response = manager.submit(f"{address}/2022", month_2="8", month_3=typed, button="Spara")
    assert response.status_code == 422
    assert message in visible_text(response.text)
    assert 'value="8"' in response.text
    assert "9820" not in response.text


def test_staff_see_the_history_and_fill_in_nothing(address, sign_in):
    staff = sign_in(Role.TEAM_STAFF)
    assert "Fyll i tidigare kölängder" not in staff.text(address)
    assert staff.get(f"{address}/2022").status_code == 403


def test_another_teams_history_is_not_there(sign_in, association):
    manager = sign_in(Role.TEAM_MANAGER)
    for page in ("historia", "historia/2022"):
        assert manager.get(f"/team/{association.south}/ko/{page}").status_code == 404
