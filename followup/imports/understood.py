"""The first rows of a list as they were understood: they show whether its columns were read rightly."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.activities.commands import RecordActivity
from followup.imports.kinds import ACTIVITIES, HISTORY, PARTICIPATIONS, PLAN, SCREENING, SURVEYS
from followup.imports.plan_rows import PlanRow
from followup.imports.screening_rows import ScreeningRow
from followup.organisation import queries as organisation
from followup.participation import words
from followup.participation.bulk import WholeRow
from followup.participation.rules import TeamRules
from followup.plan import queries as plan
from followup.plan.commands import SetGoal, SetHistoryFigure, SetSurveyFigure
from followup.plan.indicators import indicator
from followup.plan.wording import KINDS, MEASURES, WHOLE
from followup.screening import measures
from followup.web.formats import date_in_text, integer, sentence_start, shortest
from followup.web.tables import Cell, Column

MOST_SHOWN = 3
EMPTY = "–"
# What a row says, in words by label; a label whose text is empty stands for what the row does not say.
Told = dict[str, str]


@dataclass(frozen=True)
class Understood:
    """A line for each thing that is told, and a column for each row of the file."""

    columns: list[Column]
    rows: list[list[Cell]]


@dataclass(frozen=True)
class Names:
    """What numbers and codes of rows are called."""

    session: Session
    scope: Scope

    def team(self, team_id: int | None) -> str:
        teams = organisation.all_teams(self.session, self.scope)
        return next((team.name for team in teams if team.id == team_id), WHOLE)

    def code(self, list_name: str, code: str | None) -> str:
        labels = organisation.labels(self.session, self.scope, [list_name])[list_name]
        return sentence_start(labels.get(code or "", ""))

    def intervention(self, number: int | None) -> str:
        found = plan.interventions(self.session, self.scope)
        return next((each.name for each in found if each.id == number), "")


def understood(
    kind: str, session: Session, scope: Scope, accepted: Sequence[tuple[int, Any]]
) -> Understood | None:
    """The first of the accepted rows, by their numbers in the file; None where there is none."""
    names = Names(session, scope)
    told = {line: TELLERS[kind](row, names) for line, row in accepted[:MOST_SHOWN]}
    if not told:
        return None
    labels = dict.fromkeys(label for said in told.values() for label in said)
    filled = [label for label in labels if any(said.get(label) for said in told.values())]
    return Understood(
        [Column("Uppgift"), *(Column(f"Rad {line}") for line in told)],
        [[Cell(label), *(Cell(said.get(label) or EMPTY) for said in told.values())] for label in filled],
    )


def _participation(row: WholeRow, names: Names) -> Told:
    rules = TeamRules.load(names.session, names.scope, row.team_id)
    facts = {fact["label"]: fact["value"] for fact in words.facts(row.state, rules)}
    void = words.LABELS["void_reason"]
    every = {label: facts.get(label, "") for label in words.LABELS.values() if label != void}
    if not rules.covers_several:
        del every[words.LABELS["municipality"]]
    return {"Team": rules.team.name, **every}


def _screening(row: ScreeningRow, names: Names) -> Told:
    topics = {
        code.code: code.label_sv for code in organisation.codes(names.session, names.scope, "screening_topic")
    }
    labels = measures.labels(topics)
    return {
        "Team": names.team(row.place.team_id),
        "Månad": sentence_start(row.place.month.label),
        "Omgång": names.code("screening_round", row.place.round),
        "Kön": names.code("sex", row.place.sex),
        **{label: integer(row.counts[name]) for name, label in labels.items() if name in row.counts},
    }


def _activity(row: RecordActivity, names: Names) -> Told:
    return {
        "Datum": date_in_text(row.day),
        "Aktivitet": row.name,
        "Slag": names.code("activity_kind", row.kind),
        "Insats": names.intervention(row.intervention_id),
        **{
            f"Deltaganden: {names.code('member_party', party)}": integer(number)
            for party, number in row.attendance.items()
        },
    }


def _plan(row: PlanRow, names: Names) -> Told:
    return {
        "År": str(row.year),
        "Insats": row.intervention.name,
        "Slag": KINDS[row.intervention.kind],
        "Budget, kronor": _whole(row.amount),
        "Utfall, kronor": _whole(row.outcome),
        "Planerat antal": _whole(row.planned),
        **(_goal(row.goal, names) if row.goal else {}),
    }


def _goal(goal: SetGoal, names: Names) -> Told:
    return {
        "Mål": goal.wording,
        "Indikator": indicator(goal.indicator).label,
        "Målvärde": _whole(goal.target),
        "Målets utfall": _whole(goal.outcome),
        "Bedömning": names.code("goal_assessment", goal.assessment),
        "Kommentar": goal.remark or "",
    }


def _survey(row: SetSurveyFigure, names: Names) -> Told:
    return {
        "År": str(row.year),
        "Instrument": row.instrument,
        "Grupp": names.code("respondent_group", row.respondent_group),
        "Gäller": names.team(row.team_id),
        "Område": row.topic,
        "Antal svarande": integer(row.respondents),
        MEASURES[row.measure]: shortest(row.figure),
        "Skala": row.scale or "",
    }


def _history(row: SetHistoryFigure, names: Names) -> Told:
    return {
        "År": str(row.year),
        "Indikator": indicator(row.indicator).label,
        "Gäller": names.team(row.team_id),
        "Tal": integer(row.figure),
        "Källa": row.source,
    }


def _whole(number: int | None) -> str:
    return "" if number is None else integer(number)


TELLERS: Mapping[str, Callable[[Any, Names], Told]] = {
    PARTICIPATIONS: _participation,
    SCREENING: _screening,
    ACTIVITIES: _activity,
    PLAN: _plan,
    SURVEYS: _survey,
    HISTORY: _history,
}
