"""The words in which a table is declared: `cubes` makes counts of them, and `findings` sentences."""

from collections.abc import Mapping
from dataclasses import dataclass

# Axes that are no variable: the team, the period and the one before, and the figures of a share.
TEAM, PERIOD, FIGURE = "team", "period", "figure"
# The axis of what happens to a queue; its lines count another population than all other axes.
QUEUE = "queue"
COUNT, BASE, SHARE = "count", "base", "share"


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
    """

    key: str
    title: str
    stub: tuple[str, ...]
    heading: tuple[str, ...]
    counted: str | None = None
    sensitive: tuple[str, ...] = ()
    bare: bool = False
    share_of: str | None = None


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
    plain     heading without numbers, and what stands there when a number is hidden
    """

    heading: str
    sentence: str
    plain: str
    cells: Mapping[str, Cell]
    share: tuple[str, str] | None = None
    largest: str | None = None
    comparison: str = ""


@dataclass(frozen=True)
class Drawing:
    """Bars for the rows of a cube, one series per period; `codes` fixes the other axes."""

    cube: str
    axis: str
    codes: Mapping[str, str]
    unit: str = "antal"


@dataclass(frozen=True)
class Table:
    """A table of the annual statistics. `inclusion` says in whole sentences who is counted."""

    id: str
    title: str
    cubes: tuple[Cube, ...]
    inclusion: tuple[str, ...]
    finding: Finding
    drawing: Drawing
