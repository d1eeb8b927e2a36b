"""What each role meets first."""

from followup.access.roles import Role
from tests.conftest import SignIn
from tests.infrastructure.client import visible_text


def test_staff_meet_their_team_with_three_buttons(sign_in: SignIn) -> None:
    page = sign_in(Role.TEAM_STAFF).get("/").text
    for button in ("Ställ i kö", "Starta", "Avsluta"):
        assert f">{button}</a>" in page
    text = visible_text(page)
    assert "I Team Norra väntar ingen" in text
    assert "Våld: inga samtal i juni 2024" in text
    assert "mars 2024, april 2024 och maj 2024 är inte klarmarkerade" in text


def test_director_sees_what_the_reports_lack(sign_in: SignIn) -> None:
    text = sign_in(Role.DIRECTOR).text("/")
    assert "Årsstatistik 2023: 24 månader saknas – Team Norra (12) och Team Södra (12)" in text
    assert "Delår januari–augusti 2023: 16 månader saknas" in text
    assert "Klarmarkerade månader per team" in text


def test_reader_is_told_that_nothing_is_published(sign_in: SignIn) -> None:
    assert "inte publicerat någon utgåva än" in sign_in(Role.READER).text("/")


def test_administrator_meets_the_doctors_list(sign_in: SignIn) -> None:
    text = sign_in(Role.SYSTEM_ADMIN).text("/")
    assert "Bara tjänsten kan läsa nyckelfilen." in text
    assert "Databasens tabeller hör till den här versionen" in text
    assert "Databasen skriver säkert" in text
    assert "Varje team har en verksamhetsledare" in text
    assert "Säkerhetskopiering är inte inställd" in text
