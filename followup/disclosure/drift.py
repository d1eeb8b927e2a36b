"""A step by chance that changes no known sum: whatever it leaves alone follows from what is known.

What of a random step is at right angles to all known rows is found by conjugate gradients on the normal
equations (Hestenes & Stiefel 1952): no large matrix is ever filled.
"""

import numpy as np
from numpy.typing import NDArray

from followup.disclosure.frame import KNOWN, Frame, Values

# So much of what the random step changed in known rows may be left.
LEFT = 1e-10
# So many rounds at most; it takes some thousand in the largest frames there are.
ROUNDS = 10_000


def drift(frame: Frame, people: Values, used: NDArray[np.bool_]) -> Values | None:
    """How many more people are in each column; None when no step came near enough.

    people   a table that fits; columns that known rows hold at their number there have none more
    used     the columns that can hold somebody; the others have none
    """
    loose = used & ~frame.stuck(people)
    known = (frame.kinds == KNOWN)[frame.owner] & loose[frame.index]
    row, owner = np.unique(frame.owner[known], return_inverse=True)
    index, factor = frame.index[known], frame.factor[known]
    factor = factor / np.sqrt(np.bincount(owner, factor * factor, len(row)))[owner]
    step = np.where(loose, np.random.default_rng(frame.columns).uniform(-1.0, 1.0, frame.columns), 0.0)
    change = np.bincount(owner, factor * step[index], len(row))
    way, size = change, float(change @ change)
    goal = LEFT * LEFT * size
    for _ in range(ROUNDS):
        if size <= goal:
            return step
        across = np.bincount(index, factor * way[owner], frame.columns)
        step = step - size / float(across @ across) * across
        change = np.bincount(owner, factor * step[index], len(row))
        before, size = size, float(change @ change)
        way = change + size / before * way
    return None
