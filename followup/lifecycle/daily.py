"""What is done before the first page of each day, and after each start.

What nobody needs any longer is taken away, and what a database that has been put back lacks is given to it.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from followup import clock
from followup.access import delay
from followup.access.scope import Scope
from followup.db import Database, act_for
from followup.db.shuffle import shuffle
from followup.editions.copies import Copies
from followup.exports.files import FileNotWritten
from followup.imports import batches
from followup.organisation import queries as organisation
from followup.settings import Settings
from followup.web import once

PAUSE = timedelta(minutes=10)

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def give_back_editions(settings: Settings) -> list[str]:
    """What a database that has been put back lacks; the numbers of the editions, for a command to tell."""
    database, taken = Database(settings.database_url), []
    for scope in _scopes(database):
        with database.open(write=True) as session:
            act_for(session, scope.association_id)
            taken += Copies(settings, scope).take_back(session)
            session.commit()
    database.engine.dispose()
    return taken


def _scopes(database: Database) -> list[Scope]:
    with database.open(write=False) as session:
        return [Scope.of_command(each.id, set()) for each in organisation.associations(session)]


def tidy(database: Database, settings: Settings) -> None:
    """All of it, one förbund at a time. Raises SQLAlchemyError where the database has no time for it."""
    with database.open(write=True) as session:
        once.forget(session)
        delay.forget(session)
        session.commit()
    for scope in _scopes(database):
        with database.open(write=True) as session:
            act_for(session, scope.association_id)
            copies = Copies(settings, scope)
            copies.take_back(session)
            session.commit()  # whatever becomes of the rest
            _tidy_one(session, scope, copies)
            session.commit()


def _tidy_one(session: Session, scope: Scope, copies: Copies) -> None:
    with suppress(FileNotWritten):  # Installationen tells of it
        copies.keep(session)
    batches.settle_old(session, scope)
    shuffle(session)


class _BeforeThePage:
    """Outside the request, which it has nothing to do with: whoever asks first that day only waits for it."""

    def __init__(self, app: Flask) -> None:
        self._database: Database = app.extensions["database"]
        self._settings: Settings = app.extensions["settings"]
        self._application = app.wsgi_app
        self._done: date | None = None
        self._not_before = datetime.min.replace(tzinfo=UTC)
        self._turn = Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        if self._is_due() and self._turn.acquire(blocking=False):
            try:
                tidy(self._database, self._settings)
                self._done = clock.today()
            except SQLAlchemyError:  # somebody saves just now, or the database is away
                self._not_before = clock.now() + PAUSE
            finally:
                self._turn.release()
        return self._application(environ, start_response)

    def _is_due(self) -> bool:
        return self._done != clock.today() and clock.now() >= self._not_before


def init_app(app: Flask) -> None:
    app.wsgi_app = _BeforeThePage(app)  # type: ignore[method-assign]
