"""The statistics pages as each role meets them."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.audit.models import AuditEvent
from followup.db import Database
from followup.months.models import MonthDeclaration
from followup.months.service import declare_through, reopen
from followup.organisation.models import Team
from followup.participation.commands import StartDirectly
from followup.participation.models import Participation, random_key
from followup.participation.service import start_directly
from followup.periods import Month, Week, WeekAndMonth, Year
from followup.statistics.service import association_statistics
from followup.statistics.told import figure
from tests.infrastructure.browser import assert_fits, assert_usable
from tests.infrastructure.client import Client
from tests.infrastructure.furnish import Furnished
from tests.statistics.conftest import Report

SignIn = Callable[..., Client]
ScopeOf = Callable[..., Scope]
DRAFT = "Utkast – internt arbetsmaterial, får inte spridas"


def _started(association_id: int, team_id: int, sex: str, month: Month) -> Participation:
    return Participation(
        key=random_key(),
        association_id=association_id,
        team_id=team_id,
        sex=sex,
        age_group="30-39",
        referring_party="FK",
        started_month=month,
        started_week=Week.of(month.first_day),
    )


@pytest.fixture
def three_in_the_north(database: Database, association: Furnished) -> None:
    with database.session(write=True) as session:
        for sex in "FFM":
            session.add(_started(association.id, association.north, sex, Month(2024, 2)))


@pytest.fixture
def complete_2023(database: Database, association: Furnished) -> None:
    with database.session(write=True) as session:
        session.add_all(
            MonthDeclaration(association_id=association.id, team_id=team, month=month, complete=True)
            for team in (association.north, association.south)
            for month in Year(2023)
        )


def test_director_reads_findings_and_follows_one_to_its_table(director: Client) -> None:
    text = director.text("/statistik")
    assert "Statistik 2023" in text
    assert DRAFT in text
    assert "71 % gick vidare till arbete, studier eller ordinarie insats mot arbete" in text
    page = director.text("/statistik/T7?ar=2023&del=hela")
    assert "Av de 56 deltagare som avslutat insatsen har 40 (71 %) gått vidare" in page
    assert "Samma period året före var de 28." in page
    assert "De som avlidit ingår inte i nämnaren." in page


def test_hidden_cells_are_explained_for_eye_and_ear(director: Client) -> None:
    html = director.get("/statistik/T8?ar=2023").text
    assert '<span aria-hidden="true">..</span><span class="sr-only">Undertryckt uppgift</span>' in html
    assert "Döljs för att någon annars kan räkna ut en enskild uppgift." in html


def test_director_downloads_a_file_that_leaves_a_line_in_the_log(director: Client, report: Report) -> None:
    response = director.submit("/statistik?ar=2023", button="Ladda ner filen", format="csv")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == "attachment; filename=statistik-2023-utkast-internt.csv"
    assert response.data.startswith(b"tabell,period,")
    with report.database.session() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
        assert last is not None
        assert last.event == "EXPORTED"


def test_download_without_a_format_says_what_to_choose(director: Client) -> None:
    response = director.submit("/statistik?ar=2023", button="Ladda ner filen", format=[])
    assert response.status_code == 422
    assert "Välj ett filformat." in response.text


def test_nothing_is_downloaded_by_a_link(director: Client) -> None:
    assert director.get("/statistik/ladda-ner").status_code in (404, 405)


@pytest.mark.parametrize(
    "address", ["/statistik?ar=tjugo", "/statistik?ar=2023&del=T9", "/statistik/T99", "/statistik/T1?ar=0"]
)
def test_an_address_without_a_table_or_period_is_not_found(director: Client, address: str) -> None:
    assert director.get(address).status_code == 404


def test_an_incomplete_period_shows_who_is_missing_and_no_figure(
    sign_in: SignIn, three_in_the_north: None
) -> None:
    client = sign_in(Role.DIRECTOR)
    text = client.text("/statistik?ar=2024&del=Q1")
    assert "Statistiken för första kvartalet 2024 kan inte visas än" in text
    assert "Team Norra: januari–mars 2024" in text
    assert "Ladda ner filen" not in text
    table = client.text("/statistik/T1?ar=2024&del=Q1")
    assert "Team Södra: januari–mars 2024" in table
    assert "3 deltagare" not in table


def test_nobody_is_asked_for_a_month_that_is_not_over(sign_in: SignIn, three_in_the_north: None) -> None:
    """The clock says June."""
    client = sign_in(Role.DIRECTOR)
    text = client.text("/statistik?ar=2024&del=H1")
    assert "Den är slut efter juni 2024. Be verksamhetsledarna klarmarkera:" in text
    assert "Team Norra: januari–maj 2024" in text
    december = client.text("/statistik?ar=2024&del=12")
    assert "Den är slut efter december 2024." in december
    assert "Skriv en påminnelse" not in december
    assert "slut efter" not in client.text("/statistik?ar=2024&del=Q1")


def test_an_incomplete_period_cannot_be_downloaded_with_an_old_page(
    sign_in: SignIn, complete_2023: None, database: Database, association: Furnished
) -> None:
    client = sign_in(Role.DIRECTOR)
    page = client.get("/statistik?ar=2023")
    with database.session(write=True) as session:
        month = session.get_one(MonthDeclaration, (association.id, association.north, Month(2023, 5)))
        month.complete, month.reopen_reason = False, "SEN"
    response = client.submit("/statistik", page=page, button="Ladda ner filen", format="xlsx")
    assert response.status_code == 422
    assert "Team Norra: maj 2023" in response.text


@pytest.mark.parametrize("role", [Role.TEAM_STAFF, Role.TEAM_MANAGER, Role.READER, Role.SYSTEM_ADMIN])
def test_only_director_and_officers_read_the_statistics(sign_in: SignIn, role: Role) -> None:
    client = sign_in(role)
    for address in ("/statistik", "/statistik/T1"):
        assert client.get(address).status_code == 403


def test_an_officer_reads_them_too(sign_in: SignIn, complete_2023: None) -> None:
    assert "Statistik 2023" in sign_in(Role.OFFICER).text("/statistik")


def test_a_team_reads_its_own_raw_figures_marked_as_internal(
    sign_in: SignIn, association: Furnished, three_in_the_north: None
) -> None:
    text = sign_in(Role.TEAM_STAFF).text(f"/team/{association.north}/statistik?ar=2024")
    assert "Perioden är inte slut." in text
    assert "Perioden är inte slut." not in sign_in(Role.TEAM_STAFF).text(
        f"/team/{association.north}/statistik?ar=2023"
    )
    assert "Internt." in text
    assert "3 deltagare 2024" in text
    assert "Av de 3 som deltog är 2 kvinnor (67 %)." in text
    assert "Siffrorna kan ändras" in text


def test_a_team_without_anybody_is_told_so_and_not_shown_tables_of_noughts(
    sign_in: SignIn, association: Furnished
) -> None:
    text = sign_in(Role.TEAM_STAFF).text(f"/team/{association.north}/statistik")
    assert "Ingenting är registrerat för 2024 än." in text
    assert "T1" not in text


def test_a_team_is_not_told_that_months_are_complete_or_what_nobody_had(
    sign_in: SignIn, association: Furnished, three_in_the_north: None
) -> None:
    text = sign_in(Role.TEAM_STAFF).text(f"/team/{association.north}/statistik")
    assert "alla månader i perioden är inte klarmarkerade" in text
    assert "Alla team har klarmarkerat" not in text
    assert "av de 0" not in text


@pytest.mark.parametrize(("opened", "proposed"), [(Month(2024, 3), 2024), (Month(2025, 1), 2024)])
def test_a_new_forbund_meets_its_first_year(
    sign_in: SignIn, database: Database, association: Furnished, opened: Month, proposed: int
) -> None:
    with database.session(write=True) as session:
        session.execute(update(Team).values(opened=opened))
    page = sign_in(Role.DIRECTOR).get("/statistik").text
    assert f"Statistik {proposed}" in page
    assert f'<option value="{proposed}"' in " ".join(page.split()).replace("selected ", "")


def test_another_teams_figures_are_not_there(
    sign_in: SignIn, association: Furnished, three_in_the_north: None
) -> None:
    assert sign_in(Role.TEAM_MANAGER, "south").get(f"/team/{association.north}/statistik").status_code == 404
    assert "3 deltagare" not in sign_in(Role.TEAM_MANAGER, "south").text(
        f"/team/{association.south}/statistik"
    )


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.OFFICER, Role.READER, Role.SYSTEM_ADMIN])
def test_nobody_outside_the_team_reads_its_raw_figures(
    sign_in: SignIn, association: Furnished, role: Role
) -> None:
    assert sign_in(role).get(f"/team/{association.north}/statistik").status_code in (403, 404)


@pytest.mark.both_databases
def test_a_late_registration_is_in_the_next_page_and_not_in_a_kept_one(
    sign_in: SignIn, complete_2023: None, database: Database, association: Furnished, scope_of: ScopeOf
) -> None:
    client = sign_in(Role.DIRECTOR)
    assert "0 deltagare 2023" in client.text("/statistik/T1?ar=2023")
    manager, south = scope_of(Role.TEAM_MANAGER, "south"), association.south
    for month in [Month(2023, 2) + step for step in range(11)]:
        with database.session(write=True) as session:
            reopen(session=session, scope=manager, team_id=south, month=month, reason="SEN")
    assert "Team Södra: februari–december 2023" in client.text("/statistik/T1?ar=2023")
    late = StartDirectly(
        team_id=south,
        started=WeekAndMonth.of(date(2023, 2, 1)),
        sex="F",
        age_group="30-39",
        referring_party="FK",
    )
    with database.session(write=True) as session:
        start_directly(session=session, scope=manager, command=late)
    with database.session(write=True) as session:
        declare_through(session=session, scope=manager, team_id=south, month=Month(2023, 12))
    assert "1 deltagare 2023" in client.text("/statistik/T1?ar=2023")


def test_what_somebody_is_about_to_change_is_kept_for_nobody(
    complete_2023: None, database: Database, association: Furnished, scope_of: ScopeOf
) -> None:
    director, north = scope_of(Role.DIRECTOR), association.north

    def participants(session: Session) -> float | None:
        found = association_statistics(session=session, scope=director, period=Year(2023), key=b"k" * 32)
        shown = found.table("T1")
        return figure(shown.cubes, "", Year(2023), flow="participants") if shown else None

    with database.session() as reading:
        assert participants(reading) == 0
    with database.session(write=True) as acting:
        acting.add(_started(association.id, north, "F", Month(2023, 2)))
        acting.flush()
        assert participants(acting) == 1
        acting.rollback()
    with database.session() as reading:
        assert participants(reading) == 0


def test_another_association_is_not_counted(
    sign_in: SignIn, complete_2023: None, database: Database, association: Furnished
) -> None:
    with database.session(write=True) as session:
        neighbour = session.get_one(Team, association.neighbour)
        session.add(_started(neighbour.association_id, neighbour.id, "F", Month(2023, 2)))
    assert "0 deltagare 2023" in sign_in(Role.DIRECTOR).text("/statistik/T1?ar=2023")


@pytest.mark.browser
def test_pages_are_accessible_and_fit(visit, complete_2023: None) -> None:  # type: ignore[no-untyped-def]
    page = visit(Role.DIRECTOR)
    for address in ("/statistik", "/statistik/T1", "/statistik/T7", "/statistik?ar=2024"):
        page.goto(address)
        assert_usable(page, 1280, 320)


@pytest.mark.browser
def test_own_page_is_accessible(
    visit,
    assert_accessible: Callable[[Page], None],
    association: Furnished,
    three_in_the_north: None,  # type: ignore[no-untyped-def]
) -> None:
    page = visit(Role.TEAM_MANAGER)
    page.goto(f"/team/{association.north}/statistik?ar=2024")
    assert_accessible(page)


@pytest.mark.browser
def test_a_director_chooses_a_period_and_downloads_without_java_script(visit, complete_2023: None) -> None:  # type: ignore[no-untyped-def]
    page = visit(Role.DIRECTOR, java_script_enabled=False)
    page.goto("/statistik")
    page.get_by_label("Del av året").select_option("Januari–augusti")
    page.get_by_role("button", name="Visa perioden").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Statistik januari–augusti 2023"
    page.get_by_label("Excel", exact=True).check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Ladda ner filen").click()
    assert download.value.suggested_filename == "statistik-2023-JanAug-utkast-internt.xlsx"


@pytest.mark.browser
def test_a_page_whose_figures_are_protected_first_says_why_it_takes_long(  # type: ignore[no-untyped-def]
    visit, assert_accessible: Callable[[Page], None], complete_2023: None
) -> None:
    """The page that was left stays on the screen until the next one comes: here none does, the first time."""
    page = visit(Role.DIRECTOR)
    link = page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Statistik")
    page.route("**/statistik", lambda route: route.fulfill(status=204))
    link.click()
    said = page.get_by_role("status").filter(has_text="Sidan hämtas")
    expect(said).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    page.goto("/forbundet")
    page.route("**/tidigare-ar", lambda route: route.fulfill(status=204))
    page.get_by_role("link", name="Tidigare år").first.click()
    expect(said).to_be_visible()
    page.unroute("**/statistik")
    link.click()
    expect(page.get_by_role("heading", level=1, name="Statistik 2023")).to_be_visible()
    expect(said).to_have_count(0)


def test_a_row_does_not_write_again_what_the_row_above_said(director: Client) -> None:
    html = director.get("/statistik/T1?ar=2023&del=hela").text
    table = html.split("Deltagarflöde per team")[-1]
    first, second = table.split('<th scope="row">')[1], table.split('<th scope="row" class="is-repeated">')[1]
    assert not first.startswith("<span")
    assert second.startswith('<span class="sr-only">'), "heard, since each row is read by itself"


def test_only_a_table_that_hides_something_offers_to_explain(director: Client, report: Report) -> None:
    link = "Varför uppgifter är dolda"
    for table_id in ("T2", "T7", "T12"):
        html = director.get(f"/statistik/{table_id}?ar=2023&del=hela").text
        assert (link in html) == ("Undertryckt uppgift" in html), table_id


def test_that_a_table_may_be_wider_than_the_screen_is_told_once(
    sign_in: SignIn, association: Furnished, three_in_the_north: None
) -> None:
    client = sign_in(Role.TEAM_STAFF)
    for _ in range(2):
        page = client.get(f"/team/{association.north}/statistik").text
        assert page.count("bredare än skärmen") == 1
