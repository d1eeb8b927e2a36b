"""What a reader without a database knows of the tables is enough to attack them."""

import pytest

from followup.disclosure.intruder import Exposure, attack, fact_of
from followup.periods import HalfYear, Period, Year
from followup.protection.queries import BUILT_IN
from followup.statistics.meaning import public_cubes, shipped_lists

YEAR, SPRING = Year(2023), HalfYear(2023, 1)


def exposed(*told: tuple[Period, dict[str, int]]) -> set[Exposure]:
    """What answers at the start give away, printed as they are."""
    facts = []
    for period, numbers in told:
        cube = public_cubes(period, [("1", "A")], shipped_lists(), rule=BUILT_IN)["T11"]
        for answer, number in numbers.items():
            chosen = {"round": "START", "answer": answer, "period": period.code, "figure": "count"}
            codes = tuple(chosen[axis.name] for axis in cube.axes)
            facts.append(fact_of(cube.meaning, codes, number, f"{period.code} {answer}"))
    population = cube.meaning.population
    return {found.exposure for found in attack(facts, populations={population.name: population})}


@pytest.mark.parametrize("part", ["yes_V1", "ongoing"])
def test_that_all_who_said_yes_said_it_to_one_thing_is_found_in_the_screening(part: str) -> None:
    told = {"asked": 150, "answered": 120, "yes_any": 60}
    assert exposed((YEAR, {**told, part: 60})) == {Exposure.EVERYBODY}
    assert exposed((YEAR, {**told, part: 55})) >= {Exposure.DIFFERENCE}
    assert not exposed((YEAR, {**told, part: 50}))
    assert not exposed((YEAR, {**told, "yes_any": 0, part: 0}))


def test_and_so_it_is_of_what_a_year_and_half_of_it_leave_between_them() -> None:
    year, spring = {"answered": 120, "yes_any": 55}, {"answered": 60, "yes_any": 30}
    assert exposed((YEAR, {**year, "yes_V1": 40}), (SPRING, {**spring, "yes_V1": 15})) == {Exposure.EVERYBODY}
    assert not exposed((YEAR, {**year, "yes_V1": 30}), (SPRING, {**spring, "yes_V1": 15}))
