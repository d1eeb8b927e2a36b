"""The pages that belong to no feature."""

from datetime import date

from flask import Blueprint, Response, current_app

from followup.access.gate import public, requires
from followup.access.roles import Permission
from followup.db import db_session
from followup.settings import Settings
from followup.web.pages import page

# When the accessibility statement was last gone through against the pages.
STATEMENT_REVIEWED = date(2026, 11, 22)

blueprint = Blueprint("web", __name__)


@blueprint.get("/tillganglighet")
@public
def accessibility_statement() -> Response:
    settings: Settings = current_app.extensions["settings"]
    return page("web/accessibility.html", contact=settings.accessibility_contact, reviewed=STATEMENT_REVIEWED)


@blueprint.get("/halsa")
@public
def health() -> Response:
    """For a supervisor: whether the process answers and reaches its database, and nothing more."""
    db_session.connection().exec_driver_sql("SELECT 1")
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/aktiv")
@requires(Permission.SIGNED_IN)
def stay_signed_in() -> Response:
    """Any request keeps the session alive; this one does nothing else."""
    return Response(status=204)
