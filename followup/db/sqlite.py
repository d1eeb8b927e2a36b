"""SQLite's manners: safe writes, one writer at a time, and no diary of who wrote what when."""

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, event

PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "secure_delete": "ON",
    "temp_store": "MEMORY",
    "busy_timeout": "10000",
}
WROTE = "wrote"


def prepare(engine: Engine) -> None:
    event.listen(engine, "connect", _connect)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "checkin", _Diary().empty)


class _Diary:
    """The file beside the database with every page that was written, transaction by transaction.

    It would tell which numbers one person's answers moved, and who wrote them. It is emptied when a writer
    hands its connection back. While somebody else reads it cannot be; then the next to be done does it.
    """

    def __init__(self) -> None:
        self._is_left = True  # by a process that was killed

    def empty(self, connection: Any, record: Any) -> None:
        wrote = record.info.pop(WROTE, False)
        if connection is None or not (wrote or self._is_left):
            return
        self._is_left = not _is_emptied(connection)


def _is_emptied(connection: Any) -> bool:
    """Nobody waits for it, and what was saved is saved also where the disk says no to this."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=0")
    try:
        is_busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error:
        is_busy = True
    cursor.execute(f"PRAGMA busy_timeout={PRAGMAS['busy_timeout']}")
    cursor.close()
    return not is_busy


def _connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy decides where transactions begin, not the driver
    cursor = connection.cursor()
    for name, value in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}={value}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A transaction that starts by reading and then writes would fail with "database is locked" when
    # another one got in between; taking the write lock at once makes it wait its turn instead.
    write = connection.get_execution_options().get("write", False)
    if write:
        connection.info[WROTE] = True
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
