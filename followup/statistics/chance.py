"""Whether a difference is larger than chance usually gives: an exact test on numbers that are shown."""

from math import comb

# A difference that chance gives more often than this is not called one.
USUAL = 0.05
# Equal probabilities may differ in their last digits.
SLACK = 1 + 1e-9


def fisher(one: int, of_one: int, other: int, of_other: int) -> float:
    """The two-sided p value of `one` out of `of_one` against `other` out of `of_other`: 0–1.

    Fisher's exact test: with all four sums given, the number in the first group is hypergeometric, and p is
    the probability of every outcome that is no more probable than the one seen. It holds for small groups,
    and for groups of different people only. R. A. Fisher, "The logic of inductive inference", Journal of the
    Royal Statistical Society 98 (1935) 39–82; A. Agresti, Categorical Data Analysis, 3rd ed. (2013), 3.5.
    Raises ValueError when a part is larger than its whole.
    """
    if not (0 <= one <= of_one and 0 <= other <= of_other):
        raise ValueError("a part is larger than its whole")
    both = one + other
    ways = {
        number: comb(of_one, number) * comb(of_other, both - number)
        for number in range(max(0, both - of_other), min(of_one, both) + 1)
    }
    return min(1.0, sum(way for way in ways.values() if way <= ways[one] * SLACK) / sum(ways.values()))


def is_within_chance(one: int, of_one: int, other: int, of_other: int) -> bool:
    """True when two shares differ by no more than chance usually gives."""
    return fisher(one, of_one, other, of_other) >= USUAL
