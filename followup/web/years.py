"""Choosing a year in the address."""

from collections.abc import Iterable
from typing import Any

from followup import clock
from followup.web.fields import CodeSelectField
from followup.web.forms import FilterForm


class YearForm(FilterForm):
    """`ar` in the address. With `every`, no year is a choice, too; otherwise this year is proposed."""

    ar = CodeSelectField("År", empty="")

    def __init__(self, years: Iterable[int], *, every: str = "", proposed: int | None = None) -> None:
        self._items = [("", every)] if every else []
        self._items += [(str(year), str(year)) for year in sorted(set(years), reverse=True)]
        self._proposed = None if every else proposed or clock.today().year
        super().__init__()

    def process(self, *args: Any, **kwargs: Any) -> None:
        # The choices must be there before the address is read.
        self.ar.set_items(self._items)
        super().process(*args, **kwargs)
        if not self.ar.data and self._proposed is not None:
            self.ar.data = str(self._proposed)

    @property
    def year(self) -> int | None:
        chosen = self.values().get("ar")
        return int(chosen) if chosen else self._proposed
