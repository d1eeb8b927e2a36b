"""Pages that set protected figures beside what the kansli has written."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.db import Database
from followup.errors import Refusal
from followup.participation.models import Participation
from followup.periods import Month, Week, Year
from followup.plan import entries, service
from followup.plan.commands import SetBudget, SetGoal, SetHistoryFigure, SetIntervention, SetSurveyFigure
from followup.plan.kinds import Kind
from followup.protection import service as protection
from followup.protection.commands import DecideRule
from tests.infrastructure.tables import rows_by_label
from tests.statistics.board import declare

JOINED = 12


@pytest.fixture
def year_2023(database: Database, association, scope_of) -> None:
    """Twelve took part in the northern team, nobody in the southern; the year is complete."""
    scope = scope_of(Role.DIRECTOR)
    with database.session(write=True) as session:
        session.add_all(_participation(association, number) for number in range(JOINED))
        declare(session, association.id, (association.north, association.south), Year(2023))
        team = _spend(session, scope, "Team Norra", association.north, 600_000)
        _spend(session, scope, "Kurator", None, 400_000)
        said = {"year": 2023, "target": 20, "intervention_id": team, "outcome": 19}
        for command in (
            SetGoal(wording="Tjugo deltagare", indicator="participants", **said),
            SetGoal(wording="Hälften till arbete", indicator="vm_share", **said),
            SetHistoryFigure(year=2020, indicator="participants", figure=31, source="Årsredovisning 2020"),
        ):
            entries.make(session=session, scope=scope, command=command)


def _participation(association, number: int) -> Participation:
    month = Month(2023, number + 1)
    ended = month if number < 3 else None
    return Participation(
        association_id=association.id,
        team_id=association.north,
        sex="FM"[number % 2],
        age_group="30-39",
        referring_party="FK",
        started_week=Week.of(month.first_day),
        started_month=month,
        ended_week=Week.of(month.first_day) if ended else None,
        ended_month=ended,
        exit_reason="PLAN" if ended else None,
        occupation_at_exit="ARB" if ended else None,
    )


def _spend(session: Session, scope, name: str, team_id: int | None, outcome: int) -> int:
    made = service.make_intervention(
        session=session,
        scope=scope,
        command=SetIntervention(name=name, kind=Kind.INDIVIDUAL, team_id=team_id),
    )
    command = SetBudget(intervention_id=made.id, year=2023, amount=None, outcome=outcome, planned=20)
    service.write_budget(session=session, scope=scope, command=command)
    return made.id


@pytest.mark.usefixtures("year_2023")
def test_a_goals_outcome_is_worked_out_and_stands_before_what_was_typed(sign_in):
    html = sign_in(Role.OFFICER).get("/forbundet/mal?ar=2023").text
    rows = rows_by_label(html, "Mål 2023")
    assert rows["Tjugo deltagare – rätta"][3] == str(JOINED)
    # All of three ended to work: that is hidden, and the typed 19 does not take its place.
    assert "Undertryckt uppgift" in rows["Hälften till arbete – rätta"][3]
    assert "19" not in rows["Hälften till arbete – rätta"][3]


@pytest.mark.usefixtures("year_2023")
def test_the_page_for_uppfoljning_finsam_has_what_is_keyed_in(sign_in):
    client = sign_in(Role.OFFICER)
    text = client.text("/forbundet/uppfoljning-finsam?ar=2023")
    assert "Team Norra Planerat antal deltagare 20 Kopiera" in text
    assert "Utfall, kronor 600\u00a0000" in text.replace("600 000", "600\u00a0000")
    html = client.get("/forbundet/uppfoljning-finsam?ar=2023").text
    assert 'data-copy="600000"' in html
    assert f'data-copy="{JOINED}"' in html
    # Without a script there is nothing to press, and the figures can be marked as text.
    assert html.count("hidden data-copy") == html.count("data-copy")


def test_a_year_that_is_not_complete_says_what_is_missing(sign_in):
    text = sign_in(Role.OFFICER).text("/forbundet/uppfoljning-finsam?ar=2023")
    assert "kan inte visas än" in text
    assert "Team Norra" in text


@pytest.mark.usefixtures("year_2023")
def test_a_series_reaches_from_printed_to_worked_out_figures(sign_in):
    html = sign_in(Role.OFFICER).get("/forbundet/tidigare-ar").text
    rows = rows_by_label(html, "Deltagare under året, hela förbundet")
    assert rows == {"2020": ["31", "Årsredovisning 2020"], "2023": [str(JOINED), "Räknat ur registret"]}
    assert "31 år 2020, 12 år 2023." in html
    assert "<svg" in html
    picture = html.split("<svg")[1].split("</svg>")[0]
    assert picture.count(">..<") == 2, "2021 and 2022 alone have neither a printed nor a counted figure"


def test_the_rule_in_force_decides_how_many_answers_are_enough(session: Session, scope_of, clock):
    scope = scope_of(Role.DIRECTOR)
    figure = SetSurveyFigure(
        year=2023,
        instrument="BIP",
        respondent_group="MED",
        topic="Samsyn",
        respondents=10,
        measure="mean",
        figure=Decimal("3.1"),
    )
    entries.add(session=session, scope=scope, command=figure)
    today = date(2024, 6, 12)
    stronger = DecideRule(
        valid_from=today,
        threshold=5,
        screening_threshold=10,
        share_base=15,
        screening_share_base=20,
        median_base=10,
        insider=0,
        decision="§ 3",
        decided=today,
    )
    protection.decide(session=session, scope=scope, command=stronger)
    with pytest.raises(Refusal, match="minst 15 behövs"):
        entries.add(session=session, scope=scope, command=replace(figure, topic="Tillit"))


@pytest.mark.browser
@pytest.mark.usefixtures("year_2023")
def test_a_figure_is_copied_as_it_is_pasted(visit, assert_accessible):
    page = visit(Role.OFFICER, permissions=["clipboard-read", "clipboard-write"])
    page.goto("/forbundet/uppfoljning-finsam?ar=2023")
    assert_accessible(page)
    page.get_by_role("button", name="Kopiera utfall, kronor, Team Norra").click()
    page.get_by_text("600000 är kopierat").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "600000"
