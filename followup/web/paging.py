"""Fifty rows at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request, url_for

from followup.web.addresses import plain_number
from followup.web.formats import EN_DASH, integer

ROWS_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Pager:
    """Which part of `total` rows to show. `values` are what a link keeps: checked choices, never raw text."""

    total: int
    number: int
    values: Mapping[str, Any] = field(default_factory=dict)
    size: int = ROWS_PER_PAGE

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @property
    def summary(self) -> str:
        last_row = min(self.offset + self.size, self.total)
        return f"{integer(self.offset + 1)}{EN_DASH}{integer(last_row)} av {integer(self.total)}"

    def url(self, number: int) -> str:
        return url_for(request.endpoint or "", **(request.view_args or {}), **self.values, sida=number)

    @classmethod
    def of_request(cls, total: int, values: Mapping[str, Any] | None = None) -> "Pager":
        """The page asked for as ?sida=, held within what exists."""
        asked = request.args.get("sida", default=1, type=plain_number)
        pager = cls(total, 1, values or {})
        return cls(total, min(max(asked, 1), pager.last), values or {})
