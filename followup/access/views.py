"""Opening an account that one has been invited to."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from followup.access import service
from followup.access.forms import InvitationForm
from followup.access.gate import public
from followup.db import db_session
from followup.errors import Refusal
from followup.web.flashes import tell
from followup.web.pages import page

blueprint = Blueprint("access", __name__)


@blueprint.route("/inbjudan/<code>", methods=["GET", "POST"])
@public
def accept_invitation(code: str) -> Response:
    try:
        account = service.invited_account(session=db_session, code=code)
    except Refusal as refusal:
        return page("access/invitation_gone.html", message=refusal.message)
    form = InvitationForm()
    if not (form.validate_on_submit() and form.check_new(account)):
        return page("access/invitation.html", form=form, email=account.email)
    service.accept_invitation(session=db_session, code=code, password=form.new_password.data or "")
    tell("Lösenordet är valt. Logga in med det.")
    return redirect(url_for("security.login"))
