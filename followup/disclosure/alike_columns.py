"""Columns of a linear system that no row tells apart."""

import numpy as np
from numpy.typing import NDArray

from followup.disclosure.atoms import Whole

Values = NDArray[np.float64]
Bits = NDArray[np.bool_]


def alike_columns(index: Whole, factor: Values, owner: Whole, apart: Bits) -> Whole:
    """Per column the first one with the same coefficients in the same rows, both `apart` or neither.

    -1 for one without any.
    """
    order = np.argsort(index, kind="stable")
    look = np.stack([owner[order], np.ascontiguousarray(factor[order]).view(np.int64)], axis=1)
    starts = np.searchsorted(index[order], np.arange(len(apart) + 1))
    lengths = np.diff(starts)
    sample = np.full(len(apart), -1)
    for length in np.unique(lengths[lengths > 0]).tolist():
        found = np.flatnonzero(lengths == length)
        looks = look[starts[found][:, None] + np.arange(length)].reshape(len(found), 2 * length)
        looks = np.column_stack([looks, apart[found]])
        whole = looks.view(f"V{looks.itemsize * looks.shape[1]}").ravel()
        _, first, same = np.unique(whole, return_index=True, return_inverse=True)
        sample[found] = found[first[same]]
    return sample
