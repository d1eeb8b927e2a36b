"""Keeping what takes a moment to work out, within one process."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """The `size` latest things by name; the one that was not asked for the longest falls off."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = Lock()
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def get(self, name: str) -> Kept | None:
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)

    def has(self, name: str) -> bool:
        with self._lock:
            return name in self._kept

    def put(self, name: str, thing: Kept) -> None:
        with self._lock:
            self._kept[name] = thing
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
