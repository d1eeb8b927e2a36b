"""Which variables the intruder must think of together.

Facts whose variables form an acyclic hypergraph can be reasoned about in pieces that agree on what they
share: such pieces always fit together to one table (Vorob'ev 1962; Beeri, Fagin, Maier & Yannakakis, "On the
desirability of acyclic database schemes", JACM 30, 1983). Graham's reduction tells whether it is acyclic; as
long as it is not, the two pieces whose union is smallest are thought of as one.
"""

from collections.abc import Callable, Iterable, Sequence
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


def joined(found: Sequence[Scope]) -> list[tuple[int, int]]:
    """Places of pieces that must agree in what they share, for all of them to.

    The tree that shares most: what any two pieces of an acyclic hypergraph share, all pieces between them
    in it have as well (Bernstein & Goodman, "Power of natural semijoins", SIAM J. Comput. 10, 1981).
    """
    trees = {place: {place} for place in range(len(found))}
    pairs = []
    for one, other in sorted(combinations(trees, 2), key=lambda pair: -len(found[pair[0]] & found[pair[1]])):
        if trees[one] is not trees[other]:
            pairs.append((one, other))
            trees[one] |= trees[other]
            trees |= dict.fromkeys(trees[one], trees[one])
    return pairs


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
