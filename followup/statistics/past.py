"""What the editions in force tell of a year that is no longer counted: their own cells, and nothing more."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.disclosure import ProtectedTable, Status
from followup.editions import queries as editions
from followup.editions.stored import published
from followup.periods import Year, parse_period
from followup.statistics.declarations import PERIOD
from followup.statistics.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Past:
    """A table that tells of the year that was asked for; `source` is its edition in words."""

    edition_id: int
    source: str
    table: ProtectedTable


class PastTables:
    """The tables `wanted` of every year, each as the edition that was published last tells it.

    An edition of a year tells of the year before, too: what it says of that has had corrections since.
    """

    def __init__(self, session: Session, scope: Scope, wanted: frozenset[str]) -> None:
        self._found: dict[tuple[str, str], Past] = {}
        for each in editions.in_force(session, scope):
            if not isinstance(parse_period(each.period), Year):
                continue
            for table in tables_of(session, scope, each, wanted).values():
                for code in _periods_in(table):
                    self._found.setdefault((table.id, code), Past(each.id, f"Utgåva {each.number}", table))

    def of(self, table_id: str, year: Year) -> Past | None:
        return self._found.get((table_id, year.code))


def _periods_in(table: ProtectedTable) -> set[str]:
    """Codes of the periods of which something is told, or hidden; the year before the first is missing."""
    at = [axis.name for axis in table.axes].index(PERIOD)
    nothing = (Status.MISSING, Status.NOT_APPLICABLE)
    return {codes[at] for codes, cell in table.cells.items() if cell.status not in nothing}


# An edition never changes, so it is opened once in the life of a process.
_SHELF: Shelf[Mapping[str, ProtectedTable]] = Shelf(64)


def tables_of(
    session: Session, scope: Scope, named: editions.Named, wanted: frozenset[str]
) -> Mapping[str, ProtectedTable]:
    """The tables `wanted` that an edition has, by their ids."""
    name = f"{scope.association_id}:{named.id}:{named.sha256}:{sorted(wanted)}"
    found = _SHELF.get(name)
    if found is None:
        publication = published(editions.edition(session, scope, named.id))
        found = {table.id: table for table in publication.tables if table.id in wanted}
        _SHELF.put(name, found)
    return found
