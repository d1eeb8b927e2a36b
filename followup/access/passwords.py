"""Passwords: how they are kept, and which ones are too easy to guess.

Argon2id with the least cost that OWASP's Password Storage Cheat Sheet recommends for it (19 MiB, two passes):
some 30 ms a sign-in on a small server.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from followup.errors import Refusal

SHORTEST, LONGEST = 12, 128
PASSES, KIBIBYTES, LANES = 2, 19_456, 1
# Letters that must be left when digits, common words and the person's own words are taken away.
FEWEST_OWN_LETTERS = 4
LOOKALIKES = str.maketrans("013457@$!åäöé", "oieastasiaaoe")

_hasher = PasswordHasher(time_cost=PASSES, memory_cost=KIBIBYTES, parallelism=LANES)


class WeakPassword(Refusal):
    """Too short or too easy to guess."""


def normal_form(password: str) -> str:
    """The same password whichever keyboard made its å (NFKC, as NIST SP 800-63B asks)."""
    return unicodedata.normalize("NFKC", password)


def hash_password(password: str) -> str:
    return _hasher.hash(normal_form(password))


def is_right(password: str, hashed: str | None) -> bool:
    """Without a hash to compare with, the answer is no and takes as long."""
    try:
        return _hasher.verify(hashed or _nobodys(), normal_form(password)) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return _hasher.hash("")


def check_strength(password: str, *, own_words: Iterable[str] = ()) -> None:
    """Refuse what is short, common, or built on the person's own address or workplace."""
    plain = normal_form(password)
    if len(plain) < SHORTEST:
        raise WeakPassword(f"Lösenordet är för kort. Välj ett med minst {SHORTEST} tecken.")
    if len(plain) > LONGEST:
        raise WeakPassword(f"Lösenordet är för långt. Välj ett med högst {LONGEST} tecken.")
    if _is_repetitive(plain) or _own_letters(plain, own_words) < FEWEST_OWN_LETTERS:
        raise WeakPassword(
            "Lösenordet är lätt att gissa. Välj till exempel fyra ord som inte hör ihop, och undvik din "
            "adress, din arbetsplats, årstider och vanliga lösenord."
        )


def _is_repetitive(plain: str) -> bool:
    """Few different characters, or one short piece over and over."""
    return len(set(plain)) < 5 or re.fullmatch(r"(.{1,6}?)\1+.{0,5}", plain, re.DOTALL) is not None


def _own_letters(plain: str, own_words: Iterable[str]) -> int:
    """How many different letters are the person's own idea, whether 0 is read as a digit or as an o."""
    own = {_letters(part) for text in own_words for part in re.split(r"[\W_]+", text)}
    taken = sorted((word for word in own | _common_words() if len(word) >= 3), key=len, reverse=True)
    return min(len(_left(_letters(text), taken)) for text in (plain, re.sub(r"\d", "", plain)))


def _left(letters: str, taken: Iterable[str]) -> set[str]:
    for word in taken:
        letters = letters.replace(word, " ")
    return set(letters) - {" "}


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.casefold().translate(LOOKALIKES))


@cache
def _common_words() -> frozenset[str]:
    text = files("followup.access").joinpath("common_words.txt").read_text(encoding="utf-8")
    return frozenset(_letters(word) for word in text.split())
