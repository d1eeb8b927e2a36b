"""Tables' common ground and the transaction of a request."""

from followup.db.base import Base
from followup.db.session import Database, act_for, db_session, read_beside, reading_session

__all__ = ["Base", "Database", "act_for", "db_session", "read_beside", "reading_session"]
