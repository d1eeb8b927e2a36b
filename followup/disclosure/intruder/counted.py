"""How many there are of every group that the codes and times told of make together, in one world at once."""

from collections.abc import Iterator, Mapping, Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from followup.disclosure.cells import Part, Selection
from followup.disclosure.intruder.worlds import Worlds


class Counted:
    """The groups of one piece: for each variable anything or one of `parts`, and when.

    times   what is chosen of the events' months
    """

    def __init__(
        self,
        worlds: Worlds,
        piece: int,
        parts: Mapping[str, Sequence[frozenset[str]]],
        times: Sequence[Selection],
    ) -> None:
        self.times = times
        self._worlds, self._piece = worlds, piece
        names = sorted(worlds.pieces()[piece])
        self._events = [name for name in names if worlds.population.variables[name] == "time"]
        self._told = [name for name in names if name in parts]
        self._others = [name for name in names if name not in parts and name not in self._events]
        self._choices: list[list[Part | None]] = [[None, *parts[name]] for name in self._told]

    def people(self, world: NDArray[np.float64]) -> NDArray[np.float64]:
        """One axis for each variable of codes, then one for the times."""
        order = (*self._told, *self._events, *self._others)
        left = self._worlds.laid_out(self._piece, world, order)
        left = left.sum(axis=tuple(range(len(order) - len(self._others), len(order))))
        for choices, name in zip(self._choices, self._told, strict=True):
            within = np.array([self._within(name, part) for part in choices])
            # The axis that is counted goes last, and in the end all of them stand in their order again.
            left = np.tensordot(left, within, axes=(0, 1))
        months = prod(left.shape[: len(self._events)])
        left = left.reshape(months, *left.shape[len(self._events) :])
        return np.tensordot(left, self._at_times(), axes=(0, 1))

    def where(self, chosen: NDArray[np.bool_]) -> Iterator[Selection]:
        """The groups that are chosen of those of `people`."""
        for *codes, line in np.argwhere(chosen).tolist():
            parts = (choices[code] for choices, code in zip(self._choices, codes, strict=True))
            kind = {name: part for name, part in zip(self._told, parts, strict=True) if part is not None}
            yield {**kind, **self.times[line]}

    def place(self, kind: Selection) -> tuple[int, ...]:
        """Where the people of a group at any time stand in `people`."""
        chosen = map(kind.get, self._told)
        return tuple(choices.index(part) for choices, part in zip(self._choices, chosen, strict=True))

    def _at_times(self) -> NDArray[np.float64]:
        """A row for each of the times: whether the months of all events together lie in it."""
        rows = []
        for time in self.times:
            row = np.ones(1)
            for name in self._events:
                row = np.outer(row, self._within(name, time.get(name))).ravel()
            rows.append(row)
        return np.array(rows)

    def _within(self, name: str, part: Part | None) -> NDArray[np.float64]:
        return self._worlds.within(name, part).astype(np.float64)
