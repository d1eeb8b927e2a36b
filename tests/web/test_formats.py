"""Numbers and dates as Swedish readers write them."""

import datetime as dt
from decimal import Decimal

import pytest

from followup.web import formats

HARD = "\u00a0"


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (7, "7"), (1234, f"1{HARD}234"), (-3, "−3"), (1_000_000, f"1{HARD}000{HARD}000"), (2.5, "3")],
)
def test_whole_numbers_are_grouped_by_hard_spaces(number: float, text: str) -> None:
    assert formats.integer(number) == text


@pytest.mark.parametrize(
    ("number", "digits", "text"),
    [
        (12345.6, 1, f"12{HARD}345,6"),
        (0.25, 1, "0,3"),
        (-0.04, 1, "0,0"),
        (Decimal("40.95"), 1, "41,0"),
        (-1.5, 2, "−1,50"),
    ],
)
def test_decimals_have_a_comma_and_halves_go_away_from_zero(number: float, digits: int, text: str) -> None:
    assert formats.decimal(number, digits) == text


@pytest.mark.parametrize(
    ("share", "digits", "text"),
    [
        (40 / 56, 0, f"71{HARD}%"),
        (0.405, 0, f"41{HARD}%"),
        (52 / 127, 1, f"40,9{HARD}%"),
        (1, 0, f"100{HARD}%"),
    ],
)
def test_percent_stands_after_a_hard_space(share: float, digits: int, text: str) -> None:
    assert formats.percent(share, digits) == text


def test_a_change_shows_its_sign() -> None:
    assert [formats.signed(number) for number in (7, -2, 0)] == ["+7", "−2", "0"]


def test_an_interval_has_a_dash_and_no_twins() -> None:
    assert formats.span(5, 15) == "5–15"
    assert formats.span(5, 5.2) == "5"


def test_plural_follows_the_number() -> None:
    assert formats.plural(1, "vecka", "veckor") == f"1{HARD}vecka"
    assert formats.plural(0, "deltagare", "deltagare") == f"0{HARD}deltagare"
    assert formats.plural(1200, "dag", "dagar") == f"1{HARD}200{HARD}dagar"


def test_dates_differ_between_text_and_table() -> None:
    day = dt.date(2024, 3, 2)
    assert formats.date_in_text(day) == f"2{HARD}mars 2024"
    assert formats.date_in_table(day) == "2024-03-02"


def test_time_of_day_is_local() -> None:
    moment = dt.datetime(2024, 3, 21, 23, 5, tzinfo=dt.UTC)
    assert formats.clock_time(moment) == f"kl.{HARD}0.05"
    assert formats.moment_in_text(moment) == f"22{HARD}mars 2024 kl.{HARD}0.05"


def test_words_are_listed_with_och() -> None:
    assert formats.enumeration(["Sala", "Köping", "Arboga"]) == "Sala, Köping och Arboga"
    assert formats.enumeration(["Sala"]) == "Sala"
    assert formats.enumeration([]) == ""
    assert formats.sentence_start("vecka 5") == "Vecka 5"


@pytest.mark.parametrize("value", [True, "7", None, object()])
def test_only_plain_numbers_can_be_shown(value: object) -> None:
    with pytest.raises(TypeError):
        formats.integer(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), (" 1 200 ", 1200), ("1\u00a0200", 1200), ("−3", -3), ("-3", -3), ("+4", 4)],
)
def test_a_number_is_read_however_it_is_typed(text: str, number: int) -> None:
    assert formats.parse_whole_number(text) == number


@pytest.mark.parametrize("text", ["", "tolv", "1,5", "1.5", "--3", "1234567890", "٣"])
def test_other_text_is_no_whole_number(text: str) -> None:
    with pytest.raises(formats.UnreadableNumber):
        formats.parse_whole_number(text)
