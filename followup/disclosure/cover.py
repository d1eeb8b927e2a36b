"""What is known of yes/no variables that belong together, as sources of income."""

from collections.abc import Iterable
from typing import NamedTuple


class Cover(NamedTuple):
    """Yes/no variables of which everybody has at least one.

    yes    the code of those who have it
    apart  pairs that nobody has both of
    """

    names: tuple[str, ...]
    yes: str
    apart: frozenset[frozenset[str]]

    def without(self, name: str) -> set[str]:
        """Those that nobody has together with it."""
        return {other for other in self.names if frozenset({name, other}) in self.apart}

    def loneliest(self, names: Iterable[str]) -> list[str]:
        """Those that go with the fewest others first."""
        return sorted(names, key=lambda name: (-len(self.without(name)), self.names.index(name)))
