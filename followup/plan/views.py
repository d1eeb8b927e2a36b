"""The förbund's plan: goals, money, surveys and figures of earlier years."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from followup import clock
from followup.access.gate import current_scope, requires
from followup.access.roles import Permission
from followup.access.scope import OutOfScope
from followup.db import db_session
from followup.errors import Refusal
from followup.organisation import queries as organisation
from followup.periods import Year
from followup.plan import queries, service
from followup.plan.computed import statistics_of, to_key_in
from followup.plan.desk import EntriesDesk
from followup.plan.forms import BudgetForm, InterventionForm, financing_form
from followup.plan.money import COLUMNS, FINANCING_COLUMNS, MoneyDesk
from followup.plan.overview import overview
from followup.plan.shelves import SHELVES
from followup.plan.trend import COLUMNS as TREND_COLUMNS
from followup.plan.trend import trend
from followup.plan.years import years_around
from followup.statistics.completeness import in_words
from followup.web import once
from followup.web.flashes import tell
from followup.web.pages import page
from followup.web.years import YearForm

blueprint = Blueprint("plan", __name__, url_prefix="/forbundet")
ENTRIES = f"/<any({', '.join(repr(name) for name in SHELVES)}):name>"
INTERVENTIONS = "/ekonomi/insatser"


@blueprint.get("")
@requires(Permission.KEEP_PLAN)
def home() -> Response:
    return page("plan/home.html", overview=overview())


@blueprint.get(ENTRIES)
@requires(Permission.KEEP_PLAN)
def entries(name: str) -> Response:
    desk = EntriesDesk(name)
    filters = desk.filters() if desk.shelf.by_year else None
    year = filters.year if filters else None
    series = trend() if name == "tidigare-ar" else None
    return page(
        "plan/entries.html",
        desk=desk,
        shelf=desk.shelf,
        filters=filters or (series.form if series else None),
        year=year,
        trend=series,
        trend_columns=TREND_COLUMNS,
    )


@blueprint.route(f"{ENTRIES}/ny", methods=["GET", "POST"])
@requires(Permission.KEEP_PLAN)
def add(name: str) -> Response:
    desk = EntriesDesk(name)
    form = desk.form()
    if form.validate_on_submit():
        try:
            return desk.add(form)
        except Refusal as refusal:
            form.refuse(refusal)
    return page("plan/entry.html", form=form, desk=desk, shelf=desk.shelf, entry=None)


@blueprint.route(f"{ENTRIES}/<int:number>", methods=["GET", "POST"])
@requires(Permission.KEEP_PLAN)
def entry(name: str, number: int) -> Response:
    desk = EntriesDesk(name)
    found = desk.entry(number)
    form = desk.form(found)
    if form.validate_on_submit():
        try:
            return desk.correct(number, form)
        except Refusal as refusal:
            form.refuse(refusal)
    return page("plan/entry.html", form=form, desk=desk, shelf=desk.shelf, entry=found)


@blueprint.post(f"{ENTRIES}/<int:number>/makulera")
@requires(Permission.KEEP_PLAN)
def void(name: str, number: int) -> Response:
    return EntriesDesk(name).void(number)


@blueprint.post(f"{ENTRIES}/<int:number>/lagg-tillbaka")
@requires(Permission.KEEP_PLAN)
def restore(name: str, number: int) -> Response:
    desk = EntriesDesk(name)
    try:
        return desk.restore(number)
    except Refusal as refusal:
        db_session.rollback()
        tell(refusal.message, kind="error")
        return redirect(desk.url(), 303)


@blueprint.get("/ekonomi")
@requires(Permission.KEEP_PLAN)
def money() -> Response:
    desk = MoneyDesk()
    return page(
        "plan/money.html",
        desk=desk,
        filters=desk.filters,
        columns=COLUMNS,
        financing_columns=FINANCING_COLUMNS,
    )


@blueprint.route(f"{INTERVENTIONS}/ny", methods=["GET", "POST"])
@requires(Permission.KEEP_PLAN)
def add_intervention() -> Response:
    scope, form = current_scope(), InterventionForm()
    form.offer(organisation.all_teams(db_session, scope))
    if form.validate_on_submit():
        once.spend(db_session, then=url_for(".money"))
        try:
            made = service.add_intervention(session=db_session, scope=scope, command=form.command())
            tell(f"{made.name} är tillagd. Fyll i dess budget och utfall.")
            return redirect(url_for(".money"), 303)
        except Refusal as refusal:
            form.refuse(refusal)
    return page("plan/intervention.html", form=form, intervention=None)


@blueprint.route(f"{INTERVENTIONS}/<int:number>", methods=["GET", "POST"])
@requires(Permission.KEEP_PLAN)
def intervention(number: int) -> Response:
    scope, form = current_scope(), InterventionForm()
    found = queries.intervention(db_session, scope, number)
    form.offer(organisation.all_teams(db_session, scope))
    if form.validate_on_submit():
        try:
            command = form.command()
            service.change_intervention(session=db_session, scope=scope, number=number, command=command)
            tell("Insatsen är ändrad.")
            return redirect(url_for(".money"), 303)
        except Refusal as refusal:
            form.refuse(refusal)
    if request.method == "GET":
        form.show(found)
    return page("plan/intervention.html", form=form, intervention=found)


@blueprint.route(f"{INTERVENTIONS}/<int:number>/<int:year>", methods=["GET", "POST"])
@requires(Permission.KEEP_PLAN)
def budget(number: int, year: int) -> Response:
    scope, form = current_scope(), BudgetForm()
    found = queries.intervention(db_session, scope, number)
    _check_year(year)
    if form.validate_on_submit():
        try:
            service.set_budget(session=db_session, scope=scope, command=form.command(number, year))
            tell(f"{found.name}: budget och utfall för {year} är sparade.")
            return redirect(url_for(".money", ar=year), 303)
        except Refusal as refusal:
            form.refuse(refusal)
    if request.method == "GET":
        form.show(queries.budgets(db_session, scope, [year]).get((number, year)))
    return page("plan/budget.html", form=form, intervention=found, year=year)


@blueprint.route("/ekonomi/finansiering/<int:year>", methods=["GET", "POST"])
@requires(Permission.KEEP_PLAN)
def financing(year: int) -> Response:
    scope = current_scope()
    _check_year(year)
    sources = organisation.codes(db_session, scope, "financing_source")
    form = financing_form(sources, queries.financing(db_session, scope, year))
    if form.validate_on_submit():
        try:
            service.set_financing(session=db_session, scope=scope, command=form.command(year))
            tell(f"Finansieringen för {year} är sparad.")
            return redirect(url_for(".money", ar=year), 303)
        except Refusal as refusal:
            form.refuse(refusal)
    return page("plan/financing.html", form=form, sources=sources, year=year)


@blueprint.get("/uppfoljning-finsam")
@requires(Permission.KEEP_PLAN)
def key_in() -> Response:
    known = queries.years(db_session, current_scope())
    this_year = clock.today().year
    filters = YearForm(years_around(known), proposed=this_year - 1)
    year = filters.year or this_year
    statistics = statistics_of(year) if year <= this_year else None
    return page(
        "plan/key_in.html",
        filters=filters,
        year=year,
        statistics=statistics,
        period=Year(year),
        interventions=to_key_in(statistics) if statistics else [],
        in_words=in_words,
    )


def _check_year(year: int) -> None:
    try:
        service.check_year(year)
    except Refusal as refusal:
        raise OutOfScope from refusal
