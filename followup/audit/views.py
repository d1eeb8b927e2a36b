"""The event log, for the administrator."""

from flask import Blueprint
from werkzeug.wrappers import Response

from followup.access.gate import current_scope, requires
from followup.access.roles import Permission
from followup.access.scope import Scope
from followup.audit import desk, queries, wording
from followup.audit.forms import LogFilterForm
from followup.audit.service import find_break
from followup.db import db_session
from followup.organisation import queries as organisation
from followup.web.pages import page
from followup.web.paging import Pager
from followup.web.tables import Cell, Column

blueprint = Blueprint("audit", __name__)
COLUMNS = [
    Column("Nummer", numeric=True),
    Column("När"),
    Column("Händelse"),
    Column("Vem"),
    Column("Team"),
    Column("Uppgifter"),
]


@blueprint.get("/system/logg")
@requires(Permission.READ_LOG)
def log() -> Response:
    scope = current_scope()
    filters = LogFilterForm(
        first=queries.first_month(db_session, scope), teams=organisation.all_teams(db_session, scope)
    )
    pager = Pager.of_request(queries.count(db_session, scope, filters.chosen()), filters.values())
    rows = _rows(scope, filters, pager)
    return page("audit/log.html", filters=filters, columns=COLUMNS, rows=rows, pager=pager)


@blueprint.get("/system/logg/kontroll")
@requires(Permission.READ_LOG)
def check() -> Response:
    scope = current_scope()
    number = find_break(db_session, scope.association_id)
    total = queries.count(db_session, scope, queries.LogFilter())
    return page("audit/check.html", broken_at=number, total=total)


def _rows(scope: Scope, filters: LogFilterForm, pager: Pager) -> list[list[Cell]]:
    names = desk.names_of(db_session, scope)
    return [
        [
            Cell(str(entry.number)),
            Cell(wording.when(entry)),
            Cell(wording.sentence(entry)),
            Cell(wording.who(entry, names)),
            Cell(names.teams.get(str(entry.team_id), "–")),
            Cell(wording.details(entry, names) or "–"),
        ]
        for entry in queries.events(
            db_session, scope, filters.chosen(), offset=pager.offset, limit=pager.size
        )
    ]
