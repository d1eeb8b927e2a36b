"""Somebody registered late is not placed by the catalogue's own tables of exits, nor by a median beside them.

The reader here knows no population and no solver: a hidden row is what is left of the total.
"""

from collections.abc import Sequence

import pytest

from followup.disclosure import CountTable, Ledger, ProtectedTable, Release, Status, protect
from followup.participation.details import Lengths
from followup.periods import Month, Week, Year
from followup.protection.queries import BUILT_IN
from followup.statistics.cubes import Ground, count_table
from followup.statistics.meaning import shipped_lists
from followup.statistics.tables.flows import T1
from followup.statistics.tables.outcomes import T8, T9
from followup.statistics.units import Spell
from followup.statistics.variables import ALIVE, Unit, stay_of

YEAR = Year(2023)
PERIODS = (YEAR, YEAR.previous)
LISTS = shipped_lists()
STAYS = [2] * 20 + [4] * 22 + [7] * 22 + [9] * 20 + [13] * 18 + [15] * 18
REASONS = ("PLAN", "MED", "VAL", "UTE", "FLY", "SAM", "ORD", "MAX")
# Months of stay and reason of each.
EXITS = [(months, REASONS[place % len(REASONS)]) for place, months in enumerate(STAYS)]


def tables(exits: Sequence[tuple[int, str]], *wanted: str) -> list[CountTable]:
    """Some of the catalogue's cubes over one team's exits of the year."""
    cubes = {"T1": (T1, 0), "T8": (T8, 0), "T9": (T9, 0), "T9-median": (T9, 1)}
    units, spells = [], []
    people = Ground(PERIODS, frozenset(), [("1", "A")], LISTS).population(T9.cubes[0])
    plain = {name: codes[-1] for name, codes in people.variables.items() if codes != "time"}
    for place, (length, reason) in enumerate(exits):
        ended = Month(2023, place % 12 + 1)
        started = ended - length
        months = {"accepted": str(started), "started": str(started), "left": None, "ended": str(ended)}
        own = {"team": "1", "life": ALIVE, "exit_reason": reason, "stay": stay_of(str(started), str(ended))}
        units.append(Unit(plain | own, months, 1))
        weeks = (str(Week.of(month.first_day)) for month in (started, ended))
        lengths = Lengths(1, None, str(started), None, str(ended), None, *weeks, 1)
        spells.append(Spell(Unit({"team": "1", "entry": "DIRECT"}, months, 1), lengths))
    counted = {"participation": units}
    missing = frozenset({YEAR.previous})
    ground = Ground(PERIODS, missing, [("1", "A")], LISTS, counted, spells, courses=counted)
    chosen = [cubes[name] for name in wanted]
    return [count_table(table, table.cubes[number], ground) for table, number in chosen]


def in_turn(late: tuple[int, str], *wanted: str) -> Release:
    """The second edition, in which one more has ended."""
    first = protect(tables(EXITS, *wanted), BUILT_IN)
    return protect(tables([*EXITS, late], *wanted), BUILT_IN, Ledger.from_records(first.records("1")))


def of_the_year(table: ProtectedTable, name: str) -> dict[str, float | None]:
    """What the rows of an axis say."""
    at = [axis.name for axis in table.axes].index(name)
    period = [axis.name for axis in table.axes].index("period")
    return {
        codes[at]: cell.value
        for codes, cell in table.cells.items()
        if codes[period] == YEAR.code and cell.status is not Status.NOT_APPLICABLE
    }


@pytest.mark.parametrize("reason", ["PLAN", "VAL", "MAX"])
def test_the_reason_of_a_latecomer_is_not_what_is_left_of_the_total(reason: str) -> None:
    release = in_turn((7, reason), "T1", "T8")
    rows = of_the_year(release[1], "exit_reason")
    # Whoever knows that somebody came late knows that they live.
    assert len({code for code, value in rows.items() if value is None} - {"AVL"}) > 1


@pytest.mark.parametrize("months", [1, 8, 20])
def test_nor_is_how_long_a_latecomer_stayed(months: int) -> None:
    release = in_turn((months, "PLAN"), "T1", "T9")
    hidden = [code for code, value in of_the_year(release[1], "stay").items() if value is None]
    assert len(hidden) > 1


@pytest.mark.parametrize("months", [1, 8, 20])
def test_nor_does_a_median_move_for_one(months: int) -> None:
    """Which way it moves, or that it does not, tells in which half the latecomer is."""
    figures = of_the_year(in_turn((months, "PLAN"), "T1", "T9", "T9-median")[2], "figure")
    assert figures["count"] == len(EXITS) + 1
    assert (figures["median"], figures["ninetieth"]) == (None, None)


def test_a_median_stays_silent_in_the_editions_that_follow() -> None:
    """The one of the first edition is still known, and the base of the second is told again unchanged."""
    wanted, records = ("T1", "T9-median"), []
    for turn, exits in enumerate((EXITS, [*EXITS, (8, "PLAN")], [*EXITS, (8, "PLAN")])):
        release = protect(tables(exits, *wanted), BUILT_IN, Ledger.from_records(records))
        records += release.records(str(turn))
    figures = of_the_year(release[1], "figure")
    assert (figures["median"], figures["ninetieth"]) == (None, None)


def test_a_median_is_shown_where_no_length_is_hidden_and_nobody_came_late() -> None:
    release = protect(tables(EXITS, "T1", "T9", "T9-median"), BUILT_IN)
    assert None not in of_the_year(release[1], "stay").values()
    figures = of_the_year(release[2], "figure")
    assert figures["median"]
    assert figures["ninetieth"]


@pytest.mark.parametrize("long", [1, 2, 3, 4])
def test_a_high_decile_does_not_bound_the_few_who_stayed_longest(long: int) -> None:
    """If a tenth of thirty may have stayed longer, at most three did."""
    few = [(2, "PLAN")] * 20 + [(8, "PLAN")] * (10 - long) + [(14, "PLAN")] * long
    stays, figures = protect(tables(few, "T9", "T9-median"), BUILT_IN)
    assert None in of_the_year(stays, "stay").values()
    assert of_the_year(figures, "figure")["ninetieth"] is None
