"""Engine, transactions and the rule of one commit per request."""

from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex
from typing import Any, cast

from flask import Flask, Response, current_app, g, request
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.orm import Session
from werkzeug.local import LocalProxy

from followup.db import sqlite

READING = {"GET", "HEAD", "OPTIONS"}


class Database:
    """One database, SQLite or PostgreSQL, with the same manners on both.

    Sessions outside a request work for `association_id`, or for the only förbund there is.
    """

    def __init__(self, url: str, *, association_id: int | None = None) -> None:
        self.association_id = association_id
        self._name = token_hex(8)
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
        self.engine = create_engine(url, hide_parameters=True)
        if self.is_sqlite:
            sqlite.prepare(self.engine)
        self._writing = self.engine.execution_options(write=True)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def open(self, *, write: bool) -> Session:
        """A session; the caller commits, rolls back and closes."""
        session = Session(self._writing if write else self.engine, expire_on_commit=False)
        event.listen(session, "after_begin", _show_association)
        session.info["database"] = self
        if not write:
            # What a process keeps of one database is never taken for another's.
            session.info["kept_for"] = self._name
        if self.association_id is not None:
            act_for(session, self.association_id)
        return session

    @contextmanager
    def session(self, *, write: bool = False) -> Iterator[Session]:
        """A transaction for commands and tests: commits once at the end, or not at all."""
        session = self.open(write=write)
        try:
            if self.association_id is None:
                known = session.scalars(text("SELECT id FROM association LIMIT 2")).all()
                if len(known) == 1:
                    act_for(session, known[0])
            yield session
            if write:
                session.commit()
        finally:
            session.close()


def act_for(session: Session, association_id: int) -> None:
    """Bind a session to one förbund; PostgreSQL's row-level security then shows it no other's rows."""
    bound = session.info.setdefault("association_id", association_id)
    if bound != association_id:
        raise RuntimeError("A session works for one förbund only")
    if session.in_transaction():
        _show_association(session, None, session.connection())


@contextmanager
def read_beside(session: Session) -> Iterator[Session]:
    """Another session of the same database and förbund, that only reads and keeps nobody from saving.

    All that it reads is as it was at one moment. What it finds is going to be saved, so it goes by the rows
    themselves and not by whether the log has grown.
    """
    database: Database = session.info["database"]
    beside = database.open(write=False)
    del beside.info["kept_for"]
    try:
        if "association_id" in session.info:
            act_for(beside, session.info["association_id"])
        if not database.is_sqlite:
            beside.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield beside
    finally:
        beside.close()


def _show_association(session: Session, _transaction: Any, connection: Connection) -> None:
    association_id = session.info.get("association_id")
    if association_id is not None and connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT set_config('followup.association', :id, true)"), {"id": str(association_id)}
        )


def _request_session() -> Session:
    if "db_session" not in g:
        database: Database = current_app.extensions["database"]
        g.db_session = database.open(write=request.method not in READING)
    return cast(Session, g.db_session)


db_session: Session = cast(Session, LocalProxy(_request_session))


@contextmanager
def reading_session() -> Iterator[Session]:
    """A session for what takes long in a request, so that nobody is kept from saving meanwhile.

    Where the request may save, what it has written so far is taken back: read before writing.
    """
    if request.method in READING:
        yield db_session
        return
    db_session.rollback()
    with read_beside(db_session) as beside:
        yield beside


def _finish_request(response: Response) -> Response:
    session: Session | None = g.get("db_session")
    if session is not None and request.method not in READING and response.status_code < 400:
        session.commit()
    return response


def _close_session(_error: BaseException | None) -> None:
    session: Session | None = g.pop("db_session", None)
    if session is not None:
        session.close()


def init_app(app: Flask, url: str) -> None:
    app.extensions["database"] = Database(url)
    app.after_request(_finish_request)
    app.teardown_appcontext(_close_session)
