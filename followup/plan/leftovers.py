"""Whether survey figures beside each other give away a group that is too small to stand alone.

A whole and some of its parts tell the rest of it: 40 participants and 36 women are 4 men. Pure.
"""

from collections.abc import Mapping

# More groups than any förbund surveys; beyond it the closure would only find the same ones again.
MOST_GROUPS = 400

# A group as the set of its smallest parts.
Group = frozenset[str]


def least_leftover(known: Mapping[Group, int]) -> int | None:
    """How many are in the smallest group, other than an empty one, that is known or left by subtraction."""
    found = dict(known)
    fresh = found
    while fresh and len(found) < MOST_GROUPS:
        fresh = {
            whole - part: number - found[part]
            for whole, number in found.items()
            for part in found
            if part < whole and whole - part not in found
        }
        found |= fresh
    return min((number for number in found.values() if number > 0), default=None)
