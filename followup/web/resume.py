"""What was typed when the session ended is carried through the sign-in page, so that nothing is lost.

The browser carries it, sealed; the server keeps none of it. Three limits keep the bridge narrow: passwords
and what looks like an identity never cross it; only a form of our own pages may start the crossing, since
another site could otherwise put words in somebody's mouth; and only the account that typed comes out on the
other side.
"""

from typing import Any, cast

from flask import Response, current_app, g, request

from followup.access.gate import PUBLIC, label_of
from followup.access.own_forms import SignInForm
from followup.access.signed_in import signed_in_account
from followup.identity import find_identity
from followup.sealing import SealBroken, Sealer
from followup.settings import Settings
from followup.web.flashes import tell
from followup.web.pages import page

PURPOSE = "typed before signing in"
SECONDS = 10 * 60 * 60
# Sealed text grows by a third, and must come back within MAX_FORM_MEMORY_SIZE.
LONGEST = 100_000
NEVER_KEPT = ("csrf_token", "password")


def is_from_our_own_page() -> bool:
    """Browsers set these headers themselves; a page elsewhere cannot claim to be ours."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    ours = (request.host_url, _settings().base_url)
    return request.headers.get("Origin", "") in {url.removesuffix("/") for url in ours}


def typed() -> list[tuple[str, str]]:
    """The fields of the form that was sent, as far as they may be kept; nothing if it came from elsewhere.

    A page that needs no signing in, such as the one for signing in, is simply opened again; so is one with a
    file, which has to be chosen anew.
    """
    is_public = label_of(current_app, request.endpoint or "") == PUBLIC
    if is_public or request.files or not is_from_our_own_page():
        return []
    fields = [
        (name, text)
        for name, text in request.form.items(multi=True)
        if not any(word in name for word in NEVER_KEPT) and (name == "email" or not find_identity(text))
    ]
    return fields if sum(len(text) for _, text in fields) <= LONGEST else []


def ask_to_sign_in() -> Response:
    """The sign-in page as the answer to a form that was sent without a session."""
    fields, form = typed(), SignInForm(formdata=None)
    if fields:
        box = {
            "url": request.full_path.removesuffix("?"),
            "fields": fields,
            "account": g.get("ended_session_of"),
        }
        form.kept.data = _sealer().seal(PURPOSE, box)
    response = page("access/sign_in.html", form=form, is_kept=bool(fields), interrupted=True)
    response.status_code = 401
    return response


def give_back(sealed: str, response: Response) -> Response:
    """After signing in: the typed values with a fresh token, ready to be sent again."""
    try:
        box: dict[str, Any] = _sealer().open(PURPOSE, sealed, seconds=SECONDS)
    except SealBroken:
        return response
    account = signed_in_account()
    if account is None or box["account"] not in (None, account.id):
        tell("Du har loggat in med ett annat konto. Det som var ifyllt sparades inte.", kind="warning")
        return response
    # The session was made anew when its owner signed in; a token made for the old one opens nothing.
    g.pop("csrf_token", None)
    return page("web/resume.html", action=box["url"], fields=box["fields"])


def _sealer() -> Sealer:
    return Sealer(_settings().keys)


def _settings() -> Settings:
    return cast(Settings, current_app.extensions["settings"])
