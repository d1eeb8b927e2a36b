"""The first page: what is waiting to be done, by role."""

from flask import Blueprint, Response

from followup.access.gate import requires
from followup.access.roles import Permission
from followup.web.pages import page

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
@requires(Permission.SIGNED_IN)
def home() -> Response:
    return page("start/home.html")
