"""The only place where the time is read, so that a test can hold the clock still.

Instants are kept in UTC; what a person calls "today" is a date in Sweden.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The present calendar day in Sweden; near midnight it is not the day in UTC."""
    return now().astimezone(STOCKHOLM).date()
