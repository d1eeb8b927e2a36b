"""What of a protected table is hidden, for the benchmarks."""

from collections.abc import Iterable

from followup.disclosure import TOTAL, ProtectedTable, Reason, Status


def totals_hidden(tables: Iterable[ProtectedTable]) -> str:
    """How many sums over something that their tables show, too, and how many of those are few themselves."""
    reasons = [reason for table in tables for reason in _reasons(table)]
    return f"{len(reasons):4} totals ({reasons.count(Reason.FEW)} few)"


def _reasons(table: ProtectedTable) -> list[Reason]:
    """Why its totals are hidden, of those that are."""
    totals = [
        codes
        for codes, cell in table.cells.items()
        if cell.status is Status.SUPPRESSED
        and any(code == TOTAL and len(axis.codes) > 1 for axis, code in zip(table.axes, codes, strict=True))
    ]
    return [table.reasons_for_director()[codes] for codes in totals]
