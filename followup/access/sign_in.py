"""Signing in, signing out and changing the password: Flask-Security's flows, our pages and our words."""

from datetime import timedelta
from functools import partial
from typing import Any, cast

from flask import Flask, Response, after_this_request, current_app, redirect, request, session, url_for
from flask_login import user_logged_out
from flask_security import Security, SQLAlchemySessionUserDatastore, password_changed, user_authenticated
from werkzeug.wrappers import Response as BaseResponse

from followup.access import delay, expiry, known_browser, passwords
from followup.access.gate import PUBLIC
from followup.access.models import Account
from followup.access.own_forms import ChangePasswordForm, SignInForm
from followup.access.roles import Permission
from followup.access.scope import Scope
from followup.audit.events import Event
from followup.audit.service import record
from followup.db import db_session
from followup.db.session import READING
from followup.places import PACKAGE
from followup.web import resume
from followup.web.flashes import tell
from followup.web.pages import page

CONFIG = {
    "SECURITY_LOGIN_URL": "/logga-in",
    "SECURITY_LOGOUT_URL": "/logga-ut",
    "SECURITY_CHANGE_URL": "/losenord",
    "SECURITY_LOGIN_USER_TEMPLATE": "access/sign_in.html",
    "SECURITY_CHANGE_PASSWORD_TEMPLATE": "access/change_password.html",
    "SECURITY_POST_LOGIN_VIEW": "/",
    "SECURITY_POST_LOGOUT_VIEW": "/logga-in",
    "SECURITY_POST_CHANGE_VIEW": "/",
    "SECURITY_CHANGEABLE": True,
    "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
    "SECURITY_API_ENABLED_METHODS": ["session"],
    # Asking for the password again before grave acts comes with the acts.
    "SECURITY_FRESHNESS": timedelta(seconds=-1),
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_PASSWORD_SINGLE_HASH": True,
    "SECURITY_PASSWORD_NORMALIZE_FORM": "NFKC",
    "SECURITY_PASSWORD_LENGTH_MIN": passwords.SHORTEST,
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__time_cost": passwords.PASSES,
        "argon2__memory_cost": passwords.KIBIBYTES,
        "argon2__parallelism": passwords.LANES,
    },
    "SECURITY_I18N_DIRNAME": str(PACKAGE / "locale"),
    # What an account may do stands in its memberships.
    "SECURITY_JOIN_USER_ROLES": False,
    # Headers, static files and commands are the product's own.
    "SECURITY_CACHE_CONTROL": None,
    "SECURITY_STATIC_FOLDER": None,
    "SECURITY_CLI_USERS_NAME": None,
    "SECURITY_CLI_ROLES_NAME": None,
}
LABELS = {
    "security.login": PUBLIC,
    "security.logout": PUBLIC,
    "security.change_password": Permission.SIGNED_IN,
}


class Accounts(SQLAlchemySessionUserDatastore):
    """Flask-Security's door to the accounts; the request commits, not it."""

    def commit(self) -> None:
        db_session.flush()

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> Account | None:
        return cast(Account | None, super().find_user(case_insensitive=case_insensitive, **kwargs))


def _draw(template: str, **context: Any) -> Response:
    form = context.pop("login_user_form", None) or context.pop("change_password_form", None)
    return page(template, form=form, **context)


def _ask_to_sign_in() -> BaseResponse:
    """Nobody is signed in. A page is opened again afterwards; what was being saved is not lost."""
    if request.method in READING:
        here = request.full_path.removesuffix("?")
        return redirect(url_for("security.login", next=None if here == "/" else here))
    return resume.ask_to_sign_in()


def _signed_in(_app: Flask, user: Account, authn_via: list[str], **_rest: object) -> None:
    expiry.begin(user)
    if authn_via == ["change"]:
        return
    record(db_session, Scope.of(user), Event.SIGNED_IN)
    secret = delay.secret_of(known_browser.known_browser(), user.id)
    named = delay.names(email=user.email, address=request.remote_addr or "", known_browser=secret)
    delay.forgive(db_session, current_app.extensions["settings"].keys, named)
    known_browser.remember(user)
    if kept := request.form.get("kept"):
        after_this_request(partial(resume.give_back, kept))


def _signed_out(_app: Flask, user: Account, **_rest: object) -> None:
    if user.is_authenticated:
        record(db_session, Scope.of(user), Event.SIGNED_OUT)
        expiry.end()
    session.clear()
    tell("Du är utloggad.")


def _password_changed(_app: Flask, user: Account, **_rest: object) -> None:
    record(db_session, Scope.of(user), Event.PASSWORD_CHANGED)


def init_app(app: Flask) -> None:
    app.config.update(CONFIG)
    app.extensions.setdefault("labels", {}).update(LABELS)
    app.extensions["ask_to_sign_in"] = _ask_to_sign_in
    security = Security(
        app,
        Accounts(cast(Any, db_session), Account, cast(Any, None)),
        # Its views ask for a form with certain fields and a `user`, not for its own class.
        login_form=cast(Any, SignInForm),
        change_password_form=cast(Any, ChangePasswordForm),
        render_template=cast(Any, _draw),
    )
    security.principal.skip_static = True
    # A session is the only way in: no answers for programs, and no tokens that would outlive a session.
    security.want_json(lambda _request: False)
    security.login_manager.request_loader(None)
    user_authenticated.connect(_signed_in, app)
    user_logged_out.connect(_signed_out, app)
    password_changed.connect(_password_changed, app)
