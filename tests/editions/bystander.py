"""Somebody who saves while something else goes on, and waits for nobody."""

from random import Random
from typing import Any

from sqlalchemy import event

from followup.access.scope import Scope
from followup.audit.events import Event
from followup.audit.service import record
from followup.db import Database
from tests.editions.years import row


class Bystander:
    """`save()` fails at once where a lock stands in its way."""

    def __init__(self, url: str, association_id: int, team_id: int) -> None:
        self.database = Database(url, association_id=association_id)
        self._scope, self._team, self._chance = (
            Scope(association_id=association_id, actor="7"),
            team_id,
            Random(9),
        )
        event.listen(self.database.engine, "connect", self._wait_for_nobody)

    def _wait_for_nobody(self, connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=0" if self.database.is_sqlite else "SET lock_timeout = '50ms'")
        cursor.close()
        connection.commit()

    def save(self, people: int = 20) -> None:
        """So many are registered late, which changes what is counted."""
        with self.database.session(write=True) as session:
            session.add_all(row(self._chance, self._scope.association_id, self._team) for _ in range(people))
            record(session, self._scope, Event.PARTICIPATION_RECORDED, team_id=self._team)
