"""Coarser categories come before hidden cells, and proposals are tried before they are made."""

import pytest

from followup.disclosure import (
    Axis,
    CountTable,
    Ledger,
    MonthRange,
    Recoding,
    Rule,
    Status,
    TableMalformed,
    protect,
    select,
    suggest,
)
from followup.disclosure.recode import recoded
from tests.disclosure.tables import CODES, cube, grid, population, with_margins

RULE = Rule()
LADDER = (
    Recoding(
        "age",
        {"16-29": ("16-19", "20-24", "25-29"), "30-49": ("30-39", "40-49"), "50-67": ("50-59", "60-67")},
        {"16-29": "16–29 år", "30-49": "30–49 år", "50-67": "50–67 år"},
    ),
)
ROWS = ("Va", "Sa", "Su", "Fa")


def ages(counts, **more):
    inner = {(age,): count for age, count in zip(CODES["age"], counts, strict=True)}
    return cube("T2", with_margins(inner), axes=("age",), ladder=(LADDER,), **more)


def test_a_thinly_peopled_table_takes_its_coarser_version():
    release = protect([ages([1, 9, 8, 14, 12, 7, 2])], RULE)
    assert release[0].axes[0].codes == ("16-29", "_T", "30-49", "50-67")
    assert release[0].axes[0].labels[0] == "16–29 år"
    assert release[0].cells["16-29",].value == 18
    assert release.share_hidden == 0


def test_a_well_peopled_table_stays_as_it_is():
    release = protect([ages([11, 19, 18, 24, 22, 17, 12])], RULE)
    assert len(release[0].axes[0].codes) == 8


def test_a_table_of_nobody_stays_as_it_is_and_binds_no_later_one():
    first = protect([ages([0] * 7)], RULE)
    later = {"started": MonthRange("2024-01", "2024-12")}
    again = protect(
        [ages([11, 19, 18, 24, 22, 17, 12], base=later)], RULE, Ledger.from_records(first.records("2023:1"))
    )
    assert [len(release[0].axes[0].codes) for release in (first, again)] == [8, 8]


def test_a_table_that_would_hide_too_much_climbs_one_rung():
    release = protect([ages([1, 60, 60, 60, 60, 60, 3])], RULE)
    assert release[0].axes[0].codes == ("16-29", "_T", "30-49", "50-67")


def test_a_table_does_not_become_finer_than_it_was_published_last():
    first = protect([ages([1, 9, 8, 14, 12, 7, 2])], RULE)
    later = {"started": MonthRange("2024-01", "2024-12")}
    again = protect(
        [ages([11, 19, 18, 24, 22, 17, 12], base=later)], RULE, Ledger.from_records(first.records("2023:1"))
    )
    assert again[0].axes[0].codes == ("16-29", "_T", "30-49", "50-67")


def test_groups_that_overlap_or_differ_in_kind_cannot_be_taken_together():
    overlap = {("age", "young"): frozenset({"16-19", "20-24"}), ("age", "younger"): frozenset({"16-19"})}
    table = cube("T", {("young",): 20, ("younger",): 12}, axes=("age",), sets=overlap)
    with pytest.raises(TableMalformed, match="overlap"):
        recoded(table, Recoding("age", {"both": ("young", "younger")}, {"both": "båda"}))


def test_a_merge_is_proposed_only_when_it_helps():
    people = population(team=ROWS, answer=("yes", "no"))
    inner = grid(ROWS, ("yes", "no"), [(41, 14), (18, 2), (15, 3), (22, 11)])
    table = cube("T7", with_margins(inner), people=people)
    proposals = suggest([table], RULE)
    best = proposals[0]
    assert best.table == "T7"
    assert best.text in {"Slå ihop Sa och Su", "Slå ihop Su och Sa"}
    assert best.hidden_after < best.hidden_before
    healthy = grid(ROWS, ("yes", "no"), [(41, 14), (18, 12), (15, 13), (22, 11)])
    assert suggest([cube("T7", with_margins(healthy), people=people)], RULE) == []


def test_two_half_years_are_proposed_as_a_whole_year():
    people = population(answer=("yes", "no"))
    halves = {
        "H1": {"ended": MonthRange("2023-01", "2023-06")},
        "H2": {"ended": MonthRange("2023-07", "2023-12")},
    }
    counts = {("H1", "yes"): 9, ("H1", "no"): 3, ("H2", "yes"): 12, ("H2", "no"): 2}
    cells = {
        (half, answer): (select(halves[half], {"answer": frozenset({answer})}), count)
        for (half, answer), count in counts.items()
    }
    axes = [
        Axis("period", "period", ("H1", "H2"), ("januari–juni", "juli–december")),
        Axis("answer", "svar", ("yes", "no"), ("ja", "nej")),
    ]
    table = CountTable(
        id="T7", title="T7", population=people, axes=axes, stub=["answer"], heading=["period"], cells=cells
    )
    (proposal, *_) = suggest([table], RULE)
    assert proposal.text == "Visa helår"
    assert proposal.hidden_after == 0


def test_the_share_hidden_is_told_for_each_table():
    inner = grid(ROWS, ("yes", "no"), [(41, 14), (18, 12), (15, 3), (22, 11)])
    (finished,) = protect(
        [cube("T", with_margins(inner), people=population(team=ROWS, answer=("yes", "no")))], RULE
    )
    hidden = sum(cell.status is Status.SUPPRESSED for cell in finished.cells.values())
    assert finished.share_hidden == hidden / 15


NO_AGE = Recoding("age", {"_T": tuple(CODES["age"])}, {})


def test_codes_taken_together_as_the_total_are_told_in_it_alone():
    inner = {(age,): 20 for age in CODES["age"]}
    coarse = recoded(cube("T2", with_margins(inner), axes=("age",)), NO_AGE)
    assert coarse.axes[0].codes == ("_T",)
    assert protect([coarse], RULE)[0].cells["_T",].value == 140


def test_a_part_of_a_year_starts_coarser_and_does_not_bind_the_year():
    counts = [11, 19, 18, 24, 22, 17, 12]
    early = protect([ages(counts, finest=1)], RULE)
    assert early[0].axes[0].codes == ("16-29", "_T", "30-49", "50-67")
    later = {"started": MonthRange("2024-01", "2024-12")}
    year = protect([ages(counts, base=later)], RULE, Ledger.from_records(early.records("2024:1")))
    assert len(year[0].axes[0].codes) == 8
