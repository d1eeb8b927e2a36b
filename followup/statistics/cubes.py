"""From a declaration and what was counted to a cube of raw counts, complete before it is filled."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from followup.disclosure.cells import (
    TOTAL,
    Axis,
    Codes,
    CountTable,
    Figure,
    Population,
    RawCell,
    Recoding,
    Selection,
    Share,
    select,
)
from followup.disclosure.length import Ranking
from followup.participation.details import PHASES
from followup.periods import Period
from followup.screening.measures import ANSWERED
from followup.statistics.axes import ALL, OF_THE_LIVING, axis_of, crossed, parents_of, parts, telling
from followup.statistics.declarations import (
    ANSWER,
    BASE,
    COUNT,
    FIGURE,
    MEDIAN,
    NINETIETH,
    PERIOD,
    PHASE,
    SHARE,
    TEAM,
    Cube,
    Table,
    cube_id,
    is_interim,
)
from followup.statistics.lengths import middle, middle_ranks, ninetieth, ninetieth_ranks
from followup.statistics.lines import LINES
from followup.statistics.populations import COUNTED, OUTCOME, population
from followup.statistics.tally import tally
from followup.statistics.together import Together, members
from followup.statistics.units import INCOME, Spell
from followup.statistics.variables import ALIVE, PARTICIPATION, SCREENING, VARIABLES, VOIDED, Lists, Unit

RANKINGS: Mapping[str, Ranking] = {MEDIAN: middle_ranks, NINETIETH: ninetieth_ranks}


@dataclass(frozen=True)
class Ground:
    """What every cube of a release is counted over.

    periods   the period and the one before
    missing   periods that cannot be counted because months are not complete; their cells are missing figures
    teams     code and name of the teams that are counted, in the order they are shown
    units     who is counted, by population, and incomes by themselves; `spells` say how long things took
    courses   everybody there has ever been, by population, where that is known one by one
    team      code of the one team that a team's own page counts
    gone      codes of teams that have closed and are no longer shown
    together  the teams of each group that is told as one
    """

    periods: tuple[Period, ...]
    missing: frozenset[Period]
    teams: Sequence[tuple[str, str]]
    lists: Lists
    units: Mapping[str, Sequence[Unit]] = field(default_factory=dict)
    spells: Sequence[Spell] = ()
    team: str | None = None
    courses: Mapping[str, Sequence[Unit]] = field(default_factory=dict)
    gone: Sequence[str] = ()
    together: Together = field(default_factory=dict)

    def population(self, cube: Cube) -> Population:
        shown = members((code for code, _ in self.teams), self.together)
        return population(cube.population, [*shown, *self.gone], self.lists)

    def axis(self, cube: Cube, name: str) -> Axis:
        return axis_of(cube, name, self.periods, self.teams, self.lists)


def count_table(table: Table, cube: Cube, ground: Ground) -> CountTable:
    """The raw counts of one cube over `ground`: every cell is there, also the empty ones.

    Raises TableMalformed when the declaration contradicts itself.
    """
    axes = {name: ground.axis(cube, name) for name in (*cube.stub, *cube.heading)}
    content = Content(cube, ground, list(axes.values()))
    nobody = content.of_teams_that_are_gone()
    return CountTable(
        id=cube_id(table, cube),
        title=cube.title,
        population=ground.population(cube),
        axes=axes.values(),
        stub=cube.stub,
        heading=cube.heading,
        cells=content.cells(),
        sensitive={name: telling(axes[name]) for name in cube.sensitive},
        parents={name: parents for name, axis in axes.items() if (parents := parents_of(axis))},
        exempt=[*(content.head_counts() if cube.bare else ()), *nobody],
        shares=content.shares(),
        bases={**(content.bases() if cube.share_of else {}), **content.of_the_living(), **nobody},
        ladder=ladder_of(cube, axes),
        finest=cube.interim if is_interim(ground.periods[0]) else cube.finest,
        figures=content.figures() if cube.lengths else {},
        courses=ground.courses.get(cube.population, ()),
        screening=cube.population == SCREENING,
        threshold=cube.least,
        units={SHARE: "procent", MEDIAN: "veckor", NINETIETH: "veckor"},
    )


def ladder_of(cube: Cube, axes: Mapping[str, Axis]) -> list[tuple[Recoding, ...]]:
    """The declared ladder with the codes that this förbund's lists have."""
    return [tuple(_existing(step, axes[step.axis]) for step in rung) for rung in cube.ladder]


def _existing(step: Recoding, axis: Axis) -> Recoding:
    groups = {new: tuple(code for code in old if code in axis.codes) for new, old in step.groups.items()}
    return Recoding(step.axis, {new: old for new, old in groups.items() if old}, step.labels)


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
            self._moved(codes, self.cube.share_of or "", TOTAL): cell
            for codes, cell in self._counted(narrowed=False, figure=COUNT).items()
        }

    def of_the_living(self) -> dict[Codes, RawCell]:
        """Those who ended alive, where a row of them would stand: of the dead nothing is stated."""
        name = next((name for name in self.names if name in OF_THE_LIVING), None)
        if name is None:
            return {}
        axes = [axis._replace(codes=(TOTAL,)) if axis.name == name else axis for axis in self.axes]
        living = Content(replace(self.cube, counted=OUTCOME), self.ground, axes)
        return {
            self._moved(codes, name, ALIVE): cell
            for codes, cell in living.cells().items()
            if PHASES[0] not in codes
        }

    def of_teams_that_are_gone(self) -> dict[Codes, RawCell]:
        """Where the rows of closed teams would stand: everybody knows that nobody is in them.

        Earlier editions tell of people there, so there they could be as far as numbers go.
        """
        if TEAM not in self.names or not (self.cube.bare or self.cube.population in (SCREENING, VOIDED)):
            return {}
        axes = [
            axis._replace(codes=tuple(self.ground.gone), labels=tuple(self.ground.gone))
            if axis.name == TEAM
            else axis
            for axis in self.axes
        ]
        gone = Content(self.cube, self.ground, axes)
        cells = gone.cells()
        wanted = gone.head_counts() if self.cube.bare else cells
        return {codes: cells[codes] for codes in wanted if cells[codes][1] == 0}

    def shares(self) -> dict[Codes, Share]:
        if self.cube.share_of:
            return {
                self._moved(codes, FIGURE, SHARE): Share(codes, self._moved(codes, FIGURE, BASE))
                for codes in self._combinations(COUNT)
            }
        if ANSWER not in self.names or FIGURE not in self.names:
            return {}
        axis = self.axes[self.names.index(ANSWER)]
        return {
            self._moved(codes, FIGURE, SHARE): Share(codes, self._moved(codes, ANSWER, ANSWERED))
            for codes in self._combinations(COUNT)
            if codes[self.names.index(ANSWER)] in telling(axis)
        }

    def figures(self) -> dict[Codes, Figure]:
        """Median and ninetieth percentile of how long it took, in whole weeks, for each count."""
        found: dict[Codes, Figure] = {}
        for codes, (selection, _) in self.cells().items():
            period = next(p for p in self.ground.periods if p.code in codes)
            weeks = [] if period in self.ground.missing else self._weeks(selection, codes, period)
            for name, figure in ((MEDIAN, middle), (NINETIETH, ninetieth)):
                at = figure(weeks)
                ranks = RANKINGS[name](at, len(weeks)) if at is not None and self.says_how_long else ()
                found[self._moved(codes, FIGURE, name)] = Figure(at, codes, ranks=ranks)
        return found

    @property
    def says_how_long(self) -> bool:
        """True when its medians are of stays, which tables tell in bands."""
        return self.cube.lengths and self.cube.population == PARTICIPATION

    def rankings(self) -> dict[Codes, tuple[Codes, Ranking]]:
        """For each median and the like of stays its base, and what it says of the bands."""
        if not self.says_how_long:
            return {}
        return {
            self._moved(codes, FIGURE, name): (codes, ranking)
            for codes in self._combinations(COUNT)
            for name, ranking in RANKINGS.items()
        }

    def head_counts(self) -> list[Codes]:
        """Cells that are narrowed by nothing but team, period and declared line."""
        narrowing = [name in VARIABLES for name in self.names]
        return [
            codes
            for codes in self._combinations(COUNT)
            if all(code == TOTAL for code, narrows in zip(codes, narrowing, strict=True) if narrows)
        ]

    def _weeks(self, selection: Selection, codes: Codes, period: Period) -> list[int]:
        lines = [LINES[name] for name in self.names if name in LINES]
        named = [line.counted for each in lines for line in each.lines if line.code in codes and line.counted]
        counted = (*named, self.cube.counted or "")[0]
        weeks: list[int] = []
        for spell in self.ground.spells:
            length = spell.weeks(counted, period) if spell.unit.is_in(selection) else None
            weeks += [length] * spell.unit.number if length is not None else []
        return weeks

    def _moved(self, codes: Codes, axis: str, code: str) -> Codes:
        at = self.names.index(axis)
        return (*codes[:at], code, *codes[at + 1 :])

    def _combinations(self, figure: str) -> Iterator[Codes]:
        return product(*([figure] if axis.name == FIGURE else axis.codes for axis in self.axes))

    def _counted(self, *, narrowed: bool, figure: str) -> dict[Codes, RawCell]:
        """Every combination of codes with its selection and count; not `narrowed`: by the share axis."""
        selections: dict[Codes, Selection] = {}
        numbers: Counter[Codes] = Counter()
        for period in self.ground.periods:
            chosen = [self._chosen(axis, period, narrowed, figure) for axis in self.axes]
            base = self._base(period)
            for codes in product(*chosen):
                together = crossed(dict(zip(self.names, codes, strict=True)))
                part = [axis[code] for axis, code in zip(chosen, codes, strict=True)]
                selections[codes] = select(base, *part, together)
            if period not in self.ground.missing:
                numbers += tally(self._units(), base, dict(zip(self.names, chosen, strict=True)))
        missing = {period.code for period in self.ground.missing}
        return {
            codes: (selection, None if missing.intersection(codes) else numbers[codes])
            for codes, selection in selections.items()
        }

    def _units(self) -> list[Unit]:
        populations = (self.cube.population, INCOME) if PHASE in self.names else (self.cube.population,)
        return [unit for name in populations for unit in self.ground.units.get(name, ())]

    def _base(self, period: Period) -> Selection:
        counted: list[Selection] = [COUNTED[self.cube.counted](period)] if self.cube.counted else []
        if self.ground.team:
            counted.append({TEAM: frozenset({self.ground.team})})
        return select(*counted)

    def _chosen(self, axis: Axis, period: Period, narrowed: bool, figure: str) -> Mapping[str, Selection]:
        if axis.name == PERIOD:
            return {period.code: ALL}
        if axis.name == FIGURE:
            return {figure: ALL}
        if axis.name == self.cube.share_of and not narrowed:
            return dict.fromkeys(axis.codes, ALL)
        return parts(axis, period, self.ground.together)
