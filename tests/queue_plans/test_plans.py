"""The plan with dates: made, filled, decided, frozen, and held against what came of it."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import delete, select, update

from followup.access.roles import Role
from followup.audit.models import AuditEvent
from followup.months.models import MonthDeclaration
from followup.organisation.models import Team
from followup.participation.models import Participation
from followup.periods import Month, WeekAndMonth
from followup.protection import service as protection
from followup.protection.commands import DecideRule
from followup.queue_plans.models import QueuePlan
from followup.queue_plans.service import NoQueue, begin
from followup.queues.what_if import forecast
from tests.infrastructure.client import visible_text
from tests.infrastructure.tables import rows_by_label, tables_of
from tests.queue_plans.acts import add, decide, declare, follow
from tests.queues.rows import put

MEASURES, EFFECTS, FOLLOW_UPS, PLANS = (
    "Det som ska göras", "Beräknad effekt", "Uppföljning: antal i kö", "Teamets planer"
)  # fmt: skip
# From the series that Skatteverket keeps for tests.
NUMBER = "19850312-9820"


def plans(database) -> list[QueuePlan]:
    with database.session() as session:
        return list(session.scalars(select(QueuePlan).order_by(QueuePlan.version)))


@pytest.mark.both_databases
def test_a_plan_is_made_filled_and_decided(manager, address, draft, database):
    text = visible_text(draft.text)
    assert "Utkast, version 1." in text
    assert "Högst 12 veckor i kö (beslut § 14, 22 mars 2024)." in text
    page = add(manager, address)
    assert rows_by_label(page.text, MEASURES)["Anställ en handläggare"] == [
        "Fler medarbetare", "Verksamhetsledare", "januari 2025", "tills vidare",
        "1 heltid mer, med 26 platser per heltid",
        "Ändra Anställ en handläggare Ta bort Anställ en handläggare",
    ]  # fmt: skip
    page = follow(manager, address)
    assert rows_by_label(page.text, FOLLOW_UPS)["21 mars 2025"][-1] == "Ta bort 21 mars 2025"
    page = decide(manager, address)
    for caption in (MEASURES, FOLLOW_UPS):
        assert "Ändra" not in tables_of(page.text)[caption][0]
    assert "Version 1, fastställd 31 oktober 2024 (beslut § 20)." in visible_text(page.text)
    with database.session() as session:
        told = session.scalars(select(AuditEvent).order_by(AuditEvent.number)).all()
    events = [(event.event, event.details) for event in told if event.event.startswith("QUEUE_PLAN")]
    assert events == [("QUEUE_PLAN_CHANGED", {"version": "1"})] * 3 + [
        ("QUEUE_PLAN_DECIDED", {"version": "1"})
    ]


def test_each_measure_is_counted_alone_and_all_together(manager, address, draft):
    add(manager, address)
    page = add(
        manager, address, what="Kortare möten", kind="VIST", colleagues="", places="", stay_change="-10"
    )
    rows = rows_by_label(page.text, EFFECTS)
    assert list(rows) == ["Utan åtgärder", "Anställ en handläggare", "Kortare möten", "Alla åtgärder"]
    chances = [int(row[2].split()[0]) for row in rows.values()]
    assert chances[0] < chances[2] < chances[1] <= chances[3]
    text = visible_text(page.text)
    assert "Chansen att målet hålls är 1 av 10" in text
    assert "9 av 10" in text


def test_a_measure_begins_from_a_saved_scenario(manager, address, draft, association):
    question = "?colleagues=100&places=26&stay_change=-4&vacancy=20&vacancy_from=2024-12&vacancy_to=2025-01"
    manager.submit(
        f"/team/{association.north}/ko/vad-hander-om{question}", button="Spara scenario", name="En till"
    )
    assert "Utgå från En till" in manager.text(f"{address}/1/atgarder/ny")
    page = manager.submit(
        f"{address}/1/atgarder/ny?scenario=1",
        button="Spara åtgärd",
        kind="FLER",
        responsible_function="Verksamhetsledare",
        first="2025-01",
    )
    assert rows_by_label(page.text, MEASURES)["En till"][-2] == (
        "1 heltid mer, med 26 platser per heltid och 4 veckor kortare vistelsetid"
    )


def test_a_measure_is_changed_and_taken_away(manager, address, draft):
    add(manager, address)
    page = manager.submit(
        f"{address}/1/atgarder/1", button="Spara åtgärd", what="Anställ två", last="2025-06"
    )
    assert rows_by_label(page.text, MEASURES)["Anställ två"][3] == "juni 2025"
    before = rows_by_label(page.text, MEASURES)["Anställ två"]
    page = manager.submit(f"{address}/1", action="/atgarder/1/ta-bort")
    assert MEASURES not in tables_of(page.text)
    page = manager.submit(f"{address}/1", page=page, button="Ångra Anställ två")
    assert rows_by_label(page.text, MEASURES)["Anställ två"] == before


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"what": None}, "Fyll i vad som ska göras."),
        ({"kind": None}, "Välj vilket slag av åtgärd det är."),
        ({"responsible_function": None}, "Fyll i vilken funktion som ansvarar."),
        ({"first": None}, "Välj från vilken månad åtgärden gäller."),
        ({"last": "2024-12"}, "Åtgärden slutar innan den börjar."),
        ({"places": ""}, "Fyll i hur många platser en heltid har"),
        ({"what": f"Ring {NUMBER}"}, "Texten ser ut att innehålla ett personnummer."),
        ({"responsible_function": "chef@example.org"}, "Texten ser ut att innehålla en e-postadress."),
        ({"stay_change": "1,5"}, "skriv ett heltal"),
    ],
)
def test_a_measure_that_cannot_be_kept_is_explained_and_nothing_typed_is_lost(
    manager, address, draft, database, typed, message
):
    page = add(manager, address, **typed)
    assert page.status_code == 422
    assert message in visible_text(page.text)
    assert "9820" not in page.text
    if "colleagues" not in typed:
        assert 'value="100"' in page.text
    assert MEASURES not in tables_of(manager.get(f"{address}/1").text)


@pytest.mark.parametrize("day", ["2024-10-31", "2024-01-01", "2027-01-01"])
def test_a_day_that_the_forecast_does_not_reach_is_refused(manager, address, draft, day):
    page = follow(manager, address, day)
    assert page.status_code == 422
    assert "välj en dag från 1 november 2024 till 29 oktober 2026" in visible_text(page.text)


def test_a_day_is_followed_up_once_and_can_be_taken_away(manager, address, draft):
    page = follow(manager, address)
    assert list(rows_by_label(page.text, FOLLOW_UPS)) == ["21 mars 2025"]
    again = follow(manager, address)
    assert "Planen har redan en uppföljning den dagen." in visible_text(again.text)
    page = manager.submit(f"{address}/1", action="/uppfoljning/2025-03-21/ta-bort")
    assert FOLLOW_UPS not in tables_of(page.text)
    page = manager.submit(f"{address}/1", page=page, button="Ångra")
    assert list(rows_by_label(page.text, FOLLOW_UPS)) == ["21 mars 2025"]


def test_a_plan_without_measures_or_days_is_not_decided(manager, address, draft, database):
    assert "Utan åtgärder är kön troligen" in draft.text
    assert "Med åtgärderna" not in draft.text
    assert list(rows_by_label(draft.text, EFFECTS)) == ["Utan åtgärder"]
    page = decide(manager, address)
    assert page.status_code == 422
    assert "En plan behöver minst en åtgärd och en dag för uppföljning" in visible_text(page.text)
    add(manager, address)
    follow(manager, address)
    assert "ligger framåt i tiden" in visible_text(decide(manager, address, day="2024-11-01").text)
    assert not plans(database)[0].is_decided


def test_a_decided_plan_stands_still(manager, address, draft, database):
    add(manager, address)
    opened = manager.get(f"{address}/1")
    form = manager.get(f"{address}/1/atgarder/1")
    follow(manager, address)
    decide(manager, address)
    for page, button, typed in (
        (opened, "Lägg till dag", {"day": "2025-04-21"}),
        (form, "Spara åtgärd", {"what": "Något annat"}),
        (opened, "Ta bort Anställ en handläggare", {}),
    ):
        late = manager.submit(address, page=page, button=button, **typed)
        assert late.status_code == 422
        assert "Planen är fastställd och ändras inte." in visible_text(late.text)
    shown = manager.get(f"{address}/1").text
    assert list(rows_by_label(shown, MEASURES)) == ["Anställ en handläggare"]
    assert "Lägg till åtgärd" not in shown


def test_what_changes_later_is_a_new_version_and_the_old_one_stays(
    manager, address, draft, move_to, database, association
):
    add(manager, address)
    follow(manager, address)
    decide(manager, address)
    before = tables_of(manager.get(f"{address}/1").text)[EFFECTS]
    put(database, association, "north", [(date(2024, 11, 11), None, None)] * 6)
    forecast.cache_clear()
    move_to(2024, 12, 5)
    page = manager.submit(address, button="Gör en ny version")
    assert "Utkast, version 2." in visible_text(page.text)
    assert list(rows_by_label(page.text, MEASURES)) == ["Anställ en handläggare"]
    assert FOLLOW_UPS not in tables_of(page.text)
    assert tables_of(manager.get(f"{address}/1").text)[EFFECTS] == before
    assert tables_of(page.text)[EFFECTS] != before
    assert [plan.counted_on for plan in plans(database)] == [date(2024, 10, 31), date(2024, 12, 5)]
    assert "Gör en ny version" not in manager.text(address)


def test_there_is_one_draft_at_a_time_and_it_can_be_taken_away(manager, address, draft, database):
    assert manager.post(address).status_code in (400, 422)
    opened = manager.get(f"{address}/1/ta-bort")
    page = manager.submit(f"{address}/1/ta-bort", page=opened, button="Ta bort utkastet")
    assert "Utkastet är borttaget." in visible_text(page.text)
    assert plans(database) == []


def test_a_draft_of_an_earlier_week_says_so_and_is_counted_anew(
    manager, address, draft, database, association, move_to
):
    add(manager, address)
    follow(manager, address, "2024-11-20")
    put(database, association, "north", [(date(2024, 11, 11), None, None)] * 4)
    move_to(2024, 12, 5)
    page = manager.get(f"{address}/1")
    assert "Kön räknades en tidigare vecka." in visible_text(page.text)
    page = manager.submit(f"{address}/1", button="Räkna om från dagens kö")
    assert "Kön räknades en tidigare vecka." not in visible_text(page.text)
    assert plans(database)[0].waiting == 13
    assert FOLLOW_UPS not in tables_of(page.text)


def test_the_outcome_is_held_against_the_plan(manager, address, draft, database, association, move_to):
    add(manager, address, first="2024-11")
    follow(manager, address, "2025-03-21")
    follow(manager, address, "2025-12-12")
    decide(manager, address)
    put(database, association, "north", [(date(2024, 12, 2), None, None)] * 30)
    move_to(2025, 4, 3)
    page = manager.get(f"{address}/1")
    rows = rows_by_label(page.text, FOLLOW_UPS)
    assert rows["21 mars 2025"][1:] == ["39", "längre än väntat"]
    assert rows["12 december 2025"][1:] == ["återstår", "återstår"]
    assert "Nu väntar 39." in visible_text(page.text)
    assert "kön är längre än väntat" in visible_text(page.text)


def test_pace_and_wait_come_from_complete_months_alone(manager, address, draft, database, association):
    text = visible_text(draft.text)
    assert "Hälften får börja inom 8 veckor (osäkert: 5–15), vid slutet av september 2024." in text
    assert "22 ställdes i kö och 15 startade på 39 veckor, till slutet av september 2024." in text
    with database.session(write=True) as session:
        session.execute(delete(MonthDeclaration))
    text = visible_text(manager.submit(f"{address}/1", action="/rakna-om").text)
    assert "månaderna är inte klarmarkerade" in text
    assert "ställdes i kö och" not in text
    assert (plans(database)[0].joined, plans(database)[0].started) == (24, 15)


def test_the_mean_stay_is_of_those_who_ended_in_complete_months(
    manager, address, draft, database, association
):
    """It is printed beside a measure, for readers outside the team, and so in steps of four weeks."""
    started, ended = WeekAndMonth.of(date(2024, 9, 2)), WeekAndMonth.of(date(2024, 10, 21))
    with database.session(write=True) as session:
        session.add_all(
            Participation(
                association_id=association.id,
                team_id=association.north,
                sex="F",
                age_group="30-39",
                referring_party="FK",
                started_week=started.week,
                started_month=started.month,
                ended_week=ended.week,
                ended_month=ended.month,
                exit_reason="PLAN",
            )
            for _ in range(12)
        )
    manager.submit(f"{address}/1", action="/rakna-om")
    assert plans(database)[0].stay == 52
    with database.session(write=True) as session:
        session.add(
            MonthDeclaration(
                association_id=association.id, team_id=association.north, month=Month(2024, 10), complete=True
            )
        )
    manager.submit(f"{address}/1", action="/rakna-om")
    assert plans(database)[0].stay == 8


def test_an_advisory_team_has_no_queue_to_plan(scope_of, session, association):
    scope = replace(
        scope_of(Role.TEAM_MANAGER), team_roles={association.advisory: frozenset({Role.TEAM_MANAGER})}
    )
    with pytest.raises(NoQueue):
        begin(session=session, scope=scope, team_id=association.advisory)


def test_staff_read_the_plan_and_change_nothing(manager, address, draft, sign_in):
    add(manager, address)
    staff = sign_in(Role.TEAM_STAFF)
    assert "Anställ en handläggare" in staff.text(f"{address}/1")
    assert "Lägg till åtgärd" not in staff.get(f"{address}/1").text
    assert staff.get(f"{address}/1/faststall").status_code == 403
    assert staff.post(f"{address}/1/atgarder/1/ta-bort").status_code == 403


def test_another_teams_plan_is_not_there(manager, address, draft, sign_in, association):
    add(manager, address)
    south = sign_in(Role.TEAM_MANAGER, "south")
    assert south.get(f"{address}/1").status_code == 404
    own = f"/team/{association.south}/ko/plan"
    assert south.get(f"{own}/1").status_code == 404
    south.submit(own, button="Gör en plan")
    assert south.get(f"{own}/1/atgarder/1").status_code == 404


def test_a_team_with_too_little_to_count_on_plans_without_effects(sign_in, association):
    south = sign_in(Role.TEAM_MANAGER, "south")
    page = south.submit(f"/team/{association.south}/ko/plan", button="Gör en plan")
    text = visible_text(page.text)
    assert "Det är för få som har ställts i kö och startat" in text
    assert "Inget mål är beslutat." in text
    assert EFFECTS not in tables_of(page.text)


def test_the_director_sees_decided_plans_of_every_team(manager, address, draft, sign_in, association):
    add(manager, address)
    director = sign_in(Role.DIRECTOR)
    assert "Inget team har fastställt en plan än." in director.text("/ko/planer")
    follow(manager, address)
    decide(manager, address)
    page = director.get("/ko/planer")
    assert rows_by_label(page.text, "Fastställda planer")["Team Norra"] == [
        "§ 20, 31 oktober 2024", "12", "9", "9", "21 mars 2025"
    ]  # fmt: skip
    assert "Anställ en handläggare" in visible_text(page.text)
    assert 'data-label="Ansvarig funktion"' in page.text, "read line by line on a phone, as in the draft"
    assert EFFECTS in tables_of(page.text)
    assert director.get(f"{address}/1").status_code == 403


def test_outside_the_team_an_outcome_waits_for_its_month_to_be_complete(
    manager, address, draft, sign_in, move_to, association
):
    add(manager, address)
    follow(manager, address, "2024-11-14")
    decide(manager, address)
    move_to(2024, 12, 5)
    assert rows_by_label(manager.get(f"{address}/1").text, FOLLOW_UPS)["14 november 2024"][1] == "9"
    told = sign_in(Role.DIRECTOR).get("/ko/planer").text
    assert rows_by_label(told, FOLLOW_UPS)["14 november 2024"][1:] == [
        "inte klarmarkerat",
        "inte klarmarkerat",
    ]
    for month in ("2024-10", "2024-11"):
        manager.submit(f"/team/{association.north}/manader/{month}/klarmarkera")
    told = sign_in(Role.DIRECTOR).get("/ko/planer").text
    assert rows_by_label(told, FOLLOW_UPS)["14 november 2024"][1] == "9"


def test_effects_of_open_months_stay_in_the_team(manager, address, database, sign_in):
    with database.session(write=True) as session:
        session.execute(delete(MonthDeclaration))
    manager.submit(address, button="Gör en plan")
    add(manager, address)
    assert EFFECTS in tables_of(follow(manager, address).text)
    decide(manager, address)
    told = sign_in(Role.DIRECTOR).get("/ko/planer")
    assert EFFECTS not in tables_of(told.text)
    assert "månaderna inte är klarmarkerade" in visible_text(told.text)


def test_effects_that_rest_on_few_stay_in_the_team(database, association, clock, sign_in, address):
    """Twelve have joined and three have started: enough for the team, and too few outside it."""
    rows = [(date(2024, 2, 5), date(2024, 5, 6), None)] * 3 + [(date(2024, 3, 4), None, None)] * 9
    put(database, association, "north", rows)
    declare(database, association, 5)
    manager = sign_in(Role.TEAM_MANAGER)
    manager.submit(address, button="Gör en plan")
    add(manager, address, first="2024-09")
    assert EFFECTS in tables_of(follow(manager, address, "2024-12-12").text)
    decide(manager, address, day="2024-06-12")
    told = sign_in(Role.DIRECTOR).get("/ko/planer")
    assert EFFECTS not in tables_of(told.text)
    assert "Effekten visas bara i teamet" in visible_text(told.text)


@pytest.mark.parametrize("is_stricter", [False, True])
def test_what_a_plan_tells_outside_the_team_follows_a_stricter_rule(
    database, association, clock, sign_in, scope_of, address, is_stricter
):
    """Twelve have started: enough by the rule that everybody begins with."""
    if is_stricter:
        rule = DecideRule(
            valid_from=date(2024, 6, 12), threshold=15, screening_threshold=15, share_base=20,
            screening_share_base=20, median_base=20, insider=0, decision="§ 3", decided=date(2024, 6, 1),
        )  # fmt: skip
        with database.session(write=True) as session:
            protection.decide(session=session, scope=scope_of(Role.DIRECTOR), command=rule)
    rows = [(date(2024, 2, 5), date(2024, 5, 6), None)] * 12 + [(date(2024, 3, 4), None, None)] * 9
    with database.session(write=True) as session:
        session.execute(update(Team).where(Team.id == association.north).values(opened=Month(2024, 1)))
    put(database, association, "north", rows)
    declare(database, association, 5)
    manager = sign_in(Role.TEAM_MANAGER)
    manager.submit(address, button="Gör en plan")
    add(manager, address, first="2024-09")
    follow(manager, address, "2024-12-12")
    decide(manager, address, day="2024-06-12")
    told = sign_in(Role.DIRECTOR).get("/ko/planer")
    text = visible_text(told.text)
    assert (EFFECTS in tables_of(told.text)) is not is_stricter
    assert ("Hälften får börja" in text) is not is_stricter
    assert ("för få har startat" in text) is is_stricter
