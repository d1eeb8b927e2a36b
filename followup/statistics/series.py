"""One figure year by year: from the protected tables where the product can work it out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.disclosure import ProtectedCell, Status
from followup.disclosure.plain import Source
from followup.periods import Year
from followup.statistics.declarations import TEAM
from followup.statistics.service import Statistics, association_statistics
from followup.statistics.tables.goals import Reader
from followup.statistics.together import members, spelt_out

# Tells which teams are counted.
PER_TEAM = {"T1-per team"}


@dataclass(frozen=True)
class Asked:
    """What a figure is asked for by: an indicator, and a team, an intervention or the whole förbund."""

    indicator: str
    team_id: int | None = None
    intervention_id: int | None = None


def figure_of(session: Session, scope: Scope, statistics: Statistics, asked: Asked) -> ProtectedCell | None:
    """The figure for the year of `statistics`; None where the product cannot work it out."""
    year = statistics.period
    if not statistics.is_complete:
        return None
    tables = {table.id: table for table in statistics.protected}
    told = [code for name in PER_TEAM & tables.keys() for code in tables[name].axis(TEAM).codes]
    teams = members(told, spelt_out(told))
    found = Reader(session, scope, set(teams), year).outcome(asked)
    if isinstance(found, Source):
        table = tables.get(found.table)
        return table.cells.get(found.codes, ProtectedCell(None, Status.SUPPRESSED)) if table else None
    if found is None:
        return None
    return ProtectedCell(found, Status.VALUE if found else Status.ZERO)


def figures_of(
    session: Session, scope: Scope, years: Iterable[int], asked: Asked, *, key: bytes
) -> Mapping[int, ProtectedCell]:
    """By year, without the years that cannot be worked out."""
    found = {}
    for year in years:
        statistics = association_statistics(session=session, scope=scope, period=Year(year), key=key)
        cell = figure_of(session, scope, statistics, asked)
        if cell is not None:
            found[year] = cell
    return found
