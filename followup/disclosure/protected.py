"""What may leave the engine: protected tables, and a team's own table inside its own scope."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple, NoReturn, Protocol
from weakref import WeakKeyDictionary

from followup.disclosure.cells import Axis, Codes, CountTable, _read
from followup.disclosure.errors import NotOwnTeam, RawCountShown

SENTENCE = (
    "Uppgifter som skulle kunna röja enskilda personer visas som .. ; "
    "även andra uppgifter döljs när de annars kunde användas för att räkna ut dem."
)


class Status(StrEnum):
    """What a cell says. Primary and secondary hiding are one status: the difference would itself tell."""

    VALUE = "value"
    ZERO = "zero"
    SUPPRESSED = "suppressed"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


class Reason(StrEnum):
    """Why a cell is hidden, in words for the director; never a number."""

    FEW = "få personer"
    DERIVABLE = "kan räknas ut från andra uppgifter"
    EVERYBODY = "alla i gruppen"
    EARLIER = "dold i en tidigare utgåva"
    CORRECTED = "rättad sedan en tidigare utgåva, eller skulle röja det som är rättat"
    BASE = "för liten bas för andel, median eller medelvärde"


class ProtectedCell(NamedTuple):
    """`value` is None unless the status is value or zero; `decimals` says how a writer rounds."""

    value: int | float | None
    status: Status
    decimals: int = 0


class Framed(Protocol):
    """What a finished table keeps of the one that it was made of."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def axes(self) -> tuple[Axis, ...]: ...
    @property
    def stub(self) -> tuple[str, ...]: ...
    @property
    def heading(self) -> tuple[str, ...]: ...
    @property
    def unit(self) -> str: ...
    @property
    def units(self) -> Mapping[str, str]: ...
    @property
    def notes(self) -> tuple[str, ...]: ...


_REASONS: "WeakKeyDictionary[ProtectedTable, Mapping[Codes, Reason]]" = WeakKeyDictionary()


class _Frozen:
    """A cube that was filled once: `cells` gives codes in axis order -> cell."""

    __slots__ = ("__weakref__", "axes", "cells", "heading", "id", "notes", "stub", "title", "unit", "units")

    id: str
    title: str
    axes: tuple[Axis, ...]
    stub: tuple[str, ...]
    heading: tuple[str, ...]
    cells: Mapping[Codes, ProtectedCell]
    unit: str
    units: Mapping[str, str]
    notes: tuple[str, ...]

    def __init__(self, table: Framed, cells: Mapping[Codes, ProtectedCell]) -> None:
        put = object.__setattr__
        for name in ("id", "title", "axes", "stub", "heading", "unit", "notes"):
            put(self, name, getattr(table, name))
        put(self, "units", MappingProxyType(dict(table.units)))
        put(self, "cells", MappingProxyType(dict(cells)))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("A finished table does not change.")

    def axis(self, name: str) -> Axis:
        """The axis called `name`. Raises KeyError."""
        return {axis.name: axis for axis in self.axes}[name]


class ProtectedTable(_Frozen):
    """A table that may be shown, drawn, written to a file and published.

    Made by `protect()`, and by `open_table()` for figures that count no people.
    """

    __slots__ = ("legend", "rule_version")

    rule_version: str
    legend: str

    def __init__(
        self,
        table: Framed,
        cells: Mapping[Codes, ProtectedCell],
        reasons: Mapping[Codes, Reason],
        rule_version: str,
    ) -> None:
        super().__init__(table, cells)
        object.__setattr__(self, "rule_version", rule_version)
        hidden = any(cell.status is Status.SUPPRESSED for cell in cells.values())
        object.__setattr__(self, "legend", SENTENCE if hidden else "")
        _REASONS[self] = MappingProxyType(dict(reasons))

    @property
    def share_hidden(self) -> float:
        """Hidden cells as a share (0–1) of the cells that have something to say."""
        told = [cell for cell in self.cells.values() if cell.status is not Status.NOT_APPLICABLE]
        return sum(cell.status is Status.SUPPRESSED for cell in told) / len(told) if told else 0.0

    def reasons_for_director(self) -> Mapping[Codes, Reason]:
        """Why each hidden cell is hidden. For the director's screen only: it tells which cells are small."""
        return _REASONS[self]


class OwnTeamTable(_Frozen):
    """A team's own raw counts, for pages marked Internt; no file writer takes it, and it cannot be stored."""

    __slots__ = ("team",)

    team: str

    def __init__(self, table: CountTable, cells: Mapping[Codes, ProtectedCell], team: str) -> None:
        super().__init__(table, cells)
        object.__setattr__(self, "team", team)

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise RawCountShown

    __str__ = __repr__ = __format__ = __html__ = __json__ = _refuse
    __reduce__ = __reduce_ex__ = __getstate__ = __copy__ = __deepcopy__ = _refuse


def own_team_view(table: CountTable, *, team: str, own_teams: Collection[str]) -> OwnTeamTable:
    """The raw counts of one team for that team's own people.

    `team` is the code the selections use for variable "team"; `own_teams` the codes in the reader's scope.
    Raises NotOwnTeam when the team is another's, or any cell counts more than that team.
    """
    raw = _read(table)
    sources = {**raw.bases, **raw.cells}
    alien = any(selection.get("team") != frozenset({team}) for selection, _ in sources.values())
    if alien or team not in own_teams:
        del raw, sources
        raise NotOwnTeam
    cells = {codes: ProtectedCell(None, Status.NOT_APPLICABLE) for codes in table.all_codes()}
    cells |= {codes: open_count(count) for codes, (_, count) in raw.cells.items()}
    for codes, figure in raw.figures.items():
        cells[codes] = open_count(figure.value, figure.decimals)
    for codes, share in table.shares.items():
        percent = percentage(sources[share.numerator][1], sources[share.denominator][1], share.decimals)
        cells[codes] = open_count(percent, share.decimals)
    return OwnTeamTable(table, cells, team)


def open_count(value: int | float | None, decimals: int = 0) -> ProtectedCell:
    """A cell that shows `value`; None becomes a missing figure."""
    if value is None:
        return ProtectedCell(None, Status.MISSING, decimals)
    return ProtectedCell(value, Status.VALUE if value else Status.ZERO, decimals)


def percentage(numerator: int | None, denominator: int | None, decimals: int) -> float | None:
    """Percent, rounded half up as printed; None when the base is empty or either count is missing."""
    if not denominator or numerator is None:
        return None
    scale = 10**decimals
    return (200 * scale * numerator + denominator) // (2 * denominator) / scale
