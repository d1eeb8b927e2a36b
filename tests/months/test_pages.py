"""The months' pages: the manager declares and opens, the staff look."""

import pytest

from followup.access.roles import Role
from tests.conftest import SignIn
from tests.infrastructure.client import Client, visible_text
from tests.infrastructure.furnish import Furnished


@pytest.fixture
def manager(sign_in: SignIn) -> Client:
    return sign_in(Role.TEAM_MANAGER)


@pytest.fixture
def months(association: Furnished) -> str:
    return f"/team/{association.north}/manader"


def test_a_manager_declares_a_month_and_takes_it_back(manager: Client, months: str) -> None:
    assert "Maj 2024 Öppen" in manager.text(months)
    page = manager.submit(f"{months}/2024-05/klarmarkera")
    text = visible_text(page.text)
    assert "Maj 2024 är klarmarkerad. Tidigare månader som fortfarande är öppna:" in text
    assert "februari 2024, mars 2024 och april 2024 med flera" in text
    page = manager.submit(months, page=page, action="/oppna")
    assert "Maj 2024 är öppen igen" in visible_text(page.text)
    assert "Maj 2024 Öppnad igen: klarmarkerad för tidigt" in manager.text(months)


def test_earlier_open_months_can_be_declared_in_the_same_act(manager: Client, months: str) -> None:
    page = manager.submit(f"{months}/2024-05/klarmarkera", also=["earlier"])
    assert "29 månader är klarmarkerade" in visible_text(page.text)
    assert "Alla månader som har varit är klarmarkerade" in manager.text(months)
    assert "Januari 2022 Klarmarkerad" in manager.text(f"{months}?ar=2022")


def test_reopening_asks_why(manager: Client, months: str) -> None:
    manager.submit(f"{months}/2024-05/klarmarkera")
    page = manager.submit(f"{months}/2024-05/oppna")
    assert page.status_code == 422
    assert "Välj varför månaden ska öppnas igen." in visible_text(page.text)
    page = manager.submit(f"{months}/2024-05/oppna", page=page, reason="SEN")
    assert "Maj 2024 Öppnad igen: sen registrering" in visible_text(page.text)


def test_a_late_registration_opens_every_later_month_in_the_same_act(manager: Client, months: str) -> None:
    manager.submit(f"{months}/2024-05/klarmarkera", also=["earlier"])
    page = manager.submit(f"{months}/2024-02/oppna", reason="SEN", also=["later"])
    assert "4 månader är öppna igen, från februari 2024 till maj 2024" in visible_text(page.text)
    assert "Öppna också" not in manager.text(f"{months}/2024-01/oppna")
    page = manager.submit(f"{months}/2024-05/klarmarkera", also=["earlier"])
    assert "4 månader är klarmarkerade" in visible_text(page.text)


@pytest.mark.parametrize(
    ("month", "message"),
    [("2024-06", "tidigast den 1 juli 2024"), ("2025-01", "är inte slut än"), ("2021-12", "var inte i gång")],
)
def test_a_month_that_cannot_be_declared_says_why(
    manager: Client, months: str, month: str, message: str
) -> None:
    page = manager.submit(f"{months}/{month}/klarmarkera")
    assert page.status_code == 422
    assert message in visible_text(page.text)


def test_what_is_not_a_month_is_not_there(manager: Client, months: str) -> None:
    for word in ("2024-13", "maj", "2024-5", "0000-01"):
        assert manager.get(f"{months}/{word}/klarmarkera").status_code == 404


def test_staff_see_the_months_but_do_not_declare(sign_in: SignIn, months: str) -> None:
    staff = sign_in(Role.TEAM_STAFF)
    page = staff.get(months)
    assert "Verksamhetsledaren klarmarkerar" in visible_text(page.text)
    assert "/klarmarkera" not in page.text
    assert staff.get(f"{months}/2024-05/klarmarkera").status_code == 403


@pytest.mark.parametrize(
    ("role", "team", "status"),
    [(Role.TEAM_MANAGER, "south", 404), (Role.DIRECTOR, "north", 403), (Role.SYSTEM_ADMIN, "north", 403)],
)
def test_others_do_not_reach_the_months(
    sign_in: SignIn, months: str, role: Role, team: str, status: int
) -> None:
    other = sign_in(role, team)
    for path in (months, f"{months}/2024-05/klarmarkera", f"{months}/2024-05/oppna"):
        assert other.get(path).status_code == status
