"""A database restored from a copy while the server runs: its editions are others, its numbers the same."""

from collections.abc import Callable
from random import Random

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.editions import service
from followup.keys import KeyRing
from followup.periods import Year
from followup.statistics import service as statistics
from followup.statistics.shelf import Shelf
from tests.editions.years import fill, row
from tests.infrastructure.furnish import Furnished

KEYS = KeyRing("k1", {"k1": b"k" * 32})


def figures(session: Session, scope: Scope) -> list[object]:
    key = KEYS.derive(statistics.DISCLOSURE_KEY)
    found = statistics.association_statistics(session=session, scope=scope, period=Year(2023), key=key)
    return [table.cells for table in found.protected]


def test_tables_are_protected_beside_the_editions_that_were_restored(
    session: Session, association: Furnished, scope_of: Callable[..., Scope], monkeypatch: pytest.MonkeyPatch
) -> None:
    director = scope_of(Role.DIRECTOR)
    fill(session, association)
    session.commit()
    service.publish(session=session, scope=director, period=Year(2023), keys=KEYS)
    before = figures(session, director)
    session.rollback()

    late = [row(Random(9), association.id, association.north) for _ in range(3)]
    session.add_all(late)
    session.flush()
    service.publish(session=session, scope=director, period=Year(2023), keys=KEYS)
    for each in late:
        session.delete(each)
    session.flush()

    shown = figures(session, director)
    monkeypatch.setattr(statistics, "_SHELF", Shelf(1))
    assert shown == figures(session, director) != before
