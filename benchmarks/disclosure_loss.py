"""How far from the optimum: the price of what is hidden against the best pattern there is, on small tables.

Run: .venv/bin/python -m benchmarks.disclosure_loss [tables]

The optimum is a mixed-integer programme with a pair of alternative tables per demand, under the engine's own
demands; tables that it does not settle in a minute are left out.
"""

import random
import sys
from time import monotonic

import highspy
import numpy as np

from benchmarks.made_up_years import LISTS
from followup.disclosure import TOTAL, Axis, CountTable, Ledger, Population, Rule, Selection
from followup.disclosure.collect import Collection
from followup.disclosure.frame import ELASTIC, FREE, Frame, frame_of
from followup.disclosure.more import More
from followup.disclosure.pattern import find_pattern
from followup.disclosure.primary import needs_of, quantities_in
from followup.disclosure.system import System

RULE = Rule()
AGES = LISTS["age_group"][0]


def table(chance: random.Random, rows: int, columns: int) -> CountTable:
    """A random table with its totals."""
    people = Population("p", {"row": AGES[:rows], "column": LISTS["stay"][0][:columns]})
    inner = {
        (r, c): chance.choice((2, 3, 6, 8, 11, 15, 22, 30))
        for r in AGES[:rows]
        for c in LISTS["stay"][0][:columns]
    }
    cells: dict[tuple[str, ...], tuple[Selection, int]] = {}
    for row in (*AGES[:rows], TOTAL):
        for column in (*LISTS["stay"][0][:columns], TOTAL):
            count = sum(n for (r, c), n in inner.items() if row in (r, TOTAL) and column in (c, TOTAL))
            chosen = {"row": row, "column": column}
            cells[row, column] = ({k: frozenset({v}) for k, v in chosen.items() if v != TOTAL}, count)
    axes = [Axis(name, name, (*codes, TOTAL), (*codes, TOTAL)) for name, codes in people.variables.items()]
    return CountTable(
        id="T", title="T", population=people, axes=axes, stub=["row"], heading=["column"], cells=cells
    )


def optimum(frame: Frame, seconds: float) -> float | None:
    """The least price of a pattern that meets every demand; None when it is not settled in time."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("time_limit", seconds)
    infinite = highspy.kHighsInf
    elastic = [int(row) for row in np.flatnonzero(frame.kinds == ELASTIC)]
    forced = {demand.row: demand.least for demand in frame.demands}
    most = float(frame.values.max()) + 20
    hide = {row: highs.addBinary(obj=float(frame.prices[row])) for row in elastic}
    for row in elastic:
        if row in forced:
            highs.addConstr(hide[row] == 1)
    least_of = forced | {row: frame.entries[row - frame.first].least for row in elastic if row not in forced}
    for goal, least in least_of.items():
        ends = []
        for _ in range(2):
            x = [highs.addVariable(lb=0.0, ub=infinite) for _ in range(frame.columns)]
            sums = {}
            for row in range(len(frame.kinds)):
                own = frame.owner == row
                sums[row] = sum(
                    (float(f) * x[int(c)] for c, f in zip(frame.index[own], frame.factor[own], strict=True)),
                    0.0 * x[0],
                )
                if frame.kinds[row] == FREE:
                    continue
                give = most * hide[row] if row in hide else 0.0 * hide[elastic[0]]
                highs.addConstr(sums[row] - give <= float(frame.values[row]))
                highs.addConstr(sums[row] + give >= float(frame.values[row]))
            ends.append(sums[goal])
        on = hide.get(goal)
        if on is None:
            highs.addConstr(ends[0] >= least)
            highs.addConstr(ends[0] - ends[1] >= least)
        else:
            highs.addConstr(ends[0] - least * on >= 0)
            highs.addConstr(ends[0] - ends[1] - least * on >= 0)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return float(highs.getInfo().objective_function_value)


def compare(number: int, rows: int, columns: int) -> tuple[float, float] | None:
    """Price of the engine's pattern and of the best one."""
    collection = Collection([table(random.Random(number), rows, columns)], RULE, b"benchmark", {})
    entries = collection.of("p")
    needs = needs_of(collection, entries)
    system = System(collection.populations["p"], [e.quantity for e in entries] + quantities_in(needs))
    frame = frame_of(system, entries, needs)
    best = optimum(frame, 60.0)
    pattern = find_pattern(collection, "p", Ledger.empty(), monotonic() + 60, More())
    ours = sum(entry.price for entry in entries if entry.quantity in pattern.hidden)
    return None if best is None else (ours, best)


def main(tables: int) -> None:
    for rows, columns in ((2, 3), (3, 3), (4, 3)):
        pairs = [pair for number in range(tables) if (pair := compare(number, rows, columns)) is not None]
        ours, best = (sum(part) for part in zip(*pairs, strict=True)) if pairs else (0.0, 0.0)
        loss = ours / best - 1 if best else 0.0
        print(
            f"{rows} x {columns}: {len(pairs)} tables settled, price {loss:+.1%} above the optimum",
            flush=True,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
