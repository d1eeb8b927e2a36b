"""The words in which a table is declared: `cubes` makes counts of them, and `findings` sentences."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.disclosure import OwnTeamTable, ProtectedTable
from followup.disclosure.cells import Axis, Codes, Recoding
from followup.disclosure.plain import Derived
from followup.periods import Period, Year
from followup.statistics.together import NOBODY, Together, members

# Axes that are no variable: the team, the period and the one before, and the figures of a share.
TEAM, PERIOD, FIGURE = "team", "period", "figure"
# Axes of what happens to a queue, and of the days on which it is looked at.
QUEUE, DAY = "queue", "day"
# Before the start or at the exit, which an income is crossed with; and the answers of a screening.
PHASE, ANSWER = "phase", "answer"
COUNT, BASE, SHARE, MEDIAN, NINETIETH = "count", "base", "share", "median", "ninetieth"


def is_interim(period: Period) -> bool:
    """True for all but a calendar year: figures of parts of one, or of two, bind those of the year."""
    return not isinstance(period, Year)


@dataclass(frozen=True)
class Line:
    """A category of an axis that is declared here instead of in a code list.

    `counted` names who is counted (a key of COUNTED); `codes` narrows a variable to some of its codes.
    """

    code: str
    label: str
    counted: str | None = None
    codes: Mapping[str, frozenset[str]] | None = None


@dataclass(frozen=True)
class Lines:
    """An axis of declared lines."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Cube:
    """One cube of a table, shown as one table on paper.

    key        tells cubes of a table apart, in Swedish; empty for the first one
    stub       axes in rows, `heading` in columns; an axis of a variable has a total, one of lines has not
    counted    who is counted, unless a declared line says so
    sensitive  axes where "everybody" or "all but a few" tells something about a person
    bare       True when cells without sex or other attributes are head counts that are always shown
    share_of   the axis of declared lines to give as count, base and percentage
    ladder     coarser versions, finest first, for when too much would be hidden
    finest     the finest rung of the ladder that it is ever told on, whatever the counts are
    interim    the same for a part of a year: what an interim edition tells binds the annual one
    annual     True when it is told for whole years only, for the same reason
    population who can be counted at all: see `populations`
    lengths    True to give, beside each count, median and ninetieth percentile of how long it took
    kinds      the kinds of period that it is made for, where they are fewer than the table's
    answers    the answers of a screening that it tells; empty for all of them
    least      a higher threshold than the rule's, for both ends of a sensitive group
    """

    key: str
    title: str
    stub: tuple[str, ...]
    heading: tuple[str, ...]
    counted: str | None = None
    sensitive: tuple[str, ...] = ()
    bare: bool = False
    share_of: str | None = None
    ladder: tuple[tuple[Recoding, ...], ...] = ()
    finest: int = 0
    interim: int = 0
    annual: bool = False
    population: str = "participation"
    lengths: bool = False
    kinds: tuple[type[Period], ...] = (Period,)
    answers: tuple[str, ...] = ()
    least: int | None = None

    def is_for(self, period: Period, *, own: bool = False) -> bool:
        """Whether it is told of the period; `own`: to the team itself, whose figures no edition tells."""
        return isinstance(period, self.kinds) and (own or not (self.annual and is_interim(period)))


class Setting(NamedTuple):
    """What plain figures are asked for: the period and the one before, and the teams (code, name) shown.

    `missing` holds the periods whose months are not complete, `together` the teams of groups told as one.
    """

    periods: tuple[Period, ...]
    missing: frozenset[Period]
    teams: Sequence[tuple[str, str]]
    together: Together = NOBODY

    @property
    def each_team(self) -> list[str]:
        """Codes of the teams that are told, also of those that are told as one with others."""
        return members((code for code, _ in self.teams), self.together)


@dataclass(frozen=True)
class Figures:
    """What fills a plain cube; see `PlainTable` of disclosure control for the words.

    told  axes whose codes are left out where none of their cells has a figure
    """

    axes: tuple[Axis, ...]
    cells: Mapping[Codes, float | None]
    derived: Mapping[Codes, Derived] = field(default_factory=dict)
    decimals: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlainCube:
    """A cube of figures that count no people, shown as one table on paper. Words are as in `Cube`.

    figures    reads what fills it; None when the förbund has nothing of the kind, and the cube is left out
    variables  labels of its axes but for period and team, where its table counts people, too: files tell
               cubes apart by them
    """

    key: str
    title: str
    stub: tuple[str, ...]
    heading: tuple[str, ...]
    figures: Callable[[Session, Scope, Setting], Figures | None]
    unit: str = "antal"
    variables: tuple[str, ...] = ()
    annual: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell of the cube `cube`: a code per axis; axes that are not named stand at their total."""

    cube: str
    codes: Mapping[str, str]
    before: bool = False


@dataclass(frozen=True)
class Finding:
    """What a table says, in words with {names} of cells; used only if every cell named is shown.

    share     numerator and base of {share}
    largest   axis whose largest category gives {label} and {largest}; unused if a category is hidden
    heading, sentence     with numbers; `comparison` is added when the year before can be told, too
    nobody    cells whose zero is said as "ingen"
    apart     nobody is counted in both periods, so that the difference can be held against chance
    plain     heading without numbers, and what stands there when a number is hidden
    otherwise what to say instead where a number is hidden, or of a period that it is not told of
    """

    heading: str
    sentence: str
    plain: str
    cells: Mapping[str, Cell]
    share: tuple[str, str] | None = None
    largest: str | None = None
    comparison: str = ""
    nobody: tuple[str, ...] = ()
    apart: bool = False
    otherwise: "Finding | None" = None


class Words(NamedTuple):
    """A heading that says the finding, and a sentence from the same numbers."""

    heading: str
    sentence: str


Cubes = Mapping[str, ProtectedTable | OwnTeamTable]
# For what a fixed sentence cannot say, such as one clause per goal: from the reader's own cells alone.
Teller = Callable[[Cubes, Period], Words]


@dataclass(frozen=True)
class Drawing:
    """Bars for the rows of a cube, one series per period; `codes` fixes the other axes.

    lines  codes of the axis to draw as lines from year to year instead; documents have the table alone
    """

    cube: str
    axis: str
    codes: Mapping[str, str]
    unit: str = "antal"
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table of the annual statistics. `inclusion` says in whole sentences who is counted.

    drawing  None where nobody would rather look than read
    kinds    the kinds of period that it is made for
    more     further sentences for the report, each used only if every number of it is shown
    why      how it counts: the key of the lines that tell who is counted and who is not, in `whys`
    """

    id: str
    title: str
    cubes: tuple[Cube | PlainCube, ...]
    inclusion: tuple[str, ...]
    finding: Finding | Teller
    drawing: Drawing | None
    kinds: tuple[type[Period], ...] = (Period,)
    more: tuple[Finding, ...] = ()
    why: str = ""

    def counted(self, period: Period, *, own: bool = False) -> list[Cube]:
        """The cubes that count people in such a period; `own` as in `Cube.is_for`."""
        cubes = [cube for cube in self.cubes if isinstance(cube, Cube)]
        return [cube for cube in cubes if self.is_for(period) and cube.is_for(period, own=own)]

    @property
    def plain(self) -> list[PlainCube]:
        """The cubes of figures that count no people."""
        return [cube for cube in self.cubes if isinstance(cube, PlainCube)]

    def opened(self, period: Period) -> list[PlainCube]:
        """Those of them that are told in such a period."""
        return [cube for cube in self.plain if not (cube.annual and is_interim(period))]

    @property
    def counts_people(self) -> bool:
        """False for a table of plain figures alone."""
        return len(self.plain) < len(self.cubes)

    def is_for(self, period: Period) -> bool:
        return isinstance(period, self.kinds)

    def is_told_of(self, period: Period) -> bool:
        """Whether any cube of it is told in such a period."""
        return self.is_for(period) and bool(self.counted(period) or self.opened(period))


def cube_id(table: Table, cube: Cube | PlainCube) -> str:
    """ "T7" for a table's first cube, "T7-per team" for its cube with key "per team"."""
    return f"{table.id}-{cube.key}" if cube.key else table.id
