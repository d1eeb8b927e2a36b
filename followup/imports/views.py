"""Reading lists in: choose a file, see what would happen, save, take back.

The manager reads in a team's lists, and the kansli those about the förbund; the two go the same way.
"""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from followup.access.gate import requires
from followup.access.roles import Permission
from followup.db import db_session
from followup.errors import Refusal
from followup.imports import service
from followup.imports.desk import AssociationDesk, ImportDesk
from followup.imports.forms import ConfirmForm
from followup.imports.kinds import OF_ASSOCIATION, OF_TEAMS
from followup.web import flashes, once
from followup.web.attachments import attach
from followup.web.formats import plural
from followup.web.pages import page

blueprint = Blueprint("imports", __name__)
ASSOCIATION = "/forbundet/las-in"


@blueprint.route("/import", methods=["GET", "POST"])
@requires(Permission.IMPORT_ROWS)
def upload() -> Response:
    return _upload(ImportDesk(), "imports/upload.html")


@blueprint.get(f"/import/mall/<any({', '.join(OF_TEAMS)}):kind>")
@requires(Permission.IMPORT_ROWS)
def blank_team_list(kind: str) -> Response:
    return attach(ImportDesk().blank(kind))


@blueprint.post("/import/spara")
@requires(Permission.IMPORT_ROWS)
def save() -> Response:
    return _save(ImportDesk(), "imports/upload.html")


@blueprint.post("/import/angra")
@requires(Permission.IMPORT_ROWS)
def undo() -> Response:
    return _undo(ImportDesk(), "imports/upload.html")


@blueprint.route(ASSOCIATION, methods=["GET", "POST"])
@requires(Permission.KEEP_PLAN)
def upload_association() -> Response:
    return _upload(AssociationDesk(), "imports/upload_association.html")


@blueprint.get(f"{ASSOCIATION}/mall/<any({', '.join(OF_ASSOCIATION)}):kind>")
@requires(Permission.KEEP_PLAN)
def blank_list(kind: str) -> Response:
    return attach(AssociationDesk().blank(kind))


@blueprint.post(f"{ASSOCIATION}/spara")
@requires(Permission.KEEP_PLAN)
def save_association() -> Response:
    return _save(AssociationDesk(), "imports/upload_association.html")


@blueprint.post(f"{ASSOCIATION}/angra")
@requires(Permission.KEEP_PLAN)
def undo_association() -> Response:
    return _undo(AssociationDesk(), "imports/upload_association.html")


def _upload(desk: ImportDesk, template: str) -> Response:
    form = desk.upload_form()
    if form.validate_on_submit():
        try:
            return page("imports/trial.html", trial=desk.try_out(form))
        except Refusal as refusal:
            form.refuse(refusal)
    return page(template, form=form, desk=desk)


def _save(desk: ImportDesk, template: str) -> Response:
    form = ConfirmForm()
    once.spend(db_session, then=desk.upload_url)
    try:
        done = desk.save(form)
    except Refusal as refusal:
        return _refused(desk, template, refusal)
    undo = flashes.Undo(desk.undo_url, fields={"batch": done.batch.id}, describe="inläsningen")
    flashes.tell(desk.told(done), undo=undo)
    return redirect(desk.upload_url, 303)


def _undo(desk: ImportDesk, template: str) -> Response:
    try:
        batch = service.undo_batch(
            session=db_session, scope=desk.scope, batch_id=request.form.get("batch", ""), kinds=desk.kinds
        )
    except Refusal as refusal:
        return _refused(desk, template, refusal)
    flashes.tell(f"Inläsningen är ångrad. {plural(batch.rows, 'rad är borttagen', 'rader är borttagna')}.")
    return redirect(desk.upload_url, 303)


def _refused(desk: ImportDesk, template: str, refusal: Refusal) -> Response:
    """Nothing of the act is kept; the page says why, above an empty form."""
    db_session.rollback()
    form = desk.upload_form()
    form.refuse(refusal)
    return page(template, form=form, desk=desk)
