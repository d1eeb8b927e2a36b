"""The password once more before a grave act: a screen that was left alone must not be enough."""

from flask import current_app, request

from followup.access.authentication import confirm
from followup.access.known_browser import known_browser
from followup.access.signed_in import signed_in_account
from followup.db import db_session
from followup.errors import Refusal
from followup.web.forms import Form


def is_own_password(form: Form) -> bool:
    """Whether the password in the form is right, and says there if it is not. As `confirm_password`."""
    try:
        confirm_password(form["password"].data or "")
    except Refusal as refusal:
        refusal.field = "password"
        form.refuse(refusal)
        return False
    return True


def confirm_password(password: str) -> None:
    """Raises WrongPassword and TooManyAttempts. Call it before the request has written anything."""
    account = signed_in_account()
    account_id = account.id if account is not None else 0
    # The request's own transaction would stand in the way of the ones that count and log the try.
    db_session.rollback()
    confirm(
        database=current_app.extensions["database"],
        keys=current_app.extensions["settings"].keys,
        account_id=account_id,
        password=password,
        address=request.remote_addr or "",
        known_browser=known_browser(),
    )
