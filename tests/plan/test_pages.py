"""Goals, money, surveys and earlier years as the kansli writes them down."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import OutOfScope, Scope
from followup.db import Database
from followup.plan import entries, queries, service
from followup.plan.commands import SetBudget, SetGoal, SetIntervention
from followup.plan.kinds import Kind
from followup.plan.models import Goal
from tests.infrastructure.tables import rows_by_label, tables_of

BOTH = pytest.mark.both_databases
# From the series that Skatteverket reserves for tests.
PERSONNUMMER = "19900102-2384"
GOAL = {"year": "2024", "wording": "Ca 110 deltagare", "indicator": "participants", "target": "110"}
SURVEY = {
    "year": "2023",
    "instrument": "NNS indikatorer",
    "respondent_group": "DEL",
    "topic": "Bemötande",
    "respondents": "40",
    "measure": "mean",
    "figure": "3,4",
    "scale": "1-5",
}
HISTORY = {"year": "2019", "indicator": "participants", "figure": "173", "source": "Årsredovisning 2019"}
# What the board of Västmanland decided for 2024, in thousands of kronor.
BUDGET_2024 = {
    "Surahammar": 1200,
    "Hallstahammar": 1200,
    "Västerås": 6200,
    "FNS": 1525,
    "Sala": 1700,
    "Västra Mälardalen": 1700,
    "Kurator": 400,
    "MGT": 1120,
}


def spaced(html: str) -> str:
    return html.replace("\u00a0", " ")


@BOTH
def test_a_goal_is_written_corrected_voided_and_put_back(sign_in):
    client = sign_in(Role.OFFICER)
    client.submit("/forbundet/mal/ny", **GOAL)
    client.submit("/forbundet/mal/1", outcome="98", assessment="DEL", remark="Två tjänster vakanta.")
    rows = rows_by_label(client.get("/forbundet/mal?ar=2024").text, "Mål 2024")
    assert rows["Ca 110 deltagare – rätta"][:5] == [
        "Hela förbundet",
        "Deltagare under året",
        "110",
        "98",
        "Delvis uppfyllt",
    ]
    page = client.submit("/forbundet/mal/1", button="Makulera Ca 110 deltagare")
    assert "Inget mål är skrivet för året" in page.text
    page = client.submit("/forbundet/mal", button="Lägg tillbaka 2024 Ca 110 deltagare", page=page)
    assert "Ca 110 deltagare" in tables_of(page.text)["Mål 2024"][1][0]


def test_what_was_typed_is_kept_when_it_is_refused(sign_in, database: Database):
    client = sign_in(Role.OFFICER)
    refused = client.submit("/forbundet/mal/ny", **{**GOAL, "indicator": ""})
    assert refused.status_code == 422
    assert "Välj vad målet mäts med." in refused.text
    assert "Ca 110 deltagare" in refused.text
    refused = client.submit("/forbundet/mal/ny", **{**GOAL, "remark": f"Anna, {PERSONNUMMER}"})
    assert refused.status_code == 422
    assert "ser ut att innehålla ett personnummer" in refused.text
    assert PERSONNUMMER not in refused.text
    with database.session() as session:
        assert session.query(Goal).count() == 0


@BOTH
def test_money_is_summed_and_set_beside_the_year_before(sign_in):
    client = sign_in(Role.DIRECTOR)
    for number, (name, amount) in enumerate(BUDGET_2024.items(), start=1):
        client.submit("/forbundet/ekonomi/insatser/ny", name=name, kind="individual")
        client.submit(f"/forbundet/ekonomi/insatser/{number}/2024", amount=f"{amount} 000")
    client.submit("/forbundet/ekonomi/insatser/3/2023", outcome="5 502 000")
    client.submit("/forbundet/ekonomi/finansiering/2024", STA="7 522 500", REG="3 761 250", KOM="3 761 250")
    html = spaced(client.get("/forbundet/ekonomi?ar=2024").text)
    rows = {label.partition(" –")[0]: row for label, row in rows_by_label(html, "Insatser 2024").items()}
    assert {name: row[1] for name, row in rows.items() if name != "Summa"} == {
        name: spaced(f"{amount:,}".replace(",", " ")) for name, amount in BUDGET_2024.items()
    }
    assert rows["Summa"][1] == "15 045"
    assert rows["Västerås"][4] == "5 502"
    assert rows_by_label(html, "Finansiering 2024")["Staten"] == ["7 523", "50 %"]


def test_direct_costs_are_told_by_kind_once_administration_is_known(sign_in):
    """Norra Västmanland 2023: 69 % individual, 4 % structural, 8 % process support."""
    client = sign_in(Role.OFFICER)
    for number, (kind, share) in enumerate(
        {"individual": 69, "structural": 4, "process_support": 8, "administration": 19}.items(), start=1
    ):
        client.submit("/forbundet/ekonomi/insatser/ny", name=kind, kind=kind)
        assert "Direkta kostnader" not in client.get("/forbundet/ekonomi?ar=2023").text
        client.submit(f"/forbundet/ekonomi/insatser/{number}/2023", outcome=f"{share}00000")
    assert (
        "Direkta kostnader är 81 % av alla (69 % individinsats, 4 % strukturövergripande insats och "
        "8 % processtöd)."
    ) in client.text("/forbundet/ekonomi?ar=2023")


def test_of_two_who_change_the_same_money_the_second_is_told(sign_in):
    first, second = sign_in(Role.OFFICER), sign_in(Role.DIRECTOR)
    first.submit("/forbundet/ekonomi/insatser/ny", name="Kurator", kind="individual")
    opened = second.get("/forbundet/ekonomi/insatser/1/2024")
    first.submit("/forbundet/ekonomi/insatser/1/2024", amount="400000")
    refused = second.submit("/forbundet/ekonomi/insatser/1/2024", page=opened, amount="500000")
    assert refused.status_code == 422
    assert "Raden har ändrats sedan du öppnade sidan" in refused.text


def test_survey_figures_of_few_or_that_give_few_away_are_refused(sign_in):
    client = sign_in(Role.OFFICER)
    assert "Tillagt: Bemötande, 2023." in client.submit("/forbundet/enkater/ny", **SURVEY).text
    refused = (
        ({"topic": "Hälsa", "respondents": "9"}, "minst 10 behövs"),
        # 36 women of 40 leave 4 men.
        ({"respondent_group": "DEK", "respondents": "36"}, "räkna ut en grupp på färre än 10"),
        ({"topic": "Hälsa", "measure": "share", "figure": "95"}, "alla utom färre än 5"),
        ({"topic": "Hälsa", "measure": "share", "figure": "5"}, "färre än 5 svarande"),
        ({"topic": "Hälsa", "measure": "share", "figure": "101"}, "från 0 till 100"),
        ({}, "redan ett värde för gruppen"),
    )
    for change, reason in refused:
        page = client.submit("/forbundet/enkater/ny", **{**SURVEY, **change})
        assert page.status_code == 422, change
        assert reason in page.text
    for change in (
        {"respondent_group": "DEK", "respondents": "30"},
        {"respondent_group": "MED", "respondents": "35"},
    ):
        assert "Tillagt" in client.submit("/forbundet/enkater/ny", **{**SURVEY, **change}).text


def test_a_mean_that_says_that_nearly_all_answered_alike_is_refused(sign_in):
    client = sign_in(Role.OFFICER)
    few = {**SURVEY, "respondents": "12"}
    refused = (
        ({"figure": "5", "scale": "1–5"}, "nästan alla har svarat lika"),
        # All but one gave the highest, and one the next to it.
        ({"figure": "4,92", "scale": "1–5"}, "nästan alla har svarat lika"),
        # One of twelve said yes.
        ({"figure": "0,08", "scale": "0–1"}, "nästan alla har svarat lika"),
        ({"figure": "8", "scale": "1–5"}, "medelvärdet ligger utanför skalan 1–5"),
        ({"scale": ""}, "Skala: skriv det lägsta och det högsta"),
        ({"scale": "5–1"}, "Skala: skriv det lägsta och det högsta"),
    )
    for change, reason in refused:
        page = client.submit("/forbundet/enkater/ny", **{**few, **change})
        assert page.status_code == 422, change
        assert reason in page.text
        assert 'value="NNS indikatorer"' in page.text, "what was typed is still there"
    assert "Tillagt" in client.submit("/forbundet/enkater/ny", **{**few, "scale": "1 till 5"}).text
    assert "Medelvärde, skala 1–5" in client.get("/forbundet/enkater").text


def test_a_mean_that_gives_another_group_away_is_refused(sign_in):
    """Twelve of twenty-four are women with a mean of three: so all others gave the highest."""
    client = sign_in(Role.OFFICER)
    client.submit("/forbundet/enkater/ny", **{**SURVEY, "respondents": "24", "figure": "4"})
    women = {**SURVEY, "respondent_group": "DEK", "respondents": "12"}
    page = client.submit("/forbundet/enkater/ny", **{**women, "figure": "3"})
    assert page.status_code == 422
    assert "räkna ut hur färre än 5 har svarat" in page.text
    assert "Tillagt" in client.submit("/forbundet/enkater/ny", **{**women, "figure": "3,9"}).text


def test_women_and_men_that_leave_a_few_others_are_refused(sign_in):
    """Twenty-four answered, eleven women and eleven men: the two others are neither."""
    client = sign_in(Role.OFFICER)
    client.submit("/forbundet/enkater/ny", **{**SURVEY, "respondents": "24"})
    for group, reason in (("DEK", None), ("DEM", "räkna ut en grupp på färre än 10")):
        page = client.submit(
            "/forbundet/enkater/ny", **{**SURVEY, "respondent_group": group, "respondents": "11"}
        )
        assert (page.status_code == 422) == (reason is not None)
        assert (reason or "Tillagt") in page.text


def test_a_share_that_may_be_of_four_is_refused_until_it_says_more(sign_in):
    client = sign_in(Role.OFFICER)
    share = {**SURVEY, "respondents": "260", "measure": "share", "scale": ""}
    page = client.submit("/forbundet/enkater/ny", **{**share, "figure": "2"})
    assert page.status_code == 422
    assert "andelen kan gälla färre än 5 svarande" in page.text
    assert "skriv andelen med en decimal" in page.text
    assert "Tillagt" in client.submit("/forbundet/enkater/ny", **{**share, "figure": "2,3"}).text


def test_survey_shares_that_give_the_answers_of_a_few_away_are_refused(sign_in):
    client = sign_in(Role.OFFICER)
    share = {name: text for name, text in SURVEY.items() if name != "figure"} | {"measure": "share"}
    client.submit("/forbundet/enkater/ny", **share, figure="50")
    women = {**share, "respondent_group": "DEK", "respondents": "30"}
    for figure in ("60", "40"):
        page = client.submit("/forbundet/enkater/ny", **women, figure=figure)
        assert page.status_code == 422, figure
        assert "räkna ut hur färre än 5 har svarat" in page.text
    assert "Tillagt" in client.submit("/forbundet/enkater/ny", **women, figure="50").text


def test_a_survey_figure_cannot_come_back_beside_one_that_it_gives_away(sign_in):
    client = sign_in(Role.OFFICER)
    client.submit("/forbundet/enkater/ny", **SURVEY)
    client.submit("/forbundet/enkater/1", button="Makulera Bemötande")
    client.submit("/forbundet/enkater/ny", **{**SURVEY, "respondent_group": "DEK", "respondents": "36"})
    page = client.submit("/forbundet/enkater", button="Lägg tillbaka 2023 Bemötande")
    assert "räkna ut en grupp på färre än 10" in page.text
    assert "Makulerade (1)" in page.text


def test_a_figure_of_an_earlier_year_is_written_once(sign_in):
    client = sign_in(Role.OFFICER)
    client.submit("/forbundet/tidigare-ar/ny", **HISTORY)
    assert "173" in client.text("/forbundet/tidigare-ar")
    again = client.submit("/forbundet/tidigare-ar/ny", **{**HISTORY, "figure": "174"})
    assert again.status_code == 422
    assert "Det finns redan ett tal" in again.text
    share = client.submit(
        "/forbundet/tidigare-ar/ny", **{**HISTORY, "indicator": "vm_share", "figure": "140"}
    )
    assert "en andel är högst 100 procent" in share.text


def test_a_figure_of_a_year_that_the_register_has_says_that_it_is_not_shown(sign_in):
    client = sign_in(Role.OFFICER)
    for name, year in (("participants", "2019"), ("participants", "2024"), ("meetings", "2024")):
        said = client.submit("/forbundet/tidigare-ar/ny", **{**HISTORY, "indicator": name, "year": year})
        assert f", {year}." in said.text
    listed = client.text("/forbundet/tidigare-ar")
    assert listed.count("Visas inte: året finns i registret.") == 1


@BOTH
def test_another_forbund_is_not_there(session: Session, association, scope_of, database: Database):
    neighbour = Scope(
        association_id=association.id + 1, actor="1", association_roles=frozenset({Role.DIRECTOR})
    )
    mine: Scope = scope_of(Role.DIRECTOR)
    goal = entries.add(
        session=session, scope=mine, command=SetGoal(year=2024, wording="Mål", indicator="manual")
    )
    made = service.add_intervention(
        session=session, scope=mine, command=SetIntervention(name="Kurator", kind=Kind.INDIVIDUAL)
    )
    session.flush()
    with pytest.raises(OutOfScope):
        queries.entry(session, neighbour, Goal, goal.id)
    with pytest.raises(OutOfScope):
        queries.intervention(session, neighbour, made.id)
    assert queries.goals(session, neighbour, 2024) == []
    with pytest.raises(OutOfScope):
        service.set_budget(
            session=session,
            scope=neighbour,
            command=SetBudget(intervention_id=made.id, year=2024, amount=1, outcome=None, planned=None),
        )


def test_a_team_of_another_forbund_cannot_be_named(session: Session, association, scope_of):
    with pytest.raises(OutOfScope):
        entries.add(
            session=session,
            scope=scope_of(Role.DIRECTOR),
            command=SetGoal(year=2024, wording="Mål", indicator="manual", team_id=association.neighbour),
        )


def test_the_log_tells_what_was_done_but_not_what_was_typed(sign_in, database: Database):
    sign_in(Role.OFFICER).submit("/forbundet/mal/ny", **GOAL)
    with database.session() as session:
        found = session.execute(
            text("SELECT event, details FROM audit_event ORDER BY number DESC LIMIT 1")
        ).one()
    assert found.event == "PLAN_CHANGED"
    assert "Ca 110" not in str(found.details)
    log = sign_in(Role.SYSTEM_ADMIN).text("/system/logg")
    assert "Ändrade i förbundets plan" in log
    assert "del: mål" in log
