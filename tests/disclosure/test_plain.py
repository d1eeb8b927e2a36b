"""Figures that count no people are open; what is derived from people follows the protected cell."""

from dataclasses import replace

import pytest

from followup.disclosure import (
    TOTAL,
    Axis,
    PlainTable,
    ProtectedTable,
    Quotient,
    Rule,
    Source,
    Status,
    TableMalformed,
    Taken,
    open_table,
    protect,
)
from followup.disclosure.plain import Among, Beside, Tally, Told
from tests.disclosure.tables import TEAMS, cube

SPENT = {"Va": 5502.0, "Sa": 1700.0, "Su": 1200.0, "Fa": 1525.0, "Ha": 1200.0, "Vm": None}
TELLING = {"answer": ("yes", "no", "unknown")}


def release(yes_in_sala: int = 2) -> list[ProtectedTable]:
    """Answers per team: few say yes in Sala, and as many more in Hallstahammar; Surahammar has nobody."""
    yes = {**dict.fromkeys(TEAMS, 20), "Su": 0, "Sa": yes_in_sala, "Ha": 12 - yes_in_sala}
    everybody = {**dict.fromkeys(TEAMS, 50), "Su": 0, "Sa": 32, "Ha": 40}
    counts: dict[tuple[str, ...], int] = {}
    for team in TEAMS:
        counts |= {(team, TOTAL): everybody[team], (team, "yes"): yes[team]}
        counts[team, "no"] = everybody[team] - yes[team]
    for answer in ("yes", "no", TOTAL):
        counts[TOTAL, answer] = sum(counts[team, answer] for team in TEAMS)
    return list(protect([cube("T1", counts, sensitive=TELLING)], Rule()))


def money(**more) -> PlainTable:  # type: ignore[no-untyped-def]
    figures = ("spent", "people", "each", "answered")
    derived = {}
    for team in TEAMS:
        whole, yes = Source("T1", (team, TOTAL)), Source("T1", (team, "yes"))
        derived[team, "people"] = Taken(whole)
        derived[team, "each"] = Quotient((team, "spent"), whole, factor=1000)
        derived[team, "answered"] = Quotient((team, "spent"), yes, factor=1000)
    plain = PlainTable(
        id="T13",
        title="Kostnader",
        axes=(Axis("team", "Team", TEAMS, TEAMS), Axis("figure", "Mått", figures, figures)),
        stub=("team",),
        heading=("figure",),
        cells={(team, "spent"): number for team, number in SPENT.items()},
        derived=derived,
        decimals={"spent": 1},
        units={"spent": "tkr", "each": "kr", "answered": "kr"},
    )
    return replace(plain, **more)


def opened(tables: list[ProtectedTable]) -> ProtectedTable:
    return open_table(money(), tables, rule_version="1")


def test_cost_per_participant_is_rounded_once_with_halves_up() -> None:
    cells = opened(release()).cells
    assert cells["Va", "people"].value == 50
    assert cells["Va", "each"] == (110040, Status.VALUE, 0)
    assert cells["Va", "spent"] == (5502.0, Status.VALUE, 1)
    quarter = open_table(
        replace(money(), cells={(team, "spent"): 0.125 for team in TEAMS}, decimals={"spent": 2}),
        release(),
        rule_version="1",
    )
    assert quarter.cells["Va", "spent"].value == 0.13


def test_a_figure_of_hidden_people_is_hidden() -> None:
    tables = release()
    assert tables[0].cells["Sa", "yes"].status is Status.SUPPRESSED
    cells = opened(tables).cells
    assert cells["Sa", "answered"] == (None, Status.SUPPRESSED, 0)
    assert cells["Sa", "spent"].value == 1700.0


def test_worlds_that_the_release_does_not_tell_apart_look_alike_in_what_is_derived() -> None:
    one, other = release(yes_in_sala=2), release(yes_in_sala=3)
    assert dict(one[0].cells) == dict(other[0].cells)
    assert dict(opened(one).cells) == dict(opened(other).cells)


def test_nobody_to_share_it_and_money_that_is_not_known_are_missing() -> None:
    cells = opened(release()).cells
    assert cells["Su", "each"].status is Status.MISSING
    assert cells["Vm", "each"].status is Status.MISSING
    assert cells["Vm", "spent"].status is Status.MISSING


def test_a_cell_that_the_release_no_longer_tells_apart_is_hidden() -> None:
    plain = money(derived={("Va", "people"): Taken(Source("T1", ("Norberg", TOTAL)))})
    assert open_table(plain, release(), rule_version="1").cells["Va", "people"].status is Status.SUPPRESSED


@pytest.mark.parametrize(
    "fault",
    [
        {"derived": {("Va", "each"): Taken(Source("T99", ("Va",)))}},
        {"derived": {("Va", "each"): Quotient(Source("T1", ("Va", "yes")), Source("T1", ("Va", TOTAL)))}},
        {"derived": {("Va", "each"): Quotient(("Va", "spent"), ("Sa", "spent"))}},
        {"derived": {("Va", "spent"): Taken(Source("T1", ("Va", TOTAL)))}},
        {"cells": {("Va", "bought"): 1.0}},
        {"heading": ()},
    ],
    ids=["no such table", "people by people", "money by money", "twice", "outside", "an axis left out"],
)
def test_a_table_that_contradicts_itself_is_refused(fault: dict[str, object]) -> None:
    with pytest.raises(TableMalformed):
        open_table(money(**fault), release(), rule_version="1")


@pytest.mark.parametrize(
    ("parts", "is_told"),
    [
        ([("Va", "yes")], True),
        ([("Sa", "yes")], False),
        ([("Va", "yes"), ("Sa", "yes")], False),
        ([("Va", "sometimes")], False),
        ([("Norberg", "yes")], False),
    ],
    ids=["told", "hidden", "hidden around it", "not told apart", "a team that is not told"],
)
def test_a_figure_of_some_of_those_who_are_not_told_is_missing(
    parts: list[tuple[str, str]], is_told: bool
) -> None:
    """It says that so many at least said it; whether somebody answered sometimes is not told."""
    derived = {("Va", "answered"): Among(3.4, tuple(Source("T1", codes) for codes in parts))}
    plain = money(derived=derived, decimals={"answered": 1})
    cell = open_table(plain, release(), rule_version="1").cells["Va", "answered"]
    assert cell == ((3.4, Status.VALUE, 1) if is_told else (None, Status.MISSING, 1))


def judged(tables: list[ProtectedTable]) -> ProtectedTable:
    """Each team's "yes" was judged to be enough, and all judgements together."""
    derived = {(team, "enough"): Beside(1, Source("T1", (team, "yes"))) for team in TEAMS}
    plain = PlainTable(
        id="T14",
        title="Bedömning",
        axes=(
            Axis("team", "Team", (TOTAL, *TEAMS), ("Alla", *TEAMS)),
            Axis("word", "Bedömning", ("enough",), ("",)),
        ),
        stub=("team",),
        heading=("word",),
        cells={},
        derived={**derived, (TOTAL, "enough"): Tally(tuple(derived))},
    )
    return open_table(plain, tables, rule_version="1")


def test_a_judgement_is_hidden_with_what_it_judges_and_not_counted() -> None:
    tables = release()
    cells = judged(tables).cells
    hidden = {team for team in TEAMS if tables[0].cells[team, "yes"].status is Status.SUPPRESSED}
    assert hidden
    assert {team for team in TEAMS if cells[team, "enough"].status is Status.SUPPRESSED} == hidden
    assert cells[TOTAL, "enough"].value == len(TEAMS) - len(hidden)


def test_a_cell_of_an_edition_is_told_as_it_was_and_hidden_where_the_edition_has_none() -> None:
    (old,) = release()
    told = {(team, "people"): Told(old, (team, "yes")) for team in TEAMS}
    told |= {(team, "each"): Told(old, (team, "no such")) for team in TEAMS}
    cells = open_table(replace(money(), derived=told), release(6), rule_version="1").cells
    assert {team: cells[team, "people"] for team in TEAMS} == {team: old.cells[team, "yes"] for team in TEAMS}
    assert {cells[team, "each"].status for team in TEAMS} == {Status.SUPPRESSED}
