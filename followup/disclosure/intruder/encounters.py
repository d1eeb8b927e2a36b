"""Worlds that fit what is told, kept as they are met: each shows what is not settled."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

# So many worlds stand in one array: none of them is copied when there are more.
TOGETHER = 128


class Encounters:
    """Worlds of so many numbers of people each, in the order they were met."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._blocks: list[Numbers] = []
        self._number = 0

    def __len__(self) -> int:
        return self._number

    def add(self, world: Numbers) -> None:
        place = self._number % TOGETHER
        if place == 0:
            self._blocks.append(np.zeros((self._size, TOGETHER)))
        self._blocks[-1][:, place] = world
        self._number += 1

    @property
    def last(self) -> Numbers:
        found: Numbers = self._blocks[-1][:, (self._number - 1) % TOGETHER].copy()
        return found

    def sums(self, columns: list[int]) -> Numbers:
        """Of each world the people in some columns."""
        found = [block[columns].sum(axis=0) for block in self._blocks]
        return np.concatenate(found)[: self._number] if found else np.zeros(0)

    def mixed(self) -> list[Numbers]:
        """The first world, and two mixtures of the steps from it to the others, by chance.

        As large as one step, so that what is not quite exact in each world does not add up.
        """
        first: Numbers = self._blocks[0][:, 0].copy()
        shares = np.zeros((len(self._blocks) * TOGETHER, 2))
        shares[: self._number] = np.random.default_rng(self._number).uniform(1.0, 2.0, (self._number, 2))
        mixtures = -np.outer(shares.sum(axis=0), first)
        for block, own in zip(self._blocks, np.split(shares, len(self._blocks)), strict=True):
            mixtures += (block @ own).T
        return [first, *(mixtures / self._number)]
