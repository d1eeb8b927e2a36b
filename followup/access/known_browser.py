"""A cookie that says "this browser has signed in to that account": others' failures do not slow it down."""

from typing import cast

from flask import Response, after_this_request, current_app, request

from followup.access.models import Account
from followup.sealing import SealBroken, Sealer
from followup.settings import Settings

PURPOSE = "known browser"
SECONDS = 180 * 24 * 60 * 60


def _settings() -> Settings:
    return cast(Settings, current_app.extensions["settings"])


def _cookie_name() -> str:
    return "__Host-followup-browser" if _settings().is_https else "followup-browser"


def known_browser() -> tuple[str, int] | None:
    """The browser's own secret and the account it is known for."""
    text = request.cookies.get(_cookie_name(), "")
    try:
        return text, int(Sealer(_settings().keys).open(PURPOSE, text, seconds=SECONDS))
    except (SealBroken, ValueError, TypeError):
        return None


def remember(account: Account) -> None:
    known = known_browser()
    if known is not None and known[1] == account.id:
        return
    value = Sealer(_settings().keys).seal(PURPOSE, account.id)

    @after_this_request
    def add_cookie(response: Response) -> Response:
        response.set_cookie(
            _cookie_name(), value, max_age=SECONDS, secure=_settings().is_https, httponly=True, samesite="Lax"
        )
        return response
