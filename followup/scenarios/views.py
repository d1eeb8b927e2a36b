"""What would change the queue: asked, saved by name, opened again and set side by side."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from followup.access.gate import current_scope, requires
from followup.access.roles import Permission
from followup.access.scope import OutOfScope
from followup.db import db_session
from followup.errors import Refusal
from followup.scenarios import comparison, queries, service, words
from followup.scenarios.commands import RenameScenario, SaveScenario
from followup.scenarios.desk import COLUMNS, Desk, address
from followup.scenarios.exhibits import Beginning
from followup.scenarios.forms import ChoiceForm, NameForm, WhatIfForm
from followup.scenarios.models import QueueScenario
from followup.scenarios.undo import opened, undo
from followup.web import once
from followup.web.addresses import plain_number
from followup.web.flashes import tell
from followup.web.pages import page

blueprint = Blueprint("scenarios", __name__)

TEAM = "/team/<int:team_id>/ko"
SAVED = f"{TEAM}/scenarier"
ONE = f"{SAVED}/<int:scenario_id>"


@blueprint.get(f"{TEAM}/vad-hander-om")
@requires(Permission.SEE_TEAM_QUEUE)
def what_if(team_id: int) -> Response:
    return _what_if_page(Desk.of(team_id), NameForm())


@blueprint.post(f"{TEAM}/vad-hander-om")
@requires(Permission.PLAN_QUEUE)
def save(team_id: int) -> BaseResponse:
    desk, form = Desk.of(team_id), NameForm()
    asked = desk.what_if_form()
    if fault := _fault(asked):
        form.refuse(Refusal(fault))
    elif form.validate_on_submit():
        once.spend(db_session, then=_saved_url(team_id))
        command = SaveScenario(team_id=team_id, name=form.typed, question=asked.question())
        try:
            made = service.save(session=db_session, scope=current_scope(), command=command)
            tell(f"Scenariot {made.name} är sparat.")
            return redirect(_scenario_url(team_id, made.id), 303)
        except Refusal as refusal:
            form.refuse(refusal)
    return _what_if_page(desk, form)


@blueprint.get(SAVED)
@requires(Permission.SEE_TEAM_QUEUE)
def index(team_id: int) -> Response:
    desk = Desk.of(team_id)
    return _index_page(desk, desk.choice_form())


@blueprint.get(f"{SAVED}/jamfor")
@requires(Permission.SEE_TEAM_QUEUE)
def compare(team_id: int) -> Response:
    desk = Desk.of(team_id)
    form = desk.choice_form()
    if not form.can_compare or not desk.caseload.pace.supports_forecast:
        return _index_page(desk, form)
    return _compare_page(desk, form, [each for each in desk.scenarios() if each.id in form.chosen])


@blueprint.get(ONE)
@requires(Permission.SEE_TEAM_QUEUE)
def scenario(team_id: int, scenario_id: int) -> Response:
    return _scenario_page(team_id, scenario_id, NameForm())


@blueprint.post(f"{ONE}/namn")
@requires(Permission.PLAN_QUEUE)
def rename(team_id: int, scenario_id: int) -> BaseResponse:
    form, here = NameForm(), _scenario_url(team_id, scenario_id)
    if form.validate_on_submit():
        once.spend(db_session, then=here)
        command = RenameScenario(team_id=team_id, number=scenario_id, name=form.typed)
        try:
            service.rename(session=db_session, scope=current_scope(), command=command)
            tell("Scenariot har bytt namn.")
            return redirect(here, 303)
        except Refusal as refusal:
            form.refuse(refusal)
    return _scenario_page(team_id, scenario_id, form)


@blueprint.post(f"{ONE}/ta-bort")
@requires(Permission.PLAN_QUEUE)
def take_away(team_id: int, scenario_id: int) -> BaseResponse:
    kept = service.take_away(session=db_session, scope=current_scope(), team_id=team_id, number=scenario_id)
    tell(f"Scenariot {kept['name']} är borttaget.", undo=undo(team_id, kept))
    return redirect(_saved_url(team_id), 303)


@blueprint.post(f"{SAVED}/angra")
@requires(Permission.PLAN_QUEUE)
def put_back(team_id: int) -> BaseResponse:
    kept = opened(team_id, request.form.get("kept", ""))
    try:
        made = service.put_back(session=db_session, scope=current_scope(), team_id=team_id, kept=kept)
        tell(f"Scenariot {made.name} är tillbaka.")
    except Refusal as refusal:
        tell(refusal.message, kind="error")
    return redirect(_saved_url(team_id), 303)


@blueprint.post(f"{SAVED}/rakna-om")
@requires(Permission.PLAN_QUEUE)
def count_anew(team_id: int) -> BaseResponse:
    numbers = _numbers(request.form.get("val", ""))
    service.count_anew(session=db_session, scope=current_scope(), team_id=team_id, numbers=numbers)
    tell("Scenarierna utgår nu från dagens kö.")
    if len(numbers) == 1:
        return redirect(_scenario_url(team_id, numbers[0]), 303)
    return redirect(url_for("scenarios.compare", team_id=team_id, val=numbers), 303)


def _fault(asked: WhatIfForm) -> str:
    """Why a question cannot be saved, or nothing."""
    if not asked.is_valid:
        return "Rätta frågan först. Sedan kan du spara den som ett scenario."
    if not words.changes(asked.question()):
        return "Inget är ändrat i det som är räknat. Fyll i ändringen och välj Räkna först."
    return ""


def _numbers(text: str) -> list[int]:
    try:
        return [plain_number(each) for each in text.split("-")]
    except ValueError as error:
        raise OutOfScope from error


def _what_if_page(desk: Desk, form: NameForm) -> Response:
    asked, exhibit, changes = desk.what_if_form(), None, ""
    if desk.caseload.pace.supports_forecast and asked.is_valid:
        exhibit, changes = desk.answer(desk.now, asked.question()), words.summary(asked.question())
    return page(
        "scenarios/what_if.html", desk=desk, filters=asked, form=form, exhibit=exhibit, changes=changes
    )


def _index_page(desk: Desk, form: ChoiceForm) -> Response:
    return page("scenarios/index.html", desk=desk, filters=form, columns=COLUMNS, lines=desk.rows())


def _compare_page(desk: Desk, form: ChoiceForm, chosen: list[QueueScenario]) -> Response:
    return page(
        "scenarios/compare.html",
        desk=desk,
        filters=form,
        exhibit=comparison.exhibit(desk.courses(chosen, from_now=form.from_now)),
        stale="" if form.from_now else desk.staleness(chosen),
        changes=[{"label": each.name, "value": words.summary(each.question)} for each in chosen],
        price=desk.price()[1],
    )


def _scenario_page(team_id: int, scenario_id: int, form: NameForm) -> Response:
    desk = Desk.of(team_id)
    saved = queries.scenario(db_session, current_scope(), team_id, scenario_id)
    if request.method == "GET":
        form.name.data = saved.name
    return page(
        "scenarios/scenario.html",
        desk=desk,
        form=form,
        saved=saved,
        changes=words.summary(saved.question),
        exhibit=desk.answer(Beginning.of(saved), saved.question),
        stale=desk.staleness([saved]),
        change_url=address(team_id, saved.question),
    )


def _saved_url(team_id: int) -> str:
    return url_for("scenarios.index", team_id=team_id)


def _scenario_url(team_id: int, scenario_id: int) -> str:
    return url_for("scenarios.scenario", team_id=team_id, scenario_id=scenario_id)
