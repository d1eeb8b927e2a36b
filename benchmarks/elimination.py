"""How often a reader of all editions, who knows how many came late or went each time, finds them out.

Run: .venv/bin/python -m benchmarks.elimination [runs] [persons at most] [seed]

Publishes two to four random releases after each other (100 times without any given), with at most so many
people (one without any given) registered late between two, and at most as many taken away. Prints runs,
editions, editions refused, cells hidden, and editions that give somebody away.
"""

import json
import sys
from collections import Counter

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from followup.disclosure import Ledger, ProtectionFailed, Rule, Status, protect
from tests.disclosure.latecomers import Edition, given_away
from tests.disclosure.random_releases import (
    PEOPLE,
    facts_of,
    known_as,
    people,
    people_of,
    recounted,
    tables,
    with_head_count,
)

RULE = Rule()


def run(data, most: int, count: Counter[str]) -> None:
    """One course of releases, until one gives somebody away."""
    rows, came, gone = data.draw(people()), 0, 0
    records: list = []
    editions: list[Edition] = []
    drawn: list = []
    count["runs"] += 1
    for number in range(data.draw(st.integers(2, 4))):
        late = data.draw(people_of(data.draw(st.integers(0, most)))) if number else []
        less = data.draw(st.integers(0, most)) if number else 0
        rows, came, gone = rows[less:] + late, came + len(late), gone + less
        known = [known_as(row) for row in rows] if data.draw(st.booleans()) else []
        again = [recounted(table, rows, known) for table in drawn if data.draw(st.booleans())]
        names = [f"T{number}{place}" for place in range(data.draw(st.integers(1, 3)))]
        new = [data.draw(tables(rows, name, known, total=True)) for name in names]
        new = [with_head_count(table) if data.draw(st.booleans()) else table for table in new]
        ledger = Ledger.from_records(json.loads(json.dumps(records)))
        try:
            release = protect([*again, *new], RULE, ledger)
        except ProtectionFailed as refusal:
            if not refusal.editions:
                raise
            count["refused"] += 1
            continue
        drawn += new
        records += release.records(str(number))
        editions.append(Edition(facts_of(release, [*again, *new], RULE, str(number)), came, gone))
        came = gone = 0
        count["editions"] += 1
        cells = [cell for table in release for cell in table.cells.values()]
        count["cells"] += len(cells)
        count["hidden"] += sum(cell.status is Status.SUPPRESSED for cell in cells)
        if given_away(PEOPLE, editions):
            count["giving somebody away"] += 1
            break


def main(runs: int, most: int, first: int) -> None:
    count = Counter({"refused": 0, "giving somebody away": 0})

    @seed(first)
    @settings(
        max_examples=runs,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def all_of_them(data) -> None:
        run(data, most, count)

    all_of_them()
    for what in ("runs", "editions", "refused", "cells", "hidden", "giving somebody away"):
        print(f"{what:24} {count[what]:8}")


if __name__ == "__main__":
    given_numbers = [int(word) for word in sys.argv[1:]]
    main(*given_numbers, *(100, 1, 1)[len(given_numbers) :])
