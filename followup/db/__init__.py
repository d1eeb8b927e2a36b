"""Tables' common ground and the transaction of a request."""

from followup.db.base import Base
from followup.db.session import Database, db_session

__all__ = ["Base", "Database", "db_session"]
