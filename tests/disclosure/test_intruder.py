"""The intruder finds what a person with paper and patience would find, and does not cry wolf."""

from collections.abc import Sequence
from itertools import product
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup.disclosure.cells import MonthRange, Population, Selection
from followup.disclosure.intruder import Exposure, Fact, ShareFact, attack
from followup.disclosure.intruder.bounds import Impossible, Solver
from followup.disclosure.intruder.scopes import pieces
from followup.disclosure.intruder.worlds import Worlds

TEAMS = ("Va", "Sa", "Su", "Fa")
PEOPLE = Population(
    "people",
    {
        "team": TEAMS,
        "answer": ("yes", "no"),
        "age": ("16-19", "20-24", "25-29"),
        "sex": ("F", "M"),
        "started": "time",
        "ended": "time",
    },
    order=(("started", "ended"),),
)
BOTH = {"people": PEOPLE}


def fact(value: int | None, *, exempt: bool = False, whole: Selection | None = None, **chosen: str) -> Fact:
    selection = {name: frozenset(codes.split()) for name, codes in chosen.items()}
    place = " ".join(f"{name}={codes}" for name, codes in chosen.items())
    return Fact(place, "people", selection, value, exempt=exempt, wholes=(whole,) if whole else ())


def exposures(facts: Sequence[Fact], shares: Sequence[ShareFact] = ()) -> set[tuple[Exposure, str]]:
    return {(found.exposure, found.place) for found in attack(facts, shares, populations=BOTH, whole=True)}


YES_NO = {"Va": (41, 14), "Sa": (18, 12), "Su": (15, 3), "Fa": (22, 11)}


def yes_no(hidden: str) -> list[Fact]:
    facts = [fact(96, answer="yes"), fact(40, answer="no")]
    for team, numbers in YES_NO.items():
        facts.append(fact(sum(numbers), team=team))
        for answer, number in zip(("yes", "no"), numbers, strict=True):
            facts.append(fact(None if f"{team}-{answer}" in hidden else number, team=team, answer=answer))
    return facts


@pytest.mark.parametrize("hidden", ["Su-no", "Su-no Su-yes"])
def test_hiding_too_little_in_the_table_of_four_teams_is_found(hidden: str) -> None:
    assert (Exposure.NARROW, "team=Su answer=no") in exposures(yes_no(hidden))


@pytest.mark.parametrize("other", TEAMS[:2] + TEAMS[3:])
def test_hiding_a_second_team_is_enough(other: str) -> None:
    assert exposures(yes_no(f"Su-no Su-yes {other}-no {other}-yes")) == set()


def test_two_hidden_cells_of_a_known_small_sum_are_provably_small() -> None:
    facts = [
        fact(33, age="16-19 20-24 25-29"),
        fact(31, age="16-19"),
        fact(None, age="20-24"),
        fact(None, age="25-29"),
    ]
    assert {place for exposure, place in exposures(facts) if exposure is Exposure.NARROW} == {
        "age=20-24",
        "age=25-29",
    }


def test_overlapping_age_groups_give_the_rest_away() -> None:
    found = exposures([fact(11, age="16-19 20-24"), fact(13, age="16-19 20-24 25-29")])
    assert {exposure for exposure, _ in found} == {Exposure.DIFFERENCE}


def test_everybody_in_a_team_saying_yes_is_a_group_disclosure() -> None:
    whole = {"team": frozenset({"Va"})}
    everybody = [fact(18, team="Va"), fact(18, whole=whole, team="Va", answer="yes")]
    most = [fact(38, team="Va"), fact(18, whole=whole, team="Va", answer="yes")]
    assert {exposure for exposure, _ in exposures(everybody)} == {Exposure.EVERYBODY}
    assert exposures(most) == set()


def test_nor_is_everybody_hidden_with_the_sum_that_can_be_worked_out() -> None:
    """The team's eighteen are hidden, but 38 less 20 are eighteen."""
    whole = {"team": frozenset({"Va"})}
    rows = [fact(38, exempt=True), fact(None, team="Va"), fact(20, team="Sa Su Fa")]
    assert exposures([*rows, fact(12, whole=whole, team="Va", answer="yes")]) == set()
    found = exposures([*rows, fact(18, whole=whole, team="Va", answer="yes")])
    assert found == {(Exposure.EVERYBODY, "team=Va answer=yes")}


def test_nor_is_everybody_hidden_in_a_row_that_can_be_worked_out() -> None:
    """Of 18 in the team two did not answer no, and the yes are the rest."""
    whole = {"team": frozenset({"Va"})}
    rows = [fact(18, exempt=True, team="Va"), fact(2, exempt=True, team="Va", answer="no")]
    found = exposures([*rows, fact(None, whole=whole, team="Va", answer="yes")])
    assert found == {(Exposure.EVERYBODY, "team=Va answer=yes")}


def test_all_may_be_alike_in_any_of_the_groups_they_are_part_of() -> None:
    """Of 60 people 18 are young, and all of these said yes, which is told or can be worked out."""
    rows = [fact(60), fact(18, age="16-19"), fact(0, age="16-19", answer="no")]
    yes = fact(18, age="16-19", answer="yes")._replace(wholes=({}, {"age": frozenset({"16-19"})}))
    for young in (yes, yes._replace(value=None)):
        assert exposures([*rows, young]) == {(Exposure.EVERYBODY, yes.place)}
    assert exposures([*rows[:2], yes._replace(value=8)]) == set()


def test_a_row_that_is_left_out_is_what_the_others_leave() -> None:
    """Three teams and the sum give the fourth away, and no row of its own is needed."""
    others = [fact(30, team="Va"), fact(10, team="Sa"), fact(8, team="Su")]
    place = "de som inte är med i någon rad bredvid team=Va"
    assert exposures([fact(50, exempt=True), *others]) == {(Exposure.NARROW, place)}
    assert exposures([fact(48, exempt=True), *others]) == set(), "nobody is left"
    assert exposures([fact(55, exempt=True), *others]) == set(), "many are"
    heads = [row._replace(exempt=True) for row in others]
    assert exposures([fact(50, exempt=True), *heads]) == set(), "head counts may tell it"


def test_whoever_has_ended_had_started_also_where_no_table_names_both() -> None:
    """Twenty yes had started by then, and seventeen of those who had ended by then were in one team."""
    by_then = MonthRange(None, "2022-12")
    yes = {"answer": frozenset({"yes"})}
    started = Fact("started", "people", yes | {"started": by_then}, 20)
    ended = Fact("ended in Va", "people", yes | {"ended": by_then, "team": frozenset({"Va"})}, 17)
    hidden = Fact("ended in Sa", "people", yes | {"ended": by_then, "team": frozenset({"Sa"})}, None)
    assert exposures([ended, hidden]) == set()
    assert (Exposure.NARROW, "ended in Sa") in exposures([started, ended, hidden])


def test_a_share_of_a_small_base_gives_its_numerator_away() -> None:
    base, part = {"team": frozenset({"Va"})}, {"team": frozenset({"Va"}), "answer": frozenset({"yes"})}
    share = ShareFact("share", "people", part, base, 8.0)
    facts = [fact(12, team="Va"), fact(None, team="Va", answer="yes")]
    assert exposures(facts) == set()
    assert exposures(facts, [share]) == {(Exposure.NARROW, "team=Va answer=yes")}


def test_head_counts_that_the_rule_exempts_may_be_small() -> None:
    assert exposures([fact(3, exempt=True, team="Va"), fact(2, exempt=True, team="Sa")]) == set()
    assert exposures([fact(3, team="Va")]) == {(Exposure.SHOWN, "team=Va")}


def test_nor_is_what_head_counts_tell_together_any_news() -> None:
    """Of three in two teams, two are in the one: whoever is hidden in the other is one or nobody."""
    heads = [fact(3, exempt=True, team="Va Sa"), fact(2, exempt=True, team="Sa")]
    assert exposures([*heads, fact(None, team="Va", answer="yes")]) == set()
    nobody = [fact(9, answer="yes"), fact(9, answer="yes", team="Sa Su Fa")]
    found = exposures([*heads, fact(None, team="Va", answer="yes"), *nobody])
    assert found == {(Exposure.NARROW, "team=Va answer=yes")}


def test_a_head_count_is_exempt_in_whatever_table_it_stands() -> None:
    assert exposures([fact(3, exempt=True, team="Va"), fact(3, team="Va")]) == set()


def test_the_parts_of_a_small_head_count_must_be_wholly_unknown() -> None:
    head, women, men = (
        fact(4, exempt=True, team="Va"),
        fact(None, team="Va", sex="F"),
        fact(None, team="Va", sex="M"),
    )
    assert exposures([head, women, men]) == set()
    by_age = [fact(1, exempt=True, team="Va", sex="F", age="16-19")]
    assert {exposure for exposure, _ in exposures([head, women, men, *by_age])} == {Exposure.NARROW}


def test_nor_need_a_small_head_count_be_told_by_itself() -> None:
    """Seven in two teams and four in one leave three in the other; of their parts no more is known."""
    heads = [fact(7, exempt=True, team="Va Sa"), fact(4, exempt=True, team="Sa")]
    women, men = fact(None, team="Va", sex="F"), fact(None, team="Va", sex="M")
    assert exposures([*heads, women, men]) == set()
    found = exposures([*heads, women, men, fact(0, team="Va", sex="F", age="16-19 20-24 25-29")])
    assert found == {(Exposure.NARROW, "team=Va sex=F"), (Exposure.NARROW, "team=Va sex=M")}


def test_a_difference_that_is_a_head_count_is_known_anyhow() -> None:
    two_teams, one_team = fact(9, team="Va Sa"), fact(6, team="Sa")
    assert {exposure for exposure, _ in exposures([two_teams, one_team])} == {Exposure.DIFFERENCE}
    assert exposures([two_teams, one_team, fact(3, exempt=True, team="Va")]) == set()
    other = fact(3, exempt=True, team="Su")
    assert {exposure for exposure, _ in exposures([two_teams, one_team, other])} == {Exposure.DIFFERENCE}


def ended(value: int | None, last: str, answer: str) -> Fact:
    months = {"ended": MonthRange("2023-01", last), "answer": frozenset({answer})}
    return Fact(f"{last} {answer}", "people", months, value)


def test_two_periods_that_are_safe_alone_give_the_months_between_away() -> None:
    found = exposures([ended(8, "2023-08", "no"), ended(9, "2023-12", "no")])
    assert found == {(Exposure.DIFFERENCE, "2023-12 no minus 2023-08 no")}


def test_who_ended_in_a_period_is_among_those_who_took_part_in_it() -> None:
    """The order of events is public: a subtraction across flows must be found as well."""
    part = {"started": MonthRange(None, "2023-12"), "ended": MonthRange("2023-01", None)}
    gone = {"ended": MonthRange("2023-01", "2023-12")}
    found = exposures([Fact("took part", "people", part, 20), Fact("ended", "people", gone, 18)])
    assert found == {(Exposure.DIFFERENCE, "took part minus ended")}


def test_numbers_that_contradict_each_other_are_reported() -> None:
    assert (Exposure.CONTRADICTION, "people") in exposures(
        [fact(10, team="Va"), fact(12, team="Va", answer="yes"), fact(None, team="Va", answer="no")]
    )


def test_what_could_not_be_settled_in_time_is_never_called_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("followup.disclosure.intruder.bounds.LONGEST", 0.0)
    found = exposures(yes_no("Su-no Su-yes Sa-no Sa-yes"))
    assert found == {(Exposure.UNSETTLED, "people")}


def test_each_question_has_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The solver counts the time of all its runs together: the last question must not be cut short."""
    monkeypatch.setattr("followup.disclosure.intruder.bounds.LONGEST", 0.2)
    worlds = Worlds(PEOPLE, [{"team": frozenset({team})} for team in TEAMS])
    solver = Solver(worlds)
    solver.require(dict.fromkeys(worlds.columns({}), 1.0), 20, 20)
    end = monotonic() + 0.5
    while monotonic() < end:
        assert solver.bounds([(1.0, worlds.columns({"team": frozenset({"Va"})}))]) == (0.0, 20.0)


def test_worlds_met_before_spare_a_question_and_change_no_answer() -> None:
    worlds = Worlds(PEOPLE, [{"team": frozenset({team})} for team in TEAMS])
    solver = Solver(worlds)
    solver.require(dict.fromkeys(worlds.columns({}), 1.0), 20, 20)
    columns = worlds.columns({"team": frozenset({"Va"})})
    solver.bounds([(1.0, worlds.columns({"team": frozenset({"Sa"})}))])
    low, high = solver.bounds([(1.0, columns)])
    least, most = solver.met([(1.0, columns)])
    assert low <= least <= most <= high


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=8, max_size=8), st.sets(st.integers(0, 11), max_size=8))
def test_bounds_are_those_of_all_worlds_counted_one_by_one(cells: list[int], hidden: set[int]) -> None:
    """Three two-way margins of a 2×2×2 table, some hidden: compared with every whole-number table."""
    names = ("team", "answer", "sex")
    codes = {"team": ("Va", "Sa"), "answer": ("yes", "no"), "sex": ("F", "M")}
    small = Population("small", codes)
    places = list(product(*codes.values()))
    margins = [
        (dict(zip(pair, chosen, strict=True)))
        for pair in (("team", "answer"), ("answer", "sex"), ("team", "sex"))
        for chosen in product(*(codes[name] for name in pair))
    ]

    def sums(world: Sequence[int]) -> list[int]:
        return [
            sum(
                number
                for place, number in zip(places, world, strict=True)
                if all(place[names.index(name)] == code for name, code in margin.items())
            )
            for margin in margins
        ]

    truth = sums(cells)
    selections = [{name: frozenset({code}) for name, code in margin.items()} for margin in margins]
    worlds = Worlds(small, selections)
    solver = Solver(worlds, whole=True)
    solver.require(dict.fromkeys(worlds.columns({}), 1.0), sum(cells), sum(cells))
    for number, selection in enumerate(selections):
        if number not in hidden:
            solver.require(dict.fromkeys(worlds.columns(selection), 1.0), truth[number], truth[number])
    fitting = (
        [
            world
            for world in _worlds(len(cells), sum(cells))
            if all(found == truth[n] for n, found in enumerate(sums(world)) if n not in hidden)
        ]
        if sum(cells) <= 6
        else []
    )
    for number in hidden if fitting else ():
        low, high = solver.bounds([(1.0, worlds.columns(selections[number]))])
        numbers = [sums(world)[number] for world in fitting]
        assert (round(low), round(high)) == (min(numbers), max(numbers))


def _worlds(cells: int, total: int) -> list[tuple[int, ...]]:
    if cells == 1:
        return [(total,)]
    return [(first, *rest) for first in range(total + 1) for rest in _worlds(cells - 1, total - first)]


def test_variables_in_a_ring_are_thought_of_together() -> None:
    ring = [frozenset("ab"), frozenset("bc"), frozenset("ca")]
    assert pieces(ring, len) == [frozenset("abc")]
    chain = [frozenset("ab"), frozenset("bc"), frozenset("cd")]
    assert sorted(map(sorted, pieces(chain, len))) == [["a", "b"], ["b", "c"], ["c", "d"]]


def test_an_empty_world_is_told_apart_from_a_wide_one() -> None:
    worlds = Worlds(PEOPLE, [{"team": frozenset({"Va"})}])
    solver = Solver(worlds)
    solver.require(dict.fromkeys(worlds.columns({"team": frozenset({"Va"})}), 1.0), 4, 4)
    assert solver.bounds([(1.0, worlds.columns({}))]) == (4.0, float("inf"))
    solver.require(dict.fromkeys(worlds.columns({}), 1.0), 3, 3)
    with pytest.raises(Impossible):
        solver.bounds([(1.0, worlds.columns({}))])
