"""JSON-stat 2.0: every table a dataset, and all of a release a collection."""

import json
from itertools import product
from typing import Any

from followup.disclosure import SENTENCE, ProtectedTable
from followup.disclosure.cells import Axis
from followup.exports.publication import Chapter, Publication
from followup.exports.records import STATUS_CODES, STATUS_WORDS
from followup.statistics.declarations import PERIOD, TEAM

# Tables without an axis of measures get one of a single entry, which is where readers look for the unit.
MEASURE, ONLY = "innehall", "varde"
# A number says by itself that it is a value or a zero.
PLAIN_STATUS = {"v", "n"}


def write_jsonstat(publication: Publication) -> bytes:
    """The collection, with every dataset inside."""
    datasets = [
        dataset(publication, chapter, table) for chapter in publication.chapters for table in chapter.tables
    ]
    return _written(
        {
            "version": "2.0",
            "class": "collection",
            "label": f"Statistik {publication.period.label}, {publication.association}",
            "updated": publication.made.isoformat(),
            "link": {"item": datasets},
            "extension": _about(publication),
        }
    )


def write_dataset(publication: Publication, chapter: Chapter, table: ProtectedTable) -> bytes:
    return _written(dataset(publication, chapter, table))


def dataset(publication: Publication, chapter: Chapter, table: ProtectedTable) -> dict[str, Any]:
    """One table. `value` runs with the last dimension fastest and is null where no number may be told."""
    axes = [table.axis(name) for name in (*table.stub, *table.heading)]
    cells = [
        table.cells[tuple(codes[axis.name] for axis in table.axes)]
        for chosen in product(*(axis.codes for axis in axes))
        for codes in [dict(zip((axis.name for axis in axes), chosen, strict=True))]
    ]
    measure = next((axis for axis in axes if table.units.keys() & set(axis.codes)), None)
    dimensions = {axis.name: _dimension(axis, table, axis is measure) for axis in axes}
    if measure is None:
        dimensions[MEASURE] = _dimension(Axis(MEASURE, "Innehåll", (ONLY,), (table.title,)), table, True)
    statuses = [STATUS_CODES[cell.status] for cell in cells]
    return {
        "version": "2.0",
        "class": "dataset",
        "label": f"{chapter.id} {table.title}, {publication.period.label}",
        "source": publication.association,
        "updated": publication.made.isoformat(),
        "note": [*chapter.inclusion, *table.notes, SENTENCE, *publication.missing],
        "id": list(dimensions),
        "size": [len(dimension["category"]["index"]) for dimension in dimensions.values()],
        "role": _role(axes, measure.name if measure else MEASURE),
        "dimension": dimensions,
        "value": [cell.value for cell in cells],
        "status": {str(at): code for at, code in enumerate(statuses) if code not in PLAIN_STATUS},
        "extension": {**_about(publication), "table": table.id, "sentence": chapter.sentence},
    }


def _dimension(axis: Axis, table: ProtectedTable, is_measure: bool) -> dict[str, Any]:
    category: dict[str, Any] = {
        "index": list(axis.codes),
        "label": dict(zip(axis.codes, axis.labels, strict=True)),
    }
    if is_measure:
        category["unit"] = {code: _unit(axis, code, table) for code in axis.codes}
    return {"label": axis.label, "category": category}


def _unit(axis: Axis, code: str, table: ProtectedTable) -> dict[str, Any]:
    names = [each.name for each in table.axes]
    at = names.index(axis.name) if axis.name in names else None
    decimals = [cell.decimals for codes, cell in table.cells.items() if at is None or codes[at] == code]
    return {"label": table.units.get(code, table.unit), "decimals": max(decimals, default=0)}


def _role(axes: list[Axis], metric: str) -> dict[str, list[str]]:
    names = {axis.name for axis in axes}
    found = {"time": [PERIOD], "geo": [TEAM], "metric": [metric]}
    return {role: chosen for role, chosen in found.items() if names & set(chosen) or role == "metric"}


def _about(publication: Publication) -> dict[str, Any]:
    return {
        "association": publication.association,
        "edition": publication.edition,
        "period": publication.period.code,
        "marking": publication.marking,
        "rule": publication.rule,
        "revised": bool(publication.supersedes),
        "supersedes": publication.supersedes or None,
        "sha256": publication.checksum,
        "status": {"label": {code: STATUS_WORDS[code] for code in STATUS_WORDS if code not in PLAIN_STATUS}},
    }


def _written(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
