"""A session ends after a while without a sign of life, after a working day in any case, and by signing out.

The times stand in the signed session cookie. A cookie can be copied, so signing out is remembered here until
the copy would have been too old.
"""

import hashlib
import secrets
from datetime import timedelta

from flask import Flask, current_app, g, request, session

from followup import clock
from followup.access.models import Account, SpentForm
from followup.db import db_session
from followup.settings import Settings
from followup.web.flashes import tell

# How exactly the last sign of life is kept; a new cookie with every answer would be waste.
EXACTNESS = 60


def begin(account: Account) -> None:
    now = int(clock.now().timestamp())
    session["signed_in_at"] = session["seen_at"] = now
    session["account"] = account.id
    session["session"] = secrets.token_urlsafe(16)


def end() -> None:
    """Signed out: whoever kept a copy of the cookie is signed out, too."""
    # Sessions last a day at most, so that the day after tomorrow nobody can come back with one.
    db_session.merge(SpentForm(token=_token(), day=clock.today() + timedelta(days=1)))
    session.clear()


def _is_ended() -> bool:
    return "session" not in session or db_session.get(SpentForm, _token()) is not None


def _token() -> str:
    return hashlib.sha256(f"session:{session.get('session', '')}".encode()).hexdigest()[:32]


def _end_when_due() -> None:
    if "_user_id" not in session or request.endpoint == "static":
        return
    if _is_ended():
        session.clear()
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
