"""Keeping what takes a moment to work out, within one process."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """The `size` latest things by name; the one that was not asked for the longest falls off."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = Lock()
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        # By name whose turn it is to make a thing, and how many make it or wait.
        self._turns: dict[str, tuple[Lock, int]] = {}

    def get(self, name: str) -> Kept | None:
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)

    def has(self, name: str) -> bool:
        with self._lock:
            return name in self._kept

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """One at a time for each name: whoever waited finds the thing made."""
        with self._lock:
            turn, number = self._turns.get(name, (Lock(), 0))
            self._turns[name] = turn, number + 1
        try:
            with turn:
                yield
        finally:
            with self._lock:
                turn, number = self._turns.pop(name)
                if number > 1:
                    self._turns[name] = turn, number - 1

    def put(self, name: str, thing: Kept) -> None:
        with self._lock:
            self._kept[name] = thing
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
