"""The measures of surveys, and between which values a mean can lie.

Without its scale nobody knows whether a mean tells that everybody answered alike.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from followup.web.formats import MINUS, parse_decimal

SHARE, MEAN = "share", "mean"
_NUMBER = r"-?[0-9]{1,4}(?:[.,][0-9])?"
_SCALE = re.compile(rf"({_NUMBER})\s*(?:-|–|till)\s*({_NUMBER})")
# Answers are whole steps; of a scale as long as 0–100 they are taken to be tenths of it.
LONG = 20


class Scale(NamedTuple):
    least: Decimal
    greatest: Decimal

    @property
    def step(self) -> Decimal:
        """How far from an end of the scale an answer is at least, when it is not that end."""
        length = self.greatest - self.least
        return length / 10 if length >= LONG else min(length, Decimal(1))

    def __str__(self) -> str:
        return f"{_plain(self.least)}–{_plain(self.greatest)}"


def parse_scale(text: str) -> Scale | None:
    """What "1–5", "1-5" or "0 till 10" says; None for anything else."""
    found = _SCALE.fullmatch(" ".join(text.replace(MINUS, "-").split()))
    if found is None:
        return None
    least, greatest = (parse_decimal(each) for each in found.groups())
    return Scale(least, greatest) if least < greatest else None


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")
