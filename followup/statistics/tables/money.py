"""What the interventions cost, per participant and in all, and who paid."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.disclosure import TOTAL
from followup.disclosure.cells import Axis, Codes
from followup.disclosure.plain import Derived, Quotient, Source, Taken
from followup.organisation import queries as organisation
from followup.periods import Period, Year
from followup.plan import queries
from followup.plan.costs import DIRECT, Cost, direct_share, share_of, sum_of
from followup.plan.kinds import Kind
from followup.plan.wording import KINDS
from followup.statistics.declarations import FIGURE, PERIOD, Drawing, Figures, PlainCube, Setting, Table
from followup.statistics.plain import period_axis
from followup.statistics.tables.money_words import words

INTERVENTION, KIND, SOURCE = "intervention", "cost_kind", "financing_source"
BUDGET, OUTCOME, PLANNED, AMOUNT, SHARE = "budget", "outcome", "planned", "amount", "share"
PARTICIPANTS, PER_PARTICIPANT, ENDED, PER_ENDED = "participants", "per_participant", "ended", "per_ended"
THOUSANDS, KRONOR, PERCENT = "tkr", "kr", "procent"
NO_GROUPS: Mapping[str, str] = MappingProxyType({})

MONEY = Axis(FIGURE, "Mått", (BUDGET, OUTCOME, PLANNED), ("Budget, tkr", "Utfall, tkr", "Planerat antal"))
PER_HEAD = Axis(
    FIGURE,
    "Mått",
    (OUTCOME, PARTICIPANTS, PER_PARTICIPANT, ENDED, PER_ENDED),
    (
        "Utfall, tkr",
        "Deltagare under året",
        "Kostnad per deltagare, kr",
        "Avslutade under året",
        "Kostnad per avslutad, kr",
    ),
)
PARTS = Axis(FIGURE, "Mått", (AMOUNT, SHARE), ("Belopp, tkr", "Andel"))
UNITS = {
    BUDGET: THOUSANDS, OUTCOME: THOUSANDS, AMOUNT: THOUSANDS, SHARE: PERCENT,
    PER_PARTICIPANT: KRONOR, PER_ENDED: KRONOR,
}  # fmt: skip


def of_interventions(session: Session, scope: Scope, setting: Setting) -> Figures | None:
    """Budget, outcome and planned participants, and their sum."""
    found = costs(session, scope, setting)
    if not any(found.values()):
        return None
    axis = _interventions(found, "Alla insatser")
    cells: dict[Codes, float | None] = {}
    for period, held in found.items():
        for cost in held:
            code = str(cost.number)
            cells[code, period.code, BUDGET] = _thousands(cost.amount)
            cells[code, period.code, OUTCOME] = _thousands(cost.outcome)
            cells[code, period.code, PLANNED] = cost.planned
        cells[TOTAL, period.code, BUDGET] = _thousands(sum_of(held, "amount"))
        cells[TOTAL, period.code, OUTCOME] = _thousands(sum_of(held, "outcome"))
    return Figures((axis, period_axis(setting), MONEY), cells, units=UNITS)


def per_head(session: Session, scope: Scope, setting: Setting) -> Figures | None:
    """Cost per participant and per ended, each with its denominator; of the team, of a group, or of all."""
    teams = set(map(int, setting.each_team))
    found = {
        period: [cost for cost in held if cost.team_id in teams]
        for period, held in costs(session, scope, setting).items()
    }
    if not any(found.values()):
        return None
    cells: dict[Codes, float | None] = {}
    derived: dict[Codes, Derived] = {}
    for period, held in found.items():
        for cost in held:
            _divide(cells, derived, str(cost.number), period, cost.outcome, str(cost.team_id))
        for code, own in of_groups(held, setting).items():
            _divide(cells, derived, code, period, sum_of(own, "outcome"), code)
        if {cost.team_id for cost in held if cost.outcome is not None} == teams:
            _divide(cells, derived, TOTAL, period, sum_of(held, "outcome"), None)
    groups = {code for held in found.values() for code in of_groups(held, setting)}
    axis = _interventions(found, "Alla team", {code: name for code, name in setting.teams if code in groups})
    return Figures((axis, PER_HEAD, period_axis(setting)), cells, derived, units=UNITS)


def _divide(
    cells: dict[Codes, float | None],
    derived: dict[Codes, Derived],
    code: str,
    period: Period,
    outcome: int | None,
    team: str | None,
) -> None:
    money = (code, OUTCOME, period.code)
    cells[money] = _thousands(outcome)
    for people, quotient in ((PARTICIPANTS, PER_PARTICIPANT), (ENDED, PER_ENDED)):
        source = flow_of(team, people, period)
        derived[code, people, period.code] = Taken(source)
        derived[code, quotient, period.code] = Quotient(money, source, 1000)


def flow_of(team: str | None, line: str, period: Period, sex: str = TOTAL) -> Source:
    """A cell of T1: of one team, or of all."""
    if team is None:
        return Source("T1", (line, sex, period.code))
    return Source("T1-per team", (team, line, sex, period.code))


def of_kinds(session: Session, scope: Scope, setting: Setting) -> Figures | None:
    """Outcome by slag, and how large a share the direct costs are once administration is known."""
    found = costs(session, scope, setting)
    if not any(cost.outcome is not None for held in found.values() for cost in held):
        return None
    rows = {kind.value: [kind] for kind in Kind}
    codes = (TOTAL, "direct", *rows)
    labels = ("Alla kostnader", "Direkta kostnader", *(KINDS[kind] for kind in Kind))
    cells: dict[Codes, float | None] = {}
    for period, held in found.items():
        for code in codes:
            kinds = {TOTAL: list(Kind), "direct": list(DIRECT)}.get(code) or rows[code]
            part = [cost for cost in held if cost.kind in kinds]
            share = share_of(part, held) if direct_share(held) else None
            cells[code, period.code, AMOUNT] = _thousands(sum_of(part, "outcome"))
            cells[code, period.code, SHARE] = share
    return Figures((Axis(KIND, "Slag", codes, labels), period_axis(setting), PARTS), cells, units=UNITS)


def of_sources(session: Session, scope: Scope, setting: Setting) -> Figures | None:
    """What each source gave, and its share."""
    found = {period: queries.financing(session, scope, period.first.year) for period in setting.periods}
    if not any(found.values()):
        return None
    names = organisation.labels(session, scope, [SOURCE])[SOURCE]
    used = [code for code in names if any(code in amounts for amounts in found.values())]
    cells: dict[Codes, float | None] = {}
    for period, amounts in found.items():
        whole = sum(amounts.values())
        for code in (TOTAL, *used):
            amount = whole if code == TOTAL else amounts.get(code, 0)
            cells[code, period.code, AMOUNT] = _thousands(amount if amounts else None)
            cells[code, period.code, SHARE] = 100 * amount / whole if whole else None
    axis = Axis(SOURCE, "Finansiär", (TOTAL, *used), ("Totalt", *(names[code] for code in used)))
    return Figures((axis, period_axis(setting), PARTS), cells, units=UNITS)


def costs(session: Session, scope: Scope, setting: Setting) -> dict[Period, list[Cost]]:
    """The interventions that have any money or plan in a year, by year."""
    interventions = queries.interventions(session, scope)
    years = [period.first.year for period in setting.periods]
    budgets = queries.budgets(session, scope, years)
    return {
        period: [
            Cost.of(each, budgets[each.id, year], None)
            for each in interventions
            if (each.id, year) in budgets
        ]
        for period, year in zip(setting.periods, years, strict=True)
    }


def of_groups(held: Sequence[Cost], setting: Setting) -> dict[str, list[Cost]]:
    """The interventions of teams told as one, by the group's code, where each team has an outcome."""
    found = {}
    for code, teams in setting.together.items():
        own = [cost for cost in held if str(cost.team_id) in teams]
        if {str(cost.team_id) for cost in own if cost.outcome is not None} == set(teams):
            found[code] = own
    return found


def _interventions(
    found: Mapping[Period, Sequence[Cost]], whole: str, groups: Mapping[str, str] = NO_GROUPS
) -> Axis:
    names = {str(cost.number): cost.name for held in found.values() for cost in held} | dict(groups)
    return Axis(INTERVENTION, "Insats", (TOTAL, *names), (whole, *names.values()))


def _thousands(kronor: int | None) -> float | None:
    return None if kronor is None else kronor / 1000


T13 = Table(
    id="T13",
    title="Ekonomi",
    inclusion=(
        "Budget och utfall är det som är infört på sidan Ekonomi, i tusental kronor.",
        "Kostnad per deltagare är utfallet delat med deltagarna under året.",
        "Kostnad per avslutad är utfallet delat med dem som avslutat insatsen. Nämnarna står i tabellen.",
        "Alla team står med när varje team har en insats med utfall.",
        "Team som redovisas tillsammans står med när vart och ett av dem har det.",
        "Direkta kostnader är individinsatser, strukturövergripande insatser och processtöd.",
        "Andelen visas när administrationens utfall är infört.",
    ),
    cubes=(
        PlainCube("", "Budget och utfall per insats", (INTERVENTION,), (PERIOD, FIGURE), of_interventions),
        PlainCube(
            "per deltagare", "Kostnad per deltagare och avslutad", (INTERVENTION, FIGURE), (PERIOD,), per_head
        ),
        PlainCube("slag", "Kostnader efter slag", (KIND,), (PERIOD, FIGURE), of_kinds),
        PlainCube("finansiering", "Finansiering", (SOURCE,), (PERIOD, FIGURE), of_sources),
    ),
    finding=words,
    drawing=Drawing("", INTERVENTION, {FIGURE: OUTCOME}, THOUSANDS),
    kinds=(Year,),
)
