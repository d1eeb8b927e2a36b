"""The administrator's pages for teams and code lists."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from followup.access.gate import current_scope, requires
from followup.access.roles import Permission
from followup.access.scope import OutOfScope
from followup.db import db_session
from followup.errors import Refusal
from followup.organisation import queries, service, wording
from followup.organisation.forms import LabelForm, TeamForm
from followup.organisation.models import Code, TeamKind
from followup.organisation.official import OfficialMunicipality
from followup.web import once
from followup.web.flashes import tell
from followup.web.pages import page
from followup.web.tables import Cell, Column

blueprint = Blueprint("organisation", __name__, url_prefix="/system")
TEAM_COLUMNS = [Column("Team"), Column("Kommuner"), Column("Första månaden"), Column("Sista månaden")]
LIST_COLUMNS = [Column("Lista"), Column("Val")]
CODE_COLUMNS = [Column("Text på svenska"), Column("Text på engelska"), Column("Kod")]


@blueprint.get("/team")
@requires(Permission.MANAGE_ACCOUNTS)
def teams() -> Response:
    scope = current_scope()
    rows = [
        [
            Cell(team.name, url=url_for(".team", number=team.id)),
            Cell(wording.places(queries.municipalities(db_session, scope, team.id))),
            Cell(team.opened.label),
            Cell(wording.last_month(team)),
        ]
        for team in queries.all_teams(db_session, scope)
    ]
    return page("organisation/teams.html", columns=TEAM_COLUMNS, rows=rows)


@blueprint.route("/team/nytt", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def add_team() -> Response:
    form = TeamForm.of_new()
    if form.validate_on_submit():
        once.spend(db_session, then=url_for(".teams"))
        try:
            team = service.add_team(session=db_session, scope=current_scope(), **form.of_team())
            tell(f"{team.name} är upplagt. Bjud in de som ska arbeta i teamet.")
            return redirect(url_for(".teams"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page("organisation/add_team.html", form=form)


@blueprint.route("/team/<int:number>", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def team(number: int) -> Response:
    scope = current_scope()
    found = queries.team(db_session, scope, number)
    places = [OfficialMunicipality(m.code, m.name) for m in queries.municipalities(db_session, scope, number)]
    form = TeamForm.of(found, places)
    if form.validate_on_submit():
        try:
            service.change_team(session=db_session, scope=scope, number=number, **form.of_change())
            tell("Teamet är ändrat.")
            return redirect(url_for(".teams"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page("organisation/team.html", form=form, team=found, kind=wording.KINDS[TeamKind(found.kind)])


@blueprint.get("/kodlistor")
@requires(Permission.MANAGE_ACCOUNTS)
def code_lists() -> Response:
    lists = queries.code_lists(db_session, current_scope(), wording.LISTS)
    rows = [
        [
            Cell(wording.LISTS[name], url=url_for(".code_list", list_name=name)),
            Cell(", ".join(each.label_sv for each in codes)),
        ]
        for name, codes in lists.items()
    ]
    return page("organisation/code_lists.html", columns=LIST_COLUMNS, rows=rows)


@blueprint.get("/kodlistor/<list_name>")
@requires(Permission.MANAGE_ACCOUNTS)
def code_list(list_name: str) -> Response:
    if list_name not in wording.LISTS:
        raise OutOfScope
    rows = _rows(queries.codes(db_session, current_scope(), list_name))
    return page("organisation/code_list.html", name=wording.LISTS[list_name], columns=CODE_COLUMNS, rows=rows)


@blueprint.route("/kodlistor/<list_name>/<code>", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def code(list_name: str, code: str) -> Response:
    scope, found = current_scope(), _code(list_name, code)
    form = LabelForm(obj=found)
    if form.validate_on_submit():
        try:
            service.change_label(
                session=db_session, scope=scope, list_name=list_name, code=code, **form.texts()
            )
            tell("Texten är ändrad. Allt som redan är registrerat visas med den nya texten.")
            return redirect(url_for(".code_list", list_name=list_name))
        except Refusal as refusal:
            form.refuse(refusal)
    return page("organisation/code.html", form=form, list_label=wording.LISTS[list_name], code=found)


def _code(list_name: str, code: str) -> Code:
    codes = queries.codes(db_session, current_scope(), list_name) if list_name in wording.LISTS else []
    found = next((each for each in codes if each.code == code), None)
    if found is None:
        raise OutOfScope
    return found


def _rows(codes: list[Code]) -> list[list[Cell]]:
    return [
        [
            Cell(
                each.label_sv,
                url=url_for(".code", list_name=each.list_name, code=each.code),
                describe="– ändra texten",
            ),
            Cell(each.label_en),
            Cell(each.code),
        ]
        for each in codes
    ]
