"""Properties of the engine: the same pattern for the same counts, large populations, rules and floors."""

import datetime as dt
import random
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup.disclosure import (
    Axis,
    CountTable,
    Figure,
    MonthRange,
    Rule,
    RuleTooWeak,
    Share,
    Status,
    protect,
    rule_on,
)
from followup.disclosure.cells import _read
from followup.disclosure.intruder import attack
from tests.disclosure.onlooker import Onlooker
from tests.disclosure.random_releases import facts_of
from tests.disclosure.tables import cube, grid, population, with_margins

RULE = Rule()
F = frozenset


def hidden(table) -> set:
    return {codes for codes, cell in table.cells.items() if cell.status is Status.SUPPRESSED}


def many_teams(count: int, seed: int):
    chance = random.Random(seed)
    teams = tuple(f"t{number:02d}" for number in range(count))
    counts = [[chance.randrange(3, 30), chance.randrange(0, 15)] for _ in teams]
    people = population(team=teams, answer=("yes", "no"))
    inner = grid(teams, ("yes", "no"), counts)
    told = with_margins(inner)
    bare = {codes for codes in told if codes[1] == "_T"}
    return cube("T7", told, people=people, exempt=bare, sensitive={"answer": {"yes"}})


def test_many_teams_are_protected_part_by_part_and_give_nothing_away():
    table = many_teams(40, 1)
    release = protect([table], RULE)
    assert release[0].share_hidden < 0.6
    facts = [
        fact._replace(least=min(fact.least, *room(table, fact)))
        for fact in facts_of(release, [table], RULE, "")
    ]
    assert not attack(facts, populations={table.population.name: table.population})


def room(table, fact):
    """An intruder's bound cannot pass the bare head count around a cell."""
    team = fact.selection.get("team")
    cells = _read(table).cells.values()
    return [
        count for selection, count in cells if selection.get("team") == team and "answer" not in selection
    ]


def test_the_same_counts_give_the_same_pattern_whatever_the_order_of_tables():
    one = cube("A", with_margins(grid(("Va", "Sa", "Su"), ("yes", "no"), [(12, 3), (9, 7), (20, 6)])))
    other = cube("B", {("F",): 31, ("M",): 26, ("_T",): 57}, axes=("sex",))
    first = protect([one, other], RULE)
    again = protect([other, one], RULE)
    assert [hidden(t) for t in first] == [hidden(t) for t in reversed(again)]
    assert first.pattern == again.pattern


def test_ties_are_broken_by_the_installation_and_not_by_counts():
    table = cube("A", with_margins(grid(("Va", "Sa", "Su"), ("yes", "no"), [(12, 3), (12, 12), (12, 12)])))
    patterns = {frozenset(hidden(protect([table], RULE, key=bytes([key]))[0])) for key in range(12)}
    assert len(patterns) > 1


def test_d7_three_linked_tables_hide_nothing_when_nothing_is_small():
    sexes, ages, outcomes = ("F", "M"), ("30-39", "40-49"), ("work", "other")
    people = population(sex=sexes, age=ages, outcome=outcomes)
    tables = [
        cube(
            "A",
            with_margins(dict.fromkeys(product(sexes, ages), 20)),
            axes=("sex", "age"),
            people=people,
        ),
        cube(
            "B",
            with_margins(dict.fromkeys(product(ages, outcomes), 20)),
            axes=("age", "outcome"),
            people=people,
        ),
        cube(
            "C",
            with_margins(dict.fromkeys(product(sexes, outcomes), 20)),
            axes=("sex", "outcome"),
            people=people,
        ),
    ]
    assert protect(tables, RULE).share_hidden == 0


def test_d7_linked_tables_are_protected_together():
    sexes, ages, outcomes = ("F", "M"), ("30-39", "40-49"), ("work", "other")
    people = population(sex=sexes, age=ages, outcome=outcomes)
    by_age = with_margins(grid(sexes, ages, [(3, 17), (19, 21)]))
    by_outcome = with_margins(grid(sexes, outcomes, [(9, 11), (22, 18)]))
    tables = [
        cube("A", by_age, axes=("sex", "age"), people=people),
        cube("C", by_outcome, axes=("sex", "outcome"), people=people),
    ]
    release = protect(tables, RULE)
    low, high = Onlooker(tables, list(release)).bounds((1, {"sex": F({"F"}), "age": F({"30-39"})}))
    assert high >= 5
    assert high - low >= 5
    # A total is shown or hidden in both tables alike.
    assert {c for c in hidden(release[0]) if c[1] == "_T"} == {c for c in hidden(release[1]) if c[1] == "_T"}


def test_a_team_in_no_row_is_protected_also_when_the_total_stands_in_another_table():
    people = population(team=("A", "B", "C"))
    rows = cube("T1", {("A",): 7, ("B",): 9}, axes=("team",), people=people)
    total = cube("T2", {("_T",): 17, ("A",): 7}, axes=("team",), people=people)
    release = protect([rows, total], RULE)
    low, high = Onlooker([rows, total], list(release)).bounds((1, {"team": F({"C"})}))
    assert high >= 5
    assert high - low >= 5


def test_screening_is_protected_at_both_ends_with_its_own_threshold():
    people = population(answer=("yes", "no"))
    counts = {("yes",): 34, ("no",): 2, ("_T",): 36}
    table = cube(
        "T11", counts, axes=("answer",), people=people, screening=True, sensitive={"answer": {"yes", "no"}}
    )
    (finished,) = protect([table], RULE)
    assert {("yes",), ("no",)} <= hidden(finished) or ("_T",) in hidden(finished)
    low, high = Onlooker([table], [finished]).bounds((1, {"answer": F({"no"})}))
    assert high >= 10
    assert high - low >= 10


def test_an_insider_who_knows_one_team_raises_the_threshold():
    table = cube("A", with_margins(grid(("Va", "Sa", "Su"), ("yes", "no"), [(30, 20), (28, 19), (27, 8)])))
    assert not hidden(protect([table], RULE)[0])
    assert hidden(protect([table], Rule(insider=4))[0])


def test_a_median_needs_ten_people_and_a_percentage_its_base():
    assert hidden(protect([median(9)], RULE)[0]) == {("median",)}
    assert protect([median(10)], RULE)[0].cells["median",].value == 31.5


def median(base: int):
    return CountTable(
        id="T9",
        title="Tid i insatsen",
        population=population(),
        axes=[Axis("measure", "mått", ("count", "median"), ("antal", "median"))],
        stub=["measure"],
        heading=[],
        cells={("count",): ({"ended": MonthRange("2023-01", "2023-12")}, base)},
        figures={("median",): Figure(31.5, ("count",), 1)},
        units={"median": "veckor"},
    )


def test_two_half_years_and_their_year_are_protected_together():
    halves = {
        "H1": {"ended": MonthRange("2023-01", "2023-06")},
        "H2": {"ended": MonthRange("2023-07", "2023-12")},
        "2023": {"ended": MonthRange("2023-01", "2023-12")},
    }
    people = population(outcome=("work", "studies", "other"))
    counts = {"H1": (8, 9, 11), "H2": (2, 7, 12), "2023": (10, 16, 23)}
    tables = [
        cube(
            name,
            {(o,): n for o, n in zip(("work", "studies", "other"), counts[name], strict=True)},
            axes=("outcome",),
            base=base,
            people=people,
        )
        for name, base in halves.items()
    ]
    release = protect(tables, RULE)
    facts = facts_of(release, tables, RULE, "")
    assert ("work",) in hidden(release[1])
    assert not attack(facts, populations={people.name: people})


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.integers(0, 9), min_size=6, max_size=6))
def test_d10_small_tables_keep_what_is_promised(counts):
    people = population(team=("A", "B"), answer=("yes", "no", "unknown"))
    inner = grid(("A", "B"), ("yes", "no", "unknown"), [counts[:3], counts[3:]])
    table = cube("T", with_margins(inner), people=people)
    release = protect([table], RULE)
    assert not attack(facts_of(release, [table], RULE, ""), populations={people.name: people}, whole=True)


def test_what_percentages_rest_on_is_shown_before_what_none_do():
    """Of the asked and those who answered one must be hidden, or the few who declined were known."""
    codes = ("asked", "answered", "declined", "yes", "share")
    table = CountTable(
        id="T11",
        title="Våldsscreening",
        population=population(),
        axes=[Axis("measure", "mått", codes, codes)],
        stub=["measure"],
        heading=[],
        cells={
            ("asked",): ({}, 64),
            ("answered",): ({"answer": F({"yes", "no"})}, 60),
            ("declined",): ({"answer": F({"unknown"})}, 4),
            ("yes",): ({"answer": F({"yes"})}, 30),
        },
        shares={("share",): Share(("yes",), ("answered",))},
        units={"share": "procent"},
    )
    assert hidden(protect([table], RULE)[0]) == {("asked",), ("declined",)}


@pytest.mark.parametrize(
    "weak",
    [
        {"threshold": 2},
        {"screening_threshold": 4},
        {"threshold": 12},
        {"share_base": 9},
        {"screening_share_base": 9},
        {"median_base": 5},
        {"insider": -1},
    ],
)
def test_a_rule_is_never_weaker_than_the_floor(weak):
    with pytest.raises(RuleTooWeak):
        Rule(**weak)


def test_the_rule_of_a_day_is_the_latest_decided_by_then():
    old = Rule(version="1", decision="2024-03-22 § 14", valid_from=dt.date(2024, 1, 1))
    new = Rule(version="2", threshold=7, valid_from=dt.date(2025, 1, 1))
    assert rule_on(dt.date(2024, 12, 31), [new, old]) is old
    assert rule_on(dt.date(2025, 1, 1), [old, new]) is new
    with pytest.raises(LookupError):
        rule_on(dt.date(2023, 12, 31), [old, new])
