"""A date is read however it is written, and by the same code in forms and in lists."""

import datetime as dt

import pytest

from followup.web import dates


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-22",
        "20240322",
        "2024/03/22",
        "2024.3.22",
        " 2024 - 03 - 22 ",
        "2024–03–22",
        "2024-3-22",
        "2024\u00a003 22",
        "22/3 2024",
        "22/3-2024",
        "22.3.2024",
        "22 / 3 2024",
        "22 mars 2024",
        "Den 22 Mars, 2024",
        "22\u00a0mar. 2024",
        "2024-03-22T00:00:00",
    ],
)
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    assert dates.parse_date(text) == dt.date(2024, 3, 22)


@pytest.mark.parametrize(
    "text",
    ["24-03-22", "mars", "22 mars", "22 ma 2024", "", "2024-03", "45373", "200003229876", "850312-9820"],
)
def test_other_text_is_no_date(text: str) -> None:
    with pytest.raises(dates.UnreadableDate):
        dates.parse_date(text)


@pytest.mark.parametrize("text", ["2023-02-29", "3/22/2024", "31 april 2024"])
def test_a_day_that_does_not_exist_is_told_apart(text: str) -> None:
    with pytest.raises(dates.NoSuchDay):
        dates.parse_date(text)


@pytest.mark.parametrize(
    "text", ["1024-03-22", "00240322", "2924-03-22", "1900-01-01", "2199-12-31", "22 mars 1024"]
)
def test_a_year_without_weeks_and_months_is_told_apart(text: str) -> None:
    with pytest.raises(dates.NoSuchYear):
        dates.parse_date(text)
