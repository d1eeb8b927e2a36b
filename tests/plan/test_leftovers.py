"""Groups beside each other never leave a few out."""

import pytest

from followup.plan.leftovers import least_leftover

A, B, C, D = "A kvinnor", "A män", "B kvinnor", "B män"


def group(*parts: str) -> frozenset[str]:
    return frozenset(parts)


@pytest.mark.parametrize(
    ("known", "least"),
    [
        ({}, None),
        ({group(A, B): 40}, 40),
        ({group(A, B): 40, group(A): 36}, 4),
        ({group(A, B): 40, group(A): 40}, 40),
        ({group(A, B, C): 60, group(A): 25, group(B): 30}, 5),
        # Only by two steps: team A's men, and from all men those of team B.
        ({group(A, B): 40, group(A): 25, group(B, D): 18}, 3),
        # Staff are no part of the participants.
        ({group(A, B): 40, group("staff"): 36}, 36),
    ],
)
def test_the_smallest_group_that_can_be_worked_out(known, least):
    assert least_leftover(known) == least
