"""Published editions: reading them, taking them out, and publishing."""

from flask import Blueprint, Response, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from followup.access.confirmation import confirm_password
from followup.access.gate import current_scope, requires
from followup.access.roles import Permission
from followup.db import db_session
from followup.editions import desk, queries, service
from followup.editions.forms import EditionFileForm, PublishForm
from followup.errors import Refusal
from followup.exports import service as exports
from followup.keys import KeyRing
from followup.organisation import queries as organisation
from followup.periods import Period, PeriodError, parse_period
from followup.settings import Settings
from followup.statistics.service import DISCLOSURE_KEY, association_statistics
from followup.web import once
from followup.web.attachments import attach
from followup.web.flashes import tell
from followup.web.pages import page

blueprint = Blueprint("editions", __name__, url_prefix="/utgavor")


@blueprint.get("")
@requires(Permission.READ_EDITIONS)
def index() -> Response:
    may_publish = current_scope().can(Permission.PUBLISH)
    return page("editions/index.html", lines=desk.lines(db_session, current_scope()), may_publish=may_publish)


@blueprint.get("/<int:edition_id>")
@requires(Permission.READ_EDITIONS)
def edition(edition_id: int) -> Response:
    return _edition_page(edition_id, EditionFileForm())


@blueprint.post("/<int:edition_id>/ladda-ner")
@requires(Permission.READ_EDITIONS)
def download(edition_id: int) -> Response:
    form = EditionFileForm()
    if not form.validate_on_submit():
        return _edition_page(edition_id, form)
    try:
        return attach(_taken_out(edition_id, form.format.data))
    except Refusal as refusal:
        form.refuse(refusal)
        return _edition_page(edition_id, form)


@blueprint.get("/publicera")
@requires(Permission.PUBLISH)
def prepare() -> Response:
    period = _period(request.args.get("period", ""))
    return _preparation(period, _publish_form(period))


@blueprint.post("/publicera")
@requires(Permission.PUBLISH)
def publish() -> BaseResponse:
    period = _period(request.form.get("period", ""))
    form = _publish_form(period)
    if not form.validate_on_submit() or not _is_own_password(form):
        return _preparation(period, form)
    once.spend(db_session, then=url_for("editions.index"))
    reason = form.reason.data if "reason" in form else None
    try:
        made = service.publish(
            session=db_session, scope=current_scope(), period=period, key=_key(), reason=reason
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return _preparation(period, form)
    tell(f"Utgåva {made.number} är publicerad och ändras inte mer.")
    return redirect(url_for("editions.edition", edition_id=made.id))


def _edition_page(edition_id: int, form: EditionFileForm) -> Response:
    found = queries.edition(db_session, current_scope(), edition_id)
    shown = desk.page(db_session, current_scope(), found)
    return page("editions/edition.html", form=form, shown=shown, edition_id=edition_id)


def _preparation(period: Period, form: PublishForm) -> Response:
    scope = current_scope()
    statistics = association_statistics(session=db_session, scope=scope, period=period, key=_key())
    return page(
        "editions/prepare.html",
        form=form,
        period=period,
        statistics=statistics,
        before=queries.latest_for(db_session, scope, period.code),
        hidden=desk.hidden_in_words(statistics.protected),
    )


def _publish_form(period: Period) -> PublishForm:
    form = PublishForm(period=period.code)
    if queries.latest_for(db_session, current_scope(), period.code) is None:
        form.ask_for_no_reason()
    else:
        reasons = organisation.codes(db_session, current_scope(), "revision_reason")
        form.ask_for_reason([(code.code, code.label_sv) for code in reasons])
    return form


def _is_own_password(form: PublishForm) -> bool:
    try:
        confirm_password(form.password.data or "")
    except Refusal as refusal:
        refusal.field = "password"
        form.refuse(refusal)
        return False
    return True


def _period(code: str) -> Period:
    try:
        return parse_period(code)
    except PeriodError:
        abort(404)


def _taken_out(edition_id: int, format_name: str) -> exports.File:
    scope = current_scope()
    publication = service.published(queries.edition(db_session, scope, edition_id))
    return exports.take_out(
        session=db_session, scope=scope, publication=publication, format_name=format_name, keys=_keys()
    )


def _key() -> bytes:
    return _keys().derive(DISCLOSURE_KEY)


def _keys() -> KeyRing:
    settings: Settings = current_app.extensions["settings"]
    return settings.keys
