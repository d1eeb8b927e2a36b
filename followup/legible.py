"""Text that every page and every file can show as it was typed. Pure.

Signs that nobody sees come along when text is pasted. Word and PDF cannot hold them, a terminal obeys them,
and those that turn the direction of writing make a text read as another.
"""

import unicodedata

TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LINE_SIGNS = frozenset("\n\r\t")
# Control signs, halves of a sign, and places in Unicode where there is no sign.
UNSEEN = {"Cc", "Cs", "Cn"}


def legible(text: str) -> str:
    """Without signs that nobody sees; lines stay lines."""
    return "".join(sign for sign in text if _is_seen(sign))


def one_line(text: str) -> str:
    """The same on a single line, with single blanks."""
    return " ".join(legible(text).split())


def _is_seen(sign: str) -> bool:
    return sign in LINE_SIGNS or (unicodedata.category(sign) not in UNSEEN and sign not in TURNING)
