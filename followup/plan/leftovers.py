"""Whether survey figures beside each other give away a group, or an answer, of too few to stand alone.

A whole and some of its parts tell the rest of it: 40 participants and 36 women are 4 men. In the same
way, when 20 of 40 said yes and 18 of the 30 women did, 2 men did. Pure.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import ceil, floor
from typing import NamedTuple

import highspy
import numpy as np
from numpy.typing import NDArray

from followup.plan.scales import Scale

# What a solver's numbers may be off by.
SLACK = 1e-6
# Seconds for one question.
LONGEST = 10.0

PEOPLE = "people"
# A group as the set of its smallest parts.
Group = frozenset[str]
Numbers = NDArray[np.float64]


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

    def may_be_of_few(self, least: int) -> bool:
        """Whether those who said yes, or those who did not, can be fewer than `least`."""
        return self.fewest < least or self.ceiling - self.most < least


def fewest_left(known: Mapping[Group, Answers]) -> int | None:
    """How many answered in the smallest group that is known or can be worked out, but for empty ones.

    None when nobody answered.
    """
    numbers = np.array([each.respondents for each in known.values()], dtype=float)
    found = _least_sum(list(known), numbers, numbers, numbers)
    return None if found is None else round(found)


def tells_of_few(known: Mapping[Group, Answers], least: int) -> bool:
    """Whether in a group that is known or can be worked out those who said yes, or no, are surely fewer.

    Of a mean, those who did not give the least value, or the greatest.
    """
    for unit in {each.unit for each in known.values()} - {None}:
        alike = {group: each for group, each in known.items() if each.unit == unit}
        groups, answers = list(alike), list(alike.values())
        respondents = np.array([each.respondents for each in answers], dtype=float)
        yes = [[getattr(each, name) for each in answers] for name in ("most", "fewest")]
        no = [[each.ceiling - getattr(each, name) for each in answers] for name in ("fewest", "most")]
        for added, taken in (yes, no):
            found = _least_sum(groups, respondents, np.array(added, float), np.array(taken, float))
            if found is not None and found < least - SLACK:
                return True
    return False


def _least_sum(groups: Sequence[Group], respondents: Numbers, added: Numbers, taken: Numbers) -> float | None:
    """The least number for a group, with somebody in it, that is some groups added and others taken away.

    added, taken  what counts for a group that is added, and what is taken off for one that is taken away
    Every such group is looked at, however many it takes; None when there is none.
    """
    # Smallest parts that are in the same groups stand or fall together.
    classes = {
        frozenset(n for n, group in enumerate(groups) if part in group) for part in set().union(*groups)
    }
    if not classes:
        return None
    inside = np.array([[float(n in one) for n in range(len(groups))] for one in sorted(classes, key=sorted)])
    number = len(groups)
    rows = np.vstack(
        [
            np.hstack([inside, -inside, -np.eye(len(inside))]),
            np.hstack([respondents, -respondents, np.zeros(len(inside))]),
        ]
    )
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("time_limit", LONGEST)
    most = np.concatenate([np.full(2 * number, float(number)), np.ones(len(inside))])
    highs.addVars(len(most), np.zeros(len(most)), most)
    whole = np.arange(2 * number, len(most), dtype=np.int32)
    highs.changeColsIntegrality(len(whole), whole, np.full(len(whole), highspy.HighsVarType.kInteger))
    for place, row in enumerate(rows):
        columns = np.flatnonzero(row).astype(np.int32)
        is_last = place == len(inside)
        edges = (1.0, highspy.kHighsInf) if is_last else (0.0, 0.0)
        highs.addRow(*edges, len(columns), columns, row[columns])
    costs = np.concatenate([added, -taken, np.zeros(len(inside))])
    highs.changeColsCost(len(most), np.arange(len(most), dtype=np.int32), costs)
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return None
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return 0.0  # It is not known what can be worked out: then it may be of anybody.
    return float(highs.getInfo().objective_function_value)
