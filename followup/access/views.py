"""Opening an account one is invited to, and the administrator's pages for all of them."""

from collections.abc import Sequence

from flask import Blueprint, redirect, session, url_for
from werkzeug.wrappers import Response

from followup.access import queries, service, wording
from followup.access.forms import AccountFilterForm, RolesForm
from followup.access.gate import current_scope, public, requires
from followup.access.models import Account
from followup.access.own_forms import InvitationForm
from followup.access.roles import Permission
from followup.access.scope import Scope
from followup.db import db_session
from followup.errors import Refusal
from followup.organisation import queries as organisation
from followup.web import once
from followup.web.addresses import whole_address
from followup.web.flashes import tell
from followup.web.pages import page
from followup.web.paging import Pager
from followup.web.tables import Cell, Column

blueprint = Blueprint("access", __name__)
COLUMNS = [Column("Konto"), Column("Roll"), Column("Läge")]


@blueprint.route("/inbjudan/<code>", methods=["GET", "POST"])
@public
def accept_invitation(code: str) -> Response:
    try:
        account = service.invited_account(session=db_session, code=code)
    except service.InvitationGone as gone:
        return page("access/invitation_gone.html", message=gone.message)
    form = InvitationForm()
    if not (form.validate_on_submit() and form.check_new(account)):
        return page("access/invitation.html", form=form, email=account.email)
    service.accept_invitation(session=db_session, code=code, password=form.new_password.data or "")
    session["address"] = account.email
    tell("Lösenordet är valt. Logga in med det.")
    return redirect(url_for("security.login"))


@blueprint.get("/system/konton")
@requires(Permission.MANAGE_ACCOUNTS)
def accounts() -> Response:
    scope = current_scope()
    filters = AccountFilterForm(teams=organisation.all_teams(db_session, scope))
    found = queries.accounts(db_session, scope, filters.chosen())
    pager = Pager.of_request(len(found), filters.values())
    rows = _rows(scope, found[pager.offset : pager.offset + pager.size])
    return page("access/accounts.html", filters=filters, columns=COLUMNS, rows=rows, pager=pager)


@blueprint.route("/system/konton/ny", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def invite() -> Response:
    scope = current_scope()
    form = RolesForm(teams=organisation.all_teams(db_session, scope))
    if form.validate_on_submit():
        once.spend(db_session, then=url_for(".accounts"))
        try:
            account, code = service.invite(
                session=db_session, scope=scope, email=form.email.data or "", memberships=form.memberships()
            )
            return _show_link(account, code)
        except Refusal as refusal:
            form.refuse(refusal)
    return page("access/invite.html", form=form)


@blueprint.route("/system/konton/<int:number>", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def account(number: int) -> Response:
    scope = current_scope()
    found = queries.account(db_session, scope, number)
    form = RolesForm.of(found, organisation.all_teams(db_session, scope))
    if form.validate_on_submit():
        try:
            service.change_memberships(
                session=db_session, scope=scope, account_id=number, memberships=form.memberships()
            )
            return _told(f"Rollerna för {found.email} är ändrade.")
        except Refusal as refusal:
            form.refuse(refusal)
    return page("access/account.html", form=form, account=found, state=wording.state(found))


@blueprint.post("/system/konton/<int:number>/lank")
@requires(Permission.MANAGE_ACCOUNTS)
def invite_again(number: int) -> Response:
    found, code = service.invite_again(session=db_session, scope=current_scope(), account_id=number)
    return _show_link(found, code)


@blueprint.post("/system/konton/<int:number>/stang")
@requires(Permission.MANAGE_ACCOUNTS)
def close(number: int) -> Response:
    closed = service.close_account(session=db_session, scope=current_scope(), account_id=number)
    return _told(f"Kontot {closed.email} är stängt.")


@blueprint.post("/system/konton/<int:number>/oppna")
@requires(Permission.MANAGE_ACCOUNTS)
def reopen(number: int) -> Response:
    opened = service.open_account(session=db_session, scope=current_scope(), account_id=number)
    return _told(f"Kontot {opened.email} är öppet igen.")


def _rows(scope: Scope, found: Sequence[Account]) -> list[list[Cell]]:
    names = {team.id: team.name for team in organisation.all_teams(db_session, scope)}
    return [
        [
            Cell(account.email, url=url_for(".account", number=account.id)),
            Cell(wording.roles(account, names)),
            Cell(wording.state(account)),
        ]
        for account in found
    ]


def _show_link(account: Account, code: str) -> Response:
    # Drawn as the answer itself: the code is nowhere to be read from afterwards.
    link = whole_address(".accept_invitation", code=code)
    return page("access/link.html", email=account.email, link=link, days=service.INVITATION_DAYS)


def _told(text: str) -> Response:
    tell(text)
    return redirect(url_for(".accounts"))
