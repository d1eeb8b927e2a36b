"""One save per page that was drawn: a double click, or a page sent again, saves nothing twice.

A view that has a valid form says `once.spend(db_session, then=url)` before it calls the service. The token
and what is saved share a transaction, so that a save that fails leaves the token unspent.
"""

import hashlib

from flask import Flask, redirect, request
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from followup import clock
from followup.access.models import SpentForm
from followup.web.flashes import tell


class AlreadySaved(Exception):  # not an error: what was asked for is done
    """The same page has been saved before; `then` is where its result is seen."""

    def __init__(self, then: str) -> None:
        super().__init__(then)
        self.then = then


def spend(session: Session, *, then: str) -> None:
    """Use up the token of the form that was sent, or lead to `then` if it is used already."""
    text = request.form.get("once", "")
    if not text:
        return
    token = hashlib.sha256(text.encode()).hexdigest()[:32]
    try:
        # Of two at once, the second waits for the first one's row and then finds it there.
        with session.begin_nested():
            session.add(SpentForm(token=token, day=clock.today()))
    except IntegrityError:
        raise AlreadySaved(then) from None


def forget(session: Session) -> None:
    """Forms of days that are over: their pages are too old to be sent."""
    session.execute(delete(SpentForm).where(SpentForm.day < clock.today()))


def _lead_on(saved: AlreadySaved) -> Response:
    tell("Redan sparad – inget sparades två gånger.", kind="info")
    return redirect(saved.then, 303)


def init_app(app: Flask) -> None:
    app.register_error_handler(AlreadySaved, _lead_on)
