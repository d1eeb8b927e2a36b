"""How often a reader of all editions, who knows how many came late or went each time, finds them out.

Run: .venv/bin/python -m benchmarks.elimination [runs] [persons at most] [seed]

Publishes two to four random releases after each other (100 times without any given), with at most so many
people (one without any given) registered late between two, and at most as many taken away. Prints runs,
editions, editions refused, cells hidden, and editions that give somebody away.
"""

import sys
from collections import Counter

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from followup.disclosure import Rule, Status
from tests.disclosure.latecomers import given_away, published_in_turn
from tests.disclosure.random_releases import PEOPLE

RULE = Rule()


def run(data: st.DataObject, most: int, count: Counter[str]) -> None:
    """One course of releases, until one gives somebody away."""
    for release, editions in published_in_turn(data, RULE, most):
        if release is None:
            count["refused"] += 1
            continue
        count["editions"] += 1
        cells = [cell for table in release for cell in table.cells.values()]
        count["cells"] += len(cells)
        count["hidden"] += sum(cell.status is Status.SUPPRESSED for cell in cells)
        if given_away(PEOPLE, editions):
            count["giving somebody away"] += 1
            break
    count["runs"] += 1


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
    def all_of_them(data: st.DataObject) -> None:
        run(data, most, count)

    all_of_them()
    for what in ("runs", "editions", "refused", "cells", "hidden", "giving somebody away"):
        print(f"{what:24} {count[what]:8}")


if __name__ == "__main__":
    given_numbers = [int(word) for word in sys.argv[1:]]
    main(*given_numbers, *(100, 1, 1)[len(given_numbers) :])
