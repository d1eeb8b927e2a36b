"""Editions: reading them, checking a file, and the way from draft to published."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from followup.access.confirmation import is_own_password
from followup.access.gate import current_scope, public, requires
from followup.access.roles import Permission
from followup.db import db_session, reading_session
from followup.editions import checking, desk, preparing, queries, rehearsal, service, settling
from followup.editions.forms import (
    CheckForm,
    DraftForm,
    EditionFileForm,
    PublishForm,
    Reasoned,
    RequestForm,
    SettingsForm,
)
from followup.editions.models import Edition
from followup.errors import Refusal
from followup.exports import service as exports
from followup.keys import KeyRing
from followup.organisation import queries as organisation
from followup.periods import Period, PeriodError, parse_period
from followup.settings import Settings
from followup.statistics.service import DISCLOSURE_KEY, Statistics, association_statistics
from followup.web import once
from followup.web.addresses import whole_address
from followup.web.attachments import attach
from followup.web.flashes import tell
from followup.web.pages import page
from followup.web.period_address import in_address

blueprint = Blueprint("editions", __name__, url_prefix="/utgavor")

DECLINED = "Begäran om godkännande är avslagen. Den som bad om det ser det på sin startsida. "
TAKEN_BACK = "Begäran om godkännande gäller inte längre. "


@blueprint.get("")
@requires(Permission.READ_EDITIONS)
def index() -> Response:
    scope = current_scope()
    may_prepare, may_publish = (scope.can(each) for each in (Permission.PREPARE_EDITIONS, Permission.PUBLISH))
    return page(
        "editions/index.html",
        lines=desk.lines(db_session, scope),
        requests=desk.requests(db_session, scope) if may_prepare else [],
        may_prepare=may_prepare,
        may_publish=may_publish,
        is_underway=may_prepare and rehearsal.is_underway(scope.association_id),
    )


@blueprint.get("/<int:edition_id>")
@requires(Permission.READ_EDITIONS)
def edition(edition_id: int) -> Response:
    return _edition_page(edition_id, EditionFileForm())


@blueprint.get("/<int:edition_id>/andringar")
@requires(Permission.READ_EDITIONS)
def differences(edition_id: int) -> Response:
    scope = current_scope()
    found = queries.edition(db_session, scope, edition_id)
    if found.revises is None:
        abort(404)
    return page("editions/differences.html", edition=found, **desk.differences(db_session, scope, found))


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


@blueprint.route("/kontrollera", methods=["GET", "POST"])
@public
def check_file() -> Response:
    form, result, keys = CheckForm(), None, _keys()
    if form.validate_on_submit():
        content = form.file.read(checking.MOST_BYTES)
        result = checking.check(current_app.extensions["database"], keys, content)
    marks = list(keys.fingerprints().values())
    return page("editions/check.html", form=form, result=result, fingerprints=marks)


@blueprint.get("/publicera")
@requires(Permission.PREPARE_EDITIONS)
def prepare() -> Response:
    period = _period(request.args.get("period", ""))
    return _preparation(period, _publish_form(period))


@blueprint.get("/forhandsgranska")
@requires(Permission.PREPARE_EDITIONS)
def preview() -> Response:
    period = _period(request.args.get("period", ""))
    statistics = _statistics(period)
    if not statistics.is_complete:
        return _preparation(period, _publish_form(period))
    publication = exports.prepare(statistics=statistics, scope=current_scope())
    return page("editions/preview.html", period=period, shown=desk.preview(publication))


@blueprint.get("/forhandsgranska/andringar")
@requires(Permission.PREPARE_EDITIONS)
def draft_differences() -> Response:
    scope, period = current_scope(), _period(request.args.get("period", ""))
    earlier = queries.latest_for(db_session, scope, period.code)
    if earlier is None:
        abort(404)
    statistics = _statistics(period)
    if not statistics.is_complete:
        return _preparation(period, _publish_form(period))
    found = desk.draft_differences(earlier, statistics, scope)
    return page("editions/differences.html", period=period, **found)


@blueprint.post("/utkast")
@requires(Permission.PREPARE_EDITIONS)
def save_draft() -> BaseResponse:
    form = DraftForm()
    period = _period(form.period.data or "")
    if not form.validate_on_submit():
        return _preparation(period, _publish_form(period))
    publication = exports.prepare(statistics=_statistics(period), scope=current_scope())
    kept = queries.draft(db_session, current_scope(), period.code)
    was_asked = kept is not None and kept.for_approval
    saved = preparing.save_draft(session=db_session, scope=current_scope(), publication=publication)
    ended = (DECLINED if saved.declined_on else TAKEN_BACK) if was_asked else ""
    tell(f"{ended}Utkastet är sparat. Nästa gång ser du vad som har ändrats sedan dess.")
    return redirect(url_for("editions.prepare", period=period.code))


@blueprint.post("/godkannande")
@requires(Permission.PREPARE_EDITIONS)
def ask() -> BaseResponse:
    period = _period(request.form.get("period", ""))
    form = _with_reasons(RequestForm(period=period.code), period)
    if not form.validate_on_submit():
        return _preparation(period, _publish_form(period), asked=form)
    publication = exports.prepare(statistics=_statistics(period), scope=current_scope())
    once.spend(db_session, then=url_for("editions.prepare", period=period.code))
    preparing.save_draft(
        session=db_session,
        scope=current_scope(),
        publication=publication,
        reason=form.chosen_reason,
        for_approval=True,
    )
    tell("Du har bett om godkännande. Någon annan än du kan nu publicera utgåvan.")
    return redirect(url_for("editions.prepare", period=period.code))


@blueprint.post("/publicera")
@requires(Permission.PUBLISH)
def publish() -> BaseResponse:
    period = _period(request.form.get("period", ""))
    form = _publish_form(period)
    _spend_once()  # Sent again, it ends here. It is taken back until there is something to save.
    if not form.validate_on_submit() or not is_own_password(form):
        return _preparation(period, form)
    try:
        made = _published(period, form.chosen_reason)
    except rehearsal.Underway as underway:
        tell(underway.message, kind="info")
        return redirect(url_for("editions.index"))
    except Refusal as refusal:
        form.refuse(refusal)
        return _preparation(period, form)
    tell(f"Utgåva {made.number} är publicerad och ändras inte mer.")
    return redirect(url_for("editions.edition", edition_id=made.id))


@blueprint.route("/installningar", methods=["GET", "POST"])
@requires(Permission.PUBLISH)
def settings() -> BaseResponse:
    association = organisation.association(db_session, current_scope())
    form = SettingsForm.of(association)
    if form.validate_on_submit() and is_own_password(form):
        try:
            settling.settle(session=db_session, scope=current_scope(), **form.chosen())
            tell("Valen är sparade.")
            return redirect(url_for("editions.settings"))
        except Refusal as refusal:
            form.refuse(refusal)
    address = whole_address("opendata.editions", association_id=association.id)
    return page("editions/settings.html", form=form, address=address if association.open_data else "")


def _edition_page(edition_id: int, form: EditionFileForm) -> Response:
    found = queries.edition(db_session, current_scope(), edition_id)
    shown = desk.page(db_session, current_scope(), found, _keys().fingerprints())
    return page("editions/edition.html", form=form, shown=shown, edition_id=edition_id)


def _preparation(period: Period, form: PublishForm, asked: RequestForm | None = None) -> Response:
    scope, statistics = current_scope(), _statistics(period)
    checklist = desk.checklist_of(db_session, scope, statistics)
    shown = asked if asked and asked.error_lines() else form
    return page(
        "editions/prepare.html",
        # Sent again from another tab: what was wrong with it no longer matters.
        form=None if checklist and checklist.stands else shown,
        request_form=asked or _with_reasons(RequestForm(formdata=None, period=period.code), period),
        period=period,
        in_address=in_address(period),
        checklist=checklist,
        is_underway=rehearsal.is_underway(scope.association_id),
        may_publish=scope.can(Permission.PUBLISH),
    )


def _publish_form(period: Period) -> PublishForm:
    return _with_reasons(PublishForm(period=period.code), period)


def _with_reasons(form: Reasoned, period: Period) -> Any:
    """Only a revision is asked why."""
    if queries.latest_for(db_session, current_scope(), period.code) is None:
        form.ask_for_no_reason()
    else:
        reasons = organisation.codes(db_session, current_scope(), "revision_reason")
        form.ask_for_reason([(code.code, code.label_sv) for code in reasons])
        kept = queries.draft(db_session, current_scope(), period.code)
        if kept is not None and form.reason.data is None:
            # Whoever asked for approval has said why, also where it was declined.
            form.reason.data = kept.reason
    return form


def _statistics(period: Period) -> Statistics:
    scope, key = current_scope(), _keys().derive(DISCLOSURE_KEY)
    with reading_session() as session:
        return association_statistics(session=session, scope=scope, period=period, key=key)


def _published(period: Period, reason: str | None) -> Edition:
    return rehearsal.publish(
        session=db_session,
        scope=current_scope(),
        period=period,
        settings=_settings(),
        reason=reason,
        first=_spend_once,
    )


def _spend_once() -> None:
    once.spend(db_session, then=url_for("editions.index"))


def _taken_out(edition_id: int, format_name: str) -> exports.File:
    scope = current_scope()
    publication = service.published(queries.edition(db_session, scope, edition_id))
    return exports.take_out(
        session=db_session, scope=scope, publication=publication, format_name=format_name, keys=_keys()
    )


def _period(code: str) -> Period:
    try:
        return parse_period(code)
    except PeriodError:
        abort(404)


def _keys() -> KeyRing:
    return _settings().keys


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
