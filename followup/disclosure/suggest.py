"""What would hide less: coarser categories, teams taken together, a whole year. Each is tried before it is
said.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from itertools import combinations
from time import monotonic
from typing import NamedTuple

from followup.disclosure.cells import TOTAL, CountTable, Recoding
from followup.disclosure.errors import ProtectionFailed, TableMalformed
from followup.disclosure.ledger import Ledger
from followup.disclosure.protected import ProtectedTable, Status
from followup.disclosure.recode import coarser, recoded, rung_name
from followup.disclosure.release import protect
from followup.disclosure.released import Release
from followup.disclosure.rule import Rule

# So many pairs of neighbours are tried per table; the ones that hide most between them first.
PAIRS = 3


class Suggestion(NamedTuple):
    """A change to one table that was tried: Swedish `text`, hidden cells of the release before and after."""

    table: str
    text: str
    hidden_before: int
    hidden_after: int


def suggest(
    tables: Sequence[CountTable],
    rule: Rule,
    ledger: Ledger | None = None,
    *,
    merge: Sequence[str] = ("team", "period"),
    key: bytes = b"followup",
    time_limit: float = 30.0,
    only: Collection[str] | None = None,
    search_limit: float = float("inf"),
) -> list[Suggestion]:
    """Changes to single tables that hide fewer cells in the release, best first.

    merge         axes whose codes may be taken together two by two; ladders are always tried
    only          ids of the tables to change; the others are protected with them as they are
    search_limit  seconds after which nothing more is tried
    """
    deadline = monotonic() + search_limit
    release = protect(tables, rule, ledger, key=key, time_limit=time_limit)
    stand = [coarser(table, release.rungs.get(rung_name(table), 0)) for table in tables]
    before = _hidden(release)
    found = []
    for number, table in enumerate(tables):
        is_asked_for = only is None or table.id in only
        if not is_asked_for or not release[number].share_hidden:
            continue
        for text, candidate in _candidates(table, stand[number], release, number, merge):
            if monotonic() > deadline:
                break
            others = [*stand[:number], candidate, *stand[number + 1 :]]
            after = _tried(others, rule, ledger, key, time_limit)
            # Fewer cells are no gain in themselves: at least as many must be shown as before.
            if after is not None and after < before and before - after >= _lost(stand[number], candidate):
                found.append(Suggestion(table.id, text, before, after))
    return sorted(found, key=lambda suggestion: (suggestion.hidden_after, suggestion.table, suggestion.text))


def _hidden(release: Release) -> int:
    return sum(cell.status is Status.SUPPRESSED for table in release for cell in table.cells.values())


def _lost(before: CountTable, after: CountTable) -> int:
    return len(list(before.all_codes())) - len(list(after.all_codes()))


def _tried(
    tables: Sequence[CountTable], rule: Rule, ledger: Ledger | None, key: bytes, time_limit: float
) -> int | None:
    try:
        return _hidden(protect(tables, rule, ledger, key=key, time_limit=time_limit))
    except ProtectionFailed:
        return None


def _candidates(
    table: CountTable, stand: CountTable, release: Release, number: int, merge: Sequence[str]
) -> Iterator[tuple[str, CountTable]]:
    rung = release.rungs.get(rung_name(table), 0)
    if rung < len(table.ladder):
        yield "Använd tabellens grövre indelning", coarser(table, rung + 1)
    for axis in stand.axes:
        if axis.name in merge:
            labels = dict(zip(axis.codes, axis.labels, strict=True))
            for one, other in most_hidden_pairs(release[number], axis.name):
                label = f"{labels[one]} och {labels[other]}"
                text = "Visa helår" if axis.name == "period" else f"Slå ihop {label}"
                recoding = Recoding(axis.name, {f"{one}+{other}": (one, other)}, {f"{one}+{other}": label})
                # Stocks of two periods cannot be added: then there is nothing to propose.
                with suppress(TableMalformed):
                    yield text, recoded(stand, recoding)


def most_hidden_pairs(finished: ProtectedTable, axis: str) -> list[tuple[str, str]]:
    """Pairs of codes with the most hidden cells between them, a few."""
    position = [one.name for one in finished.axes].index(axis)
    hidden: dict[str, int] = {}
    for codes, cell in finished.cells.items():
        if codes[position] != TOTAL and cell.status is Status.SUPPRESSED:
            hidden[codes[position]] = hidden.get(codes[position], 0) + 1
    pairs = combinations(sorted(hidden), 2)
    return sorted(pairs, key=lambda pair: (-hidden[pair[0]] - hidden[pair[1]], pair))[:PAIRS]
