"""Closed until opened: every view says what it needs, and one place decides."""

from collections.abc import Callable
from typing import TypeVar, cast

from flask import Flask, Response, abort, current_app, g, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from followup.access.models import Account
from followup.access.roles import Permission
from followup.access.scope import OutOfScope, Scope
from followup.access.signed_in import signed_in_account
from followup.db import act_for, db_session

View = TypeVar("View", bound=Callable[..., object])
PUBLIC = "public"


class UnlabelledView(RuntimeError):
    """A route without a label; the app does not start."""


def requires(permission: Permission) -> Callable[[View], View]:
    """Label a view with the permission it needs (in the team of its URL, when it has one)."""

    def label(view: View) -> View:
        view.access_label = permission  # type: ignore[attr-defined]
        return view

    return label


def public(view: View) -> View:
    """Label a view that anybody may open without signing in."""
    view.access_label = PUBLIC  # type: ignore[attr-defined]
    return view


def label_of(app: Flask, endpoint: str) -> Permission | str | None:
    view = app.view_functions[endpoint]
    return cast(
        Permission | str | None, getattr(view, "access_label", app.extensions["labels"].get(endpoint))
    )


def current_scope() -> Scope:
    """The signed-in person's scope; only views behind a permission may ask."""
    if "scope" not in g:
        g.scope = Scope.of(cast(Account, signed_in_account()))
        act_for(db_session, g.scope.association_id)
    return cast(Scope, g.scope)


def _decide() -> BaseResponse | None:
    if request.endpoint is None:
        return None
    label = label_of(current_app, request.endpoint)
    if label == PUBLIC:
        return None
    if not isinstance(label, Permission):
        abort(403)
    if signed_in_account() is None:
        ask: Callable[[], Response] = current_app.extensions["ask_to_sign_in"]
        return ask()
    scope, team_id = current_scope(), (request.view_args or {}).get("team_id")
    if team_id is not None and scope.team_ids and team_id not in scope.team_ids:
        abort(404)  # another team is not there at all, so that its existence cannot be probed
    if not scope.can(label, team_id):
        g.missing_permission = label
        abort(403)
    return None


def check_labels(app: Flask) -> None:
    for endpoint in app.view_functions:
        if label_of(app, endpoint) is None:
            raise UnlabelledView(f"{endpoint} has no label; use @requires(...) or @public")


def init_app(app: Flask) -> None:
    app.extensions.setdefault("labels", {})["static"] = PUBLIC
    app.before_request(_decide)
    app.register_error_handler(OutOfScope, lambda _error: app.handle_user_exception(NotFound()))
