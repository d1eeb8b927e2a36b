"""A sentence is made of what its reader sees, or says nothing in numbers."""

import re
from dataclasses import replace

import pytest

from followup.disclosure import (
    TOTAL,
    Axis,
    CountTable,
    OwnTeamTable,
    Population,
    ProtectedTable,
    Recoding,
    Rule,
    Status,
    own_team_view,
    protect,
)
from followup.disclosure.recode import recoded
from followup.periods import Year
from followup.statistics.declarations import Cell, Cube, Drawing, Finding, Table
from followup.statistics.findings import WITHOUT_NUMBERS, moved, words
from followup.statistics.service import Shown

REASONS = ("a", "b", "c")
LABELS = ("alfa", "beta", "gamma")
FINDING = Finding(
    heading="Störst: {label}",
    sentence="{label}: {largest} av {all} ({share}).",
    plain="Tabellen {period}",
    comparison="Förut {before}.",
    cells={"all": Cell("", {}), "before": Cell("", {}, before=True)},
    share=("largest", "all"),
    largest="reason",
)
TABLE = Table(
    "T99", "Tabell", (Cube("", "Tabell", ("reason",), ("period",)),), (), FINDING, Drawing("", "reason", {})
)


def counts(now: tuple[int, int, int], before: tuple[int, int, int] | None) -> CountTable:
    cells = {}
    for period, numbers in (("2023", now), ("2022", before)):
        team = {"team": frozenset({"1"}), "period": frozenset({period})}
        for code, number in zip(
            (TOTAL, *REASONS), (sum(numbers), *numbers) if numbers else [None] * 4, strict=True
        ):
            narrowed = team if code == TOTAL else {**team, "reason": frozenset({code})}
            cells[code, period] = (narrowed, number)
    return CountTable(
        id="T99",
        title="Tabell",
        population=Population("people", {"team": ("1", "2"), "period": ("2023", "2022"), "reason": REASONS}),
        axes=(
            Axis("reason", "Orsak", (TOTAL, *REASONS), ("Totalt", *LABELS)),
            Axis("period", "Period", ("2023", "2022"), ("2023", "2022")),
        ),
        stub=("reason",),
        heading=("period",),
        cells=cells,
    )


def protected(now: tuple[int, int, int], before: tuple[int, int, int] | None = (20, 30, 40)) -> Shown:
    (table,) = protect([counts(now, before)], Rule())
    assert isinstance(table, ProtectedTable)
    return Shown(TABLE, {"": table}, Rule().least_base(screening=False))


def own(now: tuple[int, int, int]) -> Shown:
    table = own_team_view(counts(now, (1, 1, 1)), team="1", own_teams={"1"})
    assert isinstance(table, OwnTeamTable)
    return Shown(TABLE, {"": table})


def test_a_finding_is_told_with_numerator_base_and_share() -> None:
    told = words(protected((10, 31, 10)), Year(2023))
    assert told.heading == "Störst: beta"
    assert told.sentence == "Beta: 31 av 51 (61\u00a0%). Förut 90."


@pytest.mark.parametrize(
    ("number", "units", "told"),
    [
        (12, 4, "Antalet har ökat med 12 och andelen med 4\u00a0procentenheter"),
        (-1, -1, "Antalet har minskat med 1 och andelen med 1\u00a0procentenhet"),
        (-11, 1, "Antalet har minskat med 11 men andelen har ökat med 1\u00a0procentenhet"),
        (0, 2, "Antalet är oförändrat och andelen har ökat med 2\u00a0procentenheter"),
        (3, 0, "Antalet har ökat med 3 och andelen är oförändrad"),
        (0, 0, "Antalet är oförändrat och andelen är oförändrad"),
    ],
)
def test_a_change_is_told_in_number_and_in_share(number: int, units: int, told: str) -> None:
    assert moved(number, units) == told


def test_nobody_is_said_in_a_word_where_the_finding_asks_for_it() -> None:
    finding = replace(
        FINDING,
        heading="{first} valde alfa",
        sentence="{first} av {all}.",
        share=None,
        largest=None,
        nobody=("first",),
        cells={**FINDING.cells, "first": Cell("", {"reason": REASONS[0]})},
    )
    shown = protected((0, 31, 10))
    told = words(replace(shown, table=replace(TABLE, finding=finding)), Year(2023))
    assert told.heading == "Ingen valde alfa"
    assert told.sentence.startswith("Ingen av 41.")


def test_a_half_is_rounded_up() -> None:
    assert "(63\u00a0%)" in words(protected((10, 25, 5)), Year(2023)).sentence


def test_a_category_is_called_largest_where_those_that_are_hidden_are_fewer_together() -> None:
    shown = protected((2, 31, 10))
    assert [cell.status for cell in shown.cubes[""].cells.values()].count(Status.SUPPRESSED) == 2
    assert words(shown, Year(2023)).heading == "Störst: beta"


def test_a_group_that_a_coarser_version_is_made_of_says_so() -> None:
    step = Recoding("reason", {"BC": ("b", "c")}, {"BC": "beta eller gamma"})
    cube = Cube("", "Tabell", ("reason",), ("period",), ladder=((step,),))
    (found,) = protect([recoded(counts((10, 31, 10), (20, 30, 40)), step)], Rule())
    told = words(Shown(replace(TABLE, cubes=(cube,)), {"": found}), Year(2023))
    assert told.heading == "Störst: beta eller gamma (sammanslagen grupp)"
    assert (
        " I gruppen är flera kategorier sammanslagna; var för sig kan en annan vara vanligast. "
        in told.sentence
    )


@pytest.mark.parametrize("now", [(2, 12, 11), (31, 31, 10)])
def test_no_category_is_called_largest_when_a_hidden_one_may_be_or_two_tie(now: tuple[int, int, int]) -> None:
    told = words(protected(now), Year(2023))
    assert told.heading == "Tabellen 2023"
    assert told.sentence == WITHOUT_NUMBERS
    assert not re.search(r"\d", told.sentence)


def test_a_share_of_a_small_base_is_not_told() -> None:
    told = words(protected((0, 9, 0)), Year(2023))
    assert told.sentence == WITHOUT_NUMBERS


def test_the_year_before_is_left_out_when_it_is_missing() -> None:
    told = words(protected((10, 31, 10), before=None), Year(2023))
    assert told.sentence == "Beta: 31 av 51 (61\u00a0%)."


def test_a_team_reads_its_own_small_numbers() -> None:
    assert words(own((1, 2, 0)), Year(2023)).sentence == "Beta: 2 av 3 (67\u00a0%). Förut 3."


def test_a_team_is_not_told_about_disclosure_control() -> None:
    assert words(own((2, 2, 0)), Year(2023)).sentence == ""
