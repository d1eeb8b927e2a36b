"""What would hide fewer figures of a table. Each suggestion has been tried, which takes a while."""

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.disclosure import ProtectedTable, Status, Suggestion, suggest
from followup.editions import queries as editions
from followup.periods import Period, Year
from followup.statistics.declarations import TEAM
from followup.statistics.service import Shown, Statistics, association_statistics, counts_of

# Seconds in which new things are tried.
LONGEST_SEARCH = 40.0


def suggestions(
    *, session: Session, scope: Scope, statistics: Statistics, table_id: str, key: bytes
) -> list[Suggestion]:
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
    return [*_whole_year(session, scope, statistics.period, shown, key), *found]


def _whole_year(session: Session, scope: Scope, period: Period, shown: Shown, key: bytes) -> list[Suggestion]:
    """The year that a shorter period lies in, if it is complete and hides less of the same table."""
    year = Year(period.first.year)
    if isinstance(period, Year) or period.first.year != period.last.year:
        return []
    statistics = association_statistics(session=session, scope=scope, period=year, key=key)
    whole = statistics.table(shown.table.id)
    if whole is None or _hidden(whole) >= _hidden(shown):
        return []
    return [Suggestion(shown.table.id, "Visa helår", _hidden(shown), _hidden(whole))]


def _hidden(shown: Shown) -> int:
    tables = [cube for cube in shown.cubes.values() if isinstance(cube, ProtectedTable)]
    return sum(cell.status is Status.SUPPRESSED for table in tables for cell in table.cells.values())
