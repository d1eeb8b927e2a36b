"""All who are between two told numbers are alike, though not all whom either counts."""

from itertools import permutations

import pytest

from followup.disclosure import TOTAL, CountTable, Ledger, MonthRange, Rule, protect
from followup.disclosure.intruder import Exposure, Fact, attack
from tests.disclosure.random_releases import facts_of
from tests.disclosure.tables import cube, population

RULE = Rule()
PEOPLE = population()
TELLING = {"answer": ("yes", "no")}


def answers(first: str, last: str, yes: int, no: int) -> CountTable:
    """What those said who ended in some months."""
    return cube(
        f"{first}–{last}",
        {("yes",): yes, ("no",): no, (TOTAL,): yes + no},
        axes=("answer",),
        base={"ended": MonthRange(first, last)},
        sensitive=TELLING,
    )


def in_turn(tables: list[CountTable], *, protected: bool = True) -> list[Fact]:
    """What the tables tell as editions after each other; or each as if it were alone."""
    records: list[dict[str, object]] = []
    facts = []
    for place, table in enumerate(tables):
        release = protect([table], RULE, Ledger.from_records(records if protected else []))
        records += release.records(str(place))
        facts += facts_of(release, [table], RULE, str(place))
    return facts


def exposures(facts: list[Fact]) -> set[Exposure]:
    return {found.exposure for found in attack(facts, populations={PEOPLE.name: PEOPLE})}


AUTUMNS = {
    # Yeses of the autumn, and its noes.
    "all said yes": (12, 0),
    "all but two said yes": (20, 2),
    "all said no": (0, 30),
}


@pytest.mark.parametrize("order", list(permutations(range(2))))
@pytest.mark.parametrize("autumn", AUTUMNS.values(), ids=AUTUMNS)
def test_that_all_of_the_autumn_said_the_same_is_not_told_by_the_year_and_the_months_before(
    autumn: tuple[int, int], order: tuple[int, ...]
) -> None:
    yes, no = autumn
    tables = [answers("2023-01", "2023-08", 40, 40), answers("2023-01", "2023-12", 40 + yes, 40 + no)]
    tables = [tables[place] for place in order]
    assert exposures(in_turn(tables, protected=False))
    assert not exposures(in_turn(tables))


def test_an_autumn_of_both_is_told() -> None:
    tables = [answers("2023-01", "2023-08", 40, 40), answers("2023-01", "2023-12", 52, 50)]
    assert all(fact.value is not None for fact in in_turn(tables))


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_nor_is_the_last_third_of_a_year_by_the_year_and_its_two_others(order: tuple[int, ...]) -> None:
    tables = [
        answers("2023-01", "2023-04", 20, 15),
        answers("2023-05", "2023-08", 22, 18),
        answers("2023-01", "2023-12", 54, 33),
    ]
    tables = [tables[place] for place in order]
    assert exposures(in_turn(tables, protected=False))
    assert not exposures(in_turn(tables))
