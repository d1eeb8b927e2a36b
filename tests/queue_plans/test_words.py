"""What a plan says of the wait to expect."""

import pytest

from followup.periods import Month
from followup.queue_plans.models import QueuePlan
from followup.queue_plans.words import expected_wait

WAIT = "Hälften får börja inom 1 vecka (osäkert: 1–20), vid slutet av maj 2024."


@pytest.mark.parametrize(
    ("joined", "started", "told"),
    [
        (67, 40, f"{WAIT} Kön växer, så den som ställs i kö nu kan få vänta längre."),
        (41, 40, WAIT),
        (40, 67, WAIT),
    ],
    ids=["more join", "perhaps by chance", "more start"],
)
def test_a_growing_queue_is_told_beside_the_wait(joined: int, started: int, told: str) -> None:
    """Those who have begun did so before the queue was as long as it is now."""
    plan = QueuePlan(
        waiting=20,
        joined=joined,
        started=started,
        left=0,
        days=365,
        wait=1,
        wait_low=1,
        wait_high=20,
        waits_known_to=Month(2024, 5),
    )
    assert expected_wait(plan).replace("\u00a0", " ") == told
