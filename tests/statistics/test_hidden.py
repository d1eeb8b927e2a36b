"""The director reads why a figure is hidden, and what would hide fewer; nobody else does."""

import re

import pytest

from followup.access.roles import Role
from followup.disclosure import Status
from followup.periods import JanAug, Year
from followup.statistics import suggestions
from followup.statistics.hidden import hidden_cells
from followup.statistics.service import DISCLOSURE_KEY, association_statistics
from tests.conftest import SignIn
from tests.editions.test_publishing import KEYS
from tests.editions.years import fill
from tests.infrastructure.client import visible_text
from tests.infrastructure.furnish import Furnished

KEY = KEYS.derive(DISCLOSURE_KEY)
REASONS = {
    "Få personer",
    "Kan räknas ut från andra uppgifter",
    "Alla i gruppen",
    "Dold i en tidigare utgåva",
    "Rättad sedan en tidigare utgåva, eller skulle röja det som är rättat",
    "För liten bas för andel, median eller medelvärde",
}


@pytest.fixture
def ready(database, association: Furnished):
    with database.session(write=True) as session:
        fill(session, association)
    with database.session() as session:
        yield session


def statistics_of(session, scope, period):
    return association_statistics(session=session, scope=scope, period=period, key=KEY)


def test_every_hidden_figure_has_a_reason_in_words_without_a_number(ready, scope_of):
    statistics = statistics_of(ready, scope_of(Role.DIRECTOR), Year(2023))
    told = [cells for shown in statistics.tables for cells in hidden_cells(shown)]
    rows = [row for cells in told for row in cells.rows]
    hidden = [cell for table in statistics.protected for cell in table.cells.values()]
    assert len(rows) == sum(cell.status is Status.SUPPRESSED for cell in hidden) > 0
    assert {reason.text for _, reason in rows} <= REASONS
    assert all(re.fullmatch(r"\d+\s%", cells.share) for cells in told)


def test_a_suggestion_has_been_tried_and_hides_less(ready, scope_of):
    """January-August against the whole year, and whatever else helps."""
    scope = scope_of(Role.DIRECTOR)
    statistics = statistics_of(ready, scope, JanAug(2023))
    found = suggestions.suggestions(session=ready, scope=scope, statistics=statistics, table_id="T8", key=KEY)
    assert "Visa helår" in {each.text for each in found}
    assert all(each.hidden_after < each.hidden_before for each in found)


class TestPage:
    @pytest.fixture(autouse=True)
    def years(self, database, association: Furnished) -> None:
        with database.session(write=True) as session:
            fill(session, association)

    def test_the_director_reads_reasons_and_asks_for_suggestions(self, sign_in: SignIn) -> None:
        director = sign_in(Role.DIRECTOR)
        assert (
            "/statistik/T8/dolda?ar=2023&amp;del=JanAug"
            in director.get("/statistik/T8?ar=2023&del=JanAug").text
        )
        text = visible_text(director.get("/statistik/T8/dolda?ar=2023&del=JanAug").text)
        assert "Få personer" in text
        assert "av uppgifterna är dolda" in text
        tried = director.get("/statistik/T8/forslag?ar=2023&del=JanAug").text
        assert re.search(
            r"Visa helår\. Då döljs \d+\suppgift(er)? i tabellen i stället för", visible_text(tried)
        )
        assert '<a href="/statistik/T8?ar=2023&amp;del=hela">Till 2023</a>' in tried
        assert "grövre indelning är ett underlag" not in tried

    def test_only_the_director_is_led_from_teams_to_telling_them_together(self, sign_in: SignIn) -> None:
        page = "/statistik/T7/forslag?ar=2023&del=hela"
        director, officer = sign_in(Role.DIRECTOR).get(page).text, sign_in(Role.OFFICER).get(page).text
        for tried in (director, officer):
            assert "Redovisa Team Norra och Team Södra tillsammans. Då döljs" in visible_text(tried)
            assert "utgåvor som redan är publicerade ändras inte" in visible_text(tried)
        assert "Bestäm redovisningsgruppen" in director
        assert "Bestäm redovisningsgruppen" not in officer
        assert "Förbundschefen bestämmer vilka team det ska vara." in visible_text(officer)

    def test_a_table_that_is_not_made_for_the_period_says_so(self, sign_in: SignIn) -> None:
        director = sign_in(Role.DIRECTOR)
        answer = director.get("/statistik/T11?ar=2023&del=JanAug")
        assert answer.status_code == 200
        assert "T11 Våldsscreening finns inte för januari–augusti 2023." in visible_text(answer.text)
        assert (
            '<a class="button button--secondary" href="/statistik/T11?ar=2023&amp;del=hela">' in answer.text
        )
        assert director.get("/statistik/T99?ar=2023").status_code == 404

    def test_a_table_that_is_not_there_is_not_found(self, sign_in: SignIn) -> None:
        assert sign_in(Role.DIRECTOR).get("/statistik/T99/dolda?ar=2023").status_code == 404

    @pytest.mark.parametrize("role", [Role.READER, Role.TEAM_MANAGER, Role.SYSTEM_ADMIN])
    def test_nobody_else_reads_where_people_are_few(self, sign_in: SignIn, role: Role) -> None:
        assert sign_in(role).get("/statistik/T8/dolda?ar=2023").status_code == 403
