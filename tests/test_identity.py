"""What looks like a person is refused; ordinary numbers, dates and amounts are not.

Every personnummer here has a serial number in 980–999, the series that Skatteverket keeps for tests;
the telephone numbers come from the series that PTS keeps for fiction.
"""

from datetime import date, timedelta
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.identity import MESSAGES, find_identity

TEST_NUMBER = "19850312-9820"


def check_digit(nine: str) -> str:
    products = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(nine)]
    return str(-sum(sum(map(int, str(product))) for product in products) % 10)


@st.composite
def numbers(draw: st.DrawFn) -> tuple[str, str]:
    """(date part with century, last four) of a number in the test series; every other a samordningsnummer."""
    born = draw(st.dates(date(1920, 1, 1), date(2024, 6, 12)))
    day = born.day + draw(st.sampled_from([0, 60]))
    stem = f"{born:%Y%m}{day:02}"
    serial = str(draw(st.integers(980, 999)))
    return stem, serial + check_digit(stem[2:] + serial)


SEPARATORS = ["", "-", "+", " ", " - ", "–", "—", "−", "‑", "\u00a0", "\u2009", "\u200b", "-\u200b", "\u00ad"]


@given(numbers(), st.booleans(), st.sampled_from(SEPARATORS))
def test_a_personnummer_is_found_with_or_without_century_and_whatever_separates_it(
    number, century, separator
):
    stem, last_four = number
    assert find_identity((stem if century else stem[2:]) + separator + last_four) == "personnummer"


@given(
    numbers(),
    st.sampled_from(["Kvinna, ", "id", "1. ", "(", "se ", "5 st: ", "Öst"]),
    st.sampled_from(["", ".", "x", ") mån", ".0"]),
)
def test_a_personnummer_is_found_inside_a_longer_text(number, before, after):
    stem, last_four = number
    assert find_identity(f"{before}{stem}{last_four}{after}") == "personnummer"
    assert find_identity(f"{before}{stem[2:]}-{last_four}{after}") == "personnummer"


@pytest.mark.parametrize(
    "text",
    [
        "1985-03-12-9820",
        "1985-03-12 9820",
        "19850312\n9820",
        "850312\t-9820",
        "85 03 12 98 20",
        "1985.03.12-9820",
        "8 5 0 3 1 2 9 8 2 0",
        "１９８５０３１２－９８２０",
        "١٩٨٥٠٣١٢-٩٨٢٠",
        "850372-" + "981" + check_digit("850372981"),
        "19\u200d850312\ufeff-9820",
        "\u202a850312-9820\u202c",
    ],
)
def test_other_ways_of_writing_a_personnummer_are_found(text):
    assert find_identity(text) == "personnummer"


def test_a_personnummer_that_a_spreadsheet_took_for_an_amount_is_found():
    shortened = "50312" + "980" + check_digit("050312980")
    assert find_identity(shortened) == "personnummer"


@given(numbers(), st.integers(1, 9), st.booleans())
def test_a_slip_of_the_last_digit_is_found_only_where_it_is_written_as_a_personnummer(
    number, change, century
):
    stem, last_four = number
    wrong = last_four[:3] + str((int(last_four[3]) + change) % 10)
    assert find_identity(f"{stem} {wrong}") is None
    assert find_identity(f"{stem if century else stem[2:]}-{wrong}") == "personnummer"


@pytest.mark.parametrize(
    "text", ["222000-1234", "991301-1234", "2024-0312-1234", "20240312-20240401", "850312-12345"]
)
def test_numbers_of_other_things_with_a_hyphen_are_let_through(text):
    assert find_identity(text) is None


@given(numbers(), st.text("0123456789", min_size=1, max_size=4))
def test_a_longer_number_is_no_personnummer(number, more):
    stem, last_four = number
    assert find_identity(stem + last_four + "7" + more) is None


@pytest.mark.parametrize(
    "text",
    [
        "anna.andersson@exempel.se",
        "Fråga anna_a+1@sub.exempel-x.se i dag",
        "åsa@exempel.se",
        "anna ＠ exempel.se",
        "anna\u200b@exempel.se",
        "anna (at) exempel.se",
        "anna[snabel-a]exempel.se",
    ],
)
def test_an_email_address_is_found(text):
    assert find_identity(text) == "epost"


@pytest.mark.parametrize(
    "text",
    [
        "ring 021-12 34 56",
        "070-174 06 05",
        "0701740605",
        "070 174 06 05",
        "0701-740605",
        "070-174-06-05",
        "+46 70 174 06 05",
        "+46(0)70-1740605",
        "0046701740605",
        "46701740605",
        "+46 701 740 605",
        "08-465 004 12",
        "08 465 004 12",
        "08-465-04-12",
        "(031) 390 06 05",
        "0980-319 20",
        "0771-793 336",
        "031–390\u00a006\u00a005",
        "nr0313900605.",
        "021-12 34 56 2024",
    ],
)
def test_a_swedish_phone_number_is_found(text):
    assert find_identity(text) == "telefon"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-05-01",
        "20240501",
        "2024-05-01–2024-06-30",
        "2024-01-01 - 2024-12-31",
        "240501-240630",
        "20240501-20240630",
        "01-05-2024",
        "08-12-2024",
        "08 12 2024",
        "5/1 2024",
        "Vecka 12, 2024",
        "2024-W05 till 2024-W53",
        "45432",
        "45432,0",
        "5 502 000 kr",
        "5 021 123 456 kr",
        "−1 200,50",
        "+46 123 456 kr",
        "0125 0126",
        "1980 1981 1982",
        "08.30–16.30",
        "kl. 0830-1630",
        "0930-1630",
        "52 av 127 (41 %)",
        "30-39",
        "212000-2098",
        "556012-5790",
        "1234567890123456",
        "KS 2024/15, dnr 2024-0123",
        "Samordningsteam Sala",
        "Följ @forbundet på webben",
        "3 @ 5 kr",
        "Norberg/Skinnskatteberg 2023",
        "10 000–25 000",
    ],
)
def test_ordinary_texts_and_numbers_pass(text):
    assert find_identity(text) is None


@given(
    st.dates(date(1990, 1, 1), date(2040, 12, 31)),
    st.integers(0, 500),
    st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%Y.%m.%d"]),
)
def test_dates_and_spans_of_dates_pass(day, length, shape):
    end = day + timedelta(days=length)
    assert find_identity(day.strftime(shape)) is None
    assert find_identity(f"{day:{shape}}–{end:{shape}}") is None


@given(st.integers(-99_999_999, 99_999_999))
def test_amounts_pass_with_and_without_grouping(amount):
    assert find_identity(str(amount)) is None
    assert find_identity(f"{amount:,}".replace(",", " ") + " kr") is None
    assert find_identity(f"{amount:,}".replace(",", "\u00a0") + ",50") is None


@given(st.text(max_size=200))
def test_any_text_gets_an_answer(text):
    assert find_identity(text) in (None, *MESSAGES)


def test_the_messages_say_what_to_do_and_show_nothing_of_the_text():
    assert MESSAGES["personnummer"] == "Texten ser ut att innehålla ett personnummer. Ta bort det."
    assert all("Ta bort" in message for message in MESSAGES.values())


@pytest.mark.parametrize("piece", ["a", "1 ", "0", "a.", " ", "123 ", "a@", "-", "(", "07"])
def test_a_long_cell_is_read_in_time_that_grows_with_its_length(piece):
    started = thread_time()
    find_identity("a@b" + piece * 30_000 + "!")
    assert thread_time() - started < 2
