"""The queue of one's own team, and the length of every team's queue."""

from dataclasses import dataclass

from flask import Blueprint, Response, url_for

from followup import clock
from followup.access.gate import current_scope, requires
from followup.access.roles import Permission
from followup.access.scope import Scope
from followup.db import db_session
from followup.organisation import queries as organisation
from followup.organisation.models import TeamKind
from followup.periods import Month, Week
from followup.queues import exhibits, queries
from followup.queues.forms import WhatIfForm
from followup.queues.pace import pace
from followup.web.pages import page

blueprint = Blueprint("queues", __name__)


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    current: bool


@blueprint.get("/team/<int:team_id>/ko")
@requires(Permission.SEE_TEAM_QUEUE)
def team_queue(team_id: int) -> Response:
    scope = current_scope()
    team = organisation.own_team(db_session, scope, team_id)
    tabs = _tabs(scope, team_id)
    if team.kind == TeamKind.ADVISORY:
        return page("queues/no_queue.html", team=team, tabs=tabs)
    overview, today = queries.overview(db_session, scope, team), clock.today()
    exhibit = exhibits.of_team(team, overview, pace(overview.weeks, today), Week.of(today))
    return page("queues/team.html", team=team, tabs=tabs, exhibit=exhibit)


@blueprint.get("/team/<int:team_id>/ko/vad-hander-om")
@requires(Permission.SEE_TEAM_QUEUE)
def what_if(team_id: int) -> Response:
    scope, today = current_scope(), clock.today()
    team = organisation.own_team(db_session, scope, team_id)
    form = WhatIfForm(Month.of(today), queries.mean_stay(db_session, scope, team))
    now = pace(queries.overview(db_session, scope, team).weeks, today)
    exhibit = None
    if now.supports_forecast and form.is_valid:
        exhibit = exhibits.of_what_if(
            now, form.what_if(), target=form.target.data, team_id=team_id, now=Week.of(today)
        )
    return page("queues/what_if.html", team=team, form=form, exhibit=exhibit, pace=now)


@blueprint.get("/ko")
@requires(Permission.SEE_ALL_QUEUES)
def all_queues() -> Response:
    scope = current_scope()
    own = sorted(scope.teams_with(Permission.SEE_TEAM_QUEUE))
    urls = {team_id: url_for("queues.team_queue", team_id=team_id) for team_id in own}
    exhibit = exhibits.of_all_teams(queries.all_queues(db_session, scope), urls)
    tabs = _tabs(scope, own[0], all_teams=True) if own else []
    return page("queues/all_teams.html", tabs=tabs, exhibit=exhibit)


def _tabs(scope: Scope, team_id: int, *, all_teams: bool = False) -> list[Tab]:
    """Between the own team and all teams, for those who may see both."""
    if not scope.can(Permission.SEE_ALL_QUEUES):
        return []
    return [
        Tab("Teamets kö", url_for("queues.team_queue", team_id=team_id), not all_teams),
        Tab("Alla team", url_for("queues.all_queues"), all_teams),
    ]
