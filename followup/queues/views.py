"""The queue of one's own team, and the length of every team's queue."""

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from followup import clock
from followup.access.gate import current_scope, requires
from followup.access.roles import Permission
from followup.access.scope import OutOfScope, Scope
from followup.db import db_session
from followup.errors import Refusal
from followup.organisation import queries as organisation
from followup.organisation.models import Team, TeamKind
from followup.periods import Month, PeriodError, Week
from followup.queues import all_teams, everywhere, exhibits, pooling, queries, service, setting_list
from followup.queues.capacity_plan import in_force
from followup.queues.history_form import HistoryForm
from followup.queues.models import QueueSetting
from followup.queues.published_waits import published_waits
from followup.queues.setting_form import SettingForm
from followup.queues.what_if import WEEKS_AHEAD
from followup.web import flashes, once
from followup.web.pages import page

blueprint = Blueprint("queues", __name__)

TEAM = "/team/<int:team_id>/ko"
# So far back may queue lengths be filled in.
YEARS_BACK = 20


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    current: bool


@blueprint.get(TEAM)
@requires(Permission.SEE_TEAM_QUEUE)
def team_queue(team_id: int) -> Response:
    scope = current_scope()
    team = organisation.own_team(db_session, scope, team_id)
    tabs = _tabs(scope, team_id)
    if team.kind == TeamKind.ADVISORY:
        return page("queues/no_queue.html", team=team, tabs=tabs)
    overview = queries.overview(db_session, scope, team)
    caseload = queries.caseload_of(db_session, scope, team, overview.counted_weeks)
    exhibit = exhibits.of_team(team, overview, caseload, Week.of(clock.today()))
    may_settle = scope.can(Permission.SETTLE_QUEUE, team_id)
    return page("queues/team.html", team=team, tabs=tabs, exhibit=exhibit, may_settle=may_settle)


@blueprint.route(f"{TEAM}/platser", methods=["GET", "POST"])
@requires(Permission.SETTLE_QUEUE)
def settle(team_id: int) -> BaseResponse:
    scope, form = current_scope(), SettingForm()
    team = organisation.own_team(db_session, scope, team_id)
    form.offer(Month.of(clock.today()), team.opened)
    if form.validate_on_submit():
        once.spend(db_session, then=_settings_url(team_id))
        try:
            service.settle(session=db_session, scope=scope, command=form.command(team_id))
            flashes.tell("Platser och mål är sparade.")
            return redirect(_settings_url(team_id), 303)
        except Refusal as refusal:
            form.refuse(refusal)
    return _settings_page(team, form)


@blueprint.post(f"{TEAM}/platser/<month>/ta-bort")
@requires(Permission.SETTLE_QUEUE)
def take_away(team_id: int, month: str) -> BaseResponse:
    try:
        wanted = Month.parse(month)
    except PeriodError as error:
        raise OutOfScope from error
    said = service.take_away(session=db_session, scope=current_scope(), team_id=team_id, valid_from=wanted)
    flashes.tell(f"Det som gällde från {wanted.label} är borttaget.", undo=_way_back(said))
    return redirect(_settings_url(team_id), 303)


@blueprint.get(f"{TEAM}/historia")
@requires(Permission.SEE_TEAM_QUEUE)
def history(team_id: int) -> Response:
    scope = current_scope()
    team = organisation.own_team(db_session, scope, team_id)
    overview = queries.overview(db_session, scope, team, months_back=None)
    counted = queries.counted_from(db_session, scope, team_id) or Month.of(clock.today())
    may_fill_in = scope.can(Permission.SETTLE_QUEUE, team_id)
    return page(
        "queues/history.html",
        team=team,
        exhibit=exhibits.of_history(overview),
        fill_in=_fill_in_url(team_id, (counted - 1).year) if may_fill_in else "",
    )


@blueprint.route(f"{TEAM}/historia/<int:year>", methods=["GET", "POST"])
@requires(Permission.SETTLE_QUEUE)
def fill_in_history(team_id: int, year: int) -> BaseResponse:
    scope, form = current_scope(), HistoryForm()
    team = organisation.own_team(db_session, scope, team_id)
    months = _months_to_fill_in(scope, team_id, year)
    form.offer(months, fill_in=request.method == "GET")
    if months and form.validate_on_submit():
        once.spend(db_session, then=_fill_in_url(team_id, year))
        counts = {team_id: form.counts(months)}
        service.fill_in_history(session=db_session, scope=scope, counts=counts)
        flashes.tell(f"Kölängderna för {year} är sparade.")
        return redirect(url_for("queues.history", team_id=team_id), 303)
    years = [(each, _fill_in_url(team_id, each)) for each in (year - 1, year + 1)]
    return page("queues/fill_in.html", team=team, form=form, year=year, months=months, years=years)


@blueprint.get("/ko")
@requires(Permission.SEE_ALL_QUEUES)
def all_queues() -> Response:
    scope = current_scope()
    own = sorted(scope.teams_with(Permission.SEE_TEAM_QUEUE))
    urls = {team_id: url_for("queues.team_queue", team_id=team_id) for team_id in own}
    queues = everywhere.all_queues(db_session, scope)
    exhibit = all_teams.of_all_teams(queues, urls)
    tabs = _tabs(scope, own[0], all_teams=True) if own else []
    may_pool = len(pooling.may_pool(queues)) >= pooling.FEWEST
    return page(
        "queues/all_teams.html",
        tabs=tabs,
        exhibit=exhibit,
        chart=all_teams.curves(queues),
        waits=published_waits(db_session, scope),
        may_pool=may_pool,
    )


@blueprint.get("/ko/gemensam")
@requires(Permission.SEE_ALL_QUEUES)
def pooled_queue() -> Response:
    scope, now = current_scope(), Week.of(clock.today())
    every = everywhere.all_queues(db_session, scope)
    queues, left_out = pooling.may_pool(every), pooling.left_out(every)
    form, exhibit = pooling.PoolForm(queues), None
    if form.is_valid and (chosen := form.chosen(queues)):
        ids = [queue.team.id for queue in chosen]
        calendars = everywhere.planned(db_session, scope, ids, WEEKS_AHEAD)
        exhibit = pooling.of_pool(chosen, calendars, form.target.data, now)
    may_ask = len(queues) >= pooling.FEWEST
    return page("queues/pooled.html", form=form, exhibit=exhibit, may_ask=may_ask, left_out=left_out)


def _tabs(scope: Scope, team_id: int, *, all_teams: bool = False) -> list[Tab]:
    """Between the own team and all teams, for those who may see both."""
    if not scope.can(Permission.SEE_ALL_QUEUES):
        return []
    return [
        Tab("Teamets kö", url_for("queues.team_queue", team_id=team_id), not all_teams),
        Tab("Alla team", url_for("queues.all_queues"), all_teams),
    ]


def _settings_page(team: Team, form: SettingForm) -> Response:
    settings = queries.settings(db_session, current_scope(), team.id)
    if request.method == "GET":
        form.show(in_force(settings, Month.of(clock.today())))
    rows = setting_list.rows(settings)
    return page("queues/settings.html", team=team, form=form, settings=rows, columns=setting_list.COLUMNS)


def _way_back(said: QueueSetting) -> flashes.Undo:
    """Says it again."""
    form = SettingForm()
    form.show(said)
    typed = form.as_typed() | {"valid_from": str(said.valid_from)}
    what = f"att {said.valid_from.label} togs bort"
    return flashes.Undo(_settings_url(said.team_id), fields=typed, describe=what)


def _settings_url(team_id: int) -> str:
    return url_for("queues.settle", team_id=team_id)


def _fill_in_url(team_id: int, year: int) -> str:
    return url_for("queues.fill_in_history", team_id=team_id, year=year)


def _months_to_fill_in(scope: Scope, team_id: int, year: int) -> dict[Month, int | None]:
    """Years long past and years to come have no page."""
    if not 0 <= clock.today().year - year <= YEARS_BACK:
        raise OutOfScope
    return queries.to_fill_in(db_session, scope, team_id, year)
