"""Activities of the förbund, and the meetings of its advisory teams."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from followup.access.gate import current_scope, requires
from followup.access.roles import Permission
from followup.activities import queries, service
from followup.activities.desk import (
    COLUMNS,
    PARTY_COLUMNS,
    ActivitiesDesk,
    MeetingsDesk,
    form_for,
    tell,
    turn,
)
from followup.db import db_session
from followup.errors import Refusal
from followup.web import once
from followup.web.pages import page

blueprint = Blueprint("activities", __name__)
ACTIVITIES, MEETINGS = "/forbundet/aktiviteter", "/forbundet/moten"


@blueprint.get(ACTIVITIES)
@requires(Permission.KEEP_PLAN)
def index() -> Response:
    desk = ActivitiesDesk()
    return page(
        "activities/index.html",
        desk=desk,
        filters=desk.filters,
        columns=COLUMNS,
        party_columns=PARTY_COLUMNS,
    )


@blueprint.route(f"{ACTIVITIES}/ny", methods=["GET", "POST"])
@requires(Permission.KEEP_PLAN)
def add() -> Response:
    form = form_for()
    if form.validate_on_submit():
        once.spend(db_session, then=url_for(".index"))
        try:
            made = service.record_activity(session=db_session, scope=current_scope(), command=form.command())
            tell("Tillagd", made, ".void")
            return redirect(url_for(".index"), 303)
        except Refusal as refusal:
            form.refuse(refusal)
    return page("activities/activity.html", form=form, activity=None)


@blueprint.route(f"{ACTIVITIES}/<int:number>", methods=["GET", "POST"])
@requires(Permission.KEEP_PLAN)
def activity(number: int) -> Response:
    scope = current_scope()
    found = queries.activity(db_session, scope, number)
    form = form_for(found)
    if form.validate_on_submit():
        try:
            said, seen = form.command(), form.seen.data or ""
            service.correct_activity(session=db_session, scope=scope, number=number, seen=seen, command=said)
            tell("Rättad", found, ".void")
            return redirect(url_for(".index"), 303)
        except Refusal as refusal:
            form.refuse(refusal)
    if request.method == "GET":
        form.show(found)
    return page("activities/activity.html", form=form, activity=found)


@blueprint.post(f"{ACTIVITIES}/<int:number>/makulera")
@requires(Permission.KEEP_PLAN)
def void(number: int) -> Response:
    return turn(service.void_activity, number, "Makulerad", ".restore")


@blueprint.post(f"{ACTIVITIES}/<int:number>/lagg-tillbaka")
@requires(Permission.KEEP_PLAN)
def restore(number: int) -> Response:
    return turn(service.restore_activity, number, "Tillbakalagd", ".void")


@blueprint.get(MEETINGS)
@requires(Permission.KEEP_PLAN)
def meetings() -> Response:
    teams = queries.advisory_teams(db_session, current_scope())
    if not teams:
        return page("activities/no_advisory_team.html")
    return redirect(url_for(".meetings_of", number=teams[0].id))


@blueprint.route(f"{MEETINGS}/<int:number>", methods=["GET", "POST"])
@requires(Permission.KEEP_PLAN)
def meetings_of(number: int) -> Response:
    teams = queries.advisory_teams(db_session, current_scope())
    tabs = [
        {"label": team.name, "url": url_for(".meetings_of", number=team.id), "current": team.id == number}
        for team in teams
    ]
    return _meetings(number, url_for(".meetings_of", number=number), tabs if len(tabs) > 1 else [])


@blueprint.route("/team/<int:team_id>/moten", methods=["GET", "POST"])
@requires(Permission.COUNT_MEETINGS)
def own_meetings(team_id: int) -> Response:
    return _meetings(team_id, url_for(".own_meetings", team_id=team_id))


def _meetings(team_id: int, here: str, tabs: list[dict[str, object]] | None = None) -> Response:
    desk = MeetingsDesk(team_id)
    form = desk.form()
    if form.validate_on_submit():
        try:
            return desk.save(form, f"{here}?ar={desk.year}")
        except Refusal as refusal:
            form.refuse(refusal)
    return page("activities/meetings.html", form=form, filters=desk.filters, desk=desk, tabs=tabs)
