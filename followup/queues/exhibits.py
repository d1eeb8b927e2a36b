"""What the queue pages show, put together from figures, sentences, tables and charts."""

from dataclasses import dataclass

from followup.organisation.models import Team
from followup.periods import Week
from followup.queues import caseload_words, drawings, outlook, tables, words
from followup.queues.overview import Overview
from followup.queues.queries import Caseload
from followup.queues.simulation import Change
from followup.queues.tables import Table
from followup.queues.what_if import forecast, seed_of
from followup.web.charts import Chart
from followup.web.formats import integer


@dataclass(frozen=True, slots=True)
class Figure:
    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamExhibit:
    """A team's own queue, with a finding, a sentence, a picture and a table for each thing it tells."""

    summary: str
    pace: str
    caseload: list[str]
    target: str
    clearance: str
    since: str
    is_empty: bool
    figures: list[Figure]
    development: str
    longest: str
    signals_finding: str
    signals: str
    signals_chart: Chart | None
    runs: Table
    development_chart: Chart
    by_month: Table
    waits_finding: str
    cautions: list[str]
    waits: Table
    expected_finding: str
    expected_basis: str
    expected_chart: Chart | None
    expected: Table
    bands_finding: str
    bands: Table


def of_team(team: Team, overview: Overview, caseload: Caseload, now: Week) -> TeamExhibit:
    told = words.signals(overview)
    return TeamExhibit(
        summary=f"{words.summary(team.name, overview)} {_in_a_year(team, caseload, now)}".strip(),
        pace="" if overview.is_empty else outlook.pace_sentence(caseload.pace),
        caseload=caseload_words.sentences(caseload),
        target=_target(team, overview, caseload, now),
        clearance=outlook.clearance(caseload.pace),
        since=overview.first_month.label,
        is_empty=overview.is_empty,
        figures=_figures(overview),
        development=words.development(overview),
        longest=words.longest_queue(overview),
        signals_finding=words.signals_finding(told),
        signals=" ".join(each.sentence for each in told),
        signals_chart=drawings.signals(overview, told),
        runs=tables.runs(told),
        development_chart=drawings.development(overview),
        by_month=tables.by_month(overview),
        waits_finding=words.waits_finding(overview),
        cautions=words.cautions(overview),
        waits=tables.waits(overview),
        expected_finding=words.expected_finding(overview.curve),
        expected_basis=words.expected_basis(overview),
        expected_chart=drawings.expected_wait(overview),
        expected=tables.expected_wait(overview.curve),
        bands_finding=words.bands_finding(overview.waiting),
        bands=tables.bands(overview),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryExhibit:
    """The queue's length as far back as it is known."""

    finding: str
    longest: str
    chart: Chart
    table: Table
    is_empty: bool


def of_history(overview: Overview) -> HistoryExhibit:
    return HistoryExhibit(
        finding=words.development(overview),
        longest=words.longest_queue(overview),
        chart=drawings.development(overview),
        table=tables.by_month(overview),
        is_empty=overview.is_empty,
    )


def _in_a_year(team: Team, caseload: Caseload, now: Week) -> str:
    if not caseload.pace.supports_forecast:
        return ""
    change = Change(calendar=caseload.planned)
    return outlook.in_a_year(forecast(caseload.pace.state, change, seed_of(team.id, now)))


def _target(team: Team, overview: Overview, caseload: Caseload, now: Week) -> str:
    """How many wait longer than decided, and from when the target holds."""
    told = caseload_words.target(caseload, overview)
    weeks = caseload.setting.target_weeks if caseload.setting else None
    if not told or weeks is None or not caseload.pace.supports_forecast:
        return told
    course = forecast(caseload.pace.state, Change(calendar=caseload.planned), seed_of(team.id, now))
    return f"{told} {outlook.target_date(caseload.pace, course, weeks, now)}"


def _figures(overview: Overview) -> list[Figure]:
    return [
        Figure(integer(overview.length), "väntar nu"),
        Figure(integer(overview.joined), "ställda i kö"),
        Figure(integer(overview.started.n), "startade"),
        Figure(integer(overview.left), "lämnade kön utan start"),
    ]
