"""Publishing that keeps nobody from saving: what takes long is done first, in a session that only reads.

SQLite has one writer, and on PostgreSQL every act that is logged waits for the förbund's row.
"""

from collections.abc import Callable
from contextlib import suppress
from threading import Lock

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.db import read_beside
from followup.editions import service
from followup.editions.copies import Copies
from followup.editions.models import Edition
from followup.editions.service import Changed, Rehearsed
from followup.errors import Refusal
from followup.periods import Period
from followup.settings import Settings

# When something is changed during each of them, the last resort is to let nobody else save.
REHEARSALS = 3
# By förbund.
_TURNS: dict[int, Lock] = {}


class Underway(Refusal):
    """The same process is publishing for the same förbund; to do it twice would take twice as long."""

    def __init__(self) -> None:
        super().__init__(
            "En utgåva prövas redan. Läs in sidan igen om en stund: går allt väl står utgåvan då i listan."
        )


def is_underway(association_id: int) -> bool:
    """Whether this process tries an edition of the förbund just now."""
    turn = _TURNS.get(association_id)
    return turn is not None and turn.locked()


def publish(
    *,
    session: Session,
    scope: Scope,
    period: Period,
    settings: Settings,
    reason: str | None = None,
    first: Callable[[], None] = lambda: None,
) -> Edition:
    """As `service.publish`, whose words hold here; what `session` has written so far is taken back.

    settings   of the installation: its keys, and the folder with copies of what has been published
    first      done before it in the same transaction, and again in each new one
    Raises Underway and Lost, too.
    """
    keys, copies = settings.keys, Copies(settings, scope)
    turn = _TURNS.setdefault(scope.association_id, Lock())
    if not turn.acquire(blocking=False):
        raise Underway
    try:
        rehearsed: Rehearsed | None = None
        for _ in range(REHEARSALS):
            session.rollback()
            with read_beside(session) as beside:
                copies.check(beside)
                rehearsed = service.rehearse(
                    session=beside, scope=scope, period=period, keys=keys, reason=reason, last=rehearsed
                )
            first()
            with suppress(Changed):
                edition = service.publish(
                    session=session,
                    scope=scope,
                    period=period,
                    keys=keys,
                    reason=reason,
                    rehearsed=rehearsed,
                )
                break
        else:
            session.rollback()
            first()
            edition = service.publish(session=session, scope=scope, period=period, keys=keys, reason=reason)
        copies.keep_after(session)
        return edition
    finally:
        turn.release()
