"""What would change the queue: asked on a page where everything stands in the address."""

from flask import Blueprint, Response

from followup import clock
from followup.access.gate import current_scope, requires
from followup.access.roles import Permission
from followup.db import db_session
from followup.organisation import queries as organisation
from followup.periods import Month, Week
from followup.queues import queries as queues
from followup.queues.queries import Caseload
from followup.scenarios import exhibits
from followup.scenarios.forms import WhatIfForm
from followup.web.pages import page

blueprint = Blueprint("scenarios", __name__)

TEAM = "/team/<int:team_id>/ko"


@blueprint.get(f"{TEAM}/vad-hander-om")
@requires(Permission.SEE_TEAM_QUEUE)
def what_if(team_id: int) -> Response:
    scope, today = current_scope(), clock.today()
    team = organisation.own_team(db_session, scope, team_id)
    overview = queues.overview(db_session, scope, team)
    caseload = queues.caseload_of(db_session, scope, team, overview.counted_weeks)
    form, exhibit = _what_if_form(caseload), None
    if caseload.pace.supports_forecast and form.is_valid:
        exhibit = exhibits.of_what_if(
            caseload, form.what_if(), target=form.target.data, team_id=team_id, now=Week.of(today)
        )
    return page("scenarios/what_if.html", team=team, form=form, exhibit=exhibit, pace=caseload.pace)


def _what_if_form(caseload: Caseload) -> WhatIfForm:
    said = caseload.setting
    return WhatIfForm(
        Month.of(clock.today()),
        stay=caseload.stay,
        places=said.places_per_colleague if said else None,
        target=said.target_weeks if said else None,
    )
