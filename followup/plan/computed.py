"""What the protected tables say of the förbund's plan, for its pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from flask import current_app

from followup.access.gate import current_scope
from followup.db import db_session
from followup.disclosure import ProtectedCell
from followup.exports.layout import Grid
from followup.periods import Year
from followup.plan.indicators import PERCENT
from followup.settings import Settings
from followup.statistics import service
from followup.statistics.service import DISCLOSURE_KEY, NotProtected, Statistics
from followup.statistics.tables.goals import GOAL, OUTCOME
from followup.web.formats import HARD_SPACE, decimal
from followup.web.tables import Cell, CellStatus


def key() -> bytes:
    settings = cast(Settings, current_app.extensions["settings"])
    return settings.keys.derive(DISCLOSURE_KEY)


def statistics_of(year: int) -> Statistics | None:
    """None when no safe set of tables was found; the page of the statistics says why."""
    try:
        return service.association_statistics(
            session=db_session, scope=current_scope(), period=Year(year), key=key()
        )
    except NotProtected:
        return None


def goal_outcomes(year: int) -> Mapping[int, Cell]:
    """Outcomes of the goals as T14 tells them, by the goal's number; empty until the year is complete."""
    statistics = statistics_of(year)
    shown = statistics.table("T14") if statistics else None
    if shown is None or "" not in shown.cubes:
        return {}
    table = shown.cubes[""]
    return {
        int(code[1:]): cell_of(table.cells[code, str(year), OUTCOME], table.units.get(code, ""))
        for code in table.axis(GOAL).codes
    }


@dataclass(frozen=True)
class Figure:
    """A figure to key in: as it is read, and as it is pasted; empty where there is none."""

    label: str
    cell: Cell
    paste: str


@dataclass(frozen=True)
class ToKeyIn:
    name: str
    figures: list[Figure]


def to_key_in(statistics: Statistics) -> list[ToKeyIn]:
    """T16 by intervention, in the order of Uppföljning Finsam; empty while there is nothing to tell."""
    shown = statistics.table("T16")
    if shown is None:
        return []
    grid = Grid(shown.cubes[""])
    now = next(line for line in grid.columns if statistics.period.code in line.codes.values())
    found: dict[str, ToKeyIn] = {}
    for row in grid.rows:
        name, label = row.labels
        cell = grid.cell(row, now)
        if cell.status.value != CellStatus.NOT_APPLICABLE:
            found.setdefault(name, ToKeyIn(name, [])).figures.append(
                Figure(label, cell_of(cell), "" if cell.value is None else f"{cell.value:.0f}")
            )
    return [found[name] for name in found]


def cell_of(cell: ProtectedCell, unit: str = "") -> Cell:
    if cell.value is None:
        return Cell(status=CellStatus(cell.status.value))
    text = decimal(cell.value, cell.decimals)
    return Cell(f"{text}{HARD_SPACE}%" if unit == PERCENT else text)
