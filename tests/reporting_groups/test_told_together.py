"""What a group changes: one line in the place of its teams wherever teams are told, and nowhere else."""

import re
from dataclasses import replace
from decimal import Decimal
from html import unescape

import pytest

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.disclosure import TOTAL, Status
from followup.disclosure.cells import _read
from followup.editions import service as editions
from followup.editions.queries import latest_for
from followup.exports.formats import FORMATS
from followup.exports.service import prepare
from followup.periods import Year
from followup.plan import entries
from followup.plan import service as plan
from followup.plan.commands import SetBudget, SetGoal, SetIntervention, SetSurveyFigure
from followup.plan.kinds import Kind
from followup.reporting_groups import service
from followup.statistics.findings import words
from followup.statistics.service import DISCLOSURE_KEY, association_statistics, counts_of, own_team_statistics
from tests.conftest import SignIn
from tests.editions.test_publishing import KEYS
from tests.editions.years import fill
from tests.infrastructure.client import visible_text
from tests.infrastructure.furnish import Furnished
from tests.statistics import board

KEY = KEYS.derive(DISCLOSURE_KEY)
YEAR = Year(2023)


@pytest.fixture
def known(migrated_database) -> board.Board:
    """The printed annual report's förbund."""
    session = migrated_database.open(write=True)
    made = board.furnish(session)
    director = Scope(
        association_id=made.scope.association_id, actor="1", association_roles=frozenset({Role.DIRECTOR})
    )
    yield session, director, made.teams
    session.close()


def statistics_of(session, scope):
    return association_statistics(session=session, scope=scope, period=YEAR, key=KEY)


def per_team(statistics):
    return {cube.id: cube for cube in statistics.protected if "team" in {axis.name for axis in cube.axes}}


def decide(session, scope, teams, *names):
    return service.decide(session=session, scope=scope, team_ids=[teams[name] for name in names])


def test_every_table_per_team_tells_the_group_where_its_first_team_stood(known):
    session, scope, teams = known
    first, *_, last = names = sorted(teams)
    before = per_team(statistics_of(session, scope))
    decide(session, scope, teams, first, last)
    after = per_team(statistics_of(session, scope))
    assert len(after) == len(before) > 8
    for name, table in after.items():
        assert before[name].axis("team").labels == tuple(names)
        assert table.axis("team").labels == (f"{first} och {last}", *names[1:-1]), name


def test_head_counts_of_a_group_are_the_sum_of_its_teams(known):
    session, scope, teams = known
    first, *_, last = sorted(teams)
    before = per_team(statistics_of(session, scope))["T1-per team"]
    decide(session, scope, teams, first, last)
    after = per_team(statistics_of(session, scope))["T1-per team"]
    one, other = str(teams[first]), str(teams[last])
    # With more people to a line women and men may be told apart, which each team's were not.
    counted = [codes for codes in after.cells if codes[0] == f"{one}+{other}" and codes[2] == TOTAL]
    assert len(counted) == 10
    for codes in counted:
        assert after.cells[codes].value == sum(
            before.cells[team, *codes[1:]].value for team in (one, other)
        ), codes


def test_a_group_of_all_teams_tells_what_the_whole_forbund_does_medians_too(known):
    """Whoever counts the same people gets the same figures, also where they cannot be added up."""
    session, scope, teams = known
    decide(session, scope, teams, *teams)
    tables = {table.id: _read(table) for table in counts_of(session, scope, YEAR)}
    for whole, parts in (
        ("T1", "T1-per team"),
        ("T10", "T10-per team"),
        ("T10-väntetid", "T10-väntetid per team"),
    ):
        counts = {codes[1:]: count for codes, (_, count) in tables[parts].cells.items()}
        assert counts == {codes: count for codes, (_, count) in tables[whole].cells.items()}
        medians = {codes[1:]: figure.value for codes, figure in tables[parts].figures.items()}
        assert medians == {codes: figure.value for codes, figure in tables[whole].figures.items()}


def test_a_team_reads_its_own_figures_as_before(known):
    session, scope, teams = known
    first, *_, last = sorted(teams)
    own = Scope(
        association_id=scope.association_id,
        actor="2",
        team_roles={teams[last]: frozenset({Role.TEAM_MANAGER})},
    )

    def figures():
        told = own_team_statistics(session=session, scope=own, team_id=teams[last], period=YEAR)
        return {cube.id: cube.cells for shown in told.tables for cube in shown.cubes.values()}

    before = figures()
    decide(session, scope, teams, first, last)
    assert figures() == before


def test_figures_of_one_team_in_a_group_are_told_nowhere_beside_it(known):
    """What a budget is divided by, and what a goal came to, would tell the single team again."""
    session, scope, teams = known
    first, *_, last = sorted(teams)
    wanted = SetIntervention(name="Insatsen", kind=Kind.INDIVIDUAL, team_id=teams[last])
    made = plan.make_intervention(session=session, scope=scope, command=wanted)
    spent = SetBudget(intervention_id=made.id, year=2023, amount=None, outcome=600_000, planned=20)
    plan.write_budget(session=session, scope=scope, command=spent)
    goal = SetGoal(
        year=2023, wording="Många", indicator="participants", intervention_id=made.id, target=20, outcome=19
    )
    entries.make(session=session, scope=scope, command=goal)
    code = str(made.id)

    def told():
        tables = {table.id: table for table in statistics_of(session, scope).protected}
        return {
            "cost": tables["T13-per deltagare"].cells[code, "per_participant", "2023"],
            "base": tables["T13-per deltagare"].cells[code, "participants", "2023"],
            "key in": tables["T16"].cells[code, "participants", "2023"],
            **{
                f"goal {codes[0]}": cell
                for codes, cell in tables["T14"].cells.items()
                if codes[-1] == "outcome"
            },
        }

    assert {cell.status for cell in told().values()} == {Status.VALUE}
    decide(session, scope, teams, first, last)
    assert {cell.status for cell in told().values()} == {Status.SUPPRESSED}


def test_money_of_a_group_is_told_by_its_participants(known):
    """The single teams' participants are not told; when both have an outcome, what they cost together is."""
    session, scope, teams = known
    first, second, *_, last = sorted(teams)
    for name, outcome, planned in ((first, 900_000, None), (last, 600_000, 20), (second, 500_000, None)):
        wanted = SetIntervention(name=f"Insats {name}", kind=Kind.INDIVIDUAL, team_id=teams[name])
        made = plan.make_intervention(session=session, scope=scope, command=wanted)
        spent = SetBudget(
            intervention_id=made.id, year=2023, amount=700_000, outcome=outcome, planned=planned
        )
        plan.write_budget(session=session, scope=scope, command=spent)
        if name == first:
            decide(session, scope, teams, first, last)
            alone = {table.id: table for table in statistics_of(session, scope).protected}
            assert all("+" not in codes[0] for codes in alone["T16"].cells)
    code = f"{teams[first]}+{teams[last]}"
    statistics = statistics_of(session, scope)
    tables = {table.id: table for table in statistics.protected}
    people = tables["T1-per team"].cells[code, "participants", TOTAL, "2023"].value
    cost, to_key_in = (
        {codes[1]: cell for codes, cell in tables[name].cells.items() if {code, "2023"} <= {*codes}}
        for name in ("T13-per deltagare", "T16")
    )
    assert (cost["outcome"].value, cost["participants"].value) == (1500, people)
    assert cost["per_participant"].value == round(1_500_000 / people)
    assert (to_key_in["participants"].value, to_key_in["budget"].value) == (people, 1_400_000)
    assert to_key_in["planned"].status is Status.MISSING
    assert tables["T16"].axis("intervention").labels[-1] == f"{first} och {last}"
    told = words(statistics.table("T13"), YEAR).sentence
    assert f"Insats {second} kostade 500 tkr" in told, "three teams are few enough to be told one by one"
    assert f"{first} och {last} kostade 1\u00a0500 tkr" in told


def test_months_of_a_group_are_those_of_each_team(known):
    session, scope, teams = known
    first, *_, last = sorted(teams)
    decide(session, scope, teams, first, last)
    statistics = statistics_of(session, scope)
    assert any("sammanlagda månader" in line for line in statistics.table("T15").table.inclusion)
    quality = per_team(statistics)["T15"]
    assert quality.cells[f"{teams[first]}+{teams[last]}", "2023", "worked"].value == 24


def test_surveys_have_no_row_of_a_single_team_in_a_group(session, scope_of, association: Furnished):
    fill(session, association)
    scope = scope_of(Role.DIRECTOR)
    figure = SetSurveyFigure(
        year=2023, instrument="Egen enkät", respondent_group="DEL", topic="Bemötande", respondents=24,
        measure="mean", figure=Decimal("3.4"), scale="1–5",
    )  # fmt: skip
    for team_id, respondents in ((None, 70), (association.north, 24)):
        command = replace(figure, team_id=team_id, respondents=respondents)
        entries.add(session=session, scope=scope, command=command)

    def rows() -> list[str]:
        tables = prepare(statistics=statistics_of(session, scope), scope=scope).tables
        labels = next(table for table in tables if table.id == "T17").axis("survey").labels
        return sorted(label.removeprefix("Egen enkät, Bemötande, ") for label in labels)

    assert rows() == ["deltagare", "deltagare (Team Norra)"]
    service.decide(session=session, scope=scope, team_ids=[association.north, association.south])
    session.expire_all()
    assert rows() == ["deltagare"]


@pytest.mark.published
@pytest.mark.both_databases
def test_a_published_edition_stays_as_it_was(session, scope_of, association: Furnished):
    scope = scope_of(Role.DIRECTOR)
    edition = latest_for(session, scope, YEAR.code)
    files = {name: form.write(editions.published(edition)) for name, form in FORMATS.items()}
    service.decide(session=session, scope=scope, team_ids=[association.north, association.south])
    session.expire_all()
    assert {name: form.write(editions.published(edition)) for name, form in FORMATS.items()} == files
    flow = per_team(statistics_of(session, scope))["T1-per team"]
    assert flow.axis("team").labels == ("Team Norra och Team Södra",)


class TestPage:
    @pytest.fixture(autouse=True)
    def years(self, database, association: Furnished) -> None:
        with database.session(write=True) as session:
            fill(session, association)

    def test_what_is_shown_changes_at_once_and_back_again(self, sign_in: SignIn, association: Furnished):
        director, page = sign_in(Role.DIRECTOR), "/statistik/T1?ar=2023"
        assert "Team Norra och Team Södra" not in visible_text(director.get(page).text)
        both = [str(association.north), str(association.south)]
        director.submit("/statistik/redovisningsgrupper/ny", button="Redovisa tillsammans", teams=both)
        assert "Team Norra och Team Södra" in visible_text(director.get(page).text)
        prepared = visible_text(director.get("/utgavor/publicera?period=2023").text)
        assert "Team Norra och Team Södra redovisas tillsammans. De enskilda teamens" in prepared
        director.submit("/statistik/redovisningsgrupper", button="Ta bort gruppen Team Norra och Team Södra")
        assert "Team Norra och Team Södra" not in visible_text(director.get(page).text)

    def test_a_suggestion_leads_to_a_group_that_hides_as_much_as_it_said(self, sign_in: SignIn):
        director = sign_in(Role.DIRECTOR)
        asked = director.get("/statistik/T7/forslag?ar=2023&del=hela").text
        promised = re.search(
            r"Redovisa Team Norra och Team Södra tillsammans. Då döljs (\d+)\s", visible_text(asked)
        )
        assert promised
        (link,) = re.findall(r'href="([^"]*redovisningsgrupper/ny[^"]*)"', asked)
        made = director.submit(unescape(link), button="Redovisa tillsammans")
        assert made.request.path == "/statistik/T7/dolda"
        text = visible_text(made.text)
        assert "Team Norra och Team Södra redovisas nu tillsammans." in text
        hidden = len(re.findall(r"<td>(?:Få|Kan|Alla|Dold|Rättad|För)", made.text))
        assert hidden <= int(promised[1])
        again = visible_text(director.get("/statistik/T7/forslag?ar=2023&del=hela").text)
        assert "Redovisa Team Norra" not in again
