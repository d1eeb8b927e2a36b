"""How long people have waited in each team, as the latest edition that tells it: nothing else leaves a team.

A table of its own would be held against the editions by whoever reads both, so there is none.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.editions import queries as editions
from followup.editions.stored import published
from followup.periods import parse_period
from followup.statistics.exhibits import TableExhibit, table_exhibit
from followup.statistics.shelf import Shelf

# The cube of T10 that gives median and ninth decile per team where at least ten are counted.
WAITS = "T10-väntetid per team"


@dataclass(frozen=True, slots=True)
class PublishedWaits:
    edition_id: int
    title: str
    table: TableExhibit


_SHELF: Shelf[PublishedWaits | None] = Shelf(32)


def published_waits(session: Session, scope: Scope) -> PublishedWaits | None:
    """From the edition published last among those that have the table; None where there is none."""
    for each in editions.in_force(session, scope):
        found = _read(session, scope, each)
        if found is not None:
            return found
    return None


def _read(session: Session, scope: Scope, named: editions.Named) -> PublishedWaits | None:
    """An edition never changes, so it is opened once in the life of a process."""
    name = f"{scope.association_id}:{named.id}:{named.sha256}"
    if not _SHELF.has(name):
        publication = published(editions.edition(session, scope, named.id))
        tables = (table for chapter in publication.chapters for table in chapter.tables)
        title = f"Väntetider {parse_period(named.period).label}, utgåva {named.number}"
        table = next((each for each in tables if each.id == WAITS), None)
        _SHELF.put(name, PublishedWaits(named.id, title, table_exhibit(table)) if table else None)
    return _SHELF.get(name)
