"""The months of a team: which are complete, declaring one, and opening it again."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from followup.access.gate import current_scope, requires
from followup.access.roles import Permission
from followup.access.scope import OutOfScope
from followup.db import db_session
from followup.errors import Refusal
from followup.months import calendar as calendars
from followup.months import queries, service
from followup.months.forms import DeclareForm, ReopenForm
from followup.organisation import queries as organisation
from followup.participation import queries as participation
from followup.periods import Month, PeriodError
from followup.web import flashes, once
from followup.web.addresses import plain_number
from followup.web.formats import enumeration, plural, sentence_start
from followup.web.pages import page

blueprint = Blueprint("months", __name__)

TEAM = "/team/<int:team_id>/manader"


@blueprint.get(TEAM)
@requires(Permission.READ_ROWS)
def calendar(team_id: int) -> Response:
    scope = current_scope()
    found = calendars.read(db_session, scope, team_id, request.args.get("ar", type=plain_number))
    may_declare = scope.can(Permission.DECLARE_MONTH, team_id)
    return page("months/calendar.html", calendar=found, may_declare=may_declare)


@blueprint.route(f"{TEAM}/<month>/klarmarkera", methods=["GET", "POST"])
@requires(Permission.DECLARE_MONTH)
def declare(team_id: int, month: str) -> BaseResponse:
    form, scope, wanted = DeclareForm(), current_scope(), _month(month)
    form.offer(queries.open_before(db_session, scope, team_id, wanted))
    back = _calendar_url(team_id, wanted)
    if form.validate_on_submit():
        once.spend(db_session, then=back)
        try:
            _declare(team_id, wanted, with_earlier=form.takes_earlier)
            return redirect(back, 303)
        except Refusal as refusal:
            form.refuse(refusal)
    flow = participation.month_flow(db_session, scope, team_id, wanted)
    return page("months/declare.html", form=form, month=wanted, flow=flow, back=back)


@blueprint.route(f"{TEAM}/<month>/oppna", methods=["GET", "POST"])
@requires(Permission.DECLARE_MONTH)
def reopen(team_id: int, month: str) -> BaseResponse:
    form, scope, wanted = ReopenForm(), current_scope(), _month(month)
    form.reason.set_items(organisation.codes(db_session, scope, "reopen_reason"))
    form.offer(queries.complete_after(db_session, scope, team_id, wanted))
    if form.validate_on_submit():
        once.spend(db_session, then=_calendar_url(team_id, wanted))
        try:
            _reopen(team_id, wanted, form)
            return redirect(_calendar_url(team_id, wanted), 303)
        except Refusal as refusal:
            form.refuse(refusal)
    return page("months/reopen.html", form=form, month=wanted, back=_calendar_url(team_id, wanted))


def _declare(team_id: int, month: Month, *, with_earlier: bool) -> None:
    act = service.declare_through if with_earlier else service.declare_complete
    others = act(session=db_session, scope=current_scope(), team_id=team_id, month=month)
    if with_earlier:
        flashes.tell(f"{plural(len(others), 'månad är klarmarkerad', 'månader är klarmarkerade')}.")
        return
    text = f"{sentence_start(month.label)} är klarmarkerad."
    if others:
        shown = enumeration(earlier.label for earlier in others[-3:])
        text += f" Tidigare månader som fortfarande är öppna: {shown}{' med flera' if others[3:] else ''}."
    url = url_for("months.reopen", team_id=team_id, month=str(month))
    undo = flashes.Undo(url, fields={"reason": service.DECLARED_TOO_EARLY}, describe=month.label)
    flashes.tell(text, undo=undo)


def _reopen(team_id: int, month: Month, form: ReopenForm) -> None:
    opened = service.reopen(
        session=db_session,
        scope=current_scope(),
        team_id=team_id,
        month=month,
        reason=form.reason.data,
        with_later=form.takes_later,
    )
    if len(opened) > 1:
        flashes.tell(
            f"{len(opened)} månader är öppna igen, från {opened[0].label} till {opened[-1].label}. "
            "Klarmarkera dem när rättelserna är gjorda."
        )
        return
    flashes.tell(f"{sentence_start(month.label)} är öppen igen. Klarmarkera den när rättelserna är gjorda.")


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except PeriodError as error:
        raise OutOfScope from error


def _calendar_url(team_id: int, month: Month) -> str:
    return url_for("months.calendar", team_id=team_id, ar=month.year)
