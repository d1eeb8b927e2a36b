"""What measures with dates do to a queue, held against the what-if they are made of."""

from dataclasses import dataclass

import pytest

from followup.periods import Month, Week
from followup.queue_plans.effects import course
from followup.queues.capacity import target_queue
from followup.queues.intensity import Intensity
from followup.queues.pace import Pace
from followup.queues.what_if import WhatIf, compare
from tests.queues import q2

NOW = Week(2024, 44)
PACE = Pace(9, Intensity(24, q2.WEEKS), Intensity(15, q2.WEEKS), Intensity(0, q2.WEEKS))


START = Month(2024, 10)


@dataclass(frozen=True)
class Measure:
    first: Month = START
    last: Month | None = None
    colleagues: int = 0
    places: int | None = None
    stay_change: int = 0
    referrals: int = 0


def counted(*measures: Measure, target: int | None = 12, planned: tuple[float, ...] = ()):
    return course(measures, pace=PACE, now=NOW, planned=planned, stay=52, target=target, seed=7)


def middles(found) -> list[int]:
    return [found.forecast.quantiles(week)[1] for week in range(0, 105, 13)]


@pytest.mark.parametrize(
    ("measure", "same"),
    [
        ({"colleagues": 100, "places": 26}, {"colleagues": 1, "places_per_colleague": 26}),
        ({"colleagues": -50, "places": 10}, {"colleagues": -0.5, "places_per_colleague": 10}),
        ({"stay_change": -12}, {"stay_change": -12}),
        ({"referrals": -30}, {"referrals": -0.3}),
        (
            {"colleagues": 100, "places": 20, "stay_change": 6, "referrals": 10},
            {"colleagues": 1, "places_per_colleague": 20, "stay_change": 6, "referrals": 0.1},
        ),
    ],
)
def test_a_measure_from_the_first_day_is_the_what_if_of_the_same(measure, same):
    found = counted(Measure(**measure))
    asked = compare(PACE.state, WhatIf(**same), now=NOW, target=12, seed=7)
    assert middles(found) == [asked.changed.quantiles(week)[1] for week in range(0, 105, 13)]
    assert found.wanted == pytest.approx(asked.wanted_changed)


def test_no_measure_is_the_course_as_things_are():
    asked = compare(PACE.state, WhatIf(), now=NOW, target=12, seed=7)
    assert (counted().forecast.lengths == asked.now.lengths).all()


def test_a_measure_changes_nothing_before_it_begins_or_after_it_would_have_had_effect():
    later = counted(Measure(first=Month(2025, 6), colleagues=100, places=26))
    now = counted()
    before = Week(2025, 22) - NOW
    assert (later.forecast.lengths[: before + 1] == now.forecast.lengths[: before + 1]).all()
    assert later.forecast.quantiles(104)[1] < now.forecast.quantiles(104)[1]


def test_a_measure_that_ends_lets_the_queue_grow_again():
    short = counted(Measure(last=Month(2025, 3), colleagues=100, places=26))
    always = counted(Measure(colleagues=100, places=26))
    assert middles(short)[1] == middles(always)[1]
    assert middles(short)[-1] > middles(always)[-1]


def test_measures_add_up_and_none_makes_referrals_negative():
    both = counted(Measure(colleagues=50, places=26), Measure(colleagues=50, places=26))
    assert middles(both) == middles(counted(Measure(colleagues=100, places=26)))
    none = counted(Measure(referrals=-80), Measure(referrals=-80))
    assert none.wanted == 0
    assert none.forecast.quantiles(104)[2] == 0


def test_what_is_planned_already_holds_with_and_without_measures():
    stopped = (0.0,) * 20 + (1.0,) * 84
    assert middles(counted(planned=stopped))[1] > middles(counted())[1]
    found = counted(Measure(colleagues=100, places=26), planned=stopped)
    assert found.forecast.quantiles(20)[1] >= 9


def test_without_a_target_there_is_no_queue_to_reach():
    assert counted(target=None).wanted is None
    assert counted().wanted == target_queue(PACE.joined.rate, 12)
