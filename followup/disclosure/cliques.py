"""The variables that tables use together, as a tree of cliques.

Two variables are joined if some published number restricts both. A triangulated graph has a junction tree,
and non-negative tables on its cliques that agree on the separators are exactly the margins of one non-
negative table over all variables (Vorob'ev 1962; Dobra & Fienberg 2000; the same holds for whole numbers,
because two whole margins of equal sum can always be joined). So nothing is lost by never enumerating all
dimensions at once.
"""

from collections.abc import Iterable
from itertools import combinations
from math import fsum
from typing import NamedTuple

Names = frozenset[str]


class Node(NamedTuple):
    """A clique of variables, the index of its parent (None for a root) and what both hold."""

    variables: Names
    parent: int | None
    separator: Names


def junction_tree(groups: Iterable[Names], weights: dict[str, float]) -> list[Node]:
    """Cliques, parents before children, of the graph that joins the variables within each group.

    `weights` (variable -> about the logarithm of its number of atoms) steers fill-in and the choice of root.
    Always one tree: parts without a common variable hang together by an empty separator.
    """
    cliques = _maximal(_eliminate(set(groups), weights)) or [frozenset()]
    cliques.sort(key=lambda clique: (-fsum(weights[name] for name in clique), sorted(clique)))
    nodes = [Node(cliques.pop(0), None, frozenset())]
    while cliques:
        child, parent = max(
            ((child, parent) for child in cliques for parent in range(len(nodes))),
            key=lambda pair: (len(pair[0] & nodes[pair[1]].variables), -pair[1], -cliques.index(pair[0])),
        )
        nodes.append(Node(child, parent, child & nodes[parent].variables))
        cliques.remove(child)
    return nodes


def _eliminate(groups: set[Names], weights: dict[str, float]) -> list[Names]:
    """Take away variables, lightest fill-in first; what each touches when it goes is a clique."""
    neighbours: dict[str, set[str]] = {name: set() for group in groups for name in group}
    for group in groups:
        for name in group:
            neighbours[name] |= group - {name}
    found = []
    while neighbours:
        name = min(neighbours, key=lambda n: (_fill(n, neighbours), _weight(n, neighbours, weights), n))
        around = neighbours.pop(name)
        found.append(frozenset(around | {name}))
        for other in around:
            neighbours[other] |= around - {other}
            neighbours[other].discard(name)
    return found


def _fill(name: str, neighbours: dict[str, set[str]]) -> int:
    return sum(two not in neighbours[one] for one, two in combinations(sorted(neighbours[name]), 2))


def _weight(name: str, neighbours: dict[str, set[str]], weights: dict[str, float]) -> float:
    return fsum(weights[other] for other in neighbours[name] | {name})


def _maximal(cliques: Iterable[Names]) -> list[Names]:
    distinct = sorted(set(cliques), key=lambda clique: (-len(clique), sorted(clique)))
    return [one for i, one in enumerate(distinct) if not any(one < other for other in distinct[:i])]
