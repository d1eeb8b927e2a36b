"""What is public about the tables: which group each cell counts. An intruder needs no database for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from followup.disclosure import Rule
from followup.disclosure.cells import Axis, Codes, RawCell, Selection
from followup.disclosure.intruder import Meaning
from followup.disclosure.recode import together
from followup.organisation.service import seed_codes
from followup.periods import Period
from followup.statistics.axes import telling, wholes_of
from followup.statistics.catalogue import TABLES
from followup.statistics.cubes import Content, Ground, ladder_of
from followup.statistics.declarations import BASE, COUNT, FIGURE, SHARE, Cube, cube_id
from followup.statistics.lengths import STAY
from followup.statistics.together import NOBODY, Together
from followup.statistics.variables import LISTS, SCREENING, UNKNOWN, Item, Lists


class PublicCube(NamedTuple):
    """A cube without its numbers. `axes` run in the order of the codes in `meaning`."""

    id: str
    title: str
    stub: tuple[str, ...]
    heading: tuple[str, ...]
    axes: tuple[Axis, ...]
    meaning: Meaning

    def axis(self, name: str) -> Axis:
        return {axis.name: axis for axis in self.axes}[name]


def shipped_lists() -> Lists:
    """The code lists that every installation starts from."""
    codes = seed_codes(0)
    return {
        name: [Item(c.code, c.label_sv, c.report_code) for c in codes if c.list_name == name]
        for name in LISTS
    }


def public_cubes(
    period: Period,
    teams: Sequence[tuple[str, str]],
    lists: Lists,
    *,
    rule: Rule,
    together: Together = NOBODY,
) -> Mapping[str, PublicCube]:
    """Every cube that counts people by its id, for a period and the one before, over teams (code, name).

    Some of the codes may stand for teams `together` that are told as one.
    """
    ground = Ground((period, period.previous), frozenset(), teams, lists, together=together)
    return {
        cube_id(table, cube): _public(cube_id(table, cube), cube, ground, rule)
        for table in TABLES
        for cube in table.counted(period)
    }


def counts_people(name: str, variables: Sequence[str] = ()) -> bool:
    """False for a cube of plain figures, whose cells are no riddle and need no meaning.

    name       a cube's id, or a table's with the labels of the axes that a row tells
    """
    identity, told = name.partition("-")[0], frozenset(label.lower() for label in variables)
    table = next((table for table in TABLES if table.id == identity), None)
    if table is None or not table.plain:
        return True
    if told and table.counts_people:
        return told not in {frozenset(label.lower() for label in cube.variables) for cube in table.plain}
    return table.counts_people and name not in {cube_id(table, cube) for cube in table.plain}


def _public(identity: str, cube: Cube, ground: Ground, rule: Rule) -> PublicCube:
    axes = tuple(ground.axis(cube, name) for name in (*cube.stub, *cube.heading))
    content = Content(cube, ground, list(axes))
    axes, cells = _on_every_rung(cube, axes, content.cells())
    meaning = Meaning(
        population=ground.population(cube),
        cells=cells,
        shares=_shares(cube, content, axes, cells),
        exempt=frozenset(content.head_counts() if cube.bare else ()),
        wholes=_wholes(cube, axes, {**cells, **_selections(content.of_the_living())}),
        least=rule.least(screening=cube.population == SCREENING),
        figures={codes: (cells[base], STAY, told) for codes, (base, told) in content.rankings().items()},
    )
    return PublicCube(identity, cube.title, cube.stub, cube.heading, axes, meaning)


def _on_every_rung(
    cube: Cube, axes: tuple[Axis, ...], finest: Mapping[Codes, RawCell]
) -> tuple[tuple[Axis, ...], dict[Codes, Selection]]:
    """Axes and cells of the cube and of all its coarser versions: any of them may have been published."""
    named = {axis.name: axis for axis in axes}
    cells = dict(finest)
    for rung in ladder_of(cube, named):
        stand = dict(finest)
        for step in rung:
            stand = together(cube.title, stand, list(named), step)
        cells |= stand
    labels = [(step.axis, label) for rung in cube.ladder for step in rung for label in step.labels.items()]
    for name, (code, label) in dict.fromkeys(labels):
        named[name] = named[name]._replace(
            codes=(*named[name].codes, code), labels=(*named[name].labels, label)
        )
    return tuple(named.values()), _selections(cells)


def _selections(cells: Mapping[Codes, RawCell]) -> dict[Codes, Selection]:
    return {codes: selection for codes, (selection, _) in cells.items()}


def _shares(
    cube: Cube, content: Content, axes: Sequence[Axis], cells: Mapping[Codes, Selection]
) -> dict[Codes, tuple[Selection, Selection]]:
    if not cube.share_of:
        shares = content.shares()
        return {codes: (cells[each.numerator], cells[each.denominator]) for codes, each in shares.items()}
    at = [axis.name for axis in axes].index(FIGURE)
    return {
        (*codes[:at], SHARE, *codes[at + 1 :]): (selection, cells[(*codes[:at], BASE, *codes[at + 1 :])])
        for codes, selection in cells.items()
        if codes[at] == COUNT
    }


def _wholes(
    cube: Cube, axes: Sequence[Axis], cells: Mapping[Codes, Selection]
) -> dict[Codes, tuple[Selection, ...]]:
    """For a category that tells something about a person: the groups it is a part of."""
    wholes: dict[Codes, tuple[Selection, ...]] = defaultdict(tuple)
    for codes in cells:
        for at, axis in enumerate(axes):
            if axis.name in cube.sensitive and codes[at] in telling(axis):
                around = ((*codes[:at], whole, *codes[at + 1 :]) for whole in wholes_of(axis.name, codes[at]))
                found = [cells[whole] for whole in around if whole in cells]
                # A row of a coarser version counts the dead if it counts those of whom nothing is stated.
                is_of_all = UNKNOWN in cells[codes].get(axis.name, ())
                wholes[codes] += tuple(found[:1] if is_of_all else found)
    return dict(wholes)
