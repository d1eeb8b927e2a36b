"""Shares and medians tell nothing of a hidden base: neither that it is nobody nor that it is enough."""

from itertools import product
from random import Random

import pytest

from followup.disclosure import (
    TOTAL,
    Axis,
    CountTable,
    Figure,
    Population,
    ProtectedTable,
    Rule,
    Share,
    Status,
    protect,
)
from followup.disclosure.intruder import Exposure, Meaning, attack, read_table
from followup.disclosure.protected import ProtectedCell

RULE = Rule()
CODES = {"team": ("A", "B", "C"), "sex": ("F", "M"), "outcome": ("work", "studies", "other")}
PEOPLE = Population("p", CODES)
ALL = {name: (*codes, TOTAL) for name, codes in CODES.items() if name != "outcome"}
FIGURES = ("count", "base", "share", "median")


def by_chance(number):
    """Few people, in some places nobody; the base is told beside each count, as in the catalogue."""
    chance = Random(number)
    people = {codes: chance.choice((0, 0, 1, 2, 4, 7)) for codes in product(*CODES.values())}
    for team, sex in product(CODES["team"], CODES["sex"]):
        if chance.random() < 0.25:
            people |= {(team, sex, outcome): 0 for outcome in CODES["outcome"]}

    def count(*codes):
        return sum(
            n for own, n in people.items() if all(c in (o, TOTAL) for o, c in zip(own, codes, strict=True))
        )

    def chosen(*codes):
        return {n: frozenset({c}) for n, c in zip(CODES, codes, strict=True) if c != TOTAL}

    cells, shares, figures = {}, {}, {}
    for team, sex, outcome in product(ALL["team"], ALL["sex"], CODES["outcome"]):
        line = team, sex, outcome
        cells[*line, "count"] = chosen(*line), count(*line)
        cells[*line, "base"] = chosen(team, sex, TOTAL), count(team, sex, TOTAL)
        shares[*line, "share"] = Share((*line, "count"), (*line, "base"))
        weeks = 12.0 if count(team, sex, TOTAL) else None
        figures[*line, "median"] = Figure(weeks, (*line, "base"))
    codes = {**ALL, "outcome": CODES["outcome"], "figure": FIGURES}
    return CountTable(
        id="t",
        title="t",
        population=PEOPLE,
        axes=[Axis(name, name, own, own) for name, own in codes.items()],
        stub=["team", "sex"],
        heading=["outcome", "figure"],
        cells=cells,
        shares=shares,
        figures=figures,
    ), count


def hidden_bases(table):
    """The lines whose base is hidden."""
    return [codes[:-1] for codes, cell in table.cells.items() if codes[-1] == "base" and is_hidden(cell)]


def is_hidden(cell):
    return cell.status is Status.SUPPRESSED


def test_over_a_hidden_base_every_share_and_median_is_hidden_alike():
    sizes = set()
    for number in range(40):
        table, count = by_chance(number)
        (finished,) = protect([table], RULE)
        for line in hidden_bases(finished):
            sizes.add(min(count(*line[:2], TOTAL), RULE.median_base))
            assert is_hidden(finished.cells[*line, "share"])
            assert is_hidden(finished.cells[*line, "median"])
            assert finished.reasons_for_director()[*line, "share"]
    assert {0, RULE.median_base} <= sizes, "of nobody, and of enough"


def test_where_nobody_is_told_to_be_there_the_figures_are_missing():
    lines = 0
    for number in range(10):
        (finished,) = protect([by_chance(number)[0]], RULE)
        for codes, cell in finished.cells.items():
            if codes[-1] == "base" and cell.status is Status.ZERO:
                lines += 1
                assert finished.cells[*codes[:-1], "median"].status is Status.MISSING
    assert lines


@pytest.mark.parametrize("number", [0, 1, 3, 12, 34])
def test_an_intruder_reads_a_missing_share_as_a_base_of_nobody(number):
    """Tables as they were once made: the marks give away what the numbers alone do not."""
    table, count = by_chance(number)
    (finished,) = protect([table], RULE)
    meaning = Meaning(
        PEOPLE,
        {
            codes: {
                name: frozenset({code})
                for name, code in zip(CODES, codes, strict=False)
                if code != TOTAL and (name != "outcome" or codes[-1] == "count")
            }
            for codes in finished.cells
            if codes[-1] in ("count", "base")
        },
        {},
        frozenset(),
        {},
    )
    shares = {
        codes: (meaning.cells[*codes[:-1], "count"], meaning.cells[*codes[:-1], "base"])
        for codes in finished.cells
        if codes[-1] == "share"
    }
    meaning = meaning._replace(shares=shares)
    # Nobody over the hidden base.
    nobody = [line for line in hidden_bases(finished) if not count(*line[:2], TOTAL)]
    marked = {(*line, "share"): ProtectedCell(None, Status.MISSING) for line in nobody}
    leaky = ProtectedTable(table, {**finished.cells, **marked}, finished.reasons_for_director(), "1")
    populations = {PEOPLE.name: PEOPLE}
    assert attack(*read_table(finished, meaning), populations=populations) == []
    found = attack(*read_table(leaky, meaning), populations=populations)
    assert bool(nobody) == bool(found)
    assert {each.exposure for each in found} <= {Exposure.NARROW, Exposure.UNTOLD, Exposure.EVERYBODY}
