"""Series of years that reach back through the editions, and through what was printed before the register."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.collation import by_name
from followup.disclosure.cells import Axis, Codes
from followup.disclosure.plain import Derived, Source, Taken, Told
from followup.organisation import queries as organisation
from followup.periods import Period, Year
from followup.plan import queries
from followup.plan.indicators import INDICATORS, PERCENT, indicator
from followup.statistics.declarations import (
    PERIOD,
    Cubes,
    Drawing,
    Figures,
    PlainCube,
    Setting,
    Table,
    Words,
)
from followup.statistics.past import Past, PastTables
from followup.statistics.tables.goals import SOURCES, Reader, source_of
from followup.statistics.told import categories, figure
from followup.web.formats import HARD_SPACE, integer, plural

SERIES, PRINTED_IN = "series", "history_source"
# The latest of them; older years stand on the page of earlier years.
MOST_YEARS = 12
# Numbers of people in the whole förbund, which one scale can hold.
DRAWN = ("participants-alla", "started-alla", "ended-alla", "active_at_end-alla")
REGISTER = "Registret"
# More series than these are read in the table.
MOST_TOLD = 6


class Line(NamedTuple):
    """What a series is of, as a goal's indicator is asked for."""

    indicator: str
    team_id: int | None
    intervention_id: int | None = None


class Found(NamedTuple):
    """Where the series of the earlier years come from, by line and year.

    printed  what was typed from printed reports
    past     what an edition tells of the line: it stands before what was typed, also where it is hidden
    """

    printed: Mapping[tuple[Line, int], Any]
    past: Mapping[tuple[Line, int], tuple[Past, Source]]

    @property
    def lines(self) -> dict[Line, str]:
        order = list(INDICATORS)
        known = {line for line, _ in (*self.printed, *self.past)}
        lines = sorted(known, key=lambda line: (order.index(line.indicator), line.team_id or 0))
        return {line: f"{line.indicator}-{line.team_id or 'alla'}" for line in lines}

    def years(self, setting: Setting) -> Sequence[Year]:
        """Every one, the latest first, as in every table: also a year in between that nobody tells of."""
        earlier = {year for _, year in (*self.printed, *self.past)}
        numbers = earlier | {period.first.year for period in setting.periods}
        return [Year(number) for number in range(max(numbers), min(numbers) - 1, -1)]


def of_years(session: Session, scope: Scope, setting: Setting) -> Figures | None:
    """What the product counts in the two years at hand, and what is known about those before."""
    known = _found(session, scope, setting)
    if known is None:
        return None
    lines = known.lines
    cells: dict[Codes, float | None] = {}
    derived: dict[Codes, Derived] = {}
    for year in known.years(setting):
        counted = _counted(session, scope, setting, year)
        for line, code in lines.items():
            found = counted.outcome(line) if counted else None
            earlier = known.past.get((line, year.first.year))
            if isinstance(found, Source):
                derived[code, year.code] = Taken(found)
            elif found is not None:
                cells[code, year.code] = found
            elif earlier is not None:
                past, source = earlier
                derived[code, year.code] = Told(past.table, source.codes)
            else:
                entry = known.printed.get((line, year.first.year))
                cells[code, year.code] = entry.figure if entry else None
    units = {code: PERCENT for line, code in lines.items() if indicator(line.indicator).unit == PERCENT}
    axes = (_line_axis(session, scope, lines), _year_axis(known, setting))
    return Figures(axes, cells, derived, units=units)


def of_sources(session: Session, scope: Scope, setting: Setting) -> Figures | None:
    """How many figures of each year were taken from which report or edition."""
    known = _found(session, scope, setting)
    if known is None:
        return None
    taken = Counter((entry.source, str(year)) for (_, year), entry in known.printed.items())
    # Each source is called after its first entry, so that a revised edition knows it again.
    first = {entry.source: entry.id for entry in sorted(known.printed.values(), key=lambda entry: -entry.id)}
    sources = {source: f"s{first[source]}" for source in sorted(first, key=by_name)}
    for (_, year), (past, _) in sorted(known.past.items(), key=lambda found: found[1][0].edition_id):
        sources[past.source] = f"u{past.edition_id}"
        taken[past.source, str(year)] += 1
    for period in map(Year, (period.first.year for period in setting.periods)):
        counted = _counted(session, scope, setting, period)
        if counted:
            sources[REGISTER] = "register"
            taken[REGISTER, period.code] = sum(counted.outcome(line) is not None for line in known.lines)
    years = _year_axis(known, setting)
    cells: dict[Codes, float | None] = {(sources[name], year): count for (name, year), count in taken.items()}
    return Figures((Axis(PRINTED_IN, "Källa", tuple(sources.values()), tuple(sources)), years), cells)


def _found(session: Session, scope: Scope, setting: Setting) -> Found | None:
    """Of the years up to the one at hand, but for those that are counted; None if nothing was typed.

    What was typed of people counts for the years before the register alone: of the others it could tell what
    an edition hid, or would have hidden.
    """
    latest = setting.periods[0].first.year
    counted = {period.first.year for period in setting.periods if period not in setting.missing}
    registered = organisation.first_registered_year(session, scope)
    printed = {
        (Line(entry.indicator, entry.team_id), entry.year): entry
        for entry in queries.history_figures(session, scope)
        if latest - MOST_YEARS < entry.year <= latest and entry.year not in counted
    }
    if not printed:
        return None
    tables = PastTables(session, scope, SOURCES)
    past = {}
    for line in {line for line, _ in printed}:
        for year in sorted({*range(min(year for _, year in printed), latest + 1)} - counted):
            source = source_of(line.indicator, line.team_id, Year(year))
            told = tables.of(source.table, Year(year)) if source else None
            if source and told:
                past[line, year] = told, source
    shown = {
        (line, year): entry
        for (line, year), entry in printed.items()
        if year < registered or source_of(line.indicator, line.team_id, Year(year)) is None
    }
    return Found(shown, past) if shown or past else None


def _counted(session: Session, scope: Scope, setting: Setting, year: Year) -> Reader | None:
    if year not in setting.periods or year in setting.missing:
        return None
    return Reader(session, scope, set(setting.each_team), year)


def _line_axis(session: Session, scope: Scope, lines: Mapping[Line, str]) -> Axis:
    teams = {team.id: team.name for team in organisation.all_teams(session, scope)}
    labels = (
        indicator(line.indicator).label + (f" ({teams[line.team_id]})" if line.team_id else "")
        for line in lines
    )
    return Axis(SERIES, "Serie", tuple(lines.values()), tuple(labels))


def _year_axis(known: Found, setting: Setting) -> Axis:
    years = known.years(setting)
    return Axis(PERIOD, "Period", tuple(year.code for year in years), tuple(year.label for year in years))


def words(cubes: Cubes, period: Period) -> Words:
    series = categories(cubes, "", SERIES)
    years = categories(cubes, "", PERIOD)
    heading = f"{plural(len(series), 'serie', 'serier')} från {min(years.values())} till {period.label}"
    told = [text for code, label in series.items() if (text := _clause(cubes, code, label))]
    if len(told) > MOST_TOLD:
        return Words(heading, "Varje serie står i tabellen, år för år.")
    return Words(heading, " ".join(told))


def _clause(cubes: Cubes, code: str, label: str) -> str:
    """ "Deltagare under året: 131 år 2021, 145 år 2023." """
    unit = f"{HARD_SPACE}%" if cubes[""].units.get(code) == PERCENT else ""
    years = sorted(map(int, categories(cubes, "", PERIOD)))
    told = [
        (year, number) for year in years if (number := figure(cubes, "", Year(year), series=code)) is not None
    ]
    if len(told) < 2:
        return ""
    return f"{label}: " + ", ".join(f"{integer(n)}{unit} år {year}" for year, n in (told[0], told[-1])) + "."


T18 = Table(
    id="T18",
    title="Serier från tidigare år",
    inclusion=(
        "Årets tal och det förra årets är räknade ur registret när månaderna är klarmarkerade.",
        "Äldre tal är hämtade ur utgåvor av statistiken, före registret ur tryckta årsredovisningar.",
        "Källorna står i den andra tabellen. Ett år som registret har men ingen utgåva berättar om saknas.",
        "Utan ett team inom parentes gäller raden hela förbundet.",
        "Sättet att räkna kan ha varit ett annat i de äldre årsredovisningarna.",
    ),
    cubes=(
        PlainCube("", "Serier år för år", (SERIES,), (PERIOD,), of_years),
        PlainCube("källor", "Antal tal ur varje källa", (PRINTED_IN,), (PERIOD,), of_sources),
    ),
    finding=words,
    drawing=Drawing("", SERIES, {}, lines=DRAWN),
    kinds=(Year,),
)
