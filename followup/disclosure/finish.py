"""From a pattern of hidden quantities to finished tables."""

from followup.disclosure.cells import Codes, CountTable, _read
from followup.disclosure.collect import Collection, Entry
from followup.disclosure.ledger import Told
from followup.disclosure.protected import (
    ProtectedCell,
    ProtectedTable,
    Reason,
    Status,
    open_count,
    percentage,
)
from followup.disclosure.quantities import Quantity, text_of

Hidden = dict[Quantity, Reason]


class _Sheet:
    """The cells of one table as they are filled in."""

    def __init__(self, table: CountTable) -> None:
        self.cells = {codes: ProtectedCell(None, Status.NOT_APPLICABLE) for codes in table.all_codes()}
        self.reasons: dict[Codes, Reason] = {}

    def put(self, codes: Codes, value: float | None, reason: Reason | None, decimals: int = 0) -> None:
        """Show the value, or hide it if there is a reason to."""
        self.cells[codes] = open_count(value, decimals)
        if reason is not None and value is not None:
            self.cells[codes] = ProtectedCell(None, Status.SUPPRESSED, decimals)
            self.reasons[codes] = reason


def finish(collection: Collection, number: int, hidden: Hidden) -> ProtectedTable:
    """Table `number` of the release with its hidden cells, shares and figures settled."""
    table = collection.tables[number]
    raw = _read(table)
    sheet = _Sheet(table)
    for codes, (_, count) in raw.cells.items():
        entry = collection.at.get((number, codes))
        sheet.put(codes, count, hidden.get(entry.quantity) if entry else None)
    counts = {codes: count for codes, (_, count) in (*raw.bases.items(), *raw.cells.items())}
    for codes, share in table.shares.items():
        percent = percentage(counts[share.numerator], counts[share.denominator], share.decimals)
        parts = [collection.at.get((number, part)) for part in (share.numerator, share.denominator)]
        sheet.put(codes, percent, _share_reason(collection, table, parts, hidden), share.decimals)
    for codes, figure in raw.figures.items():
        base = counts[figure.base] or 0
        few = Reason.BASE if base < collection.rule.median_base else None
        sheet.put(codes, figure.value, few, figure.decimals)
    return ProtectedTable(table, sheet.cells, sheet.reasons, collection.rule.version)


def _share_reason(
    collection: Collection, table: CountTable, parts: list[Entry | None], hidden: Hidden
) -> Reason | None:
    numerator, base = parts
    if base is None or base.value < collection.rule.least_base(screening=table.screening):
        return Reason.BASE
    reasons = [hidden.get(entry.quantity) for entry in (numerator, base) if entry is not None]
    return next((reason for reason in reasons if reason is not None), None)


def told_by(collection: Collection, hidden: Hidden) -> list[Told]:
    """Every number that the finished tables tell, each once; a percentage tells its numerator and base."""
    shown = [entry for entry in collection.entries.values() if entry.quantity not in hidden]
    told = [Told(entry.quantity, entry.value, entry.least, entry.exempt, "") for entry in shown]
    return sorted(told, key=lambda one: text_of(one.quantity))
