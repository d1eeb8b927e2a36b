"""The statistics of the förbund, its files, and a team's own figures."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, request

from followup import clock
from followup.access.gate import current_scope, requires
from followup.access.roles import Permission
from followup.db import db_session, reading_session
from followup.errors import Refusal
from followup.exports import service as exports
from followup.exports.publication import DRAFT
from followup.keys import KeyRing
from followup.periods import Month, Period, PeriodError, Year, parse_period
from followup.reporting_groups import queries as reporting_groups
from followup.settings import Settings
from followup.statistics import service
from followup.statistics import suggestions as search
from followup.statistics.catalogue import TABLES
from followup.statistics.completeness import in_words
from followup.statistics.definitions import defined_tables, defined_variables
from followup.statistics.exhibits import exhibit, heading
from followup.statistics.forms import DownloadForm, PeriodForm
from followup.statistics.hidden import COLUMNS, hidden_cells
from followup.statistics.material import lists_of
from followup.statistics.report import as_text, paragraphs, report_title
from followup.statistics.service import DISCLOSURE_KEY, Statistics
from followup.statistics.standing import latest_complete_year, years
from followup.statistics.suggestions import Proposal
from followup.web.attachments import attach
from followup.web.pages import page
from followup.web.period_address import in_address, period_asked_for

blueprint = Blueprint("statistics", __name__)


@blueprint.get("/statistik")
@requires(Permission.SEE_STATISTICS)
def overview() -> Response:
    statistics = _statistics(_proposed())
    return _overview(statistics, DownloadForm(period=statistics.period.code))


@blueprint.get("/statistik/<table_id>")
@requires(Permission.SEE_STATISTICS)
def table(table_id: str) -> Response:
    statistics = _statistics(_proposed())
    shown = statistics.table(table_id)
    known = {table.id: table.title for table in TABLES}
    if table_id not in known:
        abort(404)
    found = exhibit(shown, statistics.period, statistics.tables) if shown else None
    year = in_address(Year(statistics.period.first.year))
    title = f"{table_id} {known[table_id]}"
    return page("statistics/table.html", exhibit=found, title=title, year=year, **_around(statistics))


@blueprint.get("/statistik/<table_id>/dolda")
@requires(Permission.SEE_STATISTICS)
def hidden(table_id: str) -> Response:
    statistics = _statistics(_proposed())
    return _hidden_page(statistics, table_id, None)


@blueprint.get("/statistik/<table_id>/forslag")
@requires(Permission.SEE_STATISTICS)
def suggestions(table_id: str) -> Response:
    statistics = _statistics(_proposed())
    found = search.suggestions(
        session=db_session,
        scope=current_scope(),
        statistics=statistics,
        table_id=table_id,
        key=_keys().derive(DISCLOSURE_KEY),
    )
    return _hidden_page(statistics, table_id, found)


@blueprint.get("/statistik/text")
@requires(Permission.SEE_STATISTICS)
def report_text() -> Response:
    statistics = _statistics(_proposed())
    title = report_title(statistics.period)
    found = paragraphs(statistics.tables, statistics.period)
    return page(
        "statistics/text.html", title=title, found=found, whole=as_text(found, title), **_around(statistics)
    )


@blueprint.get("/statistik/definitioner")
@requires(Permission.SEE_STATISTICS)
def definitions() -> Response:
    lists = lists_of(db_session, current_scope())
    return page("statistics/definitions.html", tables=defined_tables(), variables=defined_variables(lists))


@blueprint.post("/statistik/ladda-ner")
@requires(Permission.EXPORT_STATISTICS)
def download() -> Response:
    form = DownloadForm()
    try:
        statistics = _statistics(parse_period(form.period.data or ""))
    except PeriodError:
        abort(404)
    if not form.validate_on_submit():
        return _overview(statistics, form)
    try:
        return attach(_taken_out(statistics, form.format.data))
    except Refusal as refusal:
        form.refuse(refusal)
        return _overview(statistics, form)


@blueprint.get("/team/<int:team_id>/statistik")
@requires(Permission.SEE_TEAM_STATISTICS)
def own_team(team_id: int) -> Response:
    period = _asked_for() or Year(clock.today().year)
    statistics = service.own_team_statistics(
        session=db_session, scope=current_scope(), team_id=team_id, period=period
    )
    return page(
        "statistics/own_team.html",
        team_id=team_id,
        exhibits=[exhibit(shown, period, statistics.tables) for shown in statistics.tables],
        is_running=period.last >= Month.of(clock.today()),
        is_empty=not statistics.counts_anybody,
        **_around(statistics),
    )


def _asked_for() -> Period | None:
    try:
        return period_asked_for(request.args)
    except PeriodError:
        abort(404)


def _keys() -> KeyRing:
    settings: Settings = current_app.extensions["settings"]
    return settings.keys


def _taken_out(statistics: Statistics, format_name: str) -> exports.File:
    scope = current_scope()
    publication = exports.prepare(statistics=statistics, scope=scope)
    return exports.take_out(
        session=db_session, scope=scope, publication=publication, format_name=format_name, keys=_keys()
    )


def _statistics(period: Period) -> Statistics:
    scope, key = current_scope(), _keys().derive(DISCLOSURE_KEY)
    with reading_session() as session:
        return service.association_statistics(session=session, scope=scope, period=period, key=key)


def _hidden_page(statistics: Statistics, table_id: str, found: list[Proposal] | None) -> Response:
    shown = statistics.table(table_id)
    if shown is None:
        abort(404)
    return page(
        "statistics/hidden.html",
        shown=shown,
        hidden=hidden_cells(shown),
        columns=COLUMNS,
        suggestions=found,
        address_of=in_address,
        is_year=isinstance(statistics.period, Year),
        groups=reporting_groups.groups(db_session, current_scope()),
        may_group=current_scope().can(Permission.GROUP_TEAMS),
        **_around(statistics),
    )


def _proposed() -> Period:
    return _asked_for() or latest_complete_year(db_session, current_scope())


def _around(statistics: Statistics) -> dict[str, Any]:
    """What stands on every page of statistics."""
    period = statistics.period
    return {
        "statistics": statistics,
        "period": period,
        "chooser": PeriodForm(years(db_session, current_scope()), period),
        "in_address": in_address(period),
        "marking": DRAFT,
        "in_words": in_words,
    }


def _overview(statistics: Statistics, form: DownloadForm) -> Response:
    headings = [heading(shown, statistics.period) for shown in statistics.tables]
    may_prepare = current_scope().can(Permission.PREPARE_EDITIONS)
    period = statistics.period
    others = [] if isinstance(period, Year) else [each for each in TABLES if not each.is_told_of(period)]
    return page(
        "statistics/overview.html",
        form=form,
        headings=headings,
        absent=[f"{each.id} {each.title}" for each in others],
        may_prepare=may_prepare,
        **_around(statistics),
    )
