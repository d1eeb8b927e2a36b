"""From a pattern of hidden quantities to finished tables."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from followup.disclosure.cells import Codes, CountTable, _read
from followup.disclosure.collect import Collection, Entry
from followup.disclosure.ledger import Ledger, Told
from followup.disclosure.length import Rank
from followup.disclosure.protected import (
    ProtectedCell,
    ProtectedTable,
    Reason,
    Status,
    open_count,
    percentage,
)
from followup.disclosure.quantities import Quantity, meets, text_of
from followup.disclosure.ranks import Said, families, too_telling

Hidden = dict[Quantity, Reason]


class _Sheet:
    """The cells of one table as they are filled in."""

    def __init__(self, table: CountTable) -> None:
        self.cells = {codes: ProtectedCell(None, Status.NOT_APPLICABLE) for codes in table.all_codes()}
        self.reasons: dict[Codes, Reason] = {}

    def put(self, codes: Codes, value: float | None, reason: Reason | None, decimals: int = 0) -> None:
        """Show the value, or hide it if there is a reason to; also that there is none."""
        self.cells[codes] = open_count(value, decimals)
        if reason is not None:
            self.cells[codes] = ProtectedCell(None, Status.SUPPRESSED, decimals)
            self.reasons[codes] = reason


def silent_bases(collection: Collection, ledger: Ledger, hidden: Hidden, said: Said) -> Hidden:
    """Bases of medians and the like that tell nothing, and why.

    Such a figure says how many have been there longer, and shorter, than so long. It would narrow what is
    hidden, now or before, of how long they have; and where a few came or left since an edition told the base,
    the change of it tells how long those few have. So does the whole beside all its parts but a small one,
    and what is told of everybody by length beside what the figures of several parts say, and head counts
    (`said`).
    """
    lengths = {
        (name, length.variable)
        for name, population in collection.populations.items()
        for length in population.lengths
    }
    veiled = [
        quantity
        for quantity in {*hidden, *(one.quantity for one in ledger.hidden)}
        if any((quantity.population, variable) in lengths for variable, _ in quantity.box)
    ]
    told: dict[Quantity, set[int]] = defaultdict(set)
    for each in ledger.told:
        told[each.quantity].add(each.value)
    bases: dict[Quantity, Entry] = {}
    ranks: dict[Quantity, list[Rank]] = defaultdict(list)
    for number, table in enumerate(collection.tables):
        for figure in _read(table).figures.values():
            base = collection.at.get((number, figure.base))
            if base is not None:
                bases[base.quantity] = base
                ranks[base.quantity] += figure.ranks
    found: Hidden = {}
    for one, base in bases.items():
        # With what any edition told: figures are compared over the one that was silent in between.
        if any(0 < abs(base.value - value) < base.least for value in told.get(one, ())):
            found[one] = Reason.CORRECTED
        elif any(one.population == other.population and meets(one, other) for other in veiled):
            found[one] = Reason.DERIVABLE
    with_lengths = {name for name, _ in lengths}
    least = collection.rule.median_base
    # What was corrected spoke before, and is still known: who was silent beside it stays so.
    speaking = {
        one: base
        for one, base in bases.items()
        if one.population in with_lengths
        and base.value >= least
        and one not in hidden
        and found.get(one) is not Reason.DERIVABLE
    }
    for base in [*_telling_of_a_rest([*speaking.values()], least)]:
        found.setdefault(base.quantity, Reason.DERIVABLE)
        speaking.pop(base.quantity, None)
    numbers = _fewest(collection, ledger, hidden)
    for name, variable in sorted(lengths):
        order = [*collection.populations[name].variables[variable]]
        parts = [base for one, base in bases.items() if one.population == name]
        silent = {one.quantity for one in parts} - speaking.keys()
        for base in too_telling(variable, order, numbers, parts, silent, ranks, said):
            found.setdefault(base.quantity, Reason.DERIVABLE)
    return found


def _telling_of_a_rest(bases: Sequence[Entry], least: int) -> Iterator[Entry]:
    """Bases whose figures tell, beside those of the whole they are parts of, how long a small rest took.

    If nine of ten of one team were there for a short time, and as many of all teams as that, then nobody was
    in the others. The smallest parts are silent until the rest is large enough.
    """
    for whole in bases:
        for parts in families(bases, whole.quantity):
            rest = whole.value - sum(part.value for part in parts)
            for part in parts:
                if 0 < rest < least:
                    yield part
                    rest += part.value


def _fewest(collection: Collection, ledger: Ledger, hidden: Hidden) -> dict[Quantity, tuple[int, int]]:
    """Of everything told, now or before, the fewest people and the highest threshold."""
    found: dict[Quantity, tuple[int, int]] = {}
    for told in (*told_by(collection, hidden), *ledger.told):
        people, least = found.get(told.quantity, (told.value, told.least))
        found[told.quantity] = min(people, told.value), max(least, told.least)
    return found


def finish(collection: Collection, number: int, hidden: Hidden, silent: Hidden) -> ProtectedTable:
    """Table `number` of the release with its hidden cells, shares and figures settled.

    silent   `silent_bases`, whose figures are hidden
    """
    table = collection.tables[number]
    raw = _read(table)
    sheet = _Sheet(table)
    for codes, (_, count) in raw.cells.items():
        entry = collection.at.get((number, codes))
        sheet.put(codes, count, hidden.get(entry.quantity) if entry else None)
    counts = {codes: count for codes, (_, count) in (*raw.bases.items(), *raw.cells.items())}
    for codes, share in table.shares.items():
        percent = percentage(counts[share.numerator], counts[share.denominator], share.decimals)
        base, part = (collection.at.get((number, each)) for each in (share.denominator, share.numerator))
        least = collection.rule.least_base(screening=table.screening)
        sheet.put(codes, percent, _reason(base, least, hidden, part), share.decimals)
    for codes, figure in raw.figures.items():
        base = collection.at.get((number, figure.base))
        reason = _reason(base, collection.rule.median_base, silent | hidden)
        sheet.put(codes, figure.value, reason, figure.decimals)
    return ProtectedTable(table, sheet.cells, sheet.reasons, collection.rule.version)


def _reason(base: Entry | None, least: int, hidden: Hidden, part: Entry | None = None) -> Reason | None:
    """Why a share or a figure over a base is hidden, of which a share counts a part.

    That there is none is told only where it is told that the base is nobody: of a hidden base it would tell
    whether it is, and a figure that is shown would tell that its hidden base is large enough.
    """
    if base is not None and 0 < base.value < least:
        return Reason.BASE
    reasons = (hidden.get(entry.quantity) for entry in (base, part) if entry is not None)
    return next((reason for reason in reasons if reason is not None), None)


def told_by(collection: Collection, hidden: Hidden) -> list[Told]:
    """Every number that the finished tables tell, each once; a percentage tells its numerator and base."""
    shown = [entry for entry in collection.entries.values() if entry.quantity not in hidden]
    told = [Told(entry.quantity, entry.value, entry.least, entry.exempt, "") for entry in shown]
    return sorted(told, key=lambda one: text_of(one.quantity))
