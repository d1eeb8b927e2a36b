"""The pages about violence screening, as a member of the team uses them."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.db import Database
from tests.conftest import SignIn
from tests.infrastructure.client import Client, visible_text
from tests.infrastructure.furnish import Furnished
from tests.participation.acts import Acts


@pytest.fixture
def staff(sign_in: SignIn) -> Client:
    return sign_in(Role.TEAM_STAFF)


@pytest.fixture
def page(association: Furnished) -> str:
    return f"/team/{association.north}/vald"


def test_conversation_is_counted_and_the_page_says_where_to_refer(staff: Client, page: str) -> None:
    assert "Inga samtal är räknade i juni 2024" in staff.text(page)
    saved = staff.submit(
        f"{page}/samtal", round="START", sex="F", answer="yes", yes_topics=["V1", "V4"], support="referred"
    )
    text = visible_text(saved.text)
    assert "Samtalet är räknat" in text
    assert "Hit kan du hänvisa" in text
    assert "Tillfrågade vid start, av 0 som startade i månaden 1" in text
    assert "Ja: psykiskt våld 1 av 1" in text
    assert "Ja: fysiskt våld 0 av 1" in text


def test_same_page_sent_twice_counts_once(staff: Client, page: str) -> None:
    form = staff.get(f"{page}/samtal")
    answers: dict[str, Any] = {"round": "START", "sex": "M", "answer": "declined"}
    staff.submit(f"{page}/samtal", page=form, **answers)
    again = staff.submit(f"{page}/samtal", page=form, **answers)
    assert "inget sparades två gånger" in visible_text(again.text)
    assert "Tillfrågade 1 " in visible_text(again.text)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"answer": "no", "yes_topics": ["V1"]}, "Ja på: ta bort kryssen"),
        ({"answer": "yes", "yes_topics": ["V1"], "unanswered": ["V1"]}, "samma ämne kan inte också vara ja"),
        ({"answer": "declined", "ongoing": ["yes"]}, "Pågår våldet: ta bort krysset"),
        ({"answer": "declined", "support": "referred"}, "Stöd: välj Inte aktuellt"),
        ({"answer": None}, "Välj vad svaret blev."),
    ],
)
def test_answers_that_contradict_each_other_are_refused(
    staff: Client, page: str, answers: dict[str, Any], told: str
) -> None:
    response = staff.submit(f"{page}/samtal", round="START", sex="F", **answers)
    assert response.status_code == 422
    assert told in visible_text(response.text)
    assert "Inga samtal är räknade" in staff.text(page)


def test_month_sums_are_typed_and_corrected(staff: Client, page: str) -> None:
    where = "manad=2024-05&omgang=DURING&kon=F"
    sums = {"asked": "9", "declined": "2", "answered": "7", "yes_any": "5", "yes_V1": "5"}
    wrong = staff.submit(f"{page}/antal?{where}", **{**sums, "answered": "8"})
    assert wrong.status_code == 422
    assert "Avstod och svarade ska tillsammans bli lika många" in visible_text(wrong.text)
    saved = visible_text(staff.submit(f"{page}/antal?{where}", **sums).text)
    assert "Antalen är sparade" in saved
    assert "Tillfrågade 9" in saved
    corrected = visible_text(staff.submit(f"{page}/ratta?{where}", asked="−1", declined="-1").text)
    assert "Antalen är rättade" in corrected
    assert "Tillfrågade 8" in corrected


FAULTY = {"asked": "9", "declined": "2", "answered": "8", "yes_any": "5", "yes_V1": "6", "ongoing": "7"}


def test_each_sum_that_cannot_be_true_is_told_at_its_own_field(staff: Client, page: str) -> None:
    refused = staff.submit(f"{page}/antal?manad=2024-05&omgang=DURING&kon=F", **FAULTY)
    assert refused.status_code == 422
    assert re.findall(r'<a href="#(\w+)">([^<]+)</a></li>', refused.text) == [
        ("asked", "Avstod och svarade ska tillsammans bli lika många som tillfrågade."),
        ("yes_V1", "Ja: psykiskt våld kan inte vara fler än ja på minst en fråga."),
        ("ongoing", "Pågående våld kan inte vara fler än ja på minst en fråga."),
    ]
    marked = re.findall(r'<input[^>]* name="(\w+)"[^>]* aria-invalid="true"', refused.text)
    assert marked == ["asked", "yes_V1", "ongoing"]


def test_a_correction_that_leaves_less_than_nothing_says_where(staff: Client, page: str) -> None:
    where = f"{page}/ratta?manad=2024-05&omgang=DURING&kon=F"
    refused = staff.submit(where, asked="-1", answered="-1")
    told = re.findall(r'<a href="#(\w+)">([^<]+)</a></li>', refused.text)
    assert told == [
        ("asked", "Tillfrågade: antalet kan inte bli mindre än noll."),
        ("answered", "Svarade: antalet kan inte bli mindre än noll."),
    ]


@pytest.fixture
def started(database: Database, association: Furnished, scope_of: Callable[..., Scope]) -> None:
    """Two women start in May, and others in another month or of another sex."""
    with database.session(write=True) as session:
        acts = Acts(session, scope_of(Role.TEAM_STAFF), association.north)
        for day, sex in (("05-06", "F"), ("05-20", "F"), ("05-20", "M"), ("05-20", "M"), ("04-15", "F")):
            acts.start_directly(f"2024-{day}", sex=sex)


def all_declined(number: int) -> dict[str, str]:
    return {"asked": str(number), "declined": str(number), "answered": "0", "yes_any": "0"}


AT_START = "manad=2024-05&omgang=START&kon=F"
DOUBT = "Tillfrågade vid start: {}. Startade i maj 2024 enligt registret: 2. Stämmer det?"


@pytest.mark.usefixtures("started")
def test_more_asked_at_the_start_than_started_are_saved_when_somebody_says_so(
    staff: Client, page: str
) -> None:
    three = staff.submit(f"{page}/antal?{AT_START}", **all_declined(3))
    assert three.status_code == 200
    assert DOUBT.format(3) in visible_text(three.text)
    assert "Inga samtal är räknade" in staff.text(f"{page}?manad=2024-05")
    # Another number is another question.
    four = staff.submit(f"{page}/antal?{AT_START}", page=three, **all_declined(4))
    assert DOUBT.format(4) in visible_text(four.text)
    saved = visible_text(staff.submit(f"{page}/antal?{AT_START}", page=four, button="Spara ändå").text)
    assert "Antalen är sparade" in saved
    assert "Tillfrågade vid start, av 4 som startade i månaden 4" in saved


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize(("where", "number"), [(AT_START, 2), (AT_START.replace("START", "DURING"), 9)])
def test_no_question_is_asked_where_there_is_no_doubt(
    staff: Client, page: str, where: str, number: int
) -> None:
    saved = staff.submit(f"{page}/antal?{where}", **all_declined(number))
    assert "Antalen är sparade" in visible_text(saved.text)


@pytest.mark.usefixtures("started")
def test_what_cannot_be_true_is_told_before_what_is_doubted(staff: Client, page: str) -> None:
    refused = staff.submit(f"{page}/antal?{AT_START}", **{**all_declined(3), "declined": "2"})
    assert refused.status_code == 422
    assert "Stämmer det?" not in refused.text


def test_old_page_with_sums_is_told_that_somebody_else_was_there(staff: Client, page: str) -> None:
    where = f"{page}/antal?manad=2024-05&omgang=DURING&kon=F"
    old = staff.get(where)
    sums = {"asked": "1", "declined": "1", "answered": "0", "yes_any": "0"}
    staff.submit(where, **sums)
    late = staff.submit(where, page=old, **{**sums, "asked": "2", "declined": "2"}, once="another-page")
    assert late.status_code == 422
    assert "Någon annan har ändrat månadens antal" in visible_text(late.text)


def test_counters_are_chosen_before_they_are_typed(staff: Client, page: str) -> None:
    assert "Välj vilka samtal antalen gäller" in staff.text(f"{page}/antal?manad=2024-05")
    opened = staff.get(f"{page}/antal?manad=2024-05").text
    assert "Välj kön." not in visible_text(opened)
    assert '<input id="vidare" name="vidare" type="hidden" value="1">' in opened
    neither = visible_text(staff.get(f"{page}/antal?manad=2024-05&vidare=1").text)
    assert "Välj när samtalen var." in neither
    assert "Välj kön." in neither
    half = visible_text(staff.get(f"{page}/antal?manad=2024-05&omgang=START&vidare=1").text)
    assert "Välj kön." in half
    assert "Välj när samtalen var." not in half
    assert staff.get(f"{page}/antal?manad=2024-05&omgang=NEVER&kon=F").status_code == 404


def test_complete_month_shows_its_numbers_and_takes_no_more(
    sign_in: SignIn, association: Furnished, page: str
) -> None:
    manager = sign_in(Role.TEAM_MANAGER)
    manager.submit(f"/team/{association.north}/manader/2024-05/klarmarkera")
    assert "Månaden är klarmarkerad" in manager.text(f"{page}?manad=2024-05")
    refused = manager.submit(f"{page}/samtal?manad=2024-05", round="START", sex="F", answer="declined")
    assert refused.status_code == 422
    assert "klarmarkerad" in visible_text(refused.text)


@pytest.mark.parametrize("month", ["2019-01", "2030-01", "nonsense", "850312-9820"])
def test_strange_month_in_the_address_leads_to_one_that_exists(staff: Client, page: str, month: str) -> None:
    text = staff.text(f"{page}?manad={month}")
    assert "Våld: " in text
    assert "9820" not in text


def test_nobody_else_finds_the_page(sign_in: SignIn, page: str) -> None:
    assert sign_in(Role.TEAM_STAFF, "south").get(page).status_code == 404
    assert sign_in(Role.DIRECTOR).get(page).status_code == 403
