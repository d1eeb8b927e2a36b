"""A month's violence screening in a team: what is counted, one conversation more, sums and corrections."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from followup.access.gate import requires
from followup.access.roles import Permission
from followup.db import db_session
from followup.errors import Refusal
from followup.screening import queries, service
from followup.screening.desk import MonthDesk
from followup.screening.forms import ConversationForm, adjustment_form, sums_form
from followup.web import flashes, once
from followup.web.pages import page

blueprint = Blueprint("screening", __name__)

TEAM = "/team/<int:team_id>/vald"


@blueprint.get(TEAM)
@requires(Permission.COUNT_SCREENING)
def month(team_id: int) -> Response:
    desk = MonthDesk(team_id)
    is_saved = "sparat" in request.args
    return page("screening/month.html", filters=desk.month_form(), desk=desk, is_saved=is_saved)


@blueprint.route(f"{TEAM}/samtal", methods=["GET", "POST"])
@requires(Permission.COUNT_SCREENING)
def conversation(team_id: int) -> Response:
    desk, form = MonthDesk(team_id), ConversationForm()
    form.offer(desk.rounds, desk.sexes, desk.topics)
    if form.validate_on_submit():
        once.spend(db_session, then=desk.url())
        command = form.to_command(team_id, desk.month)
        try:
            service.add_conversation(session=db_session, scope=desk.scope, command=command)
            return _done(desk, "Samtalet är räknat. Inget annat om det har sparats.")
        except Refusal as refusal:
            form.refuse(refusal)
    return page("screening/conversation.html", form=form, desk=desk)


@blueprint.route(f"{TEAM}/antal", methods=["GET", "POST"])
@requires(Permission.COUNT_SCREENING)
def sums(team_id: int) -> Response:
    desk = MonthDesk(team_id)
    place = desk.place()
    if place is None:
        return page("screening/place.html", filters=desk.place_form(), desk=desk)
    now = queries.place_counts(db_session, desk.scope, place)
    form = sums_form(desk.topics, now)
    if form.validate_on_submit():
        try:
            if desk.save_sums(form, place, now):
                return _done(desk, "Antalen är sparade.")
        except Refusal as refusal:
            form.refuse(refusal)
    return page("screening/sums.html", form=form, desk=desk, place=place)


@blueprint.route(f"{TEAM}/ratta", methods=["GET", "POST"])
@requires(Permission.COUNT_SCREENING)
def adjust(team_id: int) -> Response:
    desk = MonthDesk(team_id)
    place = desk.place()
    if place is None:
        return page("screening/place.html", filters=desk.place_form(), desk=desk)
    form = adjustment_form(desk.topics, queries.place_counts(db_session, desk.scope, place))
    if form.validate_on_submit():
        once.spend(db_session, then=desk.url())
        try:
            service.adjust(session=db_session, scope=desk.scope, command=form.to_adjustment(place))
            return _done(desk, "Antalen är rättade.")
        except Refusal as refusal:
            form.refuse(refusal)
    return page("screening/adjust.html", form=form, desk=desk, place=place)


def _done(desk: MonthDesk, text: str) -> Response:
    flashes.tell(text)
    return redirect(desk.url(sparat=1), 303)
