"""From a declaration and counted participations to a cube of raw counts, complete before it is filled."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from followup.disclosure.cells import (
    TOTAL,
    Axis,
    Codes,
    CountTable,
    Population,
    RawCell,
    Recoding,
    Selection,
    Share,
    select,
)
from followup.periods import Period
from followup.statistics.declarations import (
    BASE,
    COUNT,
    FIGURE,
    PERIOD,
    QUEUE,
    SHARE,
    TEAM,
    Cube,
    Line,
    Table,
    cube_id,
)
from followup.statistics.lines import LINES
from followup.statistics.variables import (
    COUNTED,
    UNKNOWN,
    VARIABLES,
    Lists,
    Unit,
    population,
    queue_population,
)
from followup.web.formats import sentence_start

FIGURES = ((COUNT, "Antal"), (BASE, "Av totalt"), (SHARE, "Andel"))
ALL: Selection = {}
MONTHS_OF_A_YEAR = 12
# A category of an axis and, for a period, who is in it.
Chosen = Mapping[str, Selection]


@dataclass(frozen=True)
class Ground:
    """What every cube of a release is counted over.

    periods   the period and the one before
    missing   periods that cannot be counted because months are not complete; their cells are missing figures
    teams     code and name of the teams that are counted, in the order they are shown
    team      code of the one team that a team's own page counts
    """

    periods: tuple[Period, ...]
    missing: frozenset[Period]
    teams: Sequence[tuple[str, str]]
    lists: Lists
    units: Sequence[Unit]
    team: str | None = None

    def population(self, cube: Cube) -> Population:
        teams = [code for code, _ in self.teams]
        return queue_population(teams) if QUEUE in cube.stub else population(teams, self.lists)


def count_table(table: Table, cube: Cube, ground: Ground) -> CountTable:
    """The raw counts of one cube over `ground`: every cell is there, also the empty ones.

    Raises TableMalformed when the declaration contradicts itself.
    """
    axes = {name: axis_of(name, ground) for name in (*cube.stub, *cube.heading)}
    content = Content(cube, ground, list(axes.values()))
    return CountTable(
        id=cube_id(table, cube),
        title=cube.title,
        population=ground.population(cube),
        axes=axes.values(),
        stub=cube.stub,
        heading=cube.heading,
        cells=content.cells(),
        sensitive={name: _telling(axes[name]) for name in cube.sensitive},
        exempt=content.head_counts() if cube.bare else (),
        shares=content.shares() if cube.share_of else {},
        bases=content.bases() if cube.share_of else {},
        ladder=ladder_of(cube, axes),
        finest=cube.interim if is_interim(ground.periods[0]) else 0,
        units={SHARE: "procent"},
    )


def is_interim(period: Period) -> bool:
    """True for a part of a year, whose figures bind those of the year."""
    return len(period.months) < MONTHS_OF_A_YEAR


def cubes_for(table: Table, period: Period) -> list[Cube]:
    """The cubes of counted people that a table tells for a period."""
    return [cube for cube in table.counted if not (cube.annual and is_interim(period))]


def ladder_of(cube: Cube, axes: Mapping[str, Axis]) -> list[tuple[Recoding, ...]]:
    """The declared ladder with the codes that this förbund's lists have."""
    return [tuple(_existing(step, axes[step.axis]) for step in rung) for rung in cube.ladder]


def _existing(step: Recoding, axis: Axis) -> Recoding:
    groups = {new: tuple(code for code in old if code in axis.codes) for new, old in step.groups.items()}
    return Recoding(step.axis, {new: old for new, old in groups.items() if old}, step.labels)


def axis_of(name: str, ground: Ground) -> Axis:
    """The axis called `name`, with a total first where its categories add up."""
    if name == PERIOD:
        entries = [(period.code, period.label) for period in ground.periods]
        return _axis(name, "Period", entries)
    if name == FIGURE:
        return _axis(name, "Mått", FIGURES)
    if name == TEAM:
        return _axis(name, "Team", ground.teams)
    if name in LINES:
        return _axis(name, LINES[name].label, [(line.code, line.label) for line in LINES[name].lines])
    items = VARIABLES[name].items(ground.lists)
    entries = [(item.code, sentence_start(item.label)) for item in items]
    return _axis(name, VARIABLES[name].label, [(TOTAL, "Totalt"), *entries])


def _axis(name: str, label: str, entries: Iterable[tuple[str, str]]) -> Axis:
    codes, labels = zip(*entries, strict=True)
    return Axis(name, label, codes, labels)


def _telling(axis: Axis) -> frozenset[str]:
    return frozenset(axis.codes) - {TOTAL, UNKNOWN}


class Content:
    """The cells of a cube. An axis that selects nobody (period, figure) fixes how the others are read."""

    def __init__(self, cube: Cube, ground: Ground, axes: list[Axis]) -> None:
        self.cube = cube
        self.ground = ground
        self.axes = axes
        self.names = [axis.name for axis in axes]

    def cells(self) -> dict[Codes, RawCell]:
        found = self._counted(narrowed=True, figure=COUNT)
        if self.cube.share_of:
            found |= self._counted(narrowed=False, figure=BASE)
        return found

    def bases(self) -> dict[Codes, RawCell]:
        """Those that a share is of, once more where the group of its category would stand."""
        return {
            tuple(
                TOTAL if name == self.cube.share_of else code
                for name, code in zip(self.names, codes, strict=True)
            ): cell
            for codes, cell in self._counted(narrowed=False, figure=COUNT).items()
        }

    def shares(self) -> dict[Codes, Share]:
        at = self.names.index(FIGURE)
        return {
            (*codes[:at], SHARE, *codes[at + 1 :]): Share(codes, (*codes[:at], BASE, *codes[at + 1 :]))
            for codes in self._combinations(COUNT)
        }

    def head_counts(self) -> list[Codes]:
        """Cells that are narrowed by nothing but team, period and declared line."""
        narrowing = [name in VARIABLES for name in self.names]
        return [
            codes
            for codes in self._combinations(COUNT)
            if all(code == TOTAL for code, narrows in zip(codes, narrowing, strict=True) if narrows)
        ]

    def _combinations(self, figure: str) -> Iterator[Codes]:
        return product(*([figure] if axis.name == FIGURE else axis.codes for axis in self.axes))

    def _counted(self, *, narrowed: bool, figure: str) -> dict[Codes, RawCell]:
        """Every combination of codes with its selection and count; not `narrowed`: by the share axis."""
        selections: dict[Codes, Selection] = {}
        numbers: Counter[Codes] = Counter()
        for period in self.ground.periods:
            chosen = [self._chosen(axis, period, narrowed, figure) for axis in self.axes]
            base = self._base(period)
            selections |= {
                tuple(codes): select(base, *(axis[code] for axis, code in zip(chosen, codes, strict=True)))
                for codes in product(*chosen)
            }
            if period not in self.ground.missing:
                self._fill(numbers, base, chosen)
        missing = {period.code for period in self.ground.missing}
        return {
            codes: (selection, None if missing.intersection(codes) else numbers[codes])
            for codes, selection in selections.items()
        }

    def _fill(self, numbers: Counter[Codes], base: Selection, chosen: list[Chosen]) -> None:
        for unit in self.ground.units:
            if unit.is_in(base):
                fitting = [[code for code, part in axis.items() if unit.is_in(part)] for axis in chosen]
                for codes in product(*fitting):
                    numbers[codes] += unit.number

    def _base(self, period: Period) -> Selection:
        parts: list[Selection] = [COUNTED[self.cube.counted](period)] if self.cube.counted else []
        if self.ground.team:
            parts.append({TEAM: frozenset({self.ground.team})})
        return select(*parts)

    def _chosen(self, axis: Axis, period: Period, narrowed: bool, figure: str) -> Chosen:
        if axis.name == PERIOD:
            return {period.code: ALL}
        if axis.name == FIGURE:
            return {figure: ALL}
        if axis.name == self.cube.share_of and not narrowed:
            return dict.fromkeys(axis.codes, ALL)
        if axis.name in LINES:
            return {line.code: _line(line, period) for line in LINES[axis.name].lines}
        if axis.name == TEAM:
            return {code: {TEAM: frozenset({code})} for code in axis.codes}
        variable = VARIABLES[axis.name]
        return {code: ALL if code == TOTAL else variable.choose(code) for code in axis.codes}


def _line(line: Line, period: Period) -> Selection:
    counted: Selection = COUNTED[line.counted](period) if line.counted else {}
    return select(counted, line.codes or {})
