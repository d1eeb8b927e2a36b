"""The figures that are keyed in at Uppföljning Finsam."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.activities import queries as activities
from followup.activities.counting import participations
from followup.disclosure import TOTAL
from followup.disclosure.cells import Axis, Codes
from followup.disclosure.plain import Derived, Taken
from followup.periods import Period, Year
from followup.plan.costs import Cost
from followup.statistics.declarations import FIGURE, PERIOD, Cubes, Figures, PlainCube, Setting, Table, Words
from followup.statistics.plain import period_axis
from followup.statistics.tables.money import INTERVENTION, KRONOR, costs, flow_of, of_groups
from followup.statistics.together import BETWEEN
from followup.statistics.told import categories
from followup.web.formats import plural

PARTICIPANTS, PLANNED, BUDGET, OUTCOME = "participants", "planned", "budget", "outcome"
SEXES = {"women": "F", "men_or_other": "MX"}
MONEY = {PLANNED: "planned", BUDGET: "amount", OUTCOME: "outcome"}
# In the order of that system.
FIGURES = Axis(
    FIGURE,
    "Uppgift",
    (PLANNED, PARTICIPANTS, *SEXES, BUDGET, OUTCOME),
    (
        "Planerat antal deltagare",
        "Antal deltagare",
        "därav kvinnor",
        "därav män, annat eller uppgift saknas",
        "Budget, kronor",
        "Utfall, kronor",
    ),
)


def of_interventions(session: Session, scope: Scope, setting: Setting) -> Figures | None:
    """Participants by sex from the protected tables; what was arranged for many has no sexes."""
    found = costs(session, scope, setting)
    names = {str(cost.number): cost.name for held in found.values() for cost in held}
    if not names:
        return None
    teams = set(setting.each_team)
    cells: dict[Codes, float | None] = {}
    derived: dict[Codes, Derived] = {}
    for period, held in found.items():
        arranged = activities.in_period(session, scope, period)
        for cost in held:
            code = str(cost.number)
            cells |= {(code, name, period.code): number for name, number in _together([cost])}
            if str(cost.team_id) in teams:
                derived |= _of_team(code, str(cost.team_id), period)
            else:
                cells[code, PARTICIPANTS, period.code] = _attendances(arranged, cost)
        for code, own in of_groups(held, setting).items():
            names[code] = dict(setting.teams)[code]
            cells |= {(code, name, period.code): number for name, number in _together(own)}
            derived |= _of_team(code, code, period)
    axis = Axis(INTERVENTION, "Insats", tuple(names), tuple(names.values()))
    units = {BUDGET: KRONOR, OUTCOME: KRONOR}
    return Figures((axis, FIGURES, period_axis(setting)), cells, derived, units=units)


def _of_team(code: str, team: str, period: Period) -> dict[Codes, Derived]:
    """The participants of a team, or of teams that are told as one."""
    return {
        (code, name, period.code): Taken(flow_of(team, PARTICIPANTS, period, sex))
        for name, sex in ((PARTICIPANTS, TOTAL), *SEXES.items())
    }


def _together(own: Sequence[Cost]) -> Iterator[tuple[str, int | None]]:
    """What is typed for several interventions, where it is typed for each."""
    for name, column in MONEY.items():
        numbers = [getattr(cost, column) for cost in own]
        yield name, None if None in numbers else sum(numbers)


def _attendances(arranged: Sequence[Any], cost: Cost) -> int | None:
    held = [each for each in arranged if each.intervention_id == cost.number]
    return participations(held) if held else None


def words(cubes: Cubes, period: Period) -> Words:
    number = sum(BETWEEN not in code for code in categories(cubes, "", INTERVENTION))
    return Words(
        f"Uppgifter om {plural(number, 'insats', 'insatser')} att föra in för {period.label}",
        "Uppgifterna står i den ordning som Uppföljning Finsam frågar efter dem.",
    )


T16 = Table(
    id="T16",
    title="Att föra in i Uppföljning Finsam",
    inclusion=(
        "Deltagare är teamets deltagare under året, ur de skyddade tabellerna.",
        "De som har annat kön, eller saknar uppgift om det, är för få för en egen rad och räknas med männen.",
        "För insatser utan team är antalet deltaganden i de aktiviteter som hör till insatsen.",
        "Team som redovisas tillsammans står sist, när vart och ett av dem har en insats med utfall.",
        "Budget, utfall och planerat antal är det som är infört på sidan Ekonomi, i hela kronor.",
    ),
    cubes=(
        PlainCube(
            "", "Deltagare, budget och utfall per insats", (INTERVENTION, FIGURE), (PERIOD,), of_interventions
        ),
    ),
    finding=words,
    drawing=None,
    kinds=(Year,),
)
