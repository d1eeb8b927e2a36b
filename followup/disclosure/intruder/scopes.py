"""Which variables the intruder must think of together.

Facts whose variables form an acyclic hypergraph can be reasoned about in pieces that agree on what they
share: such pieces always fit together to one table (Vorob'ev 1962; Beeri, Fagin, Maier & Yannakakis, "On the
desirability of acyclic database schemes", JACM 30, 1983). Graham's reduction tells whether it is acyclic; as
long as it is not, the two pieces whose union is smallest are thought of as one.
"""

from collections.abc import Callable, Iterable
from itertools import combinations

Scope = frozenset[str]


def pieces(scopes: Iterable[Scope], size: Callable[[Scope], float]) -> list[Scope]:
    """Maximal variable sets, every given one inside some piece, that form an acyclic hypergraph.

    `size` tells how many finest cells a set of variables has.
    """
    found = _maximal(scopes)
    while core := _core(found):
        one, other = min(
            combinations(core, 2), key=lambda pair: (size(pair[0] | pair[1]), sorted(map(sorted, pair)))
        )
        found = _maximal([*found, one | other])
    return found


def _maximal(scopes: Iterable[Scope]) -> list[Scope]:
    distinct = sorted(set(scopes), key=sorted)
    return [one for one in distinct if not any(one < other for other in distinct)]


def _core(scopes: list[Scope]) -> list[Scope]:
    """What Graham's reduction cannot take away; nothing when the hypergraph is acyclic."""
    left = {whole: whole for whole in scopes}
    changed = True
    while changed and len(left) > 1:
        changed = False
        for whole, rest in list(left.items()):
            shared = frozenset(
                name for name in rest if any(name in other for key, other in left.items() if key != whole)
            )
            if any(shared <= other for key, other in left.items() if key != whole):
                del left[whole]
                changed = True
                break
    return [] if len(left) <= 1 else sorted(left, key=sorted)
