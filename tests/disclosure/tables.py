"""Short ways to write tables of a made-up population."""

from collections.abc import Mapping, Sequence
from itertools import product

from followup.disclosure import TOTAL, Axis, CountTable, Population, select

TEAMS = ("Va", "Sa", "Su", "Fa", "Ha", "Vm")
CODES = {
    "team": TEAMS,
    "sex": ("F", "M"),
    "age": ("16-19", "20-24", "25-29", "30-39", "40-49", "50-59", "60-67"),
    "answer": ("yes", "no", "unknown"),
    "outcome": ("work", "studies", "other"),
}


def population(**codes: tuple[str, ...]) -> Population:
    return Population(
        "participation",
        {**CODES, **codes, "started": "time", "ended": "time", "left": "time", "accepted": "time"},
        order=(("accepted", "started"), ("started", "ended"), ("accepted", "left")),
        exclusive=(("started", "left"),),
    )


def cube(
    id: str,  # noqa: A002
    counts: Mapping[tuple[str, ...], int | None],
    *,
    base: Mapping = {},
    sets: Mapping[tuple[str, str], frozenset[str]] = {},
    axes: Sequence[str] = ("team", "answer"),
    people: Population | None = None,
    **more,
) -> CountTable:
    """A table over `axes`: `counts` by codes in that order; `sets` gives codes that are groups of atoms."""
    people = people or population()
    codes = [tuple(dict.fromkeys(key[i] for key in counts)) for i in range(len(axes))]

    def part(axis: str, code: str) -> Mapping:
        if code == TOTAL:
            return {}
        return {axis: sets.get((axis, code), frozenset({code}))}

    cells = {
        key: (select(base, *(part(axis, code) for axis, code in zip(axes, key, strict=True))), count)
        for key, count in counts.items()
    }
    return CountTable(
        id=id,
        title=f"Tabell {id}",
        population=people,
        axes=[Axis(name, name, c, c) for name, c in zip(axes, codes, strict=True)],
        stub=axes[:1],
        heading=axes[1:],
        cells=cells,
        **more,
    )


def with_margins(inner: Mapping[tuple[str, ...], int]) -> dict[tuple[str, ...], int]:
    """Inner cells plus every total over them."""
    length = len(next(iter(inner)))
    told: dict[tuple[str, ...], int] = {}
    for key, count in inner.items():
        for mask in product((False, True), repeat=length):
            total = tuple(TOTAL if summed else code for summed, code in zip(mask, key, strict=True))
            told[total] = told.get(total, 0) + count
    return told


def grid(rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]) -> dict:
    return {(r, c): counts[i][j] for i, r in enumerate(rows) for j, c in enumerate(columns)}
