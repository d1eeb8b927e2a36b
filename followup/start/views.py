"""The first page: what is waiting to be done, by role."""

from flask import Blueprint, Response, current_app

from followup.access.gate import current_scope, requires
from followup.access.roles import Permission
from followup.access.scope import Scope
from followup.db import db_session
from followup.organisation import queries as organisation
from followup.start import desks
from followup.web.frame import chosen_team
from followup.web.pages import page

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
@requires(Permission.SIGNED_IN)
def home() -> Response:
    scope = current_scope()
    team = chosen_team(organisation.own_teams(db_session, scope))
    if team is not None:
        return page("start/team.html", desk=desks.of_team(db_session, scope, team), team=team)
    if scope.can(Permission.SEE_STATISTICS):
        return page("start/director.html", desk=desks.of_director(db_session, scope))
    if scope.can(Permission.MANAGE_ACCOUNTS):
        return _administrator(scope)
    may_read = scope.can(Permission.READ_EDITIONS)
    editions = desks.of_reader(db_session, scope) if may_read else []
    return page("start/reader.html", may_read=may_read, editions=editions)


def _administrator(scope: Scope) -> Response:
    desk = desks.of_administrator(db_session, scope, current_app.extensions["settings"])
    return page("start/administrator.html", desk=desk)
