"""A head count is hidden for what is promised of its people, and for nothing that is asked of others."""

import json

import pytest

from followup.disclosure import TOTAL, Ledger, Rule, Status, protect
from followup.disclosure.intruder import attack
from tests.disclosure.random_releases import facts_of
from tests.disclosure.tables import cube, grid, population, with_margins

RULE = Rule()
TEAMS, AGES, AREAS = ("A", "B", "C", "D", "E"), ("young", "middle", "old"), ("north", "south", "west")
PEOPLE = population(team=TEAMS, sex=("F", "M"), age=AGES, area=AREAS)


def hidden(table):
    return {codes for codes, cell in table.cells.items() if cell.status is Status.SUPPRESSED}


def by_area(*counts):
    return cube("V", dict(zip(zip(AREAS), counts, strict=True)), axes=("area",), people=PEOPLE)


@pytest.fixture(params=[False, True], ids=["nothing corrected", "one moved since"])
def editions(request):
    """Thirty women were told before; now it is told how many there are, few in most teams, and how old."""
    ages = [(9, 6, 5), (3, 1, 0), (1, 2, 0), (0, 0, 3), (2, 0, 0)]
    each = [sum(team) for team in ages]
    heads = {**{(team,): number for team, number in zip(TEAMS, each, strict=True)}, (TOTAL,): sum(each)}
    women = [cube("S", {("F",): 30}, axes=("sex",), people=PEOPLE), by_area(12, 10, 10)]
    tables = [
        cube("T", heads, axes=("team",), people=PEOPLE, exempt=set(heads)),
        cube("U", with_margins(grid(TEAMS, AGES, ages)), axes=("team", "age"), people=PEOPLE),
        by_area(*((11, 11, 10) if request.param else (12, 10, 10))),
    ]
    first = protect(women, RULE)
    ledger = Ledger.from_records(json.loads(json.dumps(first.records("1"))))
    return [(first, women), (protect(tables, RULE, ledger), tables)]


def test_how_many_there_are_is_hidden_for_two_men_and_hardly_a_team_for_its_few(editions):
    heads, ages, _ = editions[-1][0]
    assert (TOTAL,) in hidden(heads), "less the women it is two men"
    assert len(hidden(heads)) == 2, "all teams but one are told: together they would tell it"
    assert not hidden(heads) & {(team,) for team in TEAMS if (team, TOTAL) not in hidden(ages)}
    assert {(team, "young") for team in "BCE"} <= hidden(ages)


def test_nothing_follows_from_both_editions(editions):
    facts = [
        fact
        for number, (release, tables) in enumerate(editions, start=1)
        for fact in facts_of(release, tables, RULE, str(number))
    ]
    assert not attack(facts, populations={PEOPLE.name: PEOPLE})
