"""How far the figures can be trusted: months that were declared complete, and how soon."""

from statistics import median

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.disclosure.cells import Axis, Codes
from followup.months import history, queries
from followup.organisation import queries as organisation
from followup.statistics.completeness import works
from followup.statistics.declarations import (
    FIGURE,
    PERIOD,
    TEAM,
    Cube,
    Figures,
    Finding,
    PlainCube,
    Setting,
    Table,
)
from followup.statistics.plain import period_axis, team_axis
from followup.statistics.populations import OUTCOME
from followup.statistics.together import members
from followup.statistics.variables import VOIDED

WORKED, COMPLETE, DAYS = "worked", "complete", "days"
FIGURES = Axis(
    FIGURE,
    "Mått",
    (WORKED, COMPLETE, DAYS),
    ("Månader", "Klarmarkerade", "Dagar till klarmarkering, median"),
)
REOPENED = "reopened"
REOPENINGS = Axis(
    REOPENED, "Vilka team", (WORKED, REOPENED), ("Alla team", "Team som öppnat någon månad igen")
)


def months_declared(session: Session, scope: Scope, setting: Setting) -> Figures | None:
    """Per team and period: months, how many are complete, and how soon.

    Of teams that are told as one the months of each.
    """
    teams = {str(team.id): team for team in organisation.all_teams(session, scope)}
    numbers = [int(code) for code in setting.each_team]
    complete = queries.complete_months(session, scope, numbers)
    acts = history.acts(session, scope, numbers)
    cells: dict[Codes, float | None] = {}
    for code, _ in setting.teams:
        told = [teams[each] for each in members([code], setting.together)]
        for period in setting.periods:
            worked = {team.id: {month for month in period if works(team, month)} for team in told}
            done = {number: complete[number] & months for number, months in worked.items()}
            days = [each for number, months in done.items() for each in acts[number].days(months)]
            cells[code, period.code, WORKED] = sum(map(len, worked.values()))
            # Which months a correction has opened is told of no year, not even of one that stands open.
            is_told = period not in setting.missing
            cells[code, period.code, COMPLETE] = sum(map(len, done.values())) if is_told else None
            cells[code, period.code, DAYS] = median(days) if days and is_told else None
    axes = (team_axis(setting), period_axis(setting), FIGURES)
    return Figures(axes, cells, units={DAYS: "dagar"})


def teams_that_reopened(session: Session, scope: Scope, setting: Setting) -> Figures:
    """Per period: teams that worked in it, and how many of them opened a month of it again.

    Neither which teams nor how many months: the months that a team opens again between an edition and the one
    that corrects it run from the month of the correction, which may be that of one person.
    """
    shown = {int(code) for code in setting.each_team}
    teams = [team for team in organisation.all_teams(session, scope) if team.id in shown]
    acts = history.acts(session, scope, shown)
    cells: dict[Codes, float | None] = {}
    for period in setting.periods:
        worked = {team.id: {month for month in period if works(team, month)} for team in teams}
        again = [bool(acts[number].reopened & months) for number, months in worked.items()]
        is_told = period not in setting.missing
        cells[WORKED, period.code] = sum(map(bool, worked.values())) if is_told else None
        cells[REOPENED, period.code] = sum(again) if is_told else None
    return Figures((REOPENINGS, period_axis(setting)), cells)


T15 = Table(
    id="T15",
    title="Datakvalitet",
    inclusion=(
        "Siffrorna räknas först när alla team har klarmarkerat alla månader i perioden.",
        "Månaderna är de som teamet var i gång. Team som redovisas tillsammans står med sammanlagda månader.",
        "En månad som öppnats igen har fått sena registreringar eller rättelser efter klarmarkeringen.",
        "Dagarna räknas från månadens slut till den första klarmarkeringen.",
        "Månader som klarmarkerades när en lista lästes in är inte med i medianen.",
        "Utan uppgift är de som har svaret okänt eller inget svar alls. De avlidna är inte med vid avslutet.",
        "En makulerad rad räknas i den månad då den ställdes i kö, eller startade om den inte stod i kö.",
    ),
    cubes=(
        PlainCube(
            "",
            "Klarmarkerade månader per team",
            (TEAM,),
            (PERIOD, FIGURE),
            months_declared,
            variables=("Mått",),
        ),
        PlainCube(
            "öppnade igen",
            "Team som öppnat månader igen",
            (REOPENED,),
            (PERIOD,),
            teams_that_reopened,
            unit="antal team",
            variables=(REOPENINGS.label,),
        ),
        Cube(
            "saknas vid start",
            "Deltagare utan uppgift från starten",
            ("unknown_at_start",),
            (PERIOD, FIGURE),
            counted="participants",
            share_of="unknown_at_start",
        ),
        Cube(
            "saknas vid avslut",
            "Avslutade utan uppgift vid avslutet",
            ("unknown_at_exit",),
            (PERIOD, FIGURE),
            counted=OUTCOME,
            share_of="unknown_at_exit",
        ),
        Cube(
            "makulerade",
            "Makulerade rader efter skäl",
            ("void_reason",),
            (PERIOD,),
            counted="voided",
            population=VOIDED,
            bare=True,
        ),
    ),
    finding=Finding(
        heading="Alla månader {period} är klarmarkerade",
        sentence="Alla team har klarmarkerat alla månader i perioden.",
        plain="Datakvalitet {period}",
        cells={},
    ),
    drawing=None,
)
