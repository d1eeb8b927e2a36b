"""What must hold in a database after something went badly wrong."""

from sqlalchemy import func, select

from followup.audit import service as audit
from followup.audit.models import AuditEvent
from followup.db import Database, act_for
from followup.participation.models import Participation
from tests.infrastructure.furnish import Furnished


def count_sound_rows(database_url: str, association: Furnished) -> int:
    """How many participations there are, when the database is whole and every act has its event."""
    database = Database(database_url)
    with database.open(write=True) as session:
        act_for(session, association.id)
        if database.is_sqlite:
            assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert session.connection().exec_driver_sql("PRAGMA foreign_key_check").all() == []
        rows = session.scalar(select(func.count()).select_from(Participation)) or 0
        recorded = select(func.count()).where(AuditEvent.event == "PARTICIPATION_RECORDED")
        # An act and its event are kept or lost together, and the chain is whole.
        assert session.scalar(recorded) == rows
        assert audit.find_break(session, association.id) is None
    database.engine.dispose()
    return rows
