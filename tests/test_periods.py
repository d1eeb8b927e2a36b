"""Weeks, months and report periods: year boundaries, week 53, arithmetic and what may be typed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.periods import (
    HalfYear,
    JanAug,
    Month,
    PeriodError,
    Quarter,
    RollingYear,
    Tertial,
    Week,
    WeekAndMonth,
    Year,
    parse_period,
    weeks_between,
)

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
years = st.integers(1950, 2150)


@st.composite
def periods(draw: st.DrawFn):
    year = draw(years)
    return draw(
        st.one_of(
            st.just(Year(year)),
            st.just(JanAug(year)),
            st.builds(HalfYear, st.just(year), st.integers(1, 2)),
            st.builds(Tertial, st.just(year), st.integers(1, 3)),
            st.builds(Quarter, st.just(year), st.integers(1, 4)),
            st.builds(Month, st.just(year), st.integers(1, 12)),
            st.builds(RollingYear, st.builds(Month, st.just(year), st.integers(1, 12))),
        )
    )


@given(days)
def test_a_day_lies_in_its_week_and_in_its_month(day):
    week, month = Week.of(day), Month.of(day)
    assert week.monday <= day <= week.sunday
    assert month.first_day <= day <= month.last_day
    assert week.intersects(month)
    assert week in month.weeks
    assert WeekAndMonth.of(day) == WeekAndMonth(week, month)


@given(days, st.integers(-2500, 2500))
def test_weeks_add_and_subtract_like_days(day, step):
    week = Week.of(day)
    assert week + step == Week.of(day + timedelta(weeks=step))
    assert (week + step) - week == step
    assert weeks_between(week, week + step) == step
    assert (week + step) - step == week
    assert Week.from_ordinal(week.ordinal) == week
    assert (week < week + step) == (step > 0)


@given(days)
def test_texts_of_weeks_and_months_read_back_and_sort_in_time(day):
    week, month = Week.of(day), Month.of(day)
    assert Week.parse(str(week)) == week
    assert Month.parse(str(month)) == month
    assert str(week) < str(week + 1)
    assert str(month) < str(month + 1)
    assert Month.from_ordinal(month.ordinal) == month


@given(days, st.integers(-500, 500))
def test_months_add_and_subtract(day, step):
    month = Month.of(day)
    assert (month + step) - month == step
    assert (month + step) - step == month
    assert (month < month + step) == (step > 0)


@given(periods())
def test_every_period_reads_back_and_has_a_predecessor_a_year_before(period):
    assert parse_period(period.code) == period
    assert parse_period(f" {period.code.lower()} ") == period
    assert period.months[0] == period.first
    assert period.months[-1] == period.last
    assert len(period.months) == period.last - period.first + 1
    assert period.previous.last - period.last == -12
    assert type(period.previous) is type(period)
    assert period.first in period
    assert period.last + 1 not in period
    assert Month.of(period.first_day - timedelta(days=1)) == period.first - 1
    assert Month.of(period.last_day + timedelta(days=1)) == period.last + 1


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2020, 12, 31), "2020-W53"),
        (date(2021, 1, 3), "2020-W53"),
        (date(2021, 1, 4), "2021-W01"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2026, 12, 31), "2026-W53"),
        (date(2023, 1, 1), "2022-W52"),
    ],
)
def test_the_turn_of_the_year_follows_iso_8601(day, week):
    assert str(Week.of(day)) == week


def test_week_53_is_one_week_from_both_its_neighbours():
    assert Week(2021, 1) - Week(2020, 53) == 1
    assert Week(2020, 53) - Week(2020, 52) == 1
    assert Week(2021, 1) - Week(2020, 1) == 53


def test_week_53_is_refused_in_a_year_that_has_52():
    with pytest.raises(PeriodError, match="har ingen vecka 53"):
        Week(2024, 53)


def test_a_week_may_touch_two_months_and_a_wrong_month_is_refused():
    week = Week.parse("2024-W05")
    assert week.months == (Month(2024, 1), Month(2024, 2))
    assert WeekAndMonth(week, Month(2024, 2)).month.label == "februari 2024"
    with pytest.raises(PeriodError, match="hör inte ihop"):
        WeekAndMonth(week, Month(2024, 3))


def test_weeks_and_months_are_keys_that_sort():
    counts = {Week(2024, 2): 1, Week(2024, 1): 2}
    counts[Week(2024, 2)] += 1
    assert [counts[week] for week in sorted(counts)] == [2, 2]
    assert sorted({Month(2024, 2), Month(2023, 12), Month(2024, 2)}) == [Month(2023, 12), Month(2024, 2)]
    assert Week(2024, 1) != Month(2024, 1)
    with pytest.raises(TypeError):
        assert Week(2024, 1) < Month(2024, 1)


@pytest.mark.parametrize(
    ("code", "label", "first", "last", "previous"),
    [
        ("2023", "2023", "2023-01", "2023-12", "2022"),
        ("2023-H1", "första halvåret 2023", "2023-01", "2023-06", "2022-H1"),
        ("2023-T3", "tredje tertialet 2023", "2023-09", "2023-12", "2022-T3"),
        ("2023-Q4", "fjärde kvartalet 2023", "2023-10", "2023-12", "2022-Q4"),
        ("2023-JanAug", "januari–augusti 2023", "2023-01", "2023-08", "2022-JanAug"),
        ("2023-05", "maj 2023", "2023-05", "2023-05", "2022-05"),
        ("2023-05-R12", "tolv månader till och med maj 2023", "2022-06", "2023-05", "2022-05-R12"),
    ],
)
def test_report_periods_are_named_in_swedish(code, label, first, last, previous):
    period = parse_period(code)
    assert (str(period), period.label) == (code, label)
    assert (str(period.first), str(period.last), period.previous.code) == (first, last, previous)


def test_weeks_are_named_in_swedish_and_may_be_typed_with_v():
    assert Week(2024, 5).label == "vecka 5, 2024"
    assert Week.parse("2024v5") == Week.parse("2024–W05") == Week(2024, 5)


@pytest.mark.parametrize(
    "text",
    ["", "2023-", "2023-H3", "2023-T4", "2023-Q0", "2023-13", "23", "2023-1", "JanAug", "2023-JanAug-1",
     "19850312-9820", "２０２３", "1066", "9999", "0000", "2023-00", "2023-05-R13", "2023-H1\n2023-H2"],
)  # fmt: skip
def test_what_is_no_period_is_refused_without_repeating_what_was_typed(text):
    with pytest.raises(PeriodError) as refusal:
        parse_period(text)
    assert "19850312" not in str(refusal.value)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    "text", ["", "2024", "2024-05", "2024-W00", "2024-W54", "2024-W053", "2024-W53", "W05"]
)
def test_what_is_no_week_is_refused(text):
    with pytest.raises(PeriodError):
        Week.parse(text)


@pytest.mark.parametrize("text", ["", "2024", "2024-W05", "2024-13", "2024-00", "2024-5", "5-2024"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(PeriodError):
        Month.parse(text)


def test_arithmetic_beyond_the_calendar_is_refused():
    with pytest.raises(PeriodError):
        Week(2199, 52) + 60
    with pytest.raises(PeriodError):
        Month(1900, 1) - 1
