"""What nobody needs any longer is taken away before the first page of each day, and after each start."""

from collections.abc import Iterable
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
from followup.imports import batches
from followup.organisation import queries as organisation
from followup.web import once

PAUSE = timedelta(minutes=10)

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def tidy(database: Database) -> None:
    """All of it, one förbund at a time. Raises SQLAlchemyError where the database has no time for it."""
    with database.open(write=True) as session:
        once.forget(session)
        delay.forget(session)
        session.commit()
        known = [each.id for each in organisation.associations(session)]
    for association_id in known:
        with database.open(write=True) as session:
            act_for(session, association_id)
            _tidy_one(session, association_id)
            session.commit()


def _tidy_one(session: Session, association_id: int) -> None:
    batches.settle_old(session, Scope.of_command(association_id, set()))
    shuffle(session)


class _BeforeThePage:
    """Outside the request, which it has nothing to do with: whoever asks first that day only waits for it."""

    def __init__(self, app: Flask) -> None:
        self._database: Database = app.extensions["database"]
        self._application = app.wsgi_app
        self._done: date | None = None
        self._not_before = datetime.min.replace(tzinfo=UTC)
        self._turn = Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        if self._is_due() and self._turn.acquire(blocking=False):
            try:
                tidy(self._database)
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
