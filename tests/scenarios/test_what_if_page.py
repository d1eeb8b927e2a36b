"""The page that answers what would change the queue."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from followup.access.roles import Role
from followup.organisation.models import Team
from followup.periods import Month
from followup.queues.what_if import forecast
from tests.infrastructure.client import visible_text
from tests.infrastructure.tables import rows_by_label
from tests.queues import q2
from tests.queues.rows import put

AHEAD = "Två år framåt"


@pytest.fixture
def ask(database, association, clock, sign_in):
    """`ask(colleagues=100)`: the answer to a question about the worked example, on its last day."""
    with database.session(write=True) as session:
        session.execute(update(Team).where(Team.id == association.north).values(opened=Month(2024, 1)))
    put(database, association, "north", q2.ROWS)
    clock.move_to(datetime(2024, 10, 31, 8, 0, tzinfo=UTC))
    client = sign_in(Role.TEAM_MANAGER)

    def get(**question):
        response = client.get(f"/team/{association.north}/ko/vad-hander-om", query_string=question)
        assert response.status_code == 200
        return response.text

    return get


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def test_without_a_change_the_present_course_is_told_with_its_chance(ask):
    html = ask()
    rows = rows_by_label(html, AHEAD)
    assert numbers(rows["I kö om ett halvår, troligen"][0]) == pytest.approx([14, 7, 22], abs=2)
    assert numbers(rows["I kö om ett år, troligen"][0]) == pytest.approx([19, 6, 33], abs=3)
    text = visible_text(html)
    assert "Det senaste året har 24 ställts i kö och 15 startat: kön kan växa" in text
    assert "behövs ungefär 43 starter på ett år, 25 fler än i dag. Det är 25 platser till." in text


def test_the_drawing_ends_with_the_forecast(ask):
    """104 weeks fill the width; an axis that goes on would promise more than was counted."""
    (picture,) = re.findall(r"<svg.*?</svg>", ask(), re.DOTALL)
    (line,) = re.findall(r'<g class="mark-line role-mark[^>]*><path[^>]* d="([^"]+)"', picture)
    assert max(float(x) for x in re.findall(r"[ML]([\d.]+),", line)) == pytest.approx(640)


def test_a_change_stands_beside_the_present_course(ask):
    html = ask(colleagues="100", places="26", stay="52")
    rows = rows_by_label(html, AHEAD)
    now, changed = rows["I kö om ett år, troligen"]
    assert numbers(changed) == pytest.approx([1, 0, 9], abs=2)
    assert numbers(now)[0] > numbers(changed)[0]
    chance_now, chance = (numbers(cell)[0] for cell in rows["Chans att målet hålls om ett år"])
    assert chance > chance_now + 30
    assert "Ändringen ger +26 starter på ett år" in visible_text(html)
    assert "Kostnaden kan räknas när teamets heltider och budget är ifyllda." in visible_text(html)
    assert "Kostnaden" not in visible_text(ask(stay_change="-10"))
    assert 'value="26"' in html


def test_the_same_question_gets_the_same_answer_also_when_nothing_is_remembered(ask):
    question = {"stay_change": "-10", "referrals": "20", "target": "16"}
    first = rows_by_label(ask(**question), AHEAD)
    forecast.cache_clear()
    assert rows_by_label(ask(**question), AHEAD) == first


def test_a_vacancy_and_a_stop_make_the_queue_longer(ask):
    html = ask(vacancy="50", vacancy_from="2024-11", vacancy_to="2025-10", stop_from="28", stop_to="31")
    now, changed = rows_by_label(html, AHEAD)["I kö om ett år, troligen"]
    assert numbers(changed)[0] > numbers(now)[0]


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"colleagues": "100"}, "Fyll i hur många platser en heltid har"),
        ({"colleagues": "1,5"}, "Medarbetare, procent av heltid: skriv ett heltal med siffror"),
        ({"referrals": "-150"}, "Nya i kön, procent: skriv ett tal från −100 till 300."),
        ({"vacancy": "50"}, "Välj från och till vilken månad vakansen gäller."),
        ({"vacancy": "50", "vacancy_from": "2025-05", "vacancy_to": "2025-01"}, "Vakansen slutar innan"),
        ({"vacancy": "50", "vacancy_from": "1999-05", "vacancy_to": "2025-01"}, "välj något av alternativen"),
        ({"stop_from": "28"}, "Fyll i till vilken vecka uppehållet varar."),
        ({"stop_from": "31", "stop_to": "28"}, "Uppehållet slutar innan det börjar"),
        ({"stay": "45", "stay_change": "-45"}, "Vistelsetiden i dag är 45 veckor. Korta den med färre."),
        ({"target": "0"}, "Mål för kötiden, veckor: skriv ett tal från 1 till 200."),
        ({"stay": "19850312-9820"}, "Texten ser ut att innehålla ett personnummer."),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_is_explained_and_kept(ask, question, message):
    html = ask(**question)
    assert message in visible_text(html)
    assert AHEAD not in html
    assert "9820" not in html


def test_a_team_with_too_little_to_count_on_is_told_so(sign_in, association):
    text = sign_in(Role.TEAM_STAFF, "south").text(f"/team/{association.south}/ko/vad-hander-om")
    assert "Det är för få som har ställts i kö och startat" in text


def test_the_queue_page_tells_where_the_queue_is_heading(ask, sign_in, association):
    ask()
    text = sign_in(Role.TEAM_STAFF).text(f"/team/{association.north}/ko")
    found = re.search(r"Med dagens takt är kön troligen (\d+)–(\d+) om ett år\.", text)
    assert [int(number) for number in found.groups()] == pytest.approx([6, 33], abs=4)


def test_another_teams_page_is_not_there(sign_in, association):
    assert sign_in(Role.TEAM_MANAGER).get(f"/team/{association.south}/ko/vad-hander-om").status_code == 404
