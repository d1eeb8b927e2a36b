"""Which teams are told together: the groups, a new one, and taking one back."""

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from followup.access.gate import current_scope, requires
from followup.access.roles import Permission
from followup.db import db_session
from followup.errors import Refusal
from followup.organisation.models import TeamKind
from followup.organisation.queries import all_teams
from followup.reporting_groups import queries, service
from followup.reporting_groups.forms import GroupForm
from followup.statistics.catalogue import TABLES
from followup.web import once
from followup.web.flashes import tell
from followup.web.pages import page
from followup.web.period_address import PART, YEAR

blueprint = Blueprint("reporting_groups", __name__, url_prefix="/statistik/redovisningsgrupper")
# In the address of a new group: the teams of a suggestion, and the table that it was made for.
TEAMS, TABLE = "grupp", "tabell"


@blueprint.get("")
@requires(Permission.SEE_STATISTICS)
def index() -> Response:
    scope = current_scope()
    return page(
        "reporting_groups/index.html",
        groups=queries.groups(db_session, scope),
        may_decide=scope.can(Permission.GROUP_TEAMS),
    )


@blueprint.route("/ny", methods=["GET", "POST"])
@requires(Permission.GROUP_TEAMS)
def decide() -> BaseResponse:
    form, scope = GroupForm(), current_scope()
    form.offer(team for team in all_teams(db_session, scope) if team.kind == TeamKind.COORDINATION)
    if form.validate_on_submit():
        once.spend(db_session, then=_way_back())
        try:
            made = service.decide(session=db_session, scope=scope, team_ids=form.chosen)
            tell(f"{made.name} redovisas nu tillsammans. Utgåvor som redan är publicerade ändras inte.")
            return redirect(_way_back(), 303)
        except Refusal as refusal:
            form.refuse(refusal)
    elif request.method == "GET":
        form.show(request.args.getlist(TEAMS))
    return page("reporting_groups/decide.html", form=form, cancel=_way_back())


@blueprint.post("/<int:number>/ta-bort")
@requires(Permission.GROUP_TEAMS)
def dissolve(number: int) -> BaseResponse:
    group = service.dissolve(session=db_session, scope=current_scope(), number=number)
    tell(f"Gruppen {group.name} är borttagen. Teamen redovisas var för sig igen i nya utgåvor.")
    return redirect(url_for(".index"), 303)


def _way_back() -> str:
    """To the table whose hidden figures a suggestion was about, or to the groups."""
    table_id = request.args.get(TABLE)
    if table_id not in {table.id for table in TABLES}:
        return url_for(".index")
    period: dict[str, Any] = {name: request.args.get(name) for name in (YEAR, PART)}
    return url_for("statistics.hidden", table_id=table_id, **period)
