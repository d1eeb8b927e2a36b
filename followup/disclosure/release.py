"""`protect`: raw tables in, protected tables out, or nothing at all."""

from collections.abc import Iterator, Sequence
from time import monotonic
from typing import overload

from followup.disclosure.cells import Codes, CountTable, _read
from followup.disclosure.collect import Collection, Entry
from followup.disclosure.errors import ProtectionFailed
from followup.disclosure.primary import needs_of, quantities_in
from followup.disclosure.protected import (
    ProtectedCell,
    ProtectedTable,
    Reason,
    Status,
    open_count,
    percentage,
)
from followup.disclosure.quantities import Quantity
from followup.disclosure.rule import Rule
from followup.disclosure.secondary import Protector
from followup.disclosure.solver import OutOfTime
from followup.disclosure.system import System

Hidden = dict[Quantity, Reason]


class Release(Sequence[ProtectedTable]):
    """Protected tables in the order their counts came."""

    def __init__(self, tables: Sequence[ProtectedTable], rule_version: str) -> None:
        self._tables = tuple(tables)
        self.rule_version = rule_version

    @overload
    def __getitem__(self, number: int) -> ProtectedTable: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[ProtectedTable, ...]: ...
    def __getitem__(self, number: int | slice) -> ProtectedTable | tuple[ProtectedTable, ...]:
        return self._tables[number]

    def __len__(self) -> int:
        return len(self._tables)

    def __iter__(self) -> Iterator[ProtectedTable]:
        return iter(self._tables)

    @property
    def share_hidden(self) -> float:
        """Hidden cells as a share (0–1) of all cells that have something to say."""
        statuses = [cell.status for table in self for cell in table.cells.values()]
        told = len(statuses) - statuses.count(Status.NOT_APPLICABLE)
        return statuses.count(Status.SUPPRESSED) / told if told else 0.0


def protect(
    tables: Sequence[CountTable], rule: Rule, *, key: bytes = b"followup", time_limit: float = 60.0
) -> Release:
    """Protect all tables of a release together.

    tables      everything that will be told at the same time
    rule        the rule version in force
    key         the installation's secret, for ties only
    time_limit  seconds; nothing is published when it is passed
    Raises ProtectionFailed with a Swedish reason. No count is in the error or in any frame it carries.
    """
    reason = "Röjandekontrollen gick inte att slutföra. Inget har publicerats."
    failed: tuple[str, ...] = ()
    try:
        return _protect(tables, rule, key, monotonic() + time_limit)
    except ProtectionFailed as failure:
        reason, failed = failure.reason, failure.tables
    except OutOfTime:
        reason = "Röjandekontrollen hann inte bli klar. Dela upp utgåvan i färre tabeller och försök igen."
    except Exception:  # noqa: S110 - any fault means that nothing is published, and no frame may leave
        pass
    raise ProtectionFailed(reason, tables=failed)


def _protect(tables: Sequence[CountTable], rule: Rule, key: bytes, deadline: float) -> Release:
    collection = Collection(tables, rule, key)
    hidden: Hidden = {}
    for population in sorted(collection.populations):
        hidden |= _protect_population(collection, population, deadline)
    finished = [_finish(collection, number, hidden) for number in range(len(tables))]
    return Release(finished, rule.version)


def _protect_population(collection: Collection, population: str, deadline: float) -> Hidden:
    entries = collection.of(population)
    needs = needs_of(collection, population)
    wanted = {entry.quantity for entry in entries} | quantities_in(needs)
    system = System(collection.populations[population], wanted)
    fixed = {i for i, entry in enumerate(entries) if entry.exempt}
    protector = Protector(system, entries, needs, fixed, deadline - monotonic())
    if not protector.is_consistent():
        raise ProtectionFailed("Tabellernas antal går inte ihop med varandra. Kontrollera uttaget.")
    protector.run()
    return {entries[row - protector.first].quantity: reason for row, reason in protector.hidden.items()}


def _finish(collection: Collection, number: int, hidden: Hidden) -> ProtectedTable:
    table = collection.tables[number]
    raw = _read(table)
    reasons: dict[Codes, Reason] = {}
    cells = {codes: ProtectedCell(None, Status.NOT_APPLICABLE) for codes in table.all_codes()}
    for codes, (_, count) in raw.cells.items():
        entry = collection.at.get((number, codes))
        cells[codes] = open_count(count)
        if entry is not None and entry.quantity in hidden:
            cells[codes] = ProtectedCell(None, Status.SUPPRESSED)
            reasons[codes] = hidden[entry.quantity]
    for codes, share in table.shares.items():
        counts = {**raw.bases, **raw.cells}
        shown = percentage(counts[share.numerator][1], counts[share.denominator][1], share.decimals)
        cells[codes] = open_count(shown, share.decimals)
        base = collection.at.get((number, share.denominator))
        numerator = collection.at.get((number, share.numerator))
        if why := _share_reason(table, collection.rule, base, numerator, hidden):
            cells[codes] = ProtectedCell(None, Status.SUPPRESSED, share.decimals)
            reasons[codes] = why
    for codes, figure in raw.figures.items():
        cells[codes] = open_count(figure.value, figure.decimals)
        base = collection.at.get((number, figure.base))
        if figure.value is not None and (base is None or base.value < collection.rule.median_base):
            cells[codes] = ProtectedCell(None, Status.SUPPRESSED, figure.decimals)
            reasons[codes] = Reason.BASE
    return ProtectedTable(table, cells, reasons, collection.rule.version)


def _share_reason(
    table: CountTable, rule: Rule, base: Entry | None, numerator: Entry | None, hidden: Hidden
) -> Reason | None:
    if base is None or base.value < rule.least_base(screening=table.screening):
        return Reason.BASE
    for entry in (numerator, base):
        if entry is not None and entry.quantity in hidden:
            return hidden[entry.quantity]
    return None
