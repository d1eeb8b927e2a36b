"""Planned posts and yearly stops, laid out week by week."""

import pytest

from followup.periods import Month, Week
from followup.queues.capacity_plan import calendar, in_force, places
from followup.queues.caseload_words import every_nth_day
from followup.queues.models import QueueSetting


def setting(valid_from: Month, colleagues: int, stop: tuple[int, int] | None = None) -> QueueSetting:
    return QueueSetting(
        valid_from=valid_from,
        colleagues=colleagues,
        places_per_colleague=20,
        stop_from=stop and stop[0],
        stop_to=stop and stop[1],
    )


def test_places_are_posts_times_places_per_full_time():
    assert places(setting(Month(2024, 1), 250)) == 50


def test_the_latest_setting_that_has_begun_is_in_force():
    early, late = setting(Month(2024, 1), 100), setting(Month(2024, 6), 200)
    assert in_force([late, early], Month(2024, 5)) is early
    assert in_force([late, early], Month(2024, 6)) is late
    assert in_force([late, early], Month(2023, 12)) is None


def test_nothing_said_and_nothing_planned_is_no_calendar():
    assert calendar([], Week(2024, 24), 10) == ()
    assert calendar([setting(Month(2024, 1), 200)], Week(2024, 24), 10) == ()
    assert calendar([setting(Month(2024, 1), 0)], Week(2024, 24), 10) == ()


def test_planned_posts_count_against_those_of_today():
    said = [setting(Month(2024, 1), 200), setting(Month(2024, 7), 100), setting(Month(2024, 8), 300)]
    # Weeks 25 and 26 lie in June, 27 to 30 in July; week 31 has its Thursday in August.
    assert calendar(said, Week(2024, 24), 7) == (1, 1, 0.5, 0.5, 0.5, 0.5, 1.5)


def test_a_yearly_stop_moves_its_starts_to_other_weeks():
    found = calendar([setting(Month(2024, 1), 200, (27, 30))], Week(2024, 24), 52)
    assert found[:3] == pytest.approx((52 / 48, 52 / 48, 0))
    assert sum(found) == pytest.approx(52)


def test_a_stop_of_the_whole_year_starts_nobody():
    assert set(calendar([setting(Month(2024, 1), 200, (1, 53))], Week(2024, 24), 5)) == {0.0}


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "varje dag"), (1, "varje dag"), (2, "var 2:a dag"), (9, "var 9:e dag"), (11, "var 11:e dag"),
     (12, "var 12:e dag"), (21, "var 21:a dag"), (112, "var 112:e dag")],
)  # fmt: skip
def test_days_are_counted_in_swedish(days, words):
    assert every_nth_day(days) == words
