"""A team's queue page: the worked example through the page itself, and sense with little to count."""

from datetime import UTC, date, datetime, timedelta

import pytest

from followup.access.roles import Role
from tests.infrastructure.client import visible_text
from tests.infrastructure.tables import rows_by_label, tables_of
from tests.queues import q2
from tests.queues.rows import put

WAITS = "Väntetid i veckor för dem som startade och dem som väntar nu"
BANDS = "Väntetid i grupper"
MONTHS = "Kön månad för månad"
CURVE = "Andel som fortfarande väntar"
TODAY = date(2024, 6, 12)


@pytest.fixture
def rows(database, association):
    return lambda rows, team="north", **more: put(database, association, team, rows, **more)


@pytest.fixture
def html(sign_in, association):
    def read(role=Role.TEAM_MANAGER, team="north"):
        response = sign_in(role, team).get(f"/team/{association.team(team)}/ko")
        assert response.status_code == 200
        return response.text

    return read


def weeks_ago(weeks: int) -> date:
    return TODAY - timedelta(weeks=weeks)


@pytest.mark.both_databases
def test_the_worked_example_gives_its_figures_on_the_page(rows, html, clock):
    rows(q2.ROWS)
    clock.move_to(datetime(2024, 10, 31, 8, 0, tzinfo=UTC))
    page = html()
    text = visible_text(page)
    assert "I Team Norra väntar 9. Hälften får börja inom 9 veckor (osäkert: 5–15)." in text
    assert rows_by_label(page, WAITS) == {
        "Antal deltagare": ["15", "9"],
        "Median": ["7", "8"],
        "Nio av tio högst": ["15", "för få"],
        "Längst": ["16", "20"],
    }
    assert rows_by_label(page, BANDS) == {
        "0–4 veckor": ["4", "3"],
        "5–8 veckor": ["6", "2"],
        "9–13 veckor": ["2", "2"],
        "14–26 veckor": ["3", "2"],
        "Mer än 26 veckor": ["0", "0"],
    }
    assert rows_by_label(page, MONTHS)["oktober 2024, hittills"] == ["2", "0", "0", "9"]
    assert rows_by_label(page, MONTHS)["juni 2024"] == ["2", "2", "0", "6"]
    assert "4 av 9 har väntat mer än 8 veckor" in text
    assert "Kön har vuxit från 0 till 9 sedan början av november 2022" in text


def test_the_curve_of_the_example_is_in_a_table_too(rows, html, clock):
    rows(q2.ROWS)
    clock.move_to(datetime(2024, 10, 31, 8, 0, tzinfo=UTC))
    page = html()
    assert page.count('role="img"') == 3
    assert rows_by_label(page, CURVE)["9"][0] == "40 %"


def test_the_months_add_up_and_every_month_is_there(rows, html):
    rows(
        [
            (weeks_ago(200), weeks_ago(60), None),
            (weeks_ago(90), None, weeks_ago(30)),
            (weeks_ago(8), None, None),
        ]
    )
    months = tables_of(html())[MONTHS][1:]
    assert len(months) == 24
    assert (months[0][0], months[-1][0]) == ("juli 2022", "juni 2024, hittills")
    length = 1
    for _, joined, started, left, waiting in months:
        length += int(joined) - int(started) - int(left)
        assert int(waiting) == length
    assert length == 1


def test_a_team_without_a_queue_is_told_what_to_do(html):
    text = visible_text(html())
    assert "I Team Norra väntar ingen." in text
    assert "Ingen har stått i kö sedan juli 2022." in text


@pytest.mark.parametrize(
    ("started", "expected"),
    [
        (0, "Ingen av dem som har ställts i kö har startat än"),
        (1, "Bara 1 av dem som har ställts i kö har startat."),
        (4, "Bara 4 av dem som har ställts i kö har startat."),
        (9, "Bara 9 av dem som har ställts i kö har startat."),
    ],
)
def test_few_starts_give_no_expected_wait(started, expected, rows, html):
    rows([(weeks_ago(30 + place), weeks_ago(20), None) for place in range(started)])
    rows([(weeks_ago(5), None, None)])
    page = html()
    assert expected in visible_text(page)
    assert CURVE not in tables_of(page)
    assert rows_by_label(page, WAITS)["Nio av tio högst"][0] in ("för få", "ingen data")


def test_fewer_than_five_starts_are_called_too_few_for_conclusions(rows, html):
    rows(
        [(weeks_ago(12), weeks_ago(9), None), (weeks_ago(12), weeks_ago(5), None), (weeks_ago(1), None, None)]
    )
    page = html()
    text = visible_text(page)
    assert "Bara 2 har startat och bara 1 väntar nu. Det är för få för slutsatser." in text
    assert "i median" not in text
    assert rows_by_label(page, WAITS)["Median"] == ["5", "1"]


def test_a_team_that_started_nobody_for_a_year_says_so(rows, html):
    rows([(weeks_ago(55 + place), None, None) for place in range(9)])
    text = visible_text(html())
    assert "I Team Norra väntar 9." in text
    assert "De som väntar nu har väntat 59 veckor hittills" in text
    assert "Ingen har startat, så det finns inga avslutade väntetider" in text
    assert "9 av 9 har väntat mer än 8 veckor" in text


@pytest.mark.parametrize(("have_waited", "is_said"), [(10, True), (1, False)])
def test_an_estimate_from_before_the_queue_grew_says_that_those_who_wait_have_waited_longer(
    rows, html, have_waited, is_said
):
    rows([(weeks_ago(60 + place), weeks_ago(58 + place), None) for place in range(30)])
    rows([(weeks_ago(have_waited), None, None) for _ in range(8)])
    text = visible_text(html())
    assert "Hälften får börja inom 2 veckor" in text
    assert ("De som väntar nu har redan väntat 10 veckor i median." in text) is is_said
    assert ("Den som ställs i kö i dag får räkna med längre tid." in text) is is_said


def test_when_fewer_than_half_have_started_no_median_is_claimed(rows, html):
    rows([(weeks_ago(40), weeks_ago(30), None) for _ in range(10)])
    rows([(weeks_ago(3 + place), None, None) for place in range(30)])
    assert "Hälften får börja" not in visible_text(html())


def test_half_weeks_are_written_in_swedish(rows, html):
    rows([(weeks_ago(12), weeks_ago(wait), None) for wait in (9, 9, 8, 7, 7, 6)])
    assert "De som startade väntade 4,5 veckor i median" in visible_text(html())


def test_who_left_shortens_the_queue_but_is_no_completed_wait(rows, html):
    rows([(weeks_ago(20), None, weeks_ago(2)), (weeks_ago(4), None, None)])
    page = html()
    assert rows_by_label(page, WAITS)["Antal deltagare"] == ["0", "1"]
    assert "lämnade kön utan start 1" in visible_text(page)


def test_voided_rows_and_direct_starts_are_not_counted(rows, html, database, association):
    rows([(weeks_ago(4), None, None)])
    rows([(weeks_ago(4), None, None)], void_reason="FEL")
    assert "I Team Norra väntar 1." in visible_text(html())


def test_another_teams_rows_are_not_counted_and_its_page_is_not_there(rows, html, sign_in, association):
    rows([(weeks_ago(4), None, None)] * 3, team="south")
    assert "I Team Norra väntar ingen." in visible_text(html())
    assert sign_in(Role.TEAM_MANAGER).get(f"/team/{association.south}/ko").status_code == 404


def test_week_53_counts_as_one_week(rows, html, clock):
    rows([(date(2020, 12, 21), None, None)])
    clock.move_to(datetime(2021, 1, 11, 12, 0, tzinfo=UTC))
    assert rows_by_label(html(), WAITS)["Längst"] == ["ingen data", "3"]


def test_a_team_that_opened_lately_is_not_shown_months_before(rows, html, database, association):
    from sqlalchemy import text

    with database.session(write=True) as session:
        session.execute(text("UPDATE team SET opened = '2024-03' WHERE id = :id"), {"id": association.north})
    rows([(weeks_ago(4), None, None)])
    assert tables_of(html())[MONTHS][1][0] == "mars 2024"


def test_an_advisory_team_has_no_queue(sign_in, association, database):
    from sqlalchemy import text

    with database.session(write=True) as session:
        session.execute(text("UPDATE team SET kind = 'advisory' WHERE id = :id"), {"id": association.north})
    text_ = sign_in(Role.TEAM_STAFF).text(f"/team/{association.north}/ko")
    assert "Det räknar möten och har ingen kö." in text_


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.OFFICER, Role.READER, Role.SYSTEM_ADMIN])
def test_roles_outside_the_team_cannot_open_its_queue(role, sign_in, association):
    assert sign_in(role).get(f"/team/{association.north}/ko").status_code in (403, 404)


@pytest.mark.parametrize("waiting", [1, 4, 9, 12])
def test_a_queue_of_only_waiting_people_is_told_without_a_number_for_what_nobody_knows(waiting, rows, html):
    rows([(weeks_ago(2 + place), None, None) for place in range(waiting)])
    page = html()
    text = visible_text(page)
    assert f"I Team Norra väntar {waiting}. Ingen av dem som har ställts i kö har startat än" in text
    assert "Ingen har startat det senaste året, så med dagens takt tar kön inte slut." in text
    assert ("Med dagens takt är kön troligen" in text) == (waiting >= 10)
    assert rows_by_label(page, WAITS)["Median"][0] == "ingen data"
    assert CURVE not in tables_of(page)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2024, 3, 30, 23, 30, tzinfo=UTC),  # half past twelve on the night when clocks go forward
        datetime(2024, 3, 31, 21, 59, tzinfo=UTC),  # one minute to midnight on that day, in summer time
        datetime(2024, 10, 26, 22, 30, tzinfo=UTC),  # half past twelve on the night when they go back
        datetime(2024, 10, 27, 22, 59, tzinfo=UTC),  # one minute to midnight on the day of 25 hours
    ],
)
def test_a_change_of_the_clocks_makes_no_day_longer_and_no_wait(moment, rows, html, clock):
    """Both Sundays end their week: whoever was accepted that week has waited none."""
    rows([(date(2024, 3, 25), None, None), (date(2024, 3, 18), date(2024, 3, 25), None)])
    clock.move_to(moment)
    page = html()
    weeks = 0 if moment.month == 3 else 30
    assert rows_by_label(page, WAITS)["Längst"] == ["1", str(weeks)]
    assert "I Team Norra väntar 1." in visible_text(page)


def test_the_time_to_clear_the_queue_is_told_with_its_uncertainty(rows, html, clock):
    rows(q2.ROWS)
    clock.move_to(datetime(2024, 10, 31, 8, 0, tzinfo=UTC))
    # 15 starts in the 52 weeks that ended that Thursday; nine wait.
    assert (
        "Om ingen mer ställs i kö tar det med dagens takt ungefär 31 veckor att ta in dem som väntar "
        "(osäkert: 19–55)." in visible_text(html())
    )
