"""Whether survey figures beside each other give away a group, or an answer, of too few to stand alone.

A whole and some of its parts tell the rest of it: 40 participants and 36 women are 4 men. In the same
way, when 20 of 40 said yes and 18 of the 30 women did, 2 men did. Pure.
"""

from collections.abc import Mapping
from decimal import Decimal
from math import ceil, floor
from typing import NamedTuple

from followup.plan.scales import Scale

# More groups than any förbund surveys; beyond it the closure would only find the same ones again.
MOST_GROUPS = 400

PEOPLE = "people"
# A group as the set of its smallest parts.
Group = frozenset[str]


def half_of(written: Decimal) -> Decimal:
    """How far from a number as it is written the one that was rounded to it may be."""
    return Decimal(1).scaleb(min(int(written.normalize().as_tuple().exponent), 0)) / 2


class Answers(NamedTuple):
    """How many answered, and between which numbers of them said yes.

    Of a mean: the steps above the least value of all who answered, and `ceiling` if all gave the greatest.
    `unit` is what they are counted in: people who said yes, steps of a scale, or nothing known.
    """

    respondents: int
    fewest: int
    most: int
    ceiling: int
    unit: object = None

    @classmethod
    def unknown(cls, respondents: int) -> "Answers":
        return cls(respondents, 0, respondents, respondents)

    @classmethod
    def of_mean(cls, respondents: int, mean: Decimal, scale: Scale, *, half: Decimal) -> "Answers":
        """Every number of whole steps that is at most `half` from the mean for each who answered."""
        ceiling = floor(respondents * (scale.greatest - scale.least) / scale.step)
        low, high = (respondents * (mean + way * half - scale.least) / scale.step for way in (-1, 1))
        fewest, most = sorted((ceil(low), floor(high)))
        return cls(respondents, max(fewest, 0), min(most, ceiling), ceiling, scale)

    @classmethod
    def of_share(cls, respondents: int, percent: Decimal) -> "Answers":
        """Every number that rounds to the percentage as it is written."""
        half = half_of(percent)
        low, high = (respondents * (percent + way * half) / 100 for way in (-1, 1))
        # A share that no number rounds to was typed or rounded wrongly; then both beside it are taken.
        fewest, most = sorted((ceil(low), floor(high)))
        return cls(respondents, max(fewest, 0), min(most, respondents), respondents, PEOPLE)

    def without(self, part: "Answers") -> "Answers":
        left, ceiling = self.respondents - part.respondents, self.ceiling - part.ceiling
        if self.unit is None or self.unit != part.unit:
            return Answers.unknown(left)
        fewest, most = self.fewest - part.most, self.most - part.fewest
        return Answers(left, max(fewest, 0), min(most, ceiling), ceiling, self.unit)

    def is_of_few(self, least: int) -> bool:
        """Whether those who said yes, or those who did not, are surely fewer than `least`.

        Of a mean, those who did not give the least value, or the greatest.
        """
        return self.unit is not None and (self.most < least or self.ceiling - self.fewest < least)

    def may_be_of_few(self, least: int) -> bool:
        """Whether those who said yes, or those who did not, can be fewer than `least`."""
        return self.fewest < least or self.ceiling - self.most < least


def leftovers(known: Mapping[Group, Answers]) -> dict[Group, Answers]:
    """What is known, and what is left by subtraction, but for empty groups."""
    found = dict(known)
    fresh = found
    while fresh and len(found) < MOST_GROUPS:
        fresh = {
            whole - part: answers.without(found[part])
            for whole, answers in found.items()
            for part in found
            if part < whole and whole - part not in found
        }
        found |= fresh
    return {group: answers for group, answers in found.items() if answers.respondents > 0}
