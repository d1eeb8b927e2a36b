"""What protection costs and leaves open, ours beside others' ways, on the same tables, by the same intruder.

Run: nice .venv/bin/python -m benchmarks.disclosure_peers [years]

* primary only        hides small cells and nothing else
* Gaussian            hides until no small cell follows exactly from what is told (Langsrud, PSD 2024, in the
                      least form of his algorithm: cells are told most valuable first, for as long as no small
                      one falls into the space they span)
* τ-Argus             its optimal way, which protects one table with all its totals; small tables only
* ours                this product, all tables together
* optimum             the cheapest safe pattern, by mixed-integer programming; small tables only

Prints, per way: share of cells hidden, small cells left exposed, seconds of the processor.
"""

import random
import sys
from collections.abc import Callable, Sequence
from time import process_time

import numpy as np

from benchmarks.argus import hidden_by_argus
from benchmarks.disclosure_loss import compare, table
from benchmarks.made_up_years import People, annual
from followup.disclosure import CountTable, Rule, Status, protect
from followup.disclosure.cells import _read
from followup.disclosure.intruder import Exposure, Fact, attack
from followup.disclosure.intruder.worlds import Worlds

RULE = Rule()
ZERO = 1e-7
Hidden = set[tuple[str, tuple[str, ...]]]


def facts_of(tables: Sequence[CountTable], hidden: Hidden) -> list[Fact]:
    """Every cell as an onlooker reads it."""
    return [
        Fact(
            f"{one.id} {codes}",
            one.population.name,
            selection,
            None if (one.id, codes) in hidden else count,
            RULE.threshold,
            codes in one.exempt,
        )
        for one in tables
        for codes, (selection, count) in _read(one).cells.items()
    ]


def primary_only(tables: Sequence[CountTable]) -> Hidden:
    return {
        (one.id, codes)
        for one in tables
        for codes, (_, count) in _read(one).cells.items()
        if count is not None and 0 < count < RULE.threshold and codes not in one.exempt
    }


def gaussian(tables: Sequence[CountTable]) -> Hidden:
    """Tell cells, most valuable first, while no small one becomes a sum of what is told."""
    cells = [(one, codes, selection) for one in tables for codes, (selection, _) in _read(one).cells.items()]
    worlds = Worlds(tables[0].population, [selection for *_, selection in cells])
    vectors = np.zeros((len(cells), worlds.size))
    for row, (*_, selection) in enumerate(cells):
        vectors[row, worlds.columns(selection)] = 1.0
    small = primary_only(tables)
    is_small = np.array([(one.id, codes) in small for one, codes, _ in cells])
    known = np.zeros((len(agreements := worlds.agreements()), worlds.size))
    for row, agreement in enumerate(agreements):
        known[row, list(agreement)] = list(agreement.values())
    vectors = _without(vectors, known)
    kept = vectors[is_small]
    hidden = set(small)
    totals_first = sorted(range(len(cells)), key=lambda row: -float(len(worlds.columns(cells[row][2]))))
    basis: list[np.ndarray] = []
    for row in totals_first:
        if is_small[row]:
            continue
        rest = vectors[row] - sum((b * (b @ vectors[row]) for b in basis), np.zeros(worlds.size))
        if (length := np.linalg.norm(rest)) < ZERO:
            continue
        direction = rest / length
        after = kept - np.outer(kept @ direction, direction)
        if len(after) and np.linalg.norm(after, axis=1).min() < ZERO:
            hidden.add((cells[row][0].id, cells[row][1]))
            continue
        kept, basis = after, [*basis, direction]
    return hidden


def _without(vectors: np.ndarray, known: np.ndarray) -> np.ndarray:
    """What is left of the vectors when the equations that everybody knows are taken out."""
    if not len(known):
        return vectors
    _, lengths, directions = np.linalg.svd(known, full_matrices=False)
    span = directions[lengths > ZERO]
    return vectors - vectors @ span.T @ span


def ours(tables: Sequence[CountTable]) -> Hidden:
    release = protect(tables, RULE, time_limit=600)
    return {
        (finished.id, codes)
        for finished in release
        for codes, cell in finished.cells.items()
        if cell.status is Status.SUPPRESSED
    }


WAYS: dict[str, Callable[[Sequence[CountTable]], Hidden]] = {
    "primary only": primary_only,
    "Gaussian": gaussian,
    "ours": ours,
}


def measure(name: str, releases: Sequence[Sequence[CountTable]]) -> None:
    print(f"{name}: {len(releases)} releases", flush=True)
    for way, hide in WAYS.items():
        started = process_time()
        chosen = [hide(tables) for tables in releases]
        report(way, releases, chosen, process_time() - started)


def report(
    way: str, releases: Sequence[Sequence[CountTable]], chosen: Sequence[Hidden], spent: float
) -> None:
    """Attack every release with what was chosen to hide in it, and print how it went."""
    hidden = cells = exposed = undone = 0
    for tables, out_of_sight in zip(releases, chosen, strict=True):
        facts = facts_of(tables, out_of_sight)
        found = attack(facts, populations={tables[0].population.name: tables[0].population})
        narrow = sum(one.exposure is Exposure.NARROW for one in found)
        hidden, cells = hidden + len(out_of_sight), cells + len(facts)
        exposed += narrow
        undone += narrow > 0
    print(
        f"  {way:13} {hidden / cells:6.1%} hidden {exposed:5} hidden cells too well known, in {undone} "
        f"of {len(releases)} releases, {spent:7.2f} s",
        flush=True,
    )


def report_argus(tables: Sequence[CountTable]) -> None:
    answers = hidden_by_argus(tables, RULE.threshold)
    chosen = [{(one.id, codes) for codes in found} for one, (_, found) in zip(tables, answers, strict=True)]
    report("τ-Argus", [[one] for one in tables], chosen, sum(spent for spent, _ in answers))


def main(years: int) -> None:
    small = [table(random.Random(number), 3, 3) for number in range(40)]
    measure("3 x 3", [[one] for one in small])
    report_argus(small)
    pairs = [pair for number in range(40) if (pair := compare(number, 3, 3)) is not None]
    price, best = (sum(part) for part in zip(*pairs, strict=True))
    print(f"  optimum: ours costs {price / best - 1:+.1%} against it on {len(pairs)} tables", flush=True)
    measure("six teams", [annual(People(6, 10, seed), 2022) for seed in range(1, years + 1)])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
