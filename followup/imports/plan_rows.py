"""From the lines of a list of goals and money to interventions, their year and their goals."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.activities import queries as activities
from followup.errors import Refusal
from followup.imports.cells import Cells
from followup.imports.columns import find_headings, known_columns
from followup.imports.guard import Guard
from followup.imports.kinds import PLAN
from followup.imports.participation_rows import is_beside
from followup.imports.results import Reading, RowRefused
from followup.imports.sheet import Line
from followup.imports.words import Lexicon, plain
from followup.organisation import queries as organisation
from followup.plan import queries, service
from followup.plan.commands import SetGoal, SetIntervention
from followup.plan.indicators import INDICATORS, MANUAL
from followup.plan.kinds import Kind
from followup.plan.wording import KINDS
from followup.web.formats import UnreadableNumber, parse_decimal

KIND = PLAN
COLUMNS = known_columns(KIND)
LABELS = {column.name: column.label for column in COLUMNS}
LARGEST = 999_999_999
LONGEST = {"intervention": 120, "wording": 300, "remark": 500}
_WHOLE = re.compile(r"\d{1,6}")
# Other words for an indicator than its own.
INDICATOR_WORDS = {
    "deltagare": "participants",
    "startade": "started",
    "avslutade": "ended",
    "möten": "meetings",
    "deltaganden": "attendances",
    "antal deltaganden": "attendances",
}
KIND_WORDS = {
    **{plain(text): kind for kind, text in KINDS.items()},
    **{kind.value: kind for kind in Kind},
    "individuell": Kind.INDIVIDUAL,
    "strukturell": Kind.STRUCTURAL,
    "strukturövergripande": Kind.STRUCTURAL,
    "administration": Kind.ADMINISTRATION,
    "kansli": Kind.ADMINISTRATION,
}

NOTHING = "Raden har varken mål, budget, utfall eller planerat antal."
MONEY_TWICE = "Insatsens pengar för året står redan på en tidigare rad i filen."
GOAL_TWICE = "Målet står redan på en tidigare rad i filen."
MONEY_KNOWN = "Insatsen har redan budget, utfall eller planerat antal för året. Rätta på sidan Ekonomi."
GOAL_KNOWN = "Målet finns redan för året. Rätta det på sidan Mål."


class PlanRow(NamedTuple):
    """`goal` names no intervention yet: the row's own is looked up, or made, when it is written."""

    intervention: SetIntervention
    year: int
    amount: int | None
    outcome: int | None
    planned: int | None
    goal: SetGoal | None

    @property
    def has_money(self) -> bool:
        return (self.amount, self.outcome, self.planned) != (None, None, None)


@dataclass
class Known:
    """What there is already; grows with the file."""

    interventions: dict[str, SetIntervention]
    teams: Mapping[str, int]
    # The only advisory team, if there is just one.
    advisory: int | None
    assessments: Lexicon
    money: dict[tuple[str, int], str]
    goals: dict[tuple[str, int, str], str]

    @classmethod
    def load(cls, session: Session, scope: Scope) -> "Known":
        found = queries.interventions(session, scope)
        names = {each.id: plain(each.name) for each in found}
        years = queries.years(session, scope)
        advisory = activities.advisory_teams(session, scope)
        return cls(
            interventions={
                plain(each.name): SetIntervention(name=each.name, kind=Kind(each.kind), team_id=each.team_id)
                for each in found
            },
            teams={plain(team.name): team.id for team in organisation.all_teams(session, scope)},
            advisory=advisory[0].id if len(advisory) == 1 else None,
            assessments=Lexicon("goal_assessment", organisation.codes(session, scope, "goal_assessment")),
            money={
                (names[number], year): MONEY_KNOWN for number, year in queries.budgets(session, scope, years)
            },
            goals={
                (names.get(goal.intervention_id or 0, ""), year, plain(goal.wording)): GOAL_KNOWN
                for year in years
                for goal in queries.goals(session, scope, year)
            },
        )


def read_file(session: Session, scope: Scope, lines: Sequence[Line]) -> Reading[PlanRow]:
    known = Known.load(session, scope)
    headings = find_headings(lines, COLUMNS)
    reading: Reading[PlanRow] = Reading()
    guard = Guard()
    guard.check_above([line for line in lines if line.number <= headings.line.number], reading)
    for label in headings.unused_labels:
        reading.note(f"Kolumnen ”{label[:40]}” har ingen plats i planen och läses inte in.")
    for line in lines:
        if line.number <= headings.line.number:
            continue
        cells = headings.read(line)
        try:
            guard.check(headings, line, reading)
            if is_beside(line, cells):
                reading.pass_over(line.number)
                continue
            row = _read_row(Cells(cells, LABELS, {"goal_assessment": known.assessments}), known, reading)
            _take_up(row, known)
        except RowRefused as refused:
            reading.refuse(line.number, refused.reasons)
            continue
        reading.accepted.append((line.number, row))
    return reading


def _read_row(cells: Cells, known: Known, reading: Reading[PlanRow]) -> PlanRow:
    for column, longest in LONGEST.items():
        if len(cells.text(column)) > longest:
            cells.refuse(f"{cells.label(column)}: skriv högst {longest} tecken.")
    year = _read_year(cells)
    goal = _read_goal(cells, year)
    row = PlanRow(
        intervention=_read_intervention(cells, known, goal, reading),
        year=year,
        amount=_read_money(cells, "budget"),
        outcome=_read_money(cells, "cost"),
        planned=_read_whole(cells, "planned"),
        goal=goal,
    )
    if not cells.problems and not row.has_money and goal is None:
        cells.refuse(NOTHING)
    cells.finish()
    return row


def _read_year(cells: Cells) -> int:
    text = cells.text("year")
    year = int(text) if re.fullmatch(r"\d{4}", text) else 0
    try:
        service.check_year(year)
    except Refusal as refusal:
        cells.refuse(refusal.message if text else "År saknas.")
    return year


def _read_goal(cells: Cells, year: int) -> SetGoal | None:
    wording = " ".join(cells.text("wording").split())
    if not wording:
        return None
    text = plain(cells.text("indicator"))
    by_label = {plain(each.label): name for name, each in INDICATORS.items()}
    return SetGoal(
        year=year,
        wording=wording,
        indicator=(by_label | INDICATOR_WORDS).get(text, MANUAL),
        target=_read_whole(cells, "target"),
        outcome=_read_whole(cells, "outcome"),
        assessment=cells.code("assessment", "goal_assessment"),
        remark=cells.text("remark") or None,
    )


def _read_intervention(
    cells: Cells, known: Known, goal: SetGoal | None, reading: Reading[PlanRow]
) -> SetIntervention:
    """The förbund's own by that name, or a new one whose slag is told by its column, its team or its goal."""
    name = " ".join(cells.text("intervention").split())
    if not name:
        cells.refuse("Insats saknas.")
    if found := known.interventions.get(plain(name)):
        return found
    team_id = known.teams.get(plain(name))
    if team_id is None and goal is not None and goal.indicator == "meetings":
        team_id = known.advisory
    kind = KIND_WORDS.get(plain(cells.text("kind")))
    if cells.text("kind") and kind is None:
        cells.refuse("Slag: ordet finns inte i listan. Skriv ett av listans alternativ.")
    if kind is None:
        is_structural = goal is not None and goal.indicator == "attendances"
        kind = Kind.STRUCTURAL if is_structural else Kind.INDIVIDUAL
    if not cells.problems:
        reading.note(f"Insatsen ”{name}” läggs upp som {KINDS[kind].lower()}.")
    return SetIntervention(name=name, kind=kind, team_id=team_id)


def _take_up(row: PlanRow, known: Known) -> None:
    """Refuses what stands there already; otherwise it stands there from now on."""
    name = plain(row.intervention.name)
    goal = (name, row.year, plain(row.goal.wording)) if row.goal else None
    problems = [known.money[name, row.year]] if row.has_money and (name, row.year) in known.money else []
    problems += [known.goals[goal]] if goal in known.goals else []
    if problems:
        raise RowRefused(problems)
    known.interventions.setdefault(name, row.intervention)
    if row.has_money:
        known.money[name, row.year] = MONEY_TWICE
    if goal:
        known.goals[goal] = GOAL_TWICE


def _read_money(cells: Cells, column: str) -> int | None:
    """Thousands of kronor in the file, with decimals or without; whole kronor here."""
    text = cells.text(column)
    if not text:
        return None
    try:
        kronor = parse_decimal(text) * 1000
    except UnreadableNumber:
        kronor = Decimal(LARGEST + 1)
    if abs(kronor) > LARGEST or (column == "budget" and kronor < 0):
        cells.refuse(f"{cells.label(column)}: skriv ett belopp i tusental kronor, till exempel 5502.")
        return None
    return int(kronor)


def _read_whole(cells: Cells, column: str) -> int | None:
    text = cells.text(column).replace(" ", "").replace("\u00a0", "")
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        cells.refuse(f"{cells.label(column)}: skriv ett heltal med siffror, till exempel 110.")
        return None
    return int(text)


def of_intervention(goal: SetGoal, intervention_id: int) -> SetGoal:
    return replace(goal, intervention_id=intervention_id)
