"""The plan with dates for a team's queue: made, decided, followed, and taken out for the board."""

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, redirect, request, send_file, url_for
from werkzeug.wrappers import Response as BaseResponse

from followup import clock
from followup.access.gate import current_scope, requires
from followup.access.roles import Permission
from followup.access.scope import OutOfScope
from followup.db import db_session
from followup.errors import Refusal
from followup.exports.records import plain_name
from followup.organisation import queries as organisation
from followup.queue_plans import queries, service
from followup.queue_plans.desk import COLUMNS, Desk, may_plan, plan_url, versions
from followup.queue_plans.files import File
from followup.queue_plans.forms import DecisionForm, FollowUpForm, MeasureForm, PlanFileForm
from followup.queue_plans.overview import all_plans
from followup.queue_plans.taking_out import take_out
from followup.scenarios import queries as scenarios
from followup.web import once
from followup.web.addresses import plain_number
from followup.web.dates import NoSuchDay, UnreadableDate, parse_date
from followup.web.flashes import Undo, tell
from followup.web.formats import date_in_table, date_in_text
from followup.web.forms import Form
from followup.web.pages import page

blueprint = Blueprint("queue_plans", __name__)

PLANS = "/team/<int:team_id>/ko/plan"
ONE = f"{PLANS}/<int:version>"


@blueprint.get(PLANS)
@requires(Permission.SEE_TEAM_QUEUE)
def index(team_id: int) -> Response:
    team = organisation.own_team(db_session, current_scope(), team_id)
    known = queries.plans(db_session, current_scope(), team_id)
    may_begin = may_plan(team_id) and all(each.is_decided for each in known)
    return page(
        "queue_plans/index.html", team=team, columns=COLUMNS, lines=versions(team, known), may_begin=may_begin
    )


@blueprint.post(PLANS)
@requires(Permission.PLAN_QUEUE)
def begin(team_id: int) -> BaseResponse:
    made = service.begin(session=db_session, scope=current_scope(), team_id=team_id)
    tell("Ett utkast är gjort, räknat från dagens kö. Lägg till åtgärder och dagar för uppföljning.")
    return redirect(plan_url(team_id, made.version), 303)


@blueprint.get(ONE)
@requires(Permission.SEE_TEAM_QUEUE)
def plan(team_id: int, version: int) -> Response:
    return _plan_page(Desk.of(team_id, version))


@blueprint.post(f"{ONE}/rakna-om")
@requires(Permission.PLAN_QUEUE)
def count_anew(team_id: int, version: int) -> BaseResponse:
    service.count_anew(session=db_session, scope=current_scope(), team_id=team_id, version=version)
    tell("Planen utgår nu från dagens kö och mål.")
    return redirect(plan_url(team_id, version), 303)


@blueprint.route(f"{ONE}/atgarder/ny", methods=["GET", "POST"])
@requires(Permission.PLAN_QUEUE)
def add_measure(team_id: int, version: int) -> BaseResponse:
    desk = Desk.of(team_id, version)
    form, begun_from = desk.measure_form(), request.args.get("scenario", type=plain_number)
    if request.method == "GET" and begun_from is not None:
        begun = scenarios.scenario(db_session, current_scope(), team_id, begun_from)
        form.show_scenario(begun.name, begun.question)
    return _put_measure(desk, form, None) or _measure_page(desk, form)


@blueprint.route(f"{ONE}/atgarder/<int:measure_id>", methods=["GET", "POST"])
@requires(Permission.PLAN_QUEUE)
def change_measure(team_id: int, version: int, measure_id: int) -> BaseResponse:
    desk = Desk.of(team_id, version)
    form, known = desk.measure_form(), queries.measure(desk.plan, measure_id)
    if request.method == "GET":
        form.show(known)
    return _put_measure(desk, form, measure_id) or _measure_page(desk, form, known.what)


@blueprint.post(f"{ONE}/atgarder/<int:measure_id>/ta-bort")
@requires(Permission.PLAN_QUEUE)
def take_measure_away(team_id: int, version: int, measure_id: int) -> BaseResponse:
    desk = Desk.of(team_id, version)
    form, known = desk.measure_form(), queries.measure(desk.plan, measure_id)
    form.show(known)
    here: dict[str, Any] = {"team_id": team_id, "version": version}
    undo = Undo(url_for("queue_plans.add_measure", **here), fields=form.as_typed(), describe=known.what)
    service.take_measure_away(session=db_session, scope=current_scope(), number=measure_id, **here)
    tell(f"Åtgärden {known.what} är borttagen ur utkastet.", undo=undo)
    return redirect(plan_url(team_id, version), 303)


@blueprint.post(f"{ONE}/uppfoljning")
@requires(Permission.PLAN_QUEUE)
def add_follow_up(team_id: int, version: int) -> BaseResponse:
    form, here = FollowUpForm(), plan_url(team_id, version)
    if form.validate_on_submit():
        once.spend(db_session, then=here)
        told = {"team_id": team_id, "version": version}
        try:
            service.add_follow_up(session=db_session, scope=current_scope(), day=form.day.data, **told)
            tell(f"Planen följs upp {date_in_text(form.day.data)}.")
            return redirect(here, 303)
        except Refusal as refusal:
            form.refuse(refusal)
    return _plan_page(Desk.of(team_id, version), form)


@blueprint.post(f"{ONE}/uppfoljning/<day>/ta-bort")
@requires(Permission.PLAN_QUEUE)
def take_follow_up_away(team_id: int, version: int, day: str) -> BaseResponse:
    try:
        wanted = parse_date(day)
    except (UnreadableDate, NoSuchDay) as error:
        raise OutOfScope from error
    told: dict[str, Any] = {"team_id": team_id, "version": version}
    service.take_follow_up_away(session=db_session, scope=current_scope(), day=wanted, **told)
    url, name = url_for("queue_plans.add_follow_up", **told), date_in_text(wanted)
    tell(f"Uppföljningen {name} är borttagen ur utkastet.", undo=Undo(url, fields={"day": day}))
    return redirect(plan_url(team_id, version), 303)


@blueprint.route(f"{ONE}/faststall", methods=["GET", "POST"])
@requires(Permission.PLAN_QUEUE)
def decide(team_id: int, version: int) -> BaseResponse:
    form, here = DecisionForm(), plan_url(team_id, version)
    desk = Desk.of(team_id, version)
    if form.validate_on_submit():
        once.spend(db_session, then=here)
        told = {"team_id": team_id, "version": version}
        try:
            service.decide(session=db_session, scope=current_scope(), decision=form.command(), **told)
            tell("Planen är fastställd och ändras inte mer.")
            return redirect(here, 303)
        except Refusal as refusal:
            form.refuse(refusal)
    return page("queue_plans/decide.html", form=form, desk=desk)


@blueprint.route(f"{ONE}/ta-bort", methods=["GET", "POST"])
@requires(Permission.PLAN_QUEUE)
def take_away(team_id: int, version: int) -> BaseResponse:
    form, desk = Form(), Desk.of(team_id, version)
    if form.validate_on_submit():
        service.take_away(session=db_session, scope=current_scope(), team_id=team_id, version=version)
        tell("Utkastet är borttaget.")
        return redirect(url_for("queue_plans.index", team_id=team_id), 303)
    return page("queue_plans/take_away.html", form=form, desk=desk)


@blueprint.post(f"{ONE}/ladda-ner")
@requires(Permission.SEE_TEAM_QUEUE)
def download(team_id: int, version: int) -> Response:
    desk, form = Desk.of(team_id, version), PlanFileForm()
    if not form.validate_on_submit():
        return _plan_page(desk, files=form)
    name = f"handlingsplan-ko-{plain_name(desk.team.name).lower()}-version-{version}"
    told = {"version": str(version), "team_id": team_id, "format_name": form.format.data, "name": name}
    return _file(take_out(session=db_session, scope=current_scope(), made=desk.document(), **told))


@blueprint.get("/ko/planer")
@requires(Permission.SEE_ALL_QUEUES)
def every_team() -> Response:
    return page("queue_plans/every_team.html", shown=all_plans(), form=PlanFileForm())


@blueprint.post("/ko/planer")
@requires(Permission.SEE_ALL_QUEUES)
def download_all() -> Response:
    shown, form = all_plans(), PlanFileForm()
    if not form.validate_on_submit():
        return page("queue_plans/every_team.html", shown=shown, form=form)
    name = f"handlingsplaner-ko-{date_in_table(clock.today())}"
    told = {"version": "alla", "format_name": form.format.data, "name": name}
    return _file(take_out(session=db_session, scope=current_scope(), made=shown.document(), **told))


def _put_measure(desk: Desk, form: MeasureForm, number: int | None) -> BaseResponse | None:
    """Saved, and on to the plan; None while the form is to be filled in or mended."""
    if not form.validate_on_submit():
        return None
    team_id, version = desk.team.id, desk.plan.version
    once.spend(db_session, then=plan_url(team_id, version))
    told = {"team_id": team_id, "version": version}
    try:
        service.put_measure(
            session=db_session, scope=current_scope(), measure=form.measure(), number=number, **told
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    tell("Åtgärden är sparad i utkastet.")
    return redirect(plan_url(team_id, version), 303)


def _measure_page(desk: Desk, form: MeasureForm, known: str = "") -> Response:
    if desk.plan.is_decided:
        raise service.PlanIsDecided
    saved = [] if known else scenarios.scenarios(db_session, current_scope(), desk.team.id)
    return page("queue_plans/measure.html", desk=desk, form=form, known=known, saved=saved)


def _plan_page(
    desk: Desk, form: FollowUpForm | None = None, *, files: PlanFileForm | None = None
) -> Response:
    shown = desk.exhibit()
    return page(
        "queue_plans/plan.html",
        desk=desk,
        shown=shown,
        form=form or files or FollowUpForm(),
        day_form=form or FollowUpForm(),
        file_form=files or PlanFileForm(),
    )


def _file(file: File) -> Response:
    return send_file(
        BytesIO(file.content), mimetype=file.media_type, as_attachment=True, download_name=file.name
    )
