"""The rule of disclosure control: what holds, what held, and a new version with its decision."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from followup import clock
from followup.access.confirmation import is_own_password
from followup.access.gate import current_scope, requires
from followup.access.roles import Permission
from followup.db import db_session
from followup.errors import Refusal
from followup.protection import exhibits, queries, service
from followup.protection.forms import RuleForm
from followup.web import once
from followup.web.flashes import tell
from followup.web.formats import date_in_text
from followup.web.pages import page

blueprint = Blueprint("protection", __name__, url_prefix="/utgavor/regel")


@blueprint.get("")
@requires(Permission.READ_EDITIONS)
def rule() -> Response:
    scope, today = current_scope(), clock.today()
    versions = queries.versions(db_session, scope)
    return page(
        "protection/rule.html",
        facts=exhibits.in_words(queries.rule_in_force(db_session, scope, today)),
        columns=exhibits.COLUMNS,
        rows=exhibits.rows(versions, today),
        may_decide=scope.can(Permission.DECIDE_RULE),
    )


@blueprint.route("/ny", methods=["GET", "POST"])
@requires(Permission.DECIDE_RULE)
def decide() -> BaseResponse:
    form, scope, today = RuleForm(), current_scope(), clock.today()
    if form.validate_on_submit() and is_own_password(form):
        once.spend(db_session, then=url_for("protection.rule"))
        before = queries.rule_in_force(db_session, scope, today)
        try:
            made = service.decide(session=db_session, scope=scope, command=form.command())
            tell(f"Version {made.version} är sparad och gäller från {date_in_text(made.valid_from)}.")
            if softer := exhibits.softened(before, made):
                tell(f"Den visar mer än den som gäller i dag: {'; '.join(softer)}.", kind="info")
            return redirect(url_for("protection.rule"), 303)
        except Refusal as refusal:
            form.refuse(refusal)
    elif request.method == "GET":
        form.show(queries.versions(db_session, scope)[-1], today)
    return page("protection/decide.html", form=form)
