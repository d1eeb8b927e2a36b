"""The intruder adds periods up and takes them from each other."""

import pytest

from followup.disclosure.cells import MonthRange
from followup.disclosure.intruder import Exposure, Fact, attack
from tests.disclosure.tables import population

PEOPLE = population()
YES = frozenset({"yes"})


def ended(place, first, last, value, *, exempt=False):
    months = MonthRange(first and f"2023-{first:02}", last and f"2023-{last:02}")
    return Fact(place, PEOPLE.name, {"ended": months, "answer": YES}, value, exempt=exempt)


def found(*facts):
    return {(one.exposure, one.place, one.low) for one in attack(facts, populations={PEOPLE.name: PEOPLE})}


EARLY, MIDDLE, YEAR = ended("vår", 1, 4, 20), ended("sommar", 5, 8, 22), ended("år", 1, 12, 45)


def test_the_year_less_two_thirds_of_it_leaves_few():
    assert found(EARLY, MIDDLE, YEAR) == {(Exposure.DIFFERENCE, "år minus vår minus sommar", 3)}
    assert found(EARLY, YEAR) == set()
    assert found(EARLY, MIDDLE, YEAR._replace(value=47)) == set(), "they are many"
    assert found(EARLY, MIDDLE, YEAR._replace(value=42)) == set(), "they are nobody"
    assert found(EARLY, MIDDLE._replace(value=None), YEAR) == set(), "what is hidden tells nothing"


def test_periods_that_overlap_leave_what_is_between():
    """January to August, May to December, and the year: what is left in the middle follows from all three."""
    first, last = ended("början", 1, 8, 30), ended("slutet", 5, 12, 30)
    assert {place for _, place, _ in found(first, last, ended("år", 1, 12, 57))} == {
        "slutet minus (år minus början)"
    }


def test_periods_without_a_beginning_are_told_apart_too():
    facts = [
        ended("innan", None, 4, 20),
        ended("till augusti", None, 8, 23),
        ended("hela tiden", None, None, 60),
    ]
    assert found(*facts) == {(Exposure.DIFFERENCE, "till augusti minus innan", 3)}
    later = [ended("september på", 9, None, 22), ended("från maj", 5, None, 42)]
    assert found(facts[0], *later, facts[2]._replace(value=62)) == set(), "twenty, twenty and twenty-two"


@pytest.mark.parametrize(("heads", "is_found"), [((True, True, True), False), ((True, True, False), True)])
def test_head_counts_may_tell_few(heads, is_found):
    facts = [one._replace(exempt=exempt) for one, exempt in zip((EARLY, MIDDLE, YEAR), heads, strict=True)]
    assert bool(found(*facts)) is is_found


@pytest.mark.parametrize(("others", "is_found"), [(0, False), (None, True)])
def test_what_head_counts_tell_is_none_of_those_who_are_all_of_a_kind(others, is_found):
    """Three ended in the autumn, as head counts tell; that nobody said no is told, or is not."""
    heads, rest = [], []
    for one in (EARLY, MIDDLE, YEAR):
        when = {"ended": one.selection["ended"]}
        heads.append(Fact(f"alla {one.place}", PEOPLE.name, when, one.value, exempt=True))
        said = {**when, "answer": frozenset({"no", "unknown"})}
        rest.append(Fact(f"andra {one.place}", PEOPLE.name, said, others))
    assert bool(found(EARLY, MIDDLE, YEAR, *heads, *rest)) is is_found


def test_periods_of_other_people_are_not_added_up():
    others = MIDDLE._replace(selection={**MIDDLE.selection, "answer": frozenset({"no"})})
    assert found(EARLY, others, YEAR) == set()
    starters = MIDDLE._replace(selection={"started": MonthRange("2023-05", "2023-08"), "answer": YES})
    assert found(EARLY, starters, YEAR) == set()
