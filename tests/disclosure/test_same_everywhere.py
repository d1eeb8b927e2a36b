"""The same counts are protected in the same way in every process."""

import subprocess
import sys

SCRIPT = """
from benchmarks.associations import LAST, made_up
from followup.disclosure import Rule, protect
from followup.disclosure.solver import Model

asked = []
solve = Model.solve
def noted(model):
    answer = solve(model)
    asked.append(None if answer is None else answer.people.tolist())
    return answer
Model.solve = noted
with made_up(2, 3) as association:
    release = protect(association.tables(LAST), Rule())
print(sorted(release.pattern), asked)
"""


def test_another_process_looks_at_the_same_tables_in_the_same_order():
    first, second = (
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        ).stdout
        for seed in ("1", "2")
    )
    assert first == second
    assert "participation[" in first
