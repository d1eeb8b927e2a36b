"""Going through the queue: several rows leave it in one act, after a look, and come back with one undo."""

from collections.abc import Callable
from typing import Any

import pytest

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.db import Database
from followup.db.session import act_for
from tests.conftest import SignIn
from tests.infrastructure.client import Client, visible_text
from tests.infrastructure.furnish import Furnished
from tests.participation.acts import Acts
from tests.participation.test_pages import JOIN, START, link


@pytest.fixture
def staff(sign_in: SignIn) -> Client:
    return sign_in(Role.TEAM_STAFF)


@pytest.fixture
def register(association: Furnished, staff: Client) -> str:
    """With three in the queue."""
    address = f"/team/{association.north}/deltagare"
    for age, day in (("22", "2024-01-15"), ("34", "2024-02-19"), ("52", "2024-03-18")):
        staff.submit(f"{address}/stall-i-ko", **JOIN | {"age": age, "accepted": day})
    return address


LEAVE: dict[str, Any] = {"row_0": "NEJ", "row_2": "HAN", "left": "2024-06-03"}


def test_those_who_left_are_shown_then_saved_then_taken_back(staff: Client, register: str) -> None:
    address = f"{register}/ga-igenom"
    check = staff.submit(address, **LEAVE)
    text = visible_text(check.text)
    assert "Kontrollera uppgifterna" in text
    assert "20–24 år, Försäkringskassan – 21 veckor Tackat nej" in text
    assert "30–39 år" not in text
    assert "I kö (3)" in staff.text(register)
    page = staff.submit(address, page=check, button="Spara genomgången")
    text = visible_text(page.text)
    assert "2 rader lämnade kön." in text
    assert "I kö (1)" in text
    page = staff.submit(register, page=page, action="/angra")
    assert "I kö (3)" in visible_text(page.text)


def test_change_leads_back_with_the_choices(staff: Client, register: str) -> None:
    check = staff.submit(f"{register}/ga-igenom", **LEAVE)
    form = staff.submit(register, page=check, button="Ändra")
    assert form.status_code == 200
    assert '<option value="NEJ" selected' in form.text


def test_nobody_chosen_is_said_so(staff: Client, register: str) -> None:
    page = staff.submit(f"{register}/ga-igenom")
    assert page.status_code == 422
    assert "Alla står kvar i kön" in visible_text(page.text)


def test_a_date_before_the_queue_is_refused_and_nobody_leaves(staff: Client, register: str) -> None:
    page = staff.submit(f"{register}/ga-igenom", **LEAVE | {"left": "2024-02-01"})
    assert page.status_code == 422
    assert "före den vecka då deltagaren ställdes i kö (vecka 12, 2024)" in visible_text(page.text)
    assert "I kö (3)" in staff.text(register)


def test_when_somebody_else_has_started_one_of_them_nobody_leaves(
    staff: Client, sign_in: SignIn, register: str
) -> None:
    form = staff.get(f"{register}/ga-igenom")
    other = sign_in(Role.TEAM_MANAGER)
    other.submit(link(other.get(register), "Starta"), **START)
    page = staff.submit(register, page=form, **LEAVE)
    assert page.status_code == 422
    assert "Raden har ändrats sedan du öppnade sidan" in visible_text(page.text)
    assert "I kö (2)" in staff.text(register)


def test_rows_that_the_page_did_not_show_cannot_be_named(staff: Client, register: str) -> None:
    form = staff.get(f"{register}/ga-igenom")
    assert staff.submit(register, page=form, **LEAVE, rows="k1.AAAA").status_code == 404


def test_an_empty_queue_has_nothing_to_go_through(sign_in: SignIn, association: Furnished) -> None:
    south = sign_in(Role.TEAM_STAFF, "south")
    assert "Ingen står i kö" in south.text(f"/team/{association.south}/deltagare/ga-igenom")


def test_as_many_as_can_be_saved_can_also_be_taken_back(
    sign_in: SignIn, scope_of: Callable[..., Scope], association: Furnished, database: Database
) -> None:
    with database.open(write=True) as session:
        act_for(session, association.id)
        acts = Acts(session, scope_of(Role.TEAM_STAFF), association.north)
        for _ in range(21):
            acts.join("2024-03-04")
        session.commit()
    staff = sign_in(Role.TEAM_STAFF)
    address = f"/team/{association.north}/deltagare/ga-igenom"
    chosen = {f"row_{place}": "NEJ" for place in range(21)}
    too_many = staff.submit(address, **chosen)
    assert "Välj högst 20" in visible_text(too_many.text)
    check = staff.submit(address, page=too_many, row_20="")
    page = staff.submit(address, page=check, button="Spara genomgången")
    assert "20 rader lämnade kön." in visible_text(page.text)
    cookie = staff.get_cookie("followup")
    assert cookie is not None
    assert len(cookie.value) < 3800
    page = staff.submit(address, page=page, action="/angra")
    assert "I kö (21)" in visible_text(page.text)
