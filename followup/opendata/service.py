"""What everybody may read when a förbund has opened its editions: those, and nothing else.

Read through a session of its own, bound to that förbund, whoever the visitor is.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import NamedTuple

from sqlalchemy.orm import Session

from followup.access.scope import OutOfScope, Scope
from followup.db import Database, act_for
from followup.editions import desk, queries, service
from followup.exports.formats import CHOICES
from followup.exports.jsonstat_file import write_dataset
from followup.exports.records import plain_name
from followup.exports.service import File, written
from followup.keys import KeyRing
from followup.organisation import queries as organisation
from followup.statistics.shelf import Shelf

# A file of an edition is the same each time: it is made once for all who ask at once, and then again only
# when many others have been asked for.
_SHELF: Shelf[File] = Shelf(64)


class OpenDoor(NamedTuple):
    """A förbund that has opened its editions, and a session that sees only its rows."""

    session: Session
    scope: Scope
    association: str


def open_associations(database: Database) -> list[tuple[int, str]]:
    """Number and name of every förbund that has."""
    with closing(database.open(write=False)) as session:
        return [(each.id, each.name) for each in organisation.associations(session) if each.open_data]


@contextmanager
def opened(database: Database, association_id: int) -> Iterator[OpenDoor]:
    """Raises OutOfScope for a förbund that has not, as for one that is not there."""
    name = dict(open_associations(database)).get(association_id)
    if name is None:
        raise OutOfScope
    with closing(database.open(write=False)) as session:
        act_for(session, association_id)
        yield OpenDoor(session, Scope(association_id=association_id, actor=None), name)


def edition_page(door: OpenDoor, edition_id: int, keys: KeyRing) -> desk.Page:
    """Raises OutOfScope."""
    edition = queries.edition(door.session, door.scope, edition_id)
    return desk.page(door.session, door.scope, edition, keys.fingerprints())


def edition_file(door: OpenDoor, edition_id: int, format_name: str, keys: KeyRing) -> File:
    """Raises OutOfScope, also for a format that is not there."""
    edition = queries.edition(door.session, door.scope, edition_id)
    if format_name not in CHOICES:
        raise OutOfScope
    name = f"{door.scope.association_id}:{edition.id}:{edition.sha256}:{format_name}"
    with _SHELF.alone(name):
        file = _SHELF.get(name)
        if file is None:
            file = written(service.published(edition), format_name, keys)
            _SHELF.put(name, file)
    return file


def edition_table(door: OpenDoor, edition_id: int, table: str) -> bytes:
    """One table as JSON-stat, by its id as file names write it. Raises OutOfScope."""
    publication = service.published(queries.edition(door.session, door.scope, edition_id))
    for chapter in publication.chapters:
        for each in chapter.tables:
            if plain_name(each.id) == table:
                return write_dataset(publication, chapter, each)
    raise OutOfScope
