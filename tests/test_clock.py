"""The clock is aware, and "today" is the day in Sweden."""

from datetime import UTC, date, datetime

import time_machine

from followup import clock


def test_now_is_an_aware_instant_in_utc():
    with time_machine.travel(datetime(2024, 6, 12, 8, 30, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2024, 6, 12, 8, 30, tzinfo=UTC)
        assert clock.now().tzinfo is UTC


def test_late_evening_in_utc_is_already_tomorrow_in_sweden():
    with time_machine.travel(datetime(2024, 6, 12, 22, 0, tzinfo=UTC), tick=False):
        assert clock.today() == date(2024, 6, 13)


def test_summer_time_ends_between_one_evening_and_the_next():
    with time_machine.travel(datetime(2024, 10, 26, 22, 30, tzinfo=UTC), tick=False):
        assert clock.today() == date(2024, 10, 27)
    with time_machine.travel(datetime(2024, 10, 27, 22, 30, tzinfo=UTC), tick=False):
        assert clock.today() == date(2024, 10, 27)
