"""The register as somebody in the team meets it."""

import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from followup.access.roles import Role
from tests.conftest import SignIn
from tests.infrastructure.client import Client, visible_text
from tests.infrastructure.furnish import Furnished

JOIN: dict[str, Any] = {
    "referring_party": "FK",
    "sex": "F",
    "age": "34",
    "municipality": "9901",
    "accepted": "2024-03-20",
}
END: dict[str, Any] = {
    "ended": "2024-06-10",
    "exit_reason": "PLAN",
    "occupation_at_exit": "ARB",
    "extent_at_exit": "3",
    "income_at_exit": ["LON"],
    "continuation": "ARB",
}
START: dict[str, Any] = {
    "started": "2024-05-02",
    "education": "2",
    "time_on_public_support": "5",
    "income_before": ["FST", "SJP"],
    "occupation_before": "SOK",
}


WEEK = r"Vecka \d+, 2024"


@pytest.fixture
def staff(sign_in: SignIn) -> Client:
    return sign_in(Role.TEAM_STAFF)


@pytest.fixture
def register(association: Furnished) -> str:
    return f"/team/{association.north}/deltagare"


def link(page: TestResponse, text: str) -> str:
    """The address of the first link with that text; the row itself is linked by its week."""
    found = re.search(rf'href="([^"]+)"[^>]*>{text}<', page.text)
    assert found, f"no link {text!r}"
    return found[1].replace("&amp;", "&")


def join(staff: Client, register: str, **fields: Any) -> TestResponse:
    return staff.submit(f"{register}/stall-i-ko", **(JOIN | fields))


@pytest.mark.both_databases
def test_from_queue_to_exit_and_back(staff: Client, register: str) -> None:
    page = join(staff, register)
    assert "Ställd i kö: vecka 12, 2024, kvinna, 30–39 år, Försäkringskassan." in visible_text(page.text)
    page = staff.submit(link(page, "Starta"), **START)
    assert "Startad: vecka 18, 2024, kvinna" in visible_text(page.text)
    end = link(page, "Avsluta")
    check = staff.submit(end, **END)
    text = visible_text(check.text)
    assert "Kontrollera uppgifterna" in text
    assert "Arbete utan stöd" in text
    assert "50–74 %" in text
    assert "Vecka 24, 2024 (juni 2024)" in text
    assert "Ingen rad" not in staff.text(f"{register}?flik=pagar")
    page = staff.submit(end, page=check, button="Spara avslut")
    assert "Avslutad: vecka 18, 2024" in visible_text(page.text)
    page = staff.submit(register, page=page, button=None, action="/angra")
    assert "Ångrat: avslutad." in visible_text(page.text)
    assert "Pågår (1)" in visible_text(page.text)


def test_change_on_the_check_page_leads_back_with_everything_typed(staff: Client, register: str) -> None:
    page = staff.submit(link(join(staff, register), "Starta"), **START)
    end = link(page, "Avsluta")
    check = staff.submit(end, **END)
    form = staff.submit(end, page=check, button="Ändra")
    assert form.status_code == 200
    check = staff.submit(end, page=form)
    assert "50–74 %" in visible_text(check.text)


BAD_JOIN = [
    ({"accepted": "2024-06-13"}, "ligger i framtiden", "accepted"),
    ({"accepted": "2024-13-45"}, "dagen finns inte", "accepted"),
    ({"accepted": "i förrgår"}, "åååå-mm-dd", "accepted"),
    ({"accepted": "2021-12-31"}, "från januari 2022", "accepted"),
    ({"age": "68"}, "16–67 år", "age"),
    ({"age": "15"}, "16–67 år", "age"),
    ({"age": "65", "accepted": "2023-05-02"}, "16–64 år", "age"),
    ({"age": "trettio"}, "heltal", "age"),
    ({"sex": "Q"}, "Kön: välj något av alternativen", "sex-0"),
    ({"referring_party": None}, "Välj remittent", "referring_party-0"),
    ({"municipality": None}, "Välj kommun", "municipality-0"),
    ({"municipality": "9903"}, "välj något av alternativen", "municipality-0"),
]


@pytest.mark.parametrize(("fields", "message", "target"), BAD_JOIN, ids=lambda value: str(value)[:30])
def test_bad_input_is_refused_at_its_field_and_the_rest_is_kept(
    staff: Client, register: str, fields: dict[str, Any], message: str, target: str
) -> None:
    page = join(staff, register, **fields)
    assert page.status_code == 422
    assert message in visible_text(page.text)
    assert f'href="#{target}"' in page.text
    assert "<title>Fel: " in page.text
    assert re.search(r'value="AF"(?! checked)', page.text)
    assert "I kö (0)" in staff.text(register)


@pytest.mark.parametrize("field", ["age", "accepted"])
def test_an_identity_in_a_field_is_refused_and_not_shown_again(
    staff: Client, register: str, field: str
) -> None:
    page = join(staff, register, **{field: "19900101-2385"})
    assert page.status_code == 422
    assert "personnummer" in visible_text(page.text)
    assert "2385" not in page.text


def test_times_out_of_order_are_refused_at_the_date(staff: Client, register: str) -> None:
    page = join(staff, register)
    early = staff.submit(link(page, "Starta"), **START | {"started": "2024-03-08"})
    assert early.status_code == 422
    assert "den vecka då deltagaren ställdes i kö (vecka 12, 2024)" in visible_text(early.text)
    page = staff.submit(link(page, "Starta"), **START)
    early = staff.submit(link(page, "Avsluta"), **END | {"ended": "2024-04-30"})
    assert early.status_code == 422
    assert "Avslutsdatum ligger före starten" in visible_text(early.text)


def test_extent_is_asked_for_when_somebody_works(staff: Client, register: str) -> None:
    page = staff.submit(link(join(staff, register), "Starta"), **START)
    form = staff.submit(link(page, "Avsluta"), **END | {"extent_at_exit": ""})
    assert form.status_code == 422
    assert "Välj omfattning" in visible_text(form.text)
    assert "Omfattning vid avslut (frivilligt)" not in visible_text(form.text)


def test_nothing_is_asked_about_the_outcome_of_the_deceased(staff: Client, register: str) -> None:
    page = staff.submit(link(join(staff, register), "Starta"), **START)
    fields = {"ended": "2024-06-10", "exit_reason": "AVL"}
    check = staff.submit(link(page, "Avsluta"), **fields)
    assert "Kontrollera uppgifterna" in visible_text(check.text)


def test_likeness_is_told_before_anything_is_saved(staff: Client, register: str) -> None:
    join(staff, register)
    hint = join(staff, register, education="3")
    text = visible_text(hint.text)
    assert "Liknar en rad som redan finns" in text
    assert "vecka 12, 2024, kvinna, 30–39 år, Försäkringskassan" in text
    assert "I kö (1)" in staff.text(register)
    page = staff.submit(register, page=hint, button="Spara ändå")
    assert "Ställd i kö" in visible_text(page.text)
    assert "I kö (2)" in visible_text(page.text)


def test_likeness_is_told_again_when_the_answers_change_to_another_likeness(
    staff: Client, register: str
) -> None:
    join(staff, register)
    join(staff, register, sex="M")
    hint = join(staff, register)
    again = staff.submit(register, page=hint, button="Spara ändå", sex="M")
    assert "Liknar en rad som redan finns" in visible_text(again.text)
    assert "I kö (2)" in staff.text(register)


def test_another_teams_row_is_never_the_likeness(
    staff: Client, sign_in: SignIn, register: str, association: Furnished
) -> None:
    join(staff, register)
    south = sign_in(Role.TEAM_STAFF, "south")
    fields = {name: value for name, value in JOIN.items() if name != "municipality"}
    page = south.submit(f"/team/{association.south}/deltagare/stall-i-ko", **fields)
    assert "Ställd i kö" in visible_text(page.text)


def test_a_page_sent_twice_saves_once(staff: Client, register: str) -> None:
    form = staff.get(f"{register}/stall-i-ko")
    for _ in range(2):
        page = staff.submit(register, page=form, **JOIN)
    assert "inget sparades två gånger" in visible_text(page.text)
    assert "I kö (1)" in visible_text(page.text)


@pytest.mark.both_databases
def test_a_step_sent_twice_saves_once(staff: Client, register: str) -> None:
    form = staff.get(link(join(staff, register), "Starta"))
    for _ in range(2):
        page = staff.submit(register, page=form, **START)
    assert "inget sparades två gånger" in visible_text(page.text)
    assert "Pågår (1)" in visible_text(page.text)


@pytest.mark.both_databases
def test_two_people_with_the_same_row_open(staff: Client, sign_in: SignIn, register: str) -> None:
    join(staff, register)
    other = sign_in(Role.TEAM_MANAGER)
    mine = staff.get(link(staff.get(register), "Starta"))
    theirs = other.get(link(other.get(register), "Starta"))
    assert other.submit(register, page=theirs, **START).status_code == 200
    told = staff.submit(register, page=mine, **START | {"started": "2024-05-20"})
    assert told.status_code == 422
    assert "Raden har ändrats sedan du öppnade sidan" in visible_text(told.text)
    assert 'value="2024-05-20"' in told.text
    assert staff.get(link(told, "Läs igen")).status_code == 200
    assert "Vecka 18, 2024" in staff.text(f"{register}?flik=pagar")


def test_a_step_that_makes_no_sense_is_refused_with_the_reason(staff: Client, register: str) -> None:
    page = join(staff, register)
    wrong = staff.get(link(page, "Starta").replace("/starta", "/avsluta"))
    assert wrong.status_code == 422
    assert "Raden står i kö. Starta den först" in visible_text(wrong.text)


def test_correct_and_void(staff: Client, register: str) -> None:
    row = link(join(staff, register), WEEK)
    page = staff.submit(link(staff.get(row), "Rätta"), sex="M", accepted="2024-03-27")
    assert "Rättad: vecka 13, 2024, man" in visible_text(page.text)
    same = staff.submit(link(staff.get(row), "Rätta"))
    assert same.status_code == 422
    assert "Ingenting är ändrat" in visible_text(same.text)
    page = staff.submit(link(staff.get(row), "Makulera"), void_reason="DUB")
    text = visible_text(page.text)
    assert "Makulerad: vecka 13, 2024, man" in text
    assert "Registrerad två gånger" in text
    assert "radera" not in text.lower()


def test_a_step_is_taken_back_from_the_row(staff: Client, register: str) -> None:
    page = staff.submit(link(join(staff, register), "Starta"), **START)
    row = link(page, WEEK)
    page = staff.submit(row, button="Ta bort starten")
    assert "I kö (1)" in visible_text(page.text)
    assert "Starten borttagen: " in visible_text(page.text)


def test_a_row_in_complete_months_says_so_and_leads_back_to_where_it_stands(
    staff: Client, sign_in: SignIn, register: str, association: Furnished
) -> None:
    row = link(staff.submit(link(join(staff, register), "Starta"), **START), WEEK)
    opened = staff.get(row)
    assert "klarmarkerade" not in visible_text(opened.text)
    assert link(opened, "Till deltagarlistan").endswith("?flik=pagar")
    manager = sign_in(Role.TEAM_MANAGER)
    for month in ("2024-03", "2024-04", "2024-05"):
        manager.submit(f"/team/{association.north}/manader/{month}/klarmarkera")
    page = staff.submit(row, button="Ta bort starten")
    text = visible_text(page.text)
    assert "Ändringen skulle ändra siffrorna för en månad som är klarmarkerad (maj 2024)." in text
    assert "Raden räknas i månader som är klarmarkerade." in text
    assert "Pågår (1)" in staff.text(f"{register}?flik=pagar")


def test_the_day_is_asked_for_with_what_a_complete_month_takes(
    staff: Client, sign_in: SignIn, register: str, association: Furnished
) -> None:
    queued = link(join(staff, register), "Starta")
    asking = [f"{register}/stall-i-ko", f"{register}/starta-direkt", queued]
    told = "Teamet har klarmarkerat till och med april 2024. Ligger dagen i en klarmarkerad månad"
    assert not any(told in staff.text(page) for page in asking)
    for month in ("2024-02", "2024-04"):
        sign_in(Role.TEAM_MANAGER).submit(f"/team/{association.north}/manader/{month}/klarmarkera")
    assert all(told in staff.text(page) for page in asking)


def test_who_meets_a_complete_month_opens_it_beside_the_form_and_sends_the_form_again(
    staff: Client, sign_in: SignIn, register: str, association: Furnished
) -> None:
    manager, months = sign_in(Role.TEAM_MANAGER), f"/team/{association.north}/manader"
    for month in ("2024-03", "2024-04"):
        manager.submit(f"{months}/{month}/klarmarkera")
    assert "i en ny flik" not in join(staff, register).text, "the team's manager opens months"
    refused = join(manager, register)
    assert f'href="{months}/2024-03/oppna" target="_blank"' in refused.text
    manager.submit(f"{months}/2024-03/oppna", reason="SEN", also=["later"])
    assert "Ställd i kö: vecka 12, 2024" in visible_text(manager.submit(register, page=refused).text)


def test_leaving_the_queue(staff: Client, register: str) -> None:
    row = staff.get(link(join(staff, register), WEEK))
    page = staff.submit(link(row, "Lämna kön utan start"), left_reason="HAN", left="2024-06-03")
    text = visible_text(page.text)
    assert "Avslutade (1)" in text
    assert "Hänvisad till annan insats" in text


class TestUndo:
    def test_the_latest_five_acts_stay_on_the_page(self, staff: Client, register: str) -> None:
        for day in range(11, 17):
            join(staff, register, accepted=f"2024-{day - 10:02}-15")
        text = staff.text(register)
        assert "Ångra något du nyss har gjort (5)" in text
        page = staff.submit(register, action="/angra")
        assert page.status_code == 200

    def test_undo_is_refused_when_the_month_has_been_declared(
        self, staff: Client, sign_in: SignIn, register: str, association: Furnished
    ) -> None:
        page = join(staff, register)
        manager = sign_in(Role.TEAM_MANAGER)
        declared = manager.submit(f"/team/{association.north}/manader/2024-03/klarmarkera")
        assert "Mars 2024 är klarmarkerad" in visible_text(declared.text)
        refused = staff.submit(register, page=page, action="/angra")
        assert refused.status_code == 422
        assert "mars 2024" in visible_text(refused.text)
        assert "I kö (1)" in staff.text(register)

    def test_undo_is_refused_when_somebody_has_changed_the_row(
        self, staff: Client, sign_in: SignIn, register: str
    ) -> None:
        page = join(staff, register)
        other = sign_in(Role.TEAM_MANAGER)
        other.submit(link(other.get(register), "Starta"), **START)
        refused = staff.submit(register, page=page, action="/angra")
        assert refused.status_code == 422
        assert "raden har ändrats efteråt" in visible_text(refused.text)

    def test_somebody_elses_undo_does_nothing(self, staff: Client, sign_in: SignIn, register: str) -> None:
        page = join(staff, register)
        act = re.search(r'name="act" value="([^"]+)"', page.text)
        assert act
        other = sign_in(Role.TEAM_MANAGER)
        token = re.search(r'name="csrf_token" (?:type="hidden" )?value="([^"]+)"', other.get(register).text)
        csrf = token[1] if token else ""
        assert other.post(f"{register}/angra", data={"act": act[1], "csrf_token": csrf}).status_code == 404

    def test_the_cookie_tells_nothing_about_the_row(self, staff: Client, register: str) -> None:
        join(staff, register, accepted="2024-03-20")
        cookie = staff.get_cookie("followup")
        assert cookie is not None
        assert len(cookie.value) < 3500


class TestNoHandle:
    def test_no_page_shows_the_key_of_a_row(self, staff: Client, register: str, app: Any) -> None:
        page = join(staff, register)
        row = staff.get(link(page, WEEK))
        with app.extensions["database"].session() as session:
            key = session.connection().exec_driver_sql("SELECT key FROM participation").scalar()
        for shown in (page, row, staff.get(link(row, "Rätta"))):
            assert key not in shown.text

    def test_the_address_of_a_row_ends_with_the_working_day(
        self, staff: Client, sign_in: SignIn, register: str, clock: Any
    ) -> None:
        row = link(join(staff, register), WEEK)
        assert staff.get(row).status_code == 200
        assert sign_in(Role.TEAM_MANAGER).get(row).status_code == 404
        clock.shift(11 * 60 * 60)
        assert sign_in(Role.TEAM_STAFF).get(row).status_code == 404


class TestList:
    def test_filters_and_order_stand_in_the_address(self, staff: Client, register: str) -> None:
        join(staff, register, sex="F", age="34", accepted="2024-03-20")
        join(staff, register, sex="M", age="52", accepted="2024-02-20")
        join(staff, register, sex="M", age="22", accepted="2024-05-20", referring_party="AF")
        oldest_first = staff.text(register).split("Nästa steg", 1)[1]
        assert oldest_first.index("Vecka 8, 2024") < oldest_first.index("Vecka 21, 2024")
        men = staff.text(f"{register}?flik=ko&sex=M")
        assert "Vecka 12, 2024" not in men.split("Nästa steg", 1)[1]
        youngest = staff.text(f"{register}?flik=ko&sortera=alder").split("Nästa steg", 1)[1]
        assert youngest.index("20–24 år") < youngest.index("50–59 år")
        oldest = staff.text(f"{register}?flik=ko&sortera=alder&ordning=fallande").split("Nästa steg", 1)[1]
        assert oldest.index("50–59 år") < oldest.index("20–24 år")
        assert "Inga rader stämmer" in staff.text(f"{register}?flik=ko&sex=X")

    @pytest.mark.both_databases
    def test_those_who_ended_or_left_the_queue_in_a_year_can_be_found(
        self, staff: Client, register: str
    ) -> None:
        started = link(join(staff, register, accepted="2023-10-16"), "Starta")
        early = staff.submit(started, **START | {"started": "2023-11-06"})
        staff.submit(link(early, "Avsluta"), **END | {"ended": "2023-12-14"}, checked="1")
        row = staff.get(link(join(staff, register, sex="M", accepted="2023-12-11"), r"Vecka \d+, 2023"))
        staff.submit(link(row, "Lämna kön utan start"), left_reason="HAN", left="2024-01-15")
        ended = f"{register}?flik=avslutade"
        assert visible_text(staff.get(ended).text).count("Vecka 50, 2023") == 2
        (of_2024, of_2023) = (staff.text(f"{ended}&ar={year}") for year in (2024, 2023))
        assert ("Man 30" in of_2024, "Kvinna 30" in of_2024) == (True, False)
        assert ("Kvinna 30" in of_2023, "Vecka 3, 2024" in of_2023) == (True, False)
        assert staff.text(f"{ended}&ar=2019").count("Vecka 50, 2023") == 2

    def test_those_who_lack_an_occupation_can_be_found_and_mended(self, staff: Client, register: str) -> None:
        staff.submit(link(join(staff, register), "Starta"), **START)
        page = staff.submit(link(join(staff, register), "Starta"), **START | {"occupation_before": "-"})
        lacking = f"{register}?flik=pagar&saknas=sysselsattning"
        assert visible_text(page.text).count("Avsluta vecka 18") == 2
        assert staff.text(lacking).count("Avsluta vecka 18") == 1
        row = link(staff.get(lacking), WEEK)
        staff.submit(link(staff.get(row), "Rätta"), occupation_before="SOK")
        assert "Inga rader stämmer" in staff.text(lacking)

    def test_what_the_address_says_wrong_is_left_aside(self, staff: Client, register: str) -> None:
        join(staff, register)
        query = "?flik=allt&sex=%3Cb%3E&sortera=namn&sida=-3&ordning=x"
        page = staff.get(register + query)
        assert page.status_code == 200
        assert "<b>" not in page.text

    def test_an_empty_list_says_what_to_do(self, staff: Client, register: str) -> None:
        assert "Ingen står i kö. Välj Ställ i kö" in staff.text(register)


@pytest.mark.parametrize(
    ("role", "team", "status"),
    [
        (Role.TEAM_STAFF, "south", 404),
        (Role.TEAM_MANAGER, "south", 404),
        (Role.DIRECTOR, "north", 403),
        (Role.OFFICER, "north", 403),
        (Role.READER, "north", 403),
        (Role.SYSTEM_ADMIN, "north", 403),
    ],
)
def test_nobody_outside_the_team_reaches_a_row(
    staff: Client, sign_in: SignIn, register: str, role: Role, team: str, status: int
) -> None:
    row = link(join(staff, register), WEEK)
    other = sign_in(role, team)
    paths = [
        register,
        f"{register}?flik=avslutade",
        f"{register}/stall-i-ko",
        f"{register}/starta-direkt",
        row,
    ]
    paths += [f"{row}/{step}" for step in ("starta", "lamna-kon", "avsluta", "ratta", "makulera")]
    for path in paths:
        assert other.get(path).status_code == status, path
