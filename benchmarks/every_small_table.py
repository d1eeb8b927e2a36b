"""Every table of 2 x 2 and 2 x 3 cells from 0 to 9, its totals told: protected, then attacked.

Run: .venv/bin/python -m benchmarks.every_small_table [shape] [part] [of]

Tables that differ by the order of their rows or columns only are one table: the engine knows no order. One of
each kind is tried, in an order that its numbers decide, so that ties between labels are met in every way. An
intruder's bounds in a table with totals are whole numbers (its equations are totally unimodular), so linear
programmes tell them exactly. Exit status 1 if a hidden number is known more closely than promised.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement, permutations, product
from random import Random
from time import process_time

from followup.disclosure import TOTAL, Axis, CountTable, Population, Rule, Selection, Status, protect
from followup.disclosure.intruder import Finding, Meaning, attack, read_table

RULE = Rule()
ROWS, COLUMNS = ("Sala", "Surahammar"), ("arbete", "studier", "annat")
CELL = range(10)
Columns = tuple[tuple[int, ...], ...]


def kinds(columns: int) -> Iterator[tuple[Columns, int]]:
    """One table of each kind, as a tuple of columns, with the number of tables of that kind."""
    for table in combinations_with_replacement(list(product(CELL, repeat=len(ROWS))), columns):
        swapped = tuple(sorted(column[::-1] for column in table))
        if table <= swapped:
            orders = len(set(permutations(table)))
            yield table, orders if table == swapped else 2 * orders


def shuffled(table: Columns) -> list[list[int]]:
    """The table as rows, in an order of its own."""
    chance = Random(repr(table))
    rows = [list(row) for row in zip(*chance.sample(table, len(table)), strict=True)]
    return chance.sample(rows, len(rows))


def with_totals(rows: Sequence[Sequence[int]], *, sensitive: bool) -> CountTable:
    codes = {"team": ROWS, "outcome": COLUMNS[: len(rows[0])]}
    cells: dict[tuple[str, ...], tuple[Selection, int]] = {}
    for team, outcome in product((*codes["team"], TOTAL), (*codes["outcome"], TOTAL)):
        chosen = {"team": team, "outcome": outcome}
        number = sum(
            rows[i][j]
            for (i, one), (j, other) in product(enumerate(codes["team"]), enumerate(codes["outcome"]))
            if team in (one, TOTAL) and outcome in (other, TOTAL)
        )
        cells[team, outcome] = ({n: frozenset({c}) for n, c in chosen.items() if c != TOTAL}, number)
    return CountTable(
        id="T",
        title="Alla små tabeller",
        population=Population("p", codes),
        axes=[Axis(name, name, (*own, TOTAL), (*own, TOTAL)) for name, own in codes.items()],
        stub=["team"],
        heading=["outcome"],
        cells=cells,
        sensitive={"outcome": codes["outcome"]} if sensitive else {},
    )


def undone(rows: Sequence[Sequence[int]], *, sensitive: bool = False) -> tuple[list[Finding], int]:
    """What the intruder finds in the protected table, and how many cells are hidden in it."""
    table = with_totals(rows, sensitive=sensitive)
    (finished,) = protect([table], RULE)
    selections = _selections(table)
    inner = [codes for codes in selections if sensitive and codes[1] != TOTAL]
    wholes = {codes: (selections[codes[0], TOTAL],) for codes in inner}
    meaning = Meaning(table.population, selections, {}, frozenset(), wholes, RULE.threshold)
    facts, _ = read_table(finished, meaning)
    hidden = sum(cell.status is Status.SUPPRESSED for cell in finished.cells.values())
    return attack(facts, populations={"p": table.population}), hidden


def _selections(table: CountTable) -> dict[tuple[str, ...], dict[str, frozenset[str]]]:
    names = [axis.name for axis in table.axes]
    return {
        codes: {name: frozenset({code}) for name, code in zip(names, codes, strict=True) if code != TOTAL}
        for codes in table.all_codes()
    }


def run(columns: int, part: int, of: int) -> int:
    found: Counter[str] = Counter()
    started = process_time()
    for number, (table, alike) in enumerate(kinds(columns)):
        if number % of != part:
            continue
        for sensitive in (False, True):
            findings, hidden = undone(shuffled(table), sensitive=sensitive)
            found["hidden"] += hidden
            if findings:
                found["undone"] += 1
                print(f"undone, {sensitive=}: {shuffled(table)} {findings[0].exposure.name}", flush=True)
        found["kinds"] += 1
        found["tables"] += alike
    print(
        f"2 x {columns}, part {part + 1} of {of}: {found['kinds']} kinds stand for {found['tables']} tables; "
        f"undone: {found['undone']}; {process_time() - started:.0f} s of the processor",
        flush=True,
    )
    return found["undone"]


def main(arguments: Sequence[str]) -> None:
    shapes = [int(arguments[0])] if arguments else [2, 3]
    part, of = (int(arguments[1]), int(arguments[2])) if len(arguments) > 2 else (0, 1)
    sys.exit(1 if sum([run(columns, part, of) for columns in shapes]) else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
