"""The register of a team: lists, new rows, and the steps of a row."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from followup.access.gate import requires
from followup.access.roles import Permission
from followup.db import db_session
from followup.errors import Refusal
from followup.months.service import MonthIsComplete
from followup.participation import correction, listing, trail, words
from followup.participation.commands import RowRef
from followup.participation.desk import Desk, RowDesk
from followup.participation.review import Review
from followup.participation.steps import NEW_ROWS, STEPS, WAS_TAKEN_BACK, offered, way_back
from followup.web import flashes, once
from followup.web.pages import page

blueprint = Blueprint("participation", __name__)

TEAM = "/team/<int:team_id>/deltagare"
ROW = f"{TEAM}/rad/<token>"
NEW = ", ".join(f"'{name}'" for name in NEW_ROWS)
STEP = ", ".join(f"'{name}'" for name in STEPS)


@blueprint.get(TEAM)
@requires(Permission.READ_ROWS)
def register(team_id: int) -> Response:
    desk = Desk(team_id)
    found = listing.read(db_session, desk.scope, team_id, desk.rules)
    return page("participation/list.html", desk=desk, found=found, acts=desk.latest_acts())


@blueprint.route(f"{TEAM}/<any({NEW}):name>", methods=["GET", "POST"])
@requires(Permission.WRITE_ROWS)
def new(team_id: int, name: str) -> BaseResponse:
    desk, way = Desk(team_id), NEW_ROWS[name]
    form = way.form()
    form.offer(desk.rules)
    form.tell_complete(desk.last_complete)
    if form.validate_on_submit():
        try:
            if saved := desk.save_new(way, form):
                return saved
        except Refusal as refusal:
            form.refuse(refusal)
    return page("participation/new.html", form=form, way=way, desk=desk)


@blueprint.route(f"{TEAM}/ga-igenom", methods=["GET", "POST"])
@requires(Permission.WRITE_ROWS)
def review(team_id: int) -> BaseResponse:
    desk = Review(team_id)
    if desk.is_sent and desk.form.validate():
        try:
            if saved := desk.save():
                return saved
            return page("participation/review_check.html", form=desk.form, desk=desk)
        except Refusal as refusal:
            desk.form.refuse(refusal)
    desk.form.checked.data = None
    return page("participation/review.html", form=desk.form, desk=desk)


@blueprint.get(ROW)
@requires(Permission.READ_ROWS)
def show(team_id: int, token: str) -> Response:
    desk = RowDesk(team_id, token)
    facts = words.facts(desk.state, desk.rules)
    steps, back = offered(desk.state), way_back(desk.state)
    return page("participation/row.html", desk=desk, facts=facts, steps=steps, back=back)


@blueprint.route(f"{ROW}/<any({STEP}):name>", methods=["GET", "POST"])
@requires(Permission.WRITE_ROWS)
def step(team_id: int, token: str, name: str) -> BaseResponse:
    desk, wanted = RowDesk(team_id, token), STEPS[name]
    form = desk.form_for(wanted)
    if desk.is_valid(form):
        try:
            return desk.save_step(wanted, form)
        except Refusal as refusal:
            form.refuse(refusal)
    return page("participation/step.html", form=form, step=wanted, desk=desk)


@blueprint.post(f"{ROW}/ta-tillbaka")
@requires(Permission.WRITE_ROWS)
def take_back(team_id: int, token: str) -> BaseResponse:
    desk = RowDesk(team_id, token)
    once.spend(db_session, then=desk.list_url())
    ref = RowRef(team_id=team_id, key=desk.row.key, stamp=request.form.get("stamp", ""))
    try:
        done = correction.take_back(session=db_session, scope=desk.scope, ref=ref)
    except MonthIsComplete as refusal:
        flashes.tell(refusal.message, kind="error")
        return redirect(desk.url, 303)
    return desk.done(WAS_TAKEN_BACK[desk.state.status], done)


@blueprint.post(f"{TEAM}/angra")
@requires(Permission.WRITE_ROWS)
def undo(team_id: int) -> BaseResponse:
    desk = Desk(team_id)
    act = trail.act_by_id(team_id, request.form.get("act", ""))
    correction.undo(session=db_session, scope=desk.scope, commands=act.undos)
    trail.forget(act)
    flashes.tell(f"Ångrat: {act.verb.lower()}.")
    return redirect(desk.list_url_of(act.undos[0].row.key), 303)
