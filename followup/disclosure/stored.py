"""Protected tables as plain records, so that what was published can be kept and never computed again."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from followup.disclosure.cells import Axis
from followup.disclosure.protected import _REASONS, ProtectedCell, ProtectedTable, Status

PLAIN = ("id", "title", "unit", "rule_version", "legend")
LISTS = ("stub", "heading", "notes")


def table_record(table: ProtectedTable) -> dict[str, Any]:
    """A JSON-able record of a protected table. Reasons for hiding are not kept: they are the director's."""
    return {
        **{name: getattr(table, name) for name in PLAIN},
        **{name: list(getattr(table, name)) for name in LISTS},
        "units": dict(table.units),
        "axes": [[axis.name, axis.label, list(axis.codes), list(axis.labels)] for axis in table.axes],
        "cells": [
            [list(codes), cell.value, cell.status.value, cell.decimals] for codes, cell in table.cells.items()
        ],
    }


def table_of(record: Mapping[str, Any]) -> ProtectedTable:
    """The table of a record made by `table_record`. Raises KeyError or ValueError for anything else."""
    table = ProtectedTable.__new__(ProtectedTable)
    put = object.__setattr__
    for name in PLAIN:
        put(table, name, str(record[name]))
    for name in LISTS:
        put(table, name, tuple(record[name]))
    put(table, "units", MappingProxyType(dict(record["units"])))
    axes = tuple(
        Axis(name, label, tuple(codes), tuple(labels)) for name, label, codes, labels in record["axes"]
    )
    put(table, "axes", axes)
    cells = {
        tuple(codes): ProtectedCell(value, Status(status), decimals)
        for codes, value, status, decimals in record["cells"]
    }
    put(table, "cells", MappingProxyType(cells))
    _REASONS[table] = MappingProxyType({})
    return table
