"""Coarser versions of the catalogue's tables: what they say, and that an intruder can read them."""

from typing import Any

import pytest

from followup.disclosure import Rule, protect
from followup.disclosure.cells import TOTAL, _read
from followup.disclosure.recode import coarser
from followup.periods import HalfYear, Period, Year
from followup.statistics.catalogue import TABLES
from followup.statistics.cubes import Ground, count_table
from followup.statistics.declarations import Cube, Table, cube_id
from followup.statistics.meaning import public_cubes, shipped_lists
from followup.statistics.populations import population
from followup.statistics.variables import Unit

TEAMS = [("1", "Norra"), ("2", "Södra")]
LADDERS = [(table, cube) for table in TABLES for cube in table.counted(Year(2023)) if cube.ladder]
NAMES = [cube_id(table, cube) for table, cube in LADDERS]


# Enough for the finest rung wherever no cell is small.
MANY = 2000
BY_SEX = [
    (period, table, cube)
    for period in (Year(2023), HalfYear(2023, 1))
    for table in TABLES
    for cube in table.counted(period)
    if "sex" in (*cube.stub, *cube.heading)
]


def ground(period: Period, **more: Any) -> Ground:
    return Ground((period, period.previous), frozenset(), TEAMS, shipped_lists(), **more)


def people(period: Period, name: str, others: int) -> list[Unit]:
    """Many of a population in the first month, half of them women, and `others` of the third code."""
    variables = population(name, [code for code, _ in TEAMS], shipped_lists()).variables
    months = {variable: str(period.first) for variable, codes in variables.items() if codes == "time"}
    plain = {variable: codes for variable, codes in variables.items() if codes != "time"}
    return [
        Unit(
            {variable: codes[place // 2 % len(codes)] for variable, codes in plain.items()}
            | {"sex": "F" if place % 2 else "X" if place < 2 * others else "M"},
            months,
            1,
        )
        for place in range(MANY)
    ]


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


@pytest.mark.parametrize(
    ("period", "table", "cube"), BY_SEX, ids=[f"{p.code} {cube_id(t, c)}" for p, t, c in BY_SEX]
)
def test_the_form_of_a_table_does_not_tell_that_somebody_has_the_third_code(
    period: Period, table: Table, cube: Cube
) -> None:
    """Told apart when it is nobody, and taken together with men when it is a few, it would."""
    forms = set()
    for others in (0, 1, 4, 20):
        units = {cube.population: people(period, cube.population, others)}
        (told,) = protect([count_table(table, cube, ground(period, units=units, courses=units))], Rule())
        forms.add(tuple(axis.codes for axis in told.axes))
    assert len(forms) == 1
