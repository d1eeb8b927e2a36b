"""All who are between two told numbers are alike, though not all whom either counts."""

from itertools import permutations

import pytest

from followup.disclosure import TOTAL, Axis, CountTable, Ledger, MonthRange, Rule, protect
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


GROUPS = {
    "all": {},
    "yes": {"answer": frozenset({"yes"})},
    "yes, and works": {"answer": frozenset({"yes"}), "outcome": frozenset({"work"})},
}


def workers(first: str, last: str, *numbers: int) -> CountTable:
    """Of those who ended in some months: all, those who said yes, and those of them who work."""
    codes = tuple(GROUPS)
    ended = {"ended": MonthRange(first, last)}
    return CountTable(
        id=f"{first}–{last}",
        title="",
        population=PEOPLE,
        axes=[Axis("group", "group", codes, codes)],
        stub=["group"],
        heading=[],
        cells={(c,): (GROUPS[c] | ended, number) for c, number in zip(codes, numbers, strict=True)},
        sensitive={"group": codes[1:]},
        parents={"group": {codes[1]: codes[:1], codes[2]: codes[:2]}},
    )


@pytest.mark.parametrize(("working", "is_told"), [(30, False), (28, False), (25, True), (0, True)])
def test_nor_that_all_of_a_group_within_the_group_are_alike(working: int, is_told: bool) -> None:
    facts = in_turn([workers("2023-01", "2023-12", 60, 30, working)])
    assert all(fact.value is not None for fact in facts) is is_told
    assert not exposures(facts)


PARTS = {
    "two": [("2023-01", "2023-08", 100, 60, 30)],
    "three": [("2023-01", "2023-04", 50, 30, 15), ("2023-05", "2023-08", 50, 30, 15)],
}


@pytest.mark.parametrize("whole", ["first", "last"])
@pytest.mark.parametrize("parts", PARTS.values(), ids=PARTS)
def test_nor_of_such_a_group_in_the_months_that_several_periods_leave(
    parts: list[tuple[str, str, int, int, int]], whole: str
) -> None:
    """In the autumn all who said yes work."""
    tables = [workers(*part) for part in parts]
    tables.insert(len(tables) if whole == "last" else 0, workers("2023-01", "2023-12", 150, 85, 55))
    assert exposures(in_turn(tables, protected=False))
    assert not exposures(in_turn(tables))


def there(first: str, last: str, **numbers: int) -> CountTable:
    """What those say who were there in some months."""
    return cube(
        f"{first}–{last}",
        {**{(code,): number for code, number in numbers.items()}, (TOTAL,): sum(numbers.values())},
        axes=("answer",),
        base={"started": MonthRange(None, last), "ended": MonthRange(first, None)},
        sensitive=TELLING,
    )


@pytest.mark.parametrize(("doubtful", "is_told"), [(0, False), (6, True)])
def test_nor_of_those_who_were_there_in_two_years_by_zeros_of_both(doubtful: int, is_told: bool) -> None:
    """Nobody is unknown in the one year, and nobody says no in the other: all in both say yes."""
    new_year = cube(
        "nyår",
        {(TOTAL,): 20},
        axes=("answer",),
        base={"started": MonthRange(None, "2022-12"), "ended": MonthRange("2023-01", None)},
        exempt=[(TOTAL,)],
    )
    tables = [
        there("2022-01", "2022-12", yes=35, no=8, unknown=doubtful),
        there("2023-01", "2023-12", yes=35, no=0, unknown=8),
        new_year,
    ]
    apart = [fact for table in tables for fact in facts_of(protect([table], RULE), [table], RULE, "")]
    together = facts_of(protect(tables, RULE), tables, RULE, "")
    assert bool(exposures(apart)) is not is_told
    assert not exposures(together)
    assert all(fact.value is not None for fact in together) is is_told
