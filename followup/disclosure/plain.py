"""Tables of figures that count no people: money, meetings, goals; and figures made of protected cells alone.

What a förbund spends or how often a team meets points at nobody and needs no protection. A figure that does
speak of people is never written into such a table: it is *derived* from cells of the protected release and
follows them, hidden where they are hidden. Nothing but plain figures and protected tables goes into
`open_table`, so nothing comes out that a reader of those could not have worked out himself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import NamedTuple

from followup.disclosure.cells import Axis, Codes
from followup.disclosure.errors import TableMalformed
from followup.disclosure.protected import ProtectedCell, ProtectedTable, Reason, Status, open_count


class Source(NamedTuple):
    """A cell of a protected table: the table's id, and codes in the order of its axes."""

    table: str
    codes: Codes


class Taken(NamedTuple):
    """The very figure of a protected cell, with its status: participants of an effort, or an outcome."""

    source: Source


class Quotient(NamedTuple):
    """`factor` × numerator ÷ denominator. One of them is a figure of the same table, the other people.

    Cost per participant is a quotient of money and people. A percentage of people is not made here: it has a
    least base, and belongs to a table of counts.
    """

    numerator: Codes | Source
    denominator: Codes | Source
    factor: float = 1.0


class Difference(NamedTuple):
    """One protected cell minus another: how many more or fewer, which may be negative."""

    more: Source
    less: Source


class Beside(NamedTuple):
    """A figure that was typed about a protected cell, such as a judgement of it: hidden where that is."""

    figure: float | None
    source: Source


class Among(NamedTuple):
    """A typed figure of some of those whom each of the `parts` counts.

    Missing unless all the parts are told: that so many answered bounds them from below. It is not marked as
    hidden, which would tell that so many answered as may be told at all.
    """

    figure: float | None
    parts: tuple[Source, ...]


class Tally(NamedTuple):
    """The sum of those of the table's own figures `parts` that are shown; it tells nothing of the others."""

    parts: tuple[Codes, ...]


class Told(NamedTuple):
    """A cell as an earlier edition published it; hidden where its table has no such cell."""

    table: ProtectedTable
    codes: Codes


Derived = Taken | Quotient | Difference | Beside | Among | Tally | Told


@dataclass(frozen=True, kw_only=True)
class PlainTable:
    """Figures that count no people, and what is derived from protected cells.

    cells     codes in axis order -> figure; None is a missing one. Combinations in neither cells nor derived
              are not applicable
    derived   codes -> how it is made of the protected release
    decimals  code of any axis -> how many decimals its figures have; otherwise none
    units     code of any axis -> unit, for the writers ("tkr", "kr", "veckor", "procent"); otherwise `unit`
    """

    id: str
    title: str
    axes: tuple[Axis, ...]
    stub: tuple[str, ...]
    heading: tuple[str, ...]
    cells: Mapping[Codes, float | None]
    derived: Mapping[Codes, Derived] = field(default_factory=dict)
    decimals: Mapping[str, int] = field(default_factory=dict)
    unit: str = "antal"
    units: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def digits(self, codes: Codes) -> int:
        """The decimals of a cell: those of the last of its codes that has any."""
        return next((self.decimals[code] for code in reversed(codes) if code in self.decimals), 0)


def open_table(plain: PlainTable, release: Iterable[ProtectedTable], *, rule_version: str) -> ProtectedTable:
    """The plain figures as they are, and those derived from `release`, hidden where it hides.

    A cell that the release does not tell apart, because its table is coarser now, is hidden, too.
    Raises TableMalformed when the table contradicts itself or names a table that is not in the release.
    """
    _check(plain)
    tables = {table.id: table for table in release}
    cells = {
        codes: ProtectedCell(None, Status.NOT_APPLICABLE)
        for codes in product(*(axis.codes for axis in plain.axes))
    }
    cells |= {codes: _rounded(value, plain.digits(codes)) for codes, value in plain.cells.items()}
    tallies = {codes: each for codes, each in plain.derived.items() if isinstance(each, Tally)}
    for codes, derived in plain.derived.items():
        if not isinstance(derived, Tally):
            cells[codes] = _derived(plain, tables, codes, derived)
    for codes, tally in tallies.items():
        cells[codes] = _rounded(sum(cells[part].value or 0 for part in tally.parts), plain.digits(codes))
    hidden = [codes for codes, cell in cells.items() if cell.status is Status.SUPPRESSED]
    return ProtectedTable(plain, cells, dict.fromkeys(hidden, Reason.DERIVABLE), rule_version)


def _derived(
    plain: PlainTable,
    tables: Mapping[str, ProtectedTable],
    codes: Codes,
    derived: Taken | Quotient | Difference | Beside | Among | Told,
) -> ProtectedCell:
    if isinstance(derived, Taken):
        return _source(plain, tables, derived.source)
    if isinstance(derived, Told):
        return derived.table.cells.get(derived.codes, ProtectedCell(None, Status.SUPPRESSED))
    if isinstance(derived, Beside):
        beside = _source(plain, tables, derived.source)
        is_hidden = beside.status is Status.SUPPRESSED
        return beside if is_hidden else _rounded(derived.figure, plain.digits(codes))
    if isinstance(derived, Among):
        is_told = all(_source(plain, tables, part).value is not None for part in derived.parts)
        return _rounded(derived.figure if is_told else None, plain.digits(codes))
    one, other = (
        _source(plain, tables, part) if isinstance(part, Source) else open_count(plain.cells[part])
        for part in derived[:2]
    )
    digits = plain.digits(codes)
    if Status.SUPPRESSED in (one.status, other.status):
        return ProtectedCell(None, Status.SUPPRESSED, digits)
    if one.value is None or other.value is None:
        return ProtectedCell(None, Status.MISSING, digits)
    if isinstance(derived, Difference):
        return _rounded(one.value - other.value, digits)
    return _rounded(derived.factor * one.value / other.value if other.value else None, digits)


def _rounded(value: float | None, digits: int) -> ProtectedCell:
    """Halves away from zero, once and for all, so that no writer rounds in a way of its own."""
    if value is None:
        return open_count(None, digits)
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return open_count(float(exact) if digits else int(exact), digits)


def _source(plain: PlainTable, tables: Mapping[str, ProtectedTable], source: Source) -> ProtectedCell:
    if source.table not in tables:
        raise TableMalformed(f"{plain.id}: there is no table {source.table} to derive a figure from.")
    return tables[source.table].cells.get(source.codes, ProtectedCell(None, Status.SUPPRESSED))


def _check(plain: PlainTable) -> None:
    names = [axis.name for axis in plain.axes]
    if sorted(names) != sorted(plain.stub + plain.heading):
        raise TableMalformed(f"{plain.id}: stub and heading must name each axis once.")
    if any(not len(set(axis.codes)) == len(axis.codes) == len(axis.labels) for axis in plain.axes):
        raise TableMalformed(f"{plain.id}: an axis needs one label for each code, and each code once.")
    known = set(product(*(axis.codes for axis in plain.axes)))
    if not known.issuperset([*plain.cells, *plain.derived]) or plain.cells.keys() & plain.derived.keys():
        raise TableMalformed(f"{plain.id}: a figure lies outside the axes, or is both plain and derived.")
    for derived in plain.derived.values():
        if isinstance(derived, Quotient):
            _check_quotient(plain, derived)
        if isinstance(derived, Tally) and any(
            part not in plain.cells and isinstance(plain.derived.get(part), Tally | None)
            for part in derived.parts
        ):
            raise TableMalformed(f"{plain.id}: a tally is made of other figures of the table.")


def _check_quotient(plain: PlainTable, quotient: Quotient) -> None:
    parts = (quotient.numerator, quotient.denominator)
    own = [part for part in parts if not isinstance(part, Source)]
    if len(own) != 1 or own[0] not in plain.cells:
        raise TableMalformed(f"{plain.id}: a quotient is made of one figure of the table and one of people.")
