"""Raw counts on their way to protection: axes, which people a cell counts, and a table that cannot be shown.

A cell counts the part of a population that its *selection* names: a set of atoms per variable, or a range of
months for a time variable. Overlapping groups and periods, margins and totals are found by the engine from
the selections, so a table never declares them.

Counts lie in a vault outside the object: there is no attribute, iterator, format or pickle that reaches them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, NoReturn
from weakref import WeakKeyDictionary

from followup.disclosure.courses import Course
from followup.disclosure.cover import Cover
from followup.disclosure.errors import RawCountShown, TableMalformed
from followup.disclosure.kin import Kin
from followup.disclosure.length import Length, Rank

TOTAL = "_T"

Codes = tuple[str, ...]


class Axis(NamedTuple):
    """One dimension of a cube: `codes` and `labels` run in parallel; the total is coded `_T`."""

    name: str
    label: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]


class MonthRange(NamedTuple):
    """Months "2023-01" … "2023-12", both included. None is unbounded; `last=None` includes "not yet"."""

    first: str | None
    last: str | None


Part = frozenset[str] | MonthRange
Selection = Mapping[str, Part]
RawCell = tuple[Selection, int | None]


class Population(NamedTuple):
    """Who or what is counted. `variables` gives the finest codes of each variable, or "time".

    `order` holds pairs (earlier, later) of time variables: nobody ends before starting.
    `exclusive` holds pairs of time variables of which at most one ever happens (left the queue, or started).
    `lengths` tells which variables are known in part by the times: who stayed for two years began long ago.
    `covers` tells of which yes/no variables everybody has one.
    `impossible` holds codes of several variables that nobody has together: the dead have no income.
    `mostly` holds codes that whoever knows of somebody takes for granted: that they live.
    `kin` names the populations that its people are in, too, and by which event that is known.
    `insider` names the variable by which somebody knows all of their own: their team.
    """

    name: str
    variables: Mapping[str, tuple[str, ...] | Literal["time"]]
    order: tuple[tuple[str, str], ...] = ()
    exclusive: tuple[tuple[str, str], ...] = ()
    lengths: tuple[Length, ...] = ()
    covers: tuple[Cover, ...] = ()
    impossible: tuple[Mapping[str, frozenset[str]], ...] = ()
    mostly: Mapping[str, frozenset[str]] = MappingProxyType({})
    kin: tuple[Kin, ...] = ()
    insider: str = ""


class Share(NamedTuple):
    """A percentage of two cells of the same table: shown only if both are, and the base is large enough.

    Its numerator and base may stand in `bases` when the table itself does not show them.
    """

    numerator: Codes
    denominator: Codes
    decimals: int = 0


class Figure(NamedTuple):
    """A median or mean in `unit` of the table, with the cell it was computed over. None: no such figure."""

    value: float | None
    base: Codes
    decimals: int = 0
    ranks: Sequence[Rank] = ()


class Recoding(NamedTuple):
    """A step of a table's ladder: on `axis`, each new code (with label) takes the listed old codes together.

    Codes of the axis that no group names are kept as they are.
    """

    axis: str
    groups: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]


class _Raw(NamedTuple):
    cells: Mapping[Codes, RawCell]
    bases: Mapping[Codes, RawCell]
    figures: Mapping[Codes, Figure]
    courses: Sequence[Course]


_VAULT: "WeakKeyDictionary[CountTable, _Raw]" = WeakKeyDictionary()


def select(*parts: Selection) -> dict[str, Part]:
    """The selection that fulfils all `parts`: sets are intersected, month ranges narrowed."""
    whole: dict[str, Part] = {}
    for part in parts:
        for variable, chosen in part.items():
            whole[variable] = _both(whole[variable], chosen) if variable in whole else chosen
    return whole


def _both(one: Part, other: Part) -> Part:
    if isinstance(one, MonthRange) and isinstance(other, MonthRange):
        firsts = [month for month in (one.first, other.first) if month is not None]
        lasts = [month for month in (one.last, other.last) if month is not None]
        return MonthRange(max(firsts, default=None), min(lasts, default=None))
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return one & other
    raise TableMalformed("A variable is chosen both by months and by codes.")


class CountTable:
    """A cube of raw counts that only `protect()` and `own_team_view()` can read.

    cells          codes in axis order -> (selection, count); count None is a missing figure
    stub, heading  names of the axes that stand in rows and in columns
    sensitive      axis -> codes for which "everybody" or "all but a few" tells something about a person
    parents        axis -> {code: groups it is a part of, first the one that codes sum up to}; else only `_T`
    exempt         cells that are bare head counts: always shown, known to everybody
    shares         codes -> percentage of two cells; figures: codes -> median or mean over a cell
    bases          cells that shares and figures refer to but the table does not show
    ladder         coarser versions to fall back on, finest first; each entry a tuple of recodings
    finest         the finest rung it may stand on, 0 the table as it is: figures of a part of a year start
                   coarser, so that the year can be told more finely
    screening      True for violence screening: the rule's higher threshold applies
    threshold      a higher threshold than the rule's, or None
    courses        the whole population as the register has it, if known: a table to start from, so that none
                   that fits the counts and earlier editions has to be looked for
    units          code of any axis -> unit, for the writers ("procent", "veckor"); otherwise `unit`

    A combination of codes that is in none of cells, shares and figures is not applicable.
    Raises TableMalformed, without counts, when the parts contradict each other.
    """

    __slots__ = (
        "__weakref__",
        "axes",
        "exempt",
        "finest",
        "heading",
        "id",
        "ladder",
        "notes",
        "parents",
        "population",
        "screening",
        "sensitive",
        "shares",
        "stub",
        "threshold",
        "title",
        "unit",
        "units",
    )  # fmt: skip

    id: str
    title: str
    population: Population
    axes: tuple[Axis, ...]
    stub: tuple[str, ...]
    heading: tuple[str, ...]
    sensitive: Mapping[str, frozenset[str]]
    parents: Mapping[str, Mapping[str, Codes]]
    exempt: frozenset[Codes]
    shares: Mapping[Codes, Share]
    ladder: tuple[tuple[Recoding, ...], ...]
    finest: int
    screening: bool
    threshold: int | None
    unit: str
    units: Mapping[str, str]
    notes: tuple[str, ...]

    def __init__(
        self,
        *,
        id: str,  # noqa: A002 - the catalogue's word: T1, T2, …
        title: str,
        population: Population,
        axes: Iterable[Axis],
        stub: Iterable[str],
        heading: Iterable[str],
        cells: Mapping[Codes, RawCell],
        sensitive: Mapping[str, Collection[str]] = MappingProxyType({}),
        parents: Mapping[str, Mapping[str, Codes]] = MappingProxyType({}),
        exempt: Iterable[Codes] = (),
        shares: Mapping[Codes, Share] = MappingProxyType({}),
        figures: Mapping[Codes, Figure] = MappingProxyType({}),
        bases: Mapping[Codes, RawCell] = MappingProxyType({}),
        ladder: Iterable[tuple[Recoding, ...]] = (),
        finest: int = 0,
        screening: bool = False,
        threshold: int | None = None,
        unit: str = "antal",
        units: Mapping[str, str] = MappingProxyType({}),
        notes: Iterable[str] = (),
        courses: Sequence[Course] = (),
    ) -> None:
        put = object.__setattr__
        put(self, "id", id)
        put(self, "title", title)
        put(self, "population", population)
        put(self, "axes", tuple(axes))
        put(self, "stub", tuple(stub))
        put(self, "heading", tuple(heading))
        put(self, "sensitive", {name: frozenset(codes) for name, codes in sensitive.items()})
        put(self, "parents", {name: dict(parent) for name, parent in parents.items()})
        put(self, "exempt", frozenset(exempt))
        put(self, "shares", dict(shares))
        put(self, "ladder", tuple(ladder))
        put(self, "finest", finest)
        put(self, "screening", screening)
        put(self, "threshold", threshold)
        put(self, "unit", unit)
        put(self, "units", dict(units))
        put(self, "notes", tuple(notes))
        raw = _Raw(dict(cells), dict(bases), dict(figures), courses)
        fault = _fault(self, raw)
        if fault:
            # The counts must not lie in this frame when a debugger prints it.
            del raw, cells, bases, figures, courses
            raise TableMalformed(fault)
        _VAULT[self] = raw

    def all_codes(self) -> Iterable[Codes]:
        """Every combination of codes, in axis order: the complete empty table."""
        return product(*(axis.codes for axis in self.axes))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("A table of counts does not change.")

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise RawCountShown

    def __bool__(self) -> bool:
        return True

    __str__ = __repr__ = __format__ = __html__ = __iter__ = __len__ = __getitem__ = __contains__ = _refuse
    __reduce__ = __reduce_ex__ = __getstate__ = __copy__ = __deepcopy__ = __json__ = _refuse
    __int__ = __float__ = __index__ = __bytes__ = _refuse


def _fault(table: CountTable, raw: _Raw) -> str:
    names = [axis.name for axis in table.axes]
    if sorted(names) != sorted(table.stub + table.heading):
        return f"{table.id}: stub and heading must name each axis once."
    if any(not len(set(axis.codes)) == len(axis.codes) == len(axis.labels) for axis in table.axes):
        return f"{table.id}: an axis needs one label for each code, and each code once."
    known = set(table.all_codes())
    if not known.issuperset([*raw.cells, *table.shares, *raw.figures, *(table.exempt - raw.bases.keys())]):
        return f"{table.id}: a cell lies outside the axes."
    sources = raw.cells.keys() | raw.bases.keys()
    wanted = {code for share in table.shares.values() for code in (share.numerator, share.denominator)}
    if not sources >= wanted | {figure.base for figure in raw.figures.values()}:
        return f"{table.id}: a share or a figure refers to a cell that is not there."
    return _fault_in_cells(table, {**raw.cells, **raw.bases})


def _fault_in_cells(table: CountTable, cells: Mapping[Codes, RawCell]) -> str:
    variables = table.population.variables
    for selection, count in cells.values():
        if count is not None and (not isinstance(count, int) or count < 0):
            return f"{table.id}: counts are whole numbers from 0."
        for variable, chosen in selection.items():
            if variable not in variables:
                return f"{table.id}: the population has no variable {variable}."
            if (variables[variable] == "time") != isinstance(chosen, MonthRange):
                return f"{table.id}: {variable} is chosen in the wrong way."
            if not isinstance(chosen, MonthRange) and not chosen.issubset(variables[variable]):
                return f"{table.id}: {variable} has no such code."
    return ""


def _read(table: CountTable) -> _Raw:
    """The raw content. Only the engine and own_team_view may call this; a house rule test checks it."""
    return _VAULT[table]
