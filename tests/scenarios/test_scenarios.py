"""Questions that are saved by name: opened again, renamed, taken away, and set side by side."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select, update

from followup.access.roles import Role
from followup.audit.models import AuditEvent
from followup.organisation.models import Team
from followup.periods import Month
from followup.plan.models import Budget, Intervention
from followup.queues.what_if import forecast
from followup.scenarios.models import QueueScenario
from tests.infrastructure.client import visible_text
from tests.infrastructure.furnish import PASSWORD, address_of
from tests.infrastructure.tables import rows_by_label, tables_of
from tests.queues import q2
from tests.queues.rows import put

AHEAD, BESIDE, LIST = "Två år framåt", "Scenarierna sida vid sida", "Scenarier"
MORE = "?colleagues=100&places=26"
SHORTER = "?stay_change=-15"
# From the series that Skatteverket keeps for tests.
NUMBER = "19850312-9820"


@pytest.fixture
def manager(database, association, clock, sign_in):
    """Of a team with the worked example, on its last day."""
    with database.session(write=True) as session:
        session.execute(update(Team).where(Team.id == association.north).values(opened=Month(2024, 1)))
    put(database, association, "north", q2.ROWS)
    clock.move_to(datetime(2024, 10, 31, 8, 0, tzinfo=UTC))
    return sign_in(Role.TEAM_MANAGER)


@pytest.fixture
def address(association):
    return f"/team/{association.north}/ko"


@pytest.fixture
def move_to(clock, manager, address):
    """To a later day, and signed in anew."""

    def move(*day):
        clock.move_to(datetime(*day, 8, 0, tzinfo=UTC))
        manager.submit("/logga-in", email=address_of(Role.TEAM_MANAGER), password=PASSWORD)

    return move


@pytest.fixture
def save(manager, address):
    def keep(name, question=MORE):
        return manager.submit(f"{address}/vad-hander-om{question}", button="Spara scenario", name=name)

    return keep


def saved(database) -> list[QueueScenario]:
    with database.session() as session:
        return list(session.scalars(select(QueueScenario).order_by(QueueScenario.id)))


def test_what_has_not_been_counted_is_not_saved_as_no_change(save, manager, address, database):
    refused = save("Tom", "")
    assert "Inget är ändrat i det som är räknat." in visible_text(refused.text)
    assert not saved(database)
    shown = visible_text(manager.text(f"{address}/vad-hander-om{MORE}"))
    assert "Det här sparas, som det är räknat: 1 heltid mer, med 26 platser per heltid" in shown


@pytest.mark.both_databases
def test_a_question_is_saved_and_opened_again_with_the_same_answer(save, manager, address, database):
    asked = manager.get(f"{address}/vad-hander-om{MORE}")
    page = save("En till")
    assert "Scenariot En till är sparat." in visible_text(page.text)
    assert rows_by_label(page.text, AHEAD) == rows_by_label(asked.text, AHEAD)
    assert "1 heltid mer, med 26 platser per heltid" in visible_text(page.text)
    with database.session() as session:
        told = session.scalars(select(AuditEvent).where(AuditEvent.event == "QUEUE_SCENARIO_CHANGED")).all()
    assert [event.details for event in told] == [{"scenario": "1"}]


def test_the_answer_stays_the_same_when_the_queue_moves_on(
    save, manager, address, database, association, move_to
):
    first = save("En till")
    put(database, association, "north", [(date(2024, 11, 11), None, None)] * 6)
    move_to(2024, 12, 5)
    forecast.cache_clear()  # as after a new start of the server
    later = manager.get(f"{address}/scenarier/1")
    assert rows_by_label(later.text, AHEAD) == rows_by_label(first.text, AHEAD)
    assert "Räknat från vecka 44, 2024, då 9 väntade. Nu väntar 15." in visible_text(later.text)
    anew = manager.submit(f"{address}/scenarier/1", button="Räkna om från dagens kö")
    assert rows_by_label(anew.text, AHEAD) != rows_by_label(first.text, AHEAD)
    assert "Räknat från" not in visible_text(anew.text)


def test_a_scenario_with_everything_in_it_comes_back_as_it_was_asked(save, manager, address):
    question = (
        "?colleagues=-50&places=20&stay=45&stay_change=5&referrals=-10&vacancy=40&vacancy_from=2024-12"
        "&vacancy_to=2025-03&stop_from=28&stop_to=31&target=16"
    )
    asked = manager.get(f"{address}/vad-hander-om{question}")
    page = save("Allt", question)
    assert rows_by_label(page.text, AHEAD) == rows_by_label(asked.text, AHEAD)
    assert (
        "0,5 heltid mindre, med 20 platser per heltid, 5 veckor längre vistelsetid, 10 % färre nya i kön, "
        "vakans som tar 40 % av starterna, december 2024 till mars 2025 och uppehåll vecka 28–31 varje år"
    ) in visible_text(page.text)
    change = page.text.split("Ändra och räkna på nytt")[0].rsplit('href="', 1)[1].split('"')[0]
    again = manager.get(change.replace("&amp;", "&"))
    assert rows_by_label(again.text, AHEAD) == rows_by_label(asked.text, AHEAD)


def test_months_that_have_passed_are_not_asked_for_again(save, manager, address, move_to):
    save("Vakans", "?vacancy=40&vacancy_from=2024-12&vacancy_to=2025-03")
    move_to(2025, 6, 5)
    page = manager.get(f"{address}/scenarier/1")
    assert "vakans som tar" in visible_text(page.text).lower()
    assert "vacancy" not in page.text.split("Ändra och räkna på nytt")[0].rsplit('href="', 1)[1]


def test_scenarios_stand_side_by_side_under_the_same_chance(save, manager, address):
    save("En till")
    save("Kortare", SHORTER)
    page = manager.get(f"{address}/scenarier/jamfor?val=1&val=2")
    assert tables_of(page.text)[BESIDE][0] == ["Om kön", "Som nu", "En till", "Kortare"]
    rows = rows_by_label(page.text, BESIDE)
    for number, question in ((1, MORE), (2, SHORTER)):
        alone = rows_by_label(manager.get(f"{address}/vad-hander-om{question}").text, AHEAD)
        for label in ("I kö om ett år, troligen", "Chans att målet hålls om ett år"):
            assert rows[label][0] == alone[label][0]
            assert rows[label][number] == alone[label][1]
    assert rows["Fler heltider"] == ["0", "+1", "0"]
    assert "Kostnad, tkr på ett år" not in rows
    assert rows["Fler platser"] == ["0", "+26", "0"]
    assert "Störst chans att målet hålls om ett år har En till" in visible_text(page.text)


def test_scenarios_with_the_same_chance_are_the_best_together_and_none_is_where_none_helps(
    save, manager, address
):
    for name, question in (("En till", MORE), ("Likadan", MORE), ("Fler", "?referrals=90")):
        save(name, question)
    alike = visible_text(manager.get(f"{address}/scenarier/jamfor?val=1&val=2").text)
    assert "Störst chans att målet hålls om ett år har En till och Likadan: " in alike
    save("Ännu fler", "?referrals=95")
    worse = visible_text(manager.get(f"{address}/scenarier/jamfor?val=3&val=4").text)
    assert "Inget scenario ger större chans att målet hålls om ett år än som nu: " in worse


@pytest.mark.parametrize("year", [2024, 2023])
def test_what_more_colleagues_cost_is_told_from_the_teams_budget(
    save, manager, address, database, association, year
):
    with database.session(write=True) as session:
        effort = Intervention(
            association_id=association.id, name="Team Norra", kind="individual", team_id=association.north
        )
        session.add(effort)
        session.flush()
        session.add(
            Budget(association_id=association.id, intervention_id=effort.id, year=year, amount=1_700_000)
        )
    manager.submit(f"{address}/platser", button="Spara", colleagues="250", places_per_colleague="16")
    alone = visible_text(save("En till").text)
    assert "Ändringen är 1 heltid mer och 26 platser fler." in alone
    assert f"Det kostar ungefär 680 tkr mer på ett år, räknat på teamets budget för {year}." in alone
    alone = visible_text(save("Halvtid mindre", "?colleagues=-50&places=16").text)
    assert "Ändringen är 0,5 heltid mindre och 8 platser färre." in alone
    assert "Det kostar ungefär 340 tkr mindre på ett år" in alone
    page = manager.get(f"{address}/scenarier/jamfor?val=1&val=2")
    cost = rows_by_label(page.text, BESIDE)["Kostnad, tkr på ett år"]
    assert [" ".join(text.split()) for text in cost] == ["0", "+680", "−340"]
    assert f"räknad på teamets budget för {year}" in visible_text(page.text)


def test_a_team_cannot_do_with_fewer_colleagues_than_none(manager, address):
    manager.submit(f"{address}/platser", button="Spara", colleagues="250", places_per_colleague="16")
    page = manager.get(f"{address}/vad-hander-om?colleagues=-251&places=16")
    told = "Teamet har 250 procent av en heltid i dag. Fyll i högst så många färre."
    assert told in visible_text(page.text)
    page = manager.get(f"{address}/vad-hander-om?colleagues=-250&places=16")
    assert told not in visible_text(page.text)


def test_those_that_begin_from_an_earlier_week_say_so_and_can_be_compared_from_today(
    save, manager, address, database, association, move_to
):
    save("Då")
    put(database, association, "north", [(date(2024, 11, 4), None, None)] * 4)
    move_to(2024, 11, 14)
    save("Nu")
    page = manager.get(f"{address}/scenarier/jamfor?val=1&val=2")
    assert rows_by_label(page.text, BESIDE)["I kö då"] == ["13", "9", "13"]
    assert "Räknat från vecka 44, 2024, då 9 väntade. Nu väntar 13." in visible_text(page.text)
    assert "Störst chans" not in page.text
    assert (
        "Scenarierna utgår från olika köer och kan inte rangordnas De är räknade så här: Då från vecka 44, "
        "2024, då 9 väntade och Nu från vecka 46, 2024, då 13 väntade."
    ) in visible_text(page.text)
    today = manager.get(f"{address}/scenarier/jamfor?val=1&val=2&fran=nu")
    assert rows_by_label(today.text, BESIDE)["I kö då"] == ["13", "13", "13"]
    assert "Störst chans" in today.text
    assert [each.waiting for each in saved(database)] == [9, 13]
    kept = manager.submit(page.request.full_path, button="Räkna om och spara")
    assert rows_by_label(kept.text, BESIDE)["I kö då"] == ["13", "13", "13"]
    assert [each.waiting for each in saved(database)] == [13, 13]


def test_those_of_one_week_can_be_compared_from_today_when_the_queue_has_changed_between(
    save, manager, address, database, association
):
    save("Före")
    put(database, association, "north", [(date(2024, 10, 28), None, None)] * 4)
    save("Efter")
    page = manager.get(f"{address}/scenarier/jamfor?val=1&val=2")
    assert "Störst chans" not in page.text
    assert "Jämför från dagens kö</a>" in page.text


@pytest.mark.parametrize("choice", ["", "?val=1", "?val=1&val=2&val=3&val=4&val=5", "?val=1&val=99"])
def test_fewer_than_two_more_than_four_or_unknown_ones_are_not_compared(save, manager, address, choice):
    for number in range(5):
        save(f"Scenario {number}")
    text = visible_text(manager.get(f"{address}/scenarier/jamfor{choice}").text)
    assert "Rätta det här" in text
    assert BESIDE not in text


def test_a_scenario_is_renamed(save, manager, address, database):
    save("En till")
    page = manager.submit(f"{address}/scenarier/1", button="Byt namn", name="Två till")
    assert "Scenariot har bytt namn." in visible_text(page.text)
    assert [each.name for each in saved(database)] == ["Två till"]


@pytest.mark.both_databases
def test_a_scenario_is_taken_away_and_put_back_as_it_was(save, manager, address, database):
    question = "?vacancy=40&vacancy_from=2024-12&vacancy_to=2025-03"
    first = save("Vakans", question)
    page = manager.submit(f"{address}/scenarier/1", button="Ta bort scenariot")
    assert "Scenariot Vakans är borttaget." in visible_text(page.text)
    assert saved(database) == []
    page = manager.submit(f"{address}/scenarier", page=page, action="/angra")
    assert [row[0] for row in tables_of(page.text)[LIST][1:]] == ["Vakans"]
    number = saved(database)[0].id
    again = manager.get(f"{address}/scenarier/{number}")
    assert rows_by_label(again.text, AHEAD) == rows_by_label(first.text, AHEAD)


def test_what_is_put_back_must_have_been_taken_away_here(save, manager, address, database):
    save("Vakans")
    page = manager.submit(f"{address}/scenarier/1", button="Ta bort scenariot")
    assert (
        manager.submit(f"{address}/scenarier", page=page, action="/angra", kept="made.up").status_code == 404
    )
    assert saved(database) == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (None, "Fyll i vad scenariot ska heta."),
        ("en TILL", "Teamet har redan ett scenario med det namnet."),
        (NUMBER, "Texten ser ut att innehålla ett personnummer."),
        ("x" * 61, "skriv högst 60 tecken"),
    ],
)
def test_a_name_that_cannot_be_kept_is_explained_and_the_answer_stays(save, database, name, message):
    save("En till")
    page = save(name)
    assert page.status_code == 422
    assert message in visible_text(page.text)
    assert AHEAD in page.text
    assert "9820" not in page.text
    assert len(saved(database)) == 1


def test_a_question_with_an_error_is_not_saved(manager, address, database):
    opened = manager.get(f"{address}/vad-hander-om{MORE}")
    page = manager.submit(
        f"{address}/vad-hander-om?colleagues=100", page=opened, button="Spara scenario", name="X"
    )
    assert page.status_code == 200  # the form goes where it was opened
    asked = manager.post(f"{address}/vad-hander-om?target=0", data={"name": "Y"})
    assert asked.status_code in (400, 422)
    assert [each.name for each in saved(database)] == ["X"]


def test_the_same_page_sent_twice_saves_once(manager, address, database):
    opened = manager.get(f"{address}/vad-hander-om{MORE}")
    for _ in range(2):
        page = manager.submit(
            f"{address}/vad-hander-om{MORE}", page=opened, button="Spara scenario", name="En"
        )
    assert "Redan sparad" in visible_text(page.text)
    assert len(saved(database)) == 1


def test_staff_read_and_compare_but_save_nothing(save, sign_in, address):
    save("En till")
    save("Kortare", SHORTER)
    staff = sign_in(Role.TEAM_STAFF)
    assert "Spara scenario" not in staff.text(f"{address}/vad-hander-om{MORE}")
    assert "Kortare" in staff.text(f"{address}/scenarier")
    assert "Störst chans" in staff.text(f"{address}/scenarier/jamfor?val=1&val=2")
    assert "Ta bort scenariot" not in staff.text(f"{address}/scenarier/1")
    assert staff.post(f"{address}/scenarier/1/ta-bort").status_code == 403


def test_another_teams_scenario_is_not_there(save, sign_in, association):
    save("En till")
    south = sign_in(Role.TEAM_MANAGER, "south")
    assert south.get(f"/team/{association.north}/ko/scenarier/1").status_code == 404
    assert south.get(f"/team/{association.south}/ko/scenarier/1").status_code == 404
    assert "En till" not in south.text(f"/team/{association.south}/ko/scenarier")


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.OFFICER, Role.READER, Role.SYSTEM_ADMIN])
def test_a_teams_scenarios_stay_in_the_team(save, sign_in, address, role):
    save("En till")
    assert sign_in(role).get(f"{address}/scenarier").status_code == 403


def test_an_empty_list_says_what_to_do(manager, address, database):
    assert "Inget scenario är sparat än." in manager.text(f"{address}/scenarier")
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(QueueScenario)) == 0
