"""The vectors that every protector of small tables must stand (threshold 5, margins told unless said)."""

import pytest

from followup.disclosure import (
    Axis,
    CountTable,
    MonthRange,
    ProtectionFailed,
    Reason,
    Rule,
    Share,
    Status,
    protect,
)
from tests.disclosure.onlooker import Onlooker
from tests.disclosure.tables import cube, grid, population, with_margins

RULE = Rule()
F = frozenset


def hidden(table) -> set:
    return {codes for codes, cell in table.cells.items() if cell.status is Status.SUPPRESSED}


def yes_no(rows, counts, **more):
    people = population(team=tuple(rows), answer=("yes", "no"))
    inner = grid(rows, ("yes", "no"), counts)
    return cube("T", with_margins(inner), people=people, **more)


def test_d1_the_cheapest_safe_partner_is_hidden_and_every_interval_is_wide():
    table = yes_no(("Va", "Sa", "Su", "Fa"), [(41, 14), (18, 12), (15, 3), (22, 11)])
    (finished,) = protect([table], RULE)
    assert hidden(finished) == {(team, answer) for team in ("Su", "Sa") for answer in ("yes", "no")}
    onlooker = Onlooker([table], [finished])
    assert onlooker.bounds((1, {"team": F({"Su"}), "answer": F({"yes"})})) == (3, 18)
    assert onlooker.bounds((1, {"team": F({"Sa"}), "answer": F({"yes"})})) == (15, 30)
    assert onlooker.bounds((1, {"team": F({"Su"}), "answer": F({"no"})})) == (0, 15)
    assert onlooker.bounds((1, {"team": F({"Sa"}), "answer": F({"no"})})) == (0, 15)


def test_d3_everybody_is_protected_but_an_unknown_of_zero_is_not():
    rows = ("Va", "Sa", "Su", "Fa")
    counts = [(18, 0, 0), (30, 12, 0), (25, 25, 0), (25, 25, 0)]
    inner = grid(rows, ("yes", "no", "unknown"), counts)
    table = cube("T", with_margins(inner), people=population(team=rows), sensitive={"answer": {"yes", "no"}})
    (finished,) = protect([table], RULE)
    told = {codes for codes in finished.cells if codes[1] == "unknown"} - hidden(finished)
    assert finished.cells["Va", "yes"].status is Status.SUPPRESSED
    assert len(told) >= 3
    low, high = Onlooker([table], [finished]).bounds(
        (1, {"team": F({"Va"})}), (-1, {"team": F({"Va"}), "answer": F({"yes"})})
    )
    assert high >= 5
    assert high - low >= 5


def test_d4_two_hidden_cells_with_a_small_sum_are_not_enough():
    people = population(outcome=("plan", "sjuk", "flytt"))
    counts = {("plan",): 31, ("sjuk",): 1, ("flytt",): 1, ("_T",): 33}
    table = cube("T", counts, axes=("outcome",), people=people)
    (finished,) = protect([table], RULE)
    assert Onlooker([table], [finished]).bounds((1, {"outcome": F({"sjuk"})}))[1] >= 5


def test_d5_overlapping_age_groups_do_not_give_away_the_difference():
    sets = {("age", "16-24"): F({"16-19", "20-24"}), ("age", "16-29"): F({"16-19", "20-24", "25-29"})}
    young = cube("A", {("16-24",): 11}, axes=("age",), sets=sets)
    younger = cube("B", {("16-29",): 13}, axes=("age",), sets=sets)
    finished = protect([young, younger], RULE)
    assert len(hidden(finished[0])) + len(hidden(finished[1])) == 1
    assert Onlooker([young, younger], list(finished)).bounds((1, {"age": F({"25-29"})}))[1] >= 5


def test_d6_a_percentage_does_not_give_away_its_numerator():
    share = share_table(12, 1)
    (finished,) = protect([share], RULE)
    assert finished.cells["share",].status is Status.SUPPRESSED
    assert finished.cells["base",].value == 12
    (told,) = protect([share_table(30, 12)], RULE)
    assert told.cells["share",].value == 40


def share_table(base: int, numerator: int):
    return CountTable(
        id="S",
        title="Andel till arbete",
        population=population(),
        axes=[Axis("measure", "mått", ("base", "share"), ("antal", "andel"))],
        stub=["measure"],
        heading=[],
        cells={("base",): ({}, base)},
        bases={("to work",): ({"outcome": F({"work"})}, numerator)},
        shares={("share",): Share(("to work",), ("base",))},
        units={"share": "procent"},
    )


def test_d8_the_sixth_team_does_not_follow_from_the_sum():
    counts = {("Va",): 60, ("Sa",): 20, ("Su",): 15, ("Fa",): 22, ("Ha",): 14, ("_T",): 134}
    table = cube("T", counts, axes=("team",))
    (finished,) = protect([table], RULE)
    assert len(hidden(finished)) == 1
    low, high = Onlooker([table], [finished]).bounds((1, {"team": F({"Vm"})}))
    assert high >= 5
    assert high - low >= 5


def test_d2_the_year_and_its_first_months_do_not_give_away_the_rest():
    year = {"ended": MonthRange("2023-01", "2023-12")}
    early = {"ended": MonthRange("2023-01", "2023-08")}
    rows = ("Va", "Sa", "Su", "Fa")
    people = population(team=rows, answer=("yes", "no"))
    first = grid(rows, ("yes", "no"), [(10, 8), (20, 10), (15, 9), (12, 12)])
    whole = grid(rows, ("yes", "no"), [(17, 9), (29, 16), (23, 16), (18, 20)])
    a = cube("early", with_margins(first), base=early, people=people)
    b = cube("year", with_margins(whole), base=year, people=people)
    finished = protect([a, b], RULE)
    told = [table.cells["Va", "no"].status is Status.VALUE for table in finished]
    assert not all(told)


def test_a_known_head_count_stays_even_if_small_and_its_parts_are_hidden():
    counts = {("Va", "F"): 2, ("Va", "M"): 1, ("Va", "_T"): 3}
    table = cube("T1", counts, axes=("team", "sex"), exempt={("Va", "_T")})
    (finished,) = protect([table], RULE)
    assert finished.cells["Va", "_T"].value == 3
    assert hidden(finished) == {("Va", "F"), ("Va", "M")}


def test_tables_that_contradict_each_other_are_not_published():
    one = cube("T2", {("F",): 20, ("M",): 20, ("_T",): 40}, axes=("sex",))
    other = cube("T4", {("yes",): 30, ("no",): 8, ("unknown",): 3, ("_T",): 41}, axes=("answer",))
    with pytest.raises(ProtectionFailed, match="olika antal"):
        protect([one, other], RULE)
    impossible = cube("T4", {("F",): 50, ("_T",): 41}, axes=("sex",))
    with pytest.raises(ProtectionFailed, match="går inte ihop"):
        protect([impossible], RULE)


def test_reasons_are_words_for_the_director_alone():
    table = yes_no(("Va", "Sa", "Su", "Fa"), [(41, 14), (18, 12), (15, 3), (22, 11)])
    (finished,) = protect([table], RULE)
    reasons = finished.reasons_for_director()
    assert reasons["Su", "no"] is Reason.FEW
    assert reasons["Sa", "yes"] is Reason.DERIVABLE
    assert not any(character.isdigit() for reason in reasons.values() for character in reason)
