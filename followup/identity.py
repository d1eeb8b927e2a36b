"""Says whether a text looks like it points at a person, so that it can be refused before it is kept.

Pure and silent: the answer names the kind, never the text. It is a guard against slips, made to be
hard to get past by accident (other dashes, hard or invisible spaces, other digits, numbers glued to
words), not against somebody who wants to hide a number.

Sources: Skatteverket's rules for personnummer and samordningsnummer (day + 60, modulus-10 check
digit) and the Swedish numbering plan (area codes of two to four digits, numbers without a leading 0
after them).
"""

import re
import unicodedata
from typing import Literal

Identity = Literal["personnummer", "epost", "telefon"]

MESSAGES: dict[Identity, str] = {
    "personnummer": "Texten ser ut att innehålla ett personnummer. Ta bort det.",
    "epost": "Texten ser ut att innehålla en e-postadress. Ta bort den.",
    "telefon": "Texten ser ut att innehålla ett telefonnummer. Ta bort det.",
}

_GAP = "[ ./-]{0,3}"
_DATED = tuple(
    re.compile(rf"(?<!\d)(?=({century}\d\d{_GAP}\d\d{_GAP}\d\d[ +-]{{0,3}}\d\d ?\d\d)(?!\d))")
    for century in ("(?:19|20)", "")
)
# Written as one: a slip of the last digit makes it nobody's number, but not another thing.
_SIGNED = re.compile(r"(?<![\d-])(?:19|20)?(\d{6})[-+]\d{4}(?![\d-])")
_EVENLY_SPACED = re.compile(r"(?<!\d)(?<!\d )\d(?: \d){9}(?:(?: \d){2})?(?! ?\d)")
_LOST_ZERO = re.compile(r"(?<!\d)(?<!\d[ ,.+-])\d{9}(?!\d)(?![ ,+-]\d)")
_TWO_DATES = re.compile(r"\d{4}([./-])\d\d\1\d\d[ -]{0,3}\d{4}\1\d\d\1\d\d(?!\d)")

_EMAIL = re.compile(r"(?<![\w.+%'-])[\w.+%'-]+(?:@| @ )[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_SPELT_AT = re.compile(r"\s{0,3}[\[({<]\s{0,3}(?:at|a|snabel-?a)\s{0,3}[\])}>]\s{0,3}", re.IGNORECASE)

_ABROAD_PREFIX = re.compile(r"(?<!\d)(?:\+|00)46[ -]?(?:\(0\)|0)?[ -]?(?=\d)")
_BARE_MOBILE_PREFIX = re.compile(r"(?<!\d)46(?=7[02369]\d{7}(?!\d))")
_GROUPED_AMOUNT = re.compile(r"(?<![\d-])(?<!\d )[1-9]\d{0,2}(?: \d{3})+(?! ?\d)(?!-)")
_THREE_DIGIT_AREA = r"0(?:1[013689]|2[0136]|3[1356]|4[0246]|54|60|63|7\d|90)"
_MOBILE = re.compile(r"(?<!\d)07[02369][ -]*\d(?:[ -]{0,3}\d){6}(?!\d)(?!-\d)")
_FIXED = re.compile(
    r"(?<!\d)(?:"
    r"08[ -]{1,3}(?!\d\d (?:19|20)\d\d(?!\d))[1-9](?: ?\d){5,7}"
    rf"|{_THREE_DIGIT_AREA}[ -]{{1,3}}[1-9](?: ?\d){{4,7}}"
    rf"|(?!08|{_THREE_DIGIT_AREA})0[1-69]\d\d[ -]{{1,3}}[1-9](?: ?\d){{4,5}}"
    r"|077\d[ -]{1,3}\d(?: ?\d){4,5}"
    r"|0(?:8|[1-79]\d)[ -][1-9]\d{1,2}-\d\d-\d\d"
    r"|0[1-9]\d{7,8}"
    r")(?!\d)"
)


def find_identity(text: str) -> Identity | None:
    """The kind of identity that `text` seems to contain, or None. Never raises, never keeps the text."""
    plain = _plain(text)
    if _has_personnummer(plain):
        return "personnummer"
    if _EMAIL.search(_SPELT_AT.sub("@", plain)):
        return "epost"
    if _has_phone_number(plain):
        return "telefon"
    return None


def _plain(text: str) -> str:
    """The same text with ordinary digits, hyphens and spaces, and without characters nobody sees."""
    return "".join(_plain_character(character) for character in unicodedata.normalize("NFKC", text))


def _plain_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Pd" or character in "\u2212\u2043":
        return "-"
    if category == "Zs" or character in "\t\n\r":
        return " "
    return "" if category in ("Cf", "Mn") else character


def _has_personnummer(plain: str) -> bool:
    text = _TWO_DATES.sub(" ", plain)
    dated = (_digits(found[1]) for pattern in _DATED for found in pattern.finditer(text))
    spaced = (_digits(found[0]) for found in _EVENLY_SPACED.finditer(text))
    # A spreadsheet that takes the number for an amount drops the zero of a year like 2005.
    shortened = ("0" + found[0] for found in _LOST_ZERO.finditer(text))
    signed = (found[1] for found in _SIGNED.finditer(text))
    numbers = (*dated, *spaced, *shortened)
    return any(map(_is_personnummer, numbers)) or any(map(_is_birth, signed))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_personnummer(digits: str) -> bool:
    if len(digits) == 12 and digits[:2] not in ("19", "20"):
        return False
    return _is_birth(digits[-10:-4]) and _luhn_sum(digits[-10:]) % 10 == 0


def _is_birth(digits: str) -> bool:
    """Whether six digits are a day; that of a samordningsnummer has 60 added to it."""
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    return _is_day(year, month, day % 60 if day > 60 else day)


def _is_day(year: int, month: int, day: int) -> bool:
    """Whether the day exists in the 1900s or 2000s; 1900 is let through as a leap year."""
    if not 1 <= month <= 12:
        return False
    days = 30 if month in (4, 6, 9, 11) else 31
    if month == 2:
        days = 29 if year % 4 == 0 else 28
    return 1 <= day <= days


def _luhn_sum(digits: str) -> int:
    """Modulus 10 with weights 2, 1, 2, 1 …; the digits of a product count one by one."""
    return sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(digits))


def _has_phone_number(plain: str) -> bool:
    text = _BARE_MOBILE_PREFIX.sub("0", _ABROAD_PREFIX.sub("0", plain))
    text = re.sub(r"[()]", "", _GROUPED_AMOUNT.sub(" ", text))
    return bool(_MOBILE.search(text) or _FIXED.search(text))
