"""The page where a team manager reads a list in: choose a file, see what would happen, save, take back."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from followup.access.gate import requires
from followup.access.roles import Permission
from followup.db import db_session
from followup.errors import Refusal
from followup.imports import service
from followup.imports.desk import ImportDesk
from followup.imports.forms import ConfirmForm
from followup.web import flashes, once
from followup.web.formats import plural
from followup.web.pages import page

blueprint = Blueprint("imports", __name__)


@blueprint.route("/import", methods=["GET", "POST"])
@requires(Permission.IMPORT_ROWS)
def upload() -> Response:
    desk = ImportDesk()
    form = desk.upload_form()
    if form.validate_on_submit():
        try:
            return page("imports/trial.html", trial=desk.try_out(form))
        except Refusal as refusal:
            form.refuse(refusal)
    return page("imports/upload.html", form=form, batches=desk.open_batches())


@blueprint.post("/import/spara")
@requires(Permission.IMPORT_ROWS)
def save() -> Response:
    desk, form = ImportDesk(), ConfirmForm()
    once.spend(db_session, then=url_for("imports.upload"))
    try:
        batch = desk.save(form).batch
    except Refusal as refusal:
        return _refused(desk, refusal)
    undo = flashes.Undo(url_for("imports.undo"), fields={"batch": batch.id}, describe="inläsningen")
    flashes.tell(f"{plural(batch.rows, 'rad är inläst', 'rader är inlästa')}.", undo=undo)
    return redirect(url_for("imports.upload"), 303)


@blueprint.post("/import/angra")
@requires(Permission.IMPORT_ROWS)
def undo() -> Response:
    desk = ImportDesk()
    try:
        batch = service.undo_batch(
            session=db_session, scope=desk.scope, batch_id=request.form.get("batch", "")
        )
    except Refusal as refusal:
        return _refused(desk, refusal)
    flashes.tell(f"Inläsningen är ångrad. {plural(batch.rows, 'rad är borttagen', 'rader är borttagna')}.")
    return redirect(url_for("imports.upload"), 303)


def _refused(desk: ImportDesk, refusal: Refusal) -> Response:
    """Nothing of the act is kept; the page says why, above an empty form."""
    db_session.rollback()
    form = desk.upload_form()
    form.refuse(refusal)
    return page("imports/upload.html", form=form, batches=desk.open_batches())
