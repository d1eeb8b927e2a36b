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
from followup.statistics.variables import VOIDED

WORKED, COMPLETE, REOPENED, DAYS = "worked", "complete", "reopened", "days"
FIGURES = Axis(
    FIGURE,
    "Mått",
    (WORKED, COMPLETE, REOPENED, DAYS),
    ("Månader", "Klarmarkerade", "Öppnade igen", "Dagar till klarmarkering, median"),
)


def months_declared(session: Session, scope: Scope, setting: Setting) -> Figures | None:
    """Per team and period: months, how many are complete, how many were opened again, and how soon."""
    teams = {str(team.id): team for team in organisation.all_teams(session, scope)}
    shown = [teams[code] for code, _ in setting.teams]
    complete = queries.complete_months(session, scope, [team.id for team in shown])
    acts = history.acts(session, scope, [team.id for team in shown])
    cells: dict[Codes, float | None] = {}
    for team in shown:
        for period in setting.periods:
            worked = {month for month in period if works(team, month)}
            done = complete[team.id] & worked
            days = acts[team.id].days(done)
            reopened = acts[team.id].reopened & worked
            told = (len(worked), len(done), len(reopened), median(days) if days else None)
            for figure, number in zip(FIGURES.codes, told, strict=True):
                cells[str(team.id), period.code, figure] = number
    axes = (team_axis(setting), period_axis(setting), FIGURES)
    return Figures(axes, cells, units={DAYS: "dagar"})


T15 = Table(
    id="T15",
    title="Datakvalitet",
    inclusion=(
        "Siffrorna räknas först när alla team har klarmarkerat alla månader i perioden.",
        "Månaderna är de som teamet var i gång.",
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
