"""A session ends after a while without a sign of life, and after a working day in any case.

The times stand in the signed session cookie.
"""

from flask import Flask, current_app, g, request, session

from followup import clock
from followup.access.models import Account
from followup.settings import Settings
from followup.web.flashes import tell

# How exactly the last sign of life is kept; a new cookie with every answer would be waste.
EXACTNESS = 60


def begin(account: Account) -> None:
    now = int(clock.now().timestamp())
    session["signed_in_at"] = session["seen_at"] = now
    session["account"] = account.id


def _end_when_due() -> None:
    if "_user_id" not in session or request.endpoint == "static":
        return
    settings: Settings = current_app.extensions["settings"]
    now = int(clock.now().timestamp())
    idle, whole = now - session.get("seen_at", 0), now - session.get("signed_in_at", 0)
    if idle > settings.idle_minutes * 60 or whole > settings.session_hours * 3600:
        g.ended_session_of = session.get("account")
        session.clear()
        tell("Du loggades ut eftersom det hade gått lång tid. Logga in igen.", kind="info")
    elif idle >= EXACTNESS:
        session["seen_at"] = now


def init_app(app: Flask) -> None:
    app.before_request(_end_when_due)
