"""How many people each combination of codes counts.

Thousands of units differ in a few variables, and a table reads few of those: what is alike in what is read is
held against the codes once.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import product

from followup.disclosure.cells import TOTAL, Codes, Selection
from followup.statistics.variables import Unit

Axes = Mapping[str, Mapping[str, Selection]]
Values = tuple[str | None, ...]
Kind = tuple[frozenset[str], Values]


def tally(units: Iterable[Unit], base: Selection, axes: Axes) -> Counter[Codes]:
    """The people in `base` by their codes on every axis, whose parts say whom each code counts."""
    inside: dict[Values, bool] = {}
    alike: dict[Kind, Unit] = {}
    people: Counter[Kind] = Counter()
    where, what = _reader(base), _reader({*axes, *_variables(axes)})
    for unit in units:
        place = where(unit)
        if place not in inside:
            inside[place] = unit.is_in(base)
        if inside[place]:
            kind = unit.tallied, what(unit)
            alike.setdefault(kind, unit)
            people[kind] += unit.number
    numbers: Counter[Codes] = Counter()
    for kind, unit in alike.items():
        for codes in product(*(_codes_of(unit, name, axis) for name, axis in axes.items())):
            numbers[codes] += people[kind]
    return numbers


def _variables(axes: Axes) -> set[str]:
    return {variable for axis in axes.values() for part in axis.values() for variable in part}


def _reader(variables: Iterable[str]) -> Callable[[Unit], Values]:
    """What a unit has of some variables; a code and a month never share a name."""
    names = sorted(variables)
    return lambda unit: tuple([unit.codes.get(name) or unit.months.get(name) for name in names])


def _codes_of(unit: Unit, name: str, axis: Mapping[str, Selection]) -> list[str]:
    """The codes of an axis that count the unit."""
    if name in unit.tallied:
        return [code for code in axis if code == unit.codes[name]]
    # A participation is counted among all; its sources come as tallies of their own.
    return [code for code, part in axis.items() if (code == TOTAL if name == "income" else unit.is_in(part))]
