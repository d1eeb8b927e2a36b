"""What was to be reached, what was reached, and how that was judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.utils import cached_property

from followup.access.scope import Scope
from followup.activities import queries as activities
from followup.activities.counting import participations
from followup.disclosure import TOTAL, Status
from followup.disclosure.cells import Axis, Codes
from followup.disclosure.plain import Beside, Derived, Source, Taken, Tally
from followup.organisation import queries as organisation
from followup.periods import Period, Year
from followup.plan import queries
from followup.plan.indicators import PERCENT, indicator
from followup.plan.wording import WHOLE
from followup.statistics.declarations import (
    FIGURE,
    PERIOD,
    SHARE,
    Cubes,
    Figures,
    PlainCube,
    Setting,
    Table,
    Words,
)
from followup.statistics.plain import period_axis
from followup.statistics.tables.money import flow_of
from followup.statistics.told import categories, figure
from followup.web.formats import HARD_SPACE, integer, plural, sentence_start

GOAL, ASSESSMENT = "goal", "goal_assessment"
TARGET, OUTCOME = "target", "outcome"
FIGURES = Axis(FIGURE, "Mått", (TARGET, OUTCOME), ("Målvärde", "Utfall"))
# More goals than these are read in the table.
MOST_TOLD = 6
FLOWS = ("participants", "started", "ended", "active_at_end")
MEASURES = {"sus_share": "SUS", "vm_share": "VM"}
# The tables that the product works outcomes out from.
SOURCES = frozenset({"T1", "T1-per team", "T7", "T7-per team", "T10", "T10-per team"})


def source_of(name: str, team_id: int | None, period: Period) -> Source | None:
    """The protected cell that tells an indicator of a team or of all; None for an indicator of no people."""
    team = str(team_id) if team_id is not None else None
    if name in FLOWS:
        return flow_of(team, name, period)
    if name in MEASURES and team is None:
        return Source("T7", (MEASURES[name], TOTAL, period.code, SHARE))
    if name in MEASURES:
        return Source("T7-per team", (team or "", MEASURES[name], period.code, SHARE))
    if name == "waiting" and team is None:
        return Source("T10", ("queue_at_end", period.code))
    if name == "waiting":
        return Source("T10-per team", (team or "", "queue_at_end", period.code))
    return None


def of_goals(session: Session, scope: Scope, setting: Setting) -> Figures | None:
    """Target and outcome. What the product can work out stands before what was typed."""
    goals = _goals(session, scope, setting)
    if not goals:
        return None
    reader = _reader(session, scope, setting)
    cells: dict[Codes, float | None] = {}
    derived: dict[Codes, Derived] = {}
    code_of_period = setting.periods[0].code
    for code, goal in goals.items():
        cells[code, code_of_period, TARGET] = goal.target
        found = reader.outcome(goal)
        if isinstance(found, Source):
            derived[code, code_of_period, OUTCOME] = Taken(found)
        else:
            cells[code, code_of_period, OUTCOME] = goal.outcome if found is None else found
    units = {code: PERCENT for code, goal in goals.items() if indicator(goal.indicator).unit == PERCENT}
    axes = (_goal_axis(session, scope, goals), _this_year(setting), FIGURES)
    return Figures(axes, cells, derived, units=units)


def of_assessments(session: Session, scope: Scope, setting: Setting) -> Figures | None:
    """1 where a goal was judged so; for all goals whose judgement is shown, how many were.

    A judgement of a hidden outcome would tell on which side of the target it is.
    """
    goals = _goals(session, scope, setting)
    if not any(goal.assessment for goal in goals.values()):
        return None
    names = organisation.labels(session, scope, [ASSESSMENT])[ASSESSMENT]
    period = setting.periods[0].code
    reader = _reader(session, scope, setting)
    cells: dict[Codes, float | None] = {}
    derived: dict[Codes, Derived] = {}
    for code, goal in goals.items():
        outcome = reader.outcome(goal)
        for word in names:
            judged = int(goal.assessment == word) if goal.assessment else None
            if isinstance(outcome, Source):
                derived[code, period, word] = Beside(judged, outcome)
            else:
                cells[code, period, word] = judged
    for word in names:
        derived[TOTAL, period, word] = Tally(tuple((code, period, word) for code in goals))
    words = Axis(ASSESSMENT, "Bedömning", tuple(names), tuple(map(sentence_start, names.values())))
    return Figures(
        (_goal_axis(session, scope, goals, "Alla mål"), _this_year(setting), words), cells, derived
    )


@dataclass(frozen=True)
class Reader:
    """Looks up what a goal's indicator came to: a protected cell, a number, or nothing to tell."""

    session: Session
    scope: Scope
    teams: set[str]
    period: Period

    @cached_property
    def _teams(self) -> Mapping[int, int | None]:
        return {each.id: each.team_id for each in queries.interventions(self.session, self.scope)}

    @cached_property
    def _held(self) -> Sequence[Any]:
        return activities.in_period(self.session, self.scope, self.period)

    def outcome(self, goal: Any) -> Source | float | None:
        team_id = goal.team_id or self._teams.get(goal.intervention_id)
        if goal.indicator == "meetings":
            return self._meetings(team_id, whole=goal.team_id is None and goal.intervention_id is None)
        if goal.indicator == "attendances":
            return self._attendances(goal.intervention_id)
        if goal.intervention_id is not None and team_id is None:
            return None
        if team_id is not None and str(team_id) not in self.teams:
            return None
        return source_of(goal.indicator, team_id, self.period)

    def _meetings(self, team_id: int | None, *, whole: bool) -> int | None:
        met = activities.meetings_in(self.session, self.scope, self.period)
        if whole:
            return sum(met.values()) if met else None
        return met.get(team_id) if team_id is not None else None

    def _attendances(self, intervention_id: int | None) -> int | None:
        held = [each for each in self._held if intervention_id in (None, each.intervention_id)]
        return participations(held) if held else None


def _reader(session: Session, scope: Scope, setting: Setting) -> Reader:
    return Reader(session, scope, set(setting.each_team), setting.periods[0])


def _goals(session: Session, scope: Scope, setting: Setting) -> Mapping[str, Any]:
    return {f"g{goal.id}": goal for goal in queries.goals(session, scope, setting.periods[0].first.year)}


def _goal_axis(session: Session, scope: Scope, goals: Mapping[str, Any], whole: str = "") -> Axis:
    interventions = {each.id: each.name for each in queries.interventions(session, scope)}
    teams = {team.id: team.name for team in organisation.all_teams(session, scope)}
    entries = [(TOTAL, whole)] if whole else []
    for code, goal in goals.items():
        place = interventions.get(goal.intervention_id) or teams.get(goal.team_id) or WHOLE
        entries.append((code, f"{goal.wording} ({place})"))
    codes, labels = zip(*entries, strict=True)
    return Axis(GOAL, "Mål", codes, labels)


def _this_year(setting: Setting) -> Axis:
    """A goal is of one year; last year's goals stand in last year's table."""
    both = period_axis(setting)
    return Axis(both.name, both.label, both.codes[:1], both.labels[:1])


def words(cubes: Cubes, period: Period) -> Words:
    goals = categories(cubes, "", GOAL)
    judged = categories(cubes, "bedömning", ASSESSMENT)
    counts = {
        name: int(number)
        for code, name in judged.items()
        if (number := figure(cubes, "bedömning", period, goal_assessment=code))
    }
    heading = f"{plural(len(goals), 'mål', 'mål')} {period.label}"
    if counts:
        told = [f"{name.lower()} {integer(number)}" for name, number in counts.items()]
        hidden = _hidden_judgements(cubes, period)
        told += [f"undertryckt {integer(hidden)}"] if hidden else []
        heading += ": " + ", ".join(told)
    if len(goals) > MOST_TOLD:
        return Words(heading, f"{heading}. Varje mål står i tabellen med målvärde och utfall.")
    clauses = [_clause(cubes, code, label, judged, period) for code, label in goals.items()]
    return Words(heading, " ".join(clauses))


def _hidden_judgements(cubes: Cubes, period: Period) -> int:
    """Of goals whose outcome is hidden, whether they were judged or not."""
    cells = cubes["bedömning"].cells.items()
    hidden = (codes for codes, cell in cells if cell.status is Status.SUPPRESSED)
    return len({codes[0] for codes in hidden if period.code in codes})


def _clause(cubes: Cubes, code: str, label: str, judged: Mapping[str, str], period: Period) -> str:
    """ "Ca 110 deltagare (Samordningsteam Västerås): 98 av 110, delvis uppfyllt." """
    unit = f"{HARD_SPACE}%" if cubes[""].units.get(code) == PERCENT else ""
    target, outcome = (figure(cubes, "", period, goal=code, figure=name) for name in (TARGET, OUTCOME))
    told = [f"{integer(outcome)}{unit}"] if outcome is not None else []
    if cubes[""].cells[code, period.code, OUTCOME].status is Status.SUPPRESSED:
        told = ["utfallet är undertryckt"]
    told += [f"målet {integer(target)}{unit}"] if target is not None else []
    told += [
        name.lower()
        for word, name in judged.items()
        if figure(cubes, "bedömning", period, goal=code, goal_assessment=word) == 1
    ]
    return f"{label}: {', '.join(told) or 'inte bedömt'}."


T14 = Table(
    id="T14",
    title="Mål, utfall och bedömning",
    inclusion=(
        "Målen är de som är skrivna för året på sidan Mål.",
        "Ett utfall som går att räkna fram räknas fram ur de skyddade tabellerna. Annars är det inskrivet.",
        "Bedömningen är förbundets egen.",
        "Är utfallet undertryckt visas inte bedömningen heller, och den räknas inte med bland alla mål.",
    ),
    cubes=(
        PlainCube("", "Mål och utfall", (GOAL,), (PERIOD, FIGURE), of_goals),
        PlainCube("bedömning", "Bedömning av målen", (GOAL,), (PERIOD, ASSESSMENT), of_assessments),
    ),
    finding=words,
    drawing=None,
    kinds=(Year,),
)
