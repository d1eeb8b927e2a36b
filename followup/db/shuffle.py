"""Where rows lie in PostgreSQL, and which transaction wrote them, is forgotten.

PostgreSQL keeps with each row the number of the transaction that wrote it, and puts rows after one another.
Whoever reads the database's own files, or is its administrator, could join them to the log: who wrote which
row between which others, and which counters one person's answers moved. So the rows are written anew in one
transaction, in no order. SQLite keeps no such number, and these tables lie there by their random keys.
"""

from sqlalchemy import text
from sqlalchemy.orm import Session

# A row of the second hangs on one of the first and goes away with it.
TABLES = ("participation", "participation_income", "screening_count")
# Shorter than PostgreSQL waits before it breaks a circle: it is never somebody's save that has to give way.
PATIENCE = "500ms"
# 30 000 participations take three seconds. A database that has not yet counted its rows may take minutes.
LONGEST = "30s"


def shuffle(session: Session) -> None:
    """Write the rows of the session's förbund anew. Raises OperationalError while somebody else writes."""
    if session.get_bind().dialect.name != "postgresql":
        return
    own = {"id": session.info["association_id"]}
    session.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
    session.execute(text(f"SET LOCAL statement_timeout = '{LONGEST}'"))
    session.execute(text(f"LOCK TABLE {', '.join(TABLES)} IN EXCLUSIVE MODE"))
    for table in TABLES:
        session.execute(
            text(
                f"CREATE TEMPORARY TABLE kept_{table} ON COMMIT DROP AS"  # noqa: S608 - names of our own
                f" SELECT * FROM {table} WHERE association_id = :id ORDER BY random()"
            ),
            own,
        )
    for table in TABLES:
        session.execute(text(f"DELETE FROM {table} WHERE association_id = :id"), own)  # noqa: S608
    for table in TABLES:
        session.execute(text(f"INSERT INTO {table} SELECT * FROM kept_{table}"))  # noqa: S608
