"""A figure year by year: what earlier annual reports printed, and what the product works out."""

from dataclasses import dataclass
from typing import Any

from followup import clock
from followup.access.gate import current_scope
from followup.db import db_session
from followup.disclosure import ProtectedCell
from followup.organisation import queries as organisation
from followup.organisation.models import TeamKind
from followup.plan import queries
from followup.plan.computed import cell_of, key
from followup.plan.entry_forms import EVERYTHING
from followup.plan.indicators import INDICATORS, PERCENT
from followup.statistics.series import Asked, figures_of
from followup.statistics.service import NotProtected
from followup.web.charts import Chart, Series, lines
from followup.web.fields import CodeSelectField
from followup.web.formats import HARD_SPACE, integer, sentence_start
from followup.web.forms import FilterForm
from followup.web.tables import Cell, Column, legend

YEARS_WORKED_OUT = 4
COLUMNS = [Column("År"), Column("Tal", numeric=True), Column("Källa")]
PRINTED, WORKED_OUT = "Tryckt i årsredovisning", "Räknat ur registret"


class TrendForm(FilterForm):
    indikator = CodeSelectField(
        "Indikator", items=[(name, each.label) for name, each in INDICATORS.items()], empty=""
    )
    galler = CodeSelectField("Gäller", empty="")

    def __init__(self, places: list[tuple[str, str]], proposed: str) -> None:
        self._places, self._proposed = places, proposed
        super().__init__()

    def process(self, *args: Any, **kwargs: Any) -> None:
        self.galler.set_items(self._places)
        super().process(*args, **kwargs)
        self.indikator.data = self.indikator.data or self._proposed
        self.galler.data = self.galler.data or EVERYTHING


@dataclass(frozen=True)
class Trend:
    heading: str
    sentence: str
    chart: Chart | None
    rows: list[list[Cell]]
    legend: list[str]
    form: TrendForm


def trend() -> Trend | None:
    """Nothing until a figure of an earlier year is written down."""
    scope = current_scope()
    history = queries.history_figures(db_session, scope)
    if not history:
        return None
    teams = {team.id: team for team in organisation.all_teams(db_session, scope)}
    places = [(EVERYTHING, "Hela förbundet"), *((f"t{number}", team.name) for number, team in teams.items())]
    known = {each.indicator for each in history}
    proposed = next(name for name in INDICATORS if name in known)
    form = TrendForm(places, proposed)
    values = form.values()
    name, place = values.get("indikator", proposed), values.get("galler", EVERYTHING)
    team_id = None if place == EVERYTHING else int(place[1:])
    printed = {
        each.year: (each.figure, each.source)
        for each in history
        if (each.indicator, each.team_id) == (name, team_id)
    }
    counts_people = team_id is None or teams[team_id].kind == TeamKind.COORDINATION
    found = _worked_out(name, team_id) if counts_people or name == "meetings" else {}
    return _drawn(form, name, dict(places)[place], printed, found)


def _worked_out(name: str, team_id: int | None) -> dict[int, ProtectedCell]:
    this_year = clock.today().year
    years = range(this_year - YEARS_WORKED_OUT, this_year + 1)
    try:
        asked = Asked(indicator=name, team_id=team_id)
        return dict(figures_of(db_session, current_scope(), years, asked, key=key()))
    except NotProtected:
        return {}


def _drawn(
    form: TrendForm,
    name: str,
    place: str,
    printed: dict[int, tuple[int, str]],
    found: dict[int, ProtectedCell],
) -> Trend:
    """What can be worked out stands before what was printed for the same year."""
    unit = INDICATORS[name].unit
    years = sorted({*printed, *found})
    cells = {
        year: (cell_of(found[year], unit), WORKED_OUT) if year in found else _printed(printed[year], unit)
        for year in years
    }
    heading = f"{INDICATORS[name].label}, {place.lower() if place == 'Hela förbundet' else place}"
    rows = [[Cell(str(year)), cell, Cell(source)] for year, (cell, source) in cells.items()]
    told = [(year, cell.text) for year, (cell, _) in cells.items() if cell.text]
    sentence = ""
    if len(told) > 1:
        (first, before), (last, now) = told[0], told[-1]
        sentence = f"{before} år {first}, {now} år {last}."
    return Trend(
        heading=sentence_start(heading),
        sentence=sentence or "Det finns inte två år att jämföra än.",
        chart=_chart(heading, sentence, years, printed, found, unit) if len(told) > 1 else None,
        rows=rows,
        legend=legend(rows),
        form=form,
    )


def _printed(said: tuple[int, str], unit: str) -> tuple[Cell, str]:
    number, source = said
    return Cell(f"{integer(number)}{HARD_SPACE}%" if unit == PERCENT else integer(number)), source


def _chart(
    heading: str,
    sentence: str,
    years: list[int],
    printed: dict[int, tuple[int, str]],
    found: dict[int, ProtectedCell],
    unit: str,
) -> Chart:
    every = list(range(years[0], years[-1] + 1))
    old = [float(printed[year][0]) if year in printed and year not in found else None for year in every]
    new = [found[year].value if year in found else None for year in every]
    both = [Series(PRINTED, old), Series(WORKED_OUT, new)]
    return lines(
        name=heading,
        description=f"{sentence} Talen står i tabellen nedanför.",
        labels=[str(year) for year in every],
        series=[each for each in both if any(value is not None for value in each.values)],
        y_title=sentence_start(unit),
        take_turns=True,
    )
