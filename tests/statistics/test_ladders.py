"""Coarser versions of the catalogue's tables: what they say, and that an intruder can read them."""

import pytest

from followup.disclosure import Rule
from followup.disclosure.cells import TOTAL, _read
from followup.disclosure.recode import coarser
from followup.periods import HalfYear, Period, Year
from followup.statistics.catalogue import TABLES
from followup.statistics.cubes import Ground, count_table
from followup.statistics.declarations import Cube, Table, cube_id
from followup.statistics.meaning import public_cubes, shipped_lists

TEAMS = [("1", "Norra"), ("2", "Södra")]
LADDERS = [(table, cube) for table in TABLES for cube in table.counted(Year(2023)) if cube.ladder]
NAMES = [cube_id(table, cube) for table, cube in LADDERS]


def ground(period: Period) -> Ground:
    return Ground((period, period.previous), frozenset(), TEAMS, shipped_lists())


@pytest.mark.parametrize(("table", "cube"), LADDERS, ids=NAMES)
def test_every_rung_can_be_read_by_an_intruder(table: Table, cube: Cube) -> None:
    counted = count_table(table, cube, ground(Year(2023)))
    public = public_cubes(Year(2023), TEAMS, shipped_lists(), rule=Rule())[counted.id]
    for rung in range(len(counted.ladder) + 1):
        stand = coarser(counted, rung)
        cells = {codes: selection for codes, (selection, _) in _read(stand).cells.items()}
        assert cells.items() <= public.meaning.cells.items()
        for axis in stand.axes:
            known = public.axis(axis.name)
            assert (
                dict(zip(axis.codes, axis.labels, strict=True)).items()
                <= dict(zip(known.codes, known.labels, strict=True)).items()
            )


@pytest.mark.parametrize(("table", "cube"), LADDERS, ids=NAMES)
def test_every_rung_is_coarser_and_keeps_its_totals(table: Table, cube: Cube) -> None:
    counted = count_table(table, cube, ground(Year(2023)))
    sizes = [len(list(coarser(counted, rung).all_codes())) for rung in range(len(counted.ladder) + 1)]
    assert sizes == sorted(set(sizes), reverse=True)
    totals = {axis.name for axis in counted.axes if TOTAL in axis.codes}
    coarsest = coarser(counted, len(counted.ladder))
    assert totals == {axis.name for axis in coarsest.axes if TOTAL in axis.codes}


def test_a_half_year_tells_no_outcomes_per_team() -> None:
    told = {table.id: [cube.key for cube in table.counted(HalfYear(2023, 1))] for table in TABLES}
    assert "per team" not in told["T7"]
    assert "per team" in told["T1"]
