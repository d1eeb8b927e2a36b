"""Reading finished cells back, for sentences that a fixed pattern cannot say."""

from followup.disclosure import TOTAL
from followup.periods import Period
from followup.statistics.declarations import PERIOD, Cubes


def figure(cubes: Cubes, key: str, period: Period, **codes: str) -> float | None:
    """The figure of a cell, or None when it is hidden, missing or not there; other axes at their total."""
    if key not in cubes:
        return None
    table = cubes[key]
    chosen = {PERIOD: period.code, **codes}
    cell = table.cells.get(tuple(chosen.get(axis.name, TOTAL) for axis in table.axes))
    return cell.value if cell is not None else None


def categories(cubes: Cubes, key: str, axis_name: str) -> dict[str, str]:
    """Codes and labels of an axis but for its total; empty when the cube is left out."""
    if key not in cubes:
        return {}
    axis = cubes[key].axis(axis_name)
    return {code: label for code, label in zip(axis.codes, axis.labels, strict=True) if code != TOTAL}
