"""What would hide fewer figures of a table. Each suggestion has been tried, which takes a while."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.disclosure import ProtectedTable, Status, suggest
from followup.editions import queries as editions
from followup.periods import Period, Year
from followup.statistics.declarations import TEAM
from followup.statistics.service import Shown, Statistics, association_statistics, counts_of


@dataclass(frozen=True)
class Proposal:
    """A change that was tried, in Swedish, and what is hidden `where` before and after.

    year  the period to look at instead, when that is the change
    """

    text: str
    where: str
    hidden_before: int
    hidden_after: int
    year: Period | None = None


# Seconds in which new things are tried.
LONGEST_SEARCH = 40.0


def suggestions(
    *, session: Session, scope: Scope, statistics: Statistics, table_id: str, key: bytes
) -> list[Proposal]:
    """Changes to the table `table_id`, best first; a whole year before others. Raises NotProtected."""
    shown = statistics.table(table_id)
    if shown is None or statistics.rule is None or not _hidden(shown):
        return []
    found = suggest(
        counts_of(session, scope, statistics.period),
        statistics.rule,
        editions.ledger(session, scope),
        merge=(TEAM,),
        key=key,
        only=[cube.id for cube in shown.cubes.values()],
        search_limit=LONGEST_SEARCH,
    )
    # Another pattern in one table is another in those it shares numbers with.
    everywhere = [
        Proposal(one.text, "i hela statistiken", one.hidden_before, one.hidden_after) for one in found
    ]
    return [*_whole_year(session, scope, statistics.period, shown, key), *everywhere]


def _whole_year(session: Session, scope: Scope, period: Period, shown: Shown, key: bytes) -> list[Proposal]:
    """The year that a shorter period lies in, if it is complete and hides less of the same table."""
    year = Year(period.first.year)
    if isinstance(period, Year) or period.first.year != period.last.year:
        return []
    statistics = association_statistics(session=session, scope=scope, period=year, key=key)
    whole = statistics.table(shown.table.id)
    if whole is None or _hidden(whole) >= _hidden(shown):
        return []
    return [Proposal("Visa helår", "i tabellen", _hidden(shown), _hidden(whole), year)]


def _hidden(shown: Shown) -> int:
    tables = [cube for cube in shown.cubes.values() if isinstance(cube, ProtectedTable)]
    return sum(cell.status is Status.SUPPRESSED for table in tables for cell in table.cells.values())
