"""What of a protected table is hidden, for the benchmarks."""

from followup.disclosure import TOTAL, ProtectedTable, Status


def totals_hidden(table: ProtectedTable) -> int:
    """How many sums over something that the table shows, too."""
    return sum(
        cell.status is Status.SUPPRESSED
        and any(code == TOTAL and len(axis.codes) > 1 for axis, code in zip(table.axes, codes, strict=True))
        for codes, cell in table.cells.items()
    )
