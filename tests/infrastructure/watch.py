"""Watches what the application writes while a test uses it, and tells when a rule of the house was broken.

- A page that is read changes nothing.
- An act records exactly one event, in the same transaction.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import has_request_context, request
from sqlalchemy import Connection, Engine, event

WRITES = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
READING = {"GET", "HEAD", "OPTIONS"}
EVENTS = "audit_event"
# Housekeeping of sign-in and forms: not an act of its own.
HOUSEKEEPING = {"sign_in_delay", "spent_form"}
# Logged once a day at most, so that the log does not tell how often somebody was asked.
LOGGED_ONCE_A_DAY = {"screening_count"}


class Watch:
    def __init__(self) -> None:
        self.broken: list[str] = []
        self._written: dict[int, list[str]] = {}

    def statement(self, connection: Connection, statement: str, many: bool) -> None:
        match = WRITES.match(statement)
        if match is None or not has_request_context():
            return
        if request.method in READING:
            self.broken.append(f"GET {request.path} writes to {match[1]}")
        self._written.setdefault(id(connection), []).append(match[1].lower())

    def commit(self, connection: Connection) -> None:
        written = self._written.pop(id(connection), [])
        acts = set(written) - HOUSEKEEPING - {EVENTS}
        count = written.count(EVENTS)
        enough = count == 1 or (count == 0 and acts <= LOGGED_ONCE_A_DAY)
        if acts and not enough:
            self.broken.append(
                f"{request.method} {request.path} writes to {sorted(acts)} with {count} events"
            )

    def rollback(self, connection: Connection) -> None:
        self._written.pop(id(connection), None)


@contextmanager
def watching(engine: Engine) -> Iterator[Watch]:
    """Fails at the end, with what was broken."""
    watch = Watch()

    def on_statement(
        connection: Connection, _cursor: Any, statement: str, _parameters: Any, _context: Any, many: bool
    ) -> None:
        watch.statement(connection, statement, many)

    event.listen(engine, "before_cursor_execute", on_statement)
    event.listen(engine, "commit", watch.commit)
    event.listen(engine, "rollback", watch.rollback)
    yield watch
    assert not watch.broken, "\n".join(watch.broken)
