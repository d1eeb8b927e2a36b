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

TREE = """
from followup.disclosure.cliques import junction_tree
names = "abcdefghijklmnopqrstuvwx"
groups = [frozenset(names[n:n + 3]) for n in range(0, len(names), 3)]
weights = {name: (0.1, 0.2, 0.3)[n % 3] for n, name in enumerate(names)}
print([sorted(node.variables) for node in junction_tree(groups, weights)])
"""


def printed(script, seed):
    """What another process prints that orders sets in its own way."""
    return subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
    ).stdout


def test_groups_of_equal_weight_stand_in_one_order_however_they_are_summed():
    assert printed(TREE, "1") == printed(TREE, "2") == printed(TREE, "3")


def test_another_process_looks_at_the_same_tables_in_the_same_order():
    first, second = (printed(SCRIPT, seed) for seed in ("1", "2"))
    assert first == second
    assert "participation[" in first
