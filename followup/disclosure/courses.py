"""People as the register has them: who is counted, before any table counts them."""

from collections.abc import Mapping
from typing import Protocol


class Course(Protocol):
    """People alike in everything counted: codes by variable, months by event (None: not yet), how many."""

    @property
    def codes(self) -> Mapping[str, str]: ...
    @property
    def months(self) -> Mapping[str, str | None]: ...
    @property
    def number(self) -> int: ...
