"""Spans of time that nobody told, but that told ones add up to."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.disclosure import Ledger, MonthRange, Rule, protect
from followup.disclosure.gaps import Edge, Line, gaps, lines_of
from followup.disclosure.intruder import attack
from followup.disclosure.quantities import NEVER, Span, quantity_of, time_box
from tests.disclosure.random_releases import facts_of
from tests.disclosure.tables import cube, population

RULE = Rule()
PEOPLE = population()
MONTHS = 8
ENDED = Line("ended", ())
SPANS = [Span(*ends) for ends in combinations(range(MONTHS + 1), 2)]


def answers(first, last, yes, no):
    counts = {("yes",): yes, ("no",): no, ("_T",): yes + no}
    base = {"ended": MonthRange(f"2023-{first:02}", f"2023-{last:02}")}
    return cube("T", counts, axes=("answer",), base=base)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (0, 2, 1)])
def test_the_year_less_its_first_two_thirds_gives_no_few_away(order):
    """In the last third three said yes, which no table tells."""
    tables = [answers(1, 4, 20, 15), answers(5, 8, 22, 18), answers(1, 12, 45, 43)]
    records, facts = [], []
    for place in order:
        release = protect([tables[place]], RULE, Ledger.from_records(records))
        records += release.records(str(place))
        facts += facts_of(release, [tables[place]], RULE, str(place))
    last = facts[0]._replace(
        selection={"ended": MonthRange("2023-09", "2023-12"), "answer": frozenset({"yes"})},
        place="sista tertialet",
        value=None,
        exempt=False,
    )
    assert not attack([*facts, last], populations={PEOPLE.name: PEOPLE})


def test_what_earlier_editions_gave_away_stops_nobody_from_telling_it_again():
    """As by a version that did not notice: nothing can be done about it any more."""
    tables = [answers(1, 4, 20, 15), answers(5, 8, 22, 18), answers(1, 12, 45, 43)]
    records = [
        row for place, table in enumerate(tables) for row in protect([table], RULE).records(str(place))
    ]
    (again,) = protect([tables[2]], RULE, Ledger.from_records(records))
    assert [cell.value for cell in again.cells.values()] == [45, 43, 88]


@given(
    counts=st.lists(st.integers(0, 4), min_size=MONTHS, max_size=MONTHS),
    told=st.lists(st.sampled_from(SPANS), min_size=1, max_size=7, unique=True),
)
def test_everything_that_follows_is_found_and_nothing_else(counts, told):
    """As linear algebra has it: a span follows when it is a sum of told ones, each with a factor."""
    edges = [Edge(span, sum(counts[span.first : span.after]), False, True) for span in told]
    found = {dict(gap.quantity.box)["ended"]: gap.value for gap in gaps(PEOPLE, (), ENDED, edges, 5)}
    rows = np.array([[span.first <= month < span.after for month in range(MONTHS)] for span in told], float)
    follows = {
        span
        for span in SPANS
        if np.linalg.matrix_rank(np.vstack([rows, indicator(span)])) == np.linalg.matrix_rank(rows)
    }
    few = {span: sum(counts[span.first : span.after]) for span in follows - set(told)}
    assert found == {span: number for span, number in few.items() if 0 < number < 5}


def indicator(span):
    return [float(span.first <= month < span.after) for month in range(MONTHS)]


def test_what_head_counts_or_earlier_editions_tell_by_themselves_is_no_gap():
    spans, numbers = [Span(0, 4), Span(4, 8), Span(0, 12)], [20, 22, 45]

    def found(exempt, new):
        edges = [Edge(*one) for one in zip(spans, numbers, exempt, new, strict=True)]
        return [gap.value for gap in gaps(PEOPLE, (), ENDED, edges, 5)]

    assert found([True, True, True], [True, True, True]) == []
    assert found([False, False, False], [False, False, False]) == []
    assert found([True, True, False], [False, False, True]) == [3]
    assert found([True, True, True], [False, False, False]) == []


def test_spans_of_one_variable_are_held_against_each_other_whatever_follows_from_them():
    """Who ended by April had started by then, and that is not another group of starters."""

    def lines(**selection):
        quantity = quantity_of(PEOPLE, selection)
        return {line.variable: (line.rest, span) for line, span in lines_of(PEOPLE, time_box(quantity))}

    early, late = (lines(ended=MonthRange("2023-01", last)) for last in ("2023-04", "2023-12"))
    assert early["ended"][0] == late["ended"][0] == ()
    there = lines(started=MonthRange(None, "2022-12"), ended=MonthRange("2023-01", None))
    assert there["ended"][0] != ()
    assert there["ended"][1].after == NEVER


def test_head_counts_that_are_told_by_the_rule_stay_told():
    spans = {("2023-01", "2023-04"): 20, ("2023-05", "2023-08"): 22, ("2023-01", "2023-12"): 45}
    bare = [
        cube("T", {("_T",): number}, axes=("answer",), exempt={("_T",)}, base={"ended": MonthRange(*span)})
        for span, number in spans.items()
    ]
    told = [cell.value for table in protect(bare, RULE) for cell in table.cells.values()]
    assert told == list(spans.values())
