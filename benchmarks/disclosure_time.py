"""How long protection takes, and how much it hides. Run: .venv/bin/python -m benchmarks.disclosure_time

Prints, per release: cells, share hidden, totals hidden and how many of them are few, and seconds by the clock
and of the processor.
"""

import gc
import sys
from collections.abc import Sequence
from time import perf_counter, process_time

from benchmarks.hidden import totals_hidden
from benchmarks.made_up_years import People, annual
from followup.disclosure import CountTable, Ledger, ProtectionFailed, Release, Rule, protect

RULE = Rule()
# Reckons with teams that know their own figures.
RECKONING = Rule(insider=1)


def measured(
    name: str, tables: Sequence[CountTable], ledger: Ledger | None = None, rule: Rule = RULE
) -> Release | None:
    """Protect, and print what it took; None when it was refused."""
    clock, processor = perf_counter(), process_time()
    try:
        release = protect(tables, rule, ledger, time_limit=600)
    except ProtectionFailed as refusal:
        print(f"{name:34} refused because of {', '.join(refusal.editions) or refusal.reason}", flush=True)
        return None
    spent = perf_counter() - clock, process_time() - processor
    cells = sum(len(table.cells) for table in release)
    print(
        f"{name:34} {cells:6} cells {release.share_hidden:6.1%} hidden {totals_hidden(release)} "
        f"{spent[0]:7.2f} s {spent[1]:7.2f} s processor",
        flush=True,
    )
    return release


def main(teams: Sequence[int]) -> None:
    # As in the server.
    gc.freeze()
    for seed in range(1, 7):
        measured(f"six teams, year, seed {seed}", annual(People(6, 10, seed), 2022))
        measured("  where teams know their own", annual(People(6, 10, seed), 2022), rule=RECKONING)
    measured("six teams, not recoded", annual(People(6, 10, 1), 2022, fine=True))
    people = People(6, 10, 1)
    early = measured("six teams, January-August", annual(people, 2022, months=8))
    if early is not None:
        measured("  and then the year", annual(people, 2022), Ledger.from_records(early.records("early")))
    for count in teams:
        measured(f"{count} teams", annual(People(count, 10, 1), 2022))


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [8, 60, 103])
