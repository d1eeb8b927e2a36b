"""What a made-up förbund has arranged, planned and spent."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from followup.activities.models import Activity, Attendance, MeetingCount
from followup.organisation.models import Team
from followup.periods import Month
from followup.plan.kinds import Kind
from followup.plan.models import Budget, Financing, Goal, HistoryFigure, Intervention, SurveyFigure

SEED = 20240101
# Budget of the teams in thousands of kronor and planned participants, in the order of the demo's teams.
TEAM_MONEY = ((1525, 40), (1200, 32), (1700, 34), (1200, 28), (6200, 150), (1700, 36))
# Name, slag, budget in thousands of kronor and planned participants of what is no team's.
OTHERS = (
    ("Kurator", Kind.INDIVIDUAL, 400, None),
    ("Lokala utbildningar", Kind.STRUCTURAL, 500, 150),
    ("Processtöd", Kind.PROCESS_SUPPORT, 900, None),
    ("Kansli och administration", Kind.ADMINISTRATION, 3300, None),
)
ADVISORY_MONEY = (1120, 60)
FINANCING = {"STA": 0.5, "REG": 0.25, "KOM": 0.25}
# Name, slag, and how many may come.
ACTIVITIES = (
    ("Grundutbildning lösningsfokus", "UTB", 30),
    ("Nätverksträff lösningsfokus", "NAT", 45),
    ("Dejt med en verksamhet", "DEJ", 30),
    ("Utbildning om våld i nära relationer", "UTB", 40),
    ("Konferens om samverkan", "KON", 90),
    ("Frukostseminarium", "SEM", 35),
)
PARTIES = ("AF", "FK", "REG", "KOM")
DAYS_BETWEEN = 24
HISTORY = {"participants": 360, "started": 168, "ended": 160, "vm_share": 54}
SURVEY = (
    ("Bemötande", "DEL", "mean", "3.6"),
    ("Rimlig väntan", "DEL", "share", "64"),
    ("Samsyn", "MED", "mean", "3.1"),
)


def fill(session: Session, teams: Sequence[Team], advisory: Team, today: date) -> None:
    """From the month the teams opened until today."""
    chance = Random(SEED)  # noqa: S311  # a demo, not a secret
    interventions = _interventions(teams, advisory)
    session.add_all(interventions)
    session.flush()
    years = range(teams[0].opened.year, today.year + 1)
    session.add_all(_money(chance, interventions, years, today.year))
    session.add_all(_goals(chance, interventions, years, today.year))
    session.add_all(_meetings(chance, advisory, today))
    session.add_all(_activities(chance, interventions, teams[0].opened.first_day, today))
    session.add_all(_surveys_and_history(chance, teams[0], years))


def _interventions(teams: Sequence[Team], advisory: Team) -> list[Intervention]:
    made: list[tuple[str, Kind, int | None]] = [
        (team.name, Kind.INDIVIDUAL, team.id) for team in (*teams, advisory)
    ]
    made += [(name, kind, None) for name, kind, *_ in OTHERS]
    return [
        Intervention(association_id=advisory.association_id, name=name, kind=kind.value, team_id=team_id)
        for name, kind, team_id in made
    ]


def _plans() -> list[tuple[int, int | None]]:
    return [*TEAM_MONEY, ADVISORY_MONEY, *((budget, planned) for _, _, budget, planned in OTHERS)]


def _money(
    chance: Random, interventions: Sequence[Intervention], years: range, this_year: int
) -> Iterator[Any]:
    """The present year has a budget and no outcome yet."""
    for year in years:
        raised = 1 - 0.03 * (this_year - year)
        for intervention, (budget, planned) in zip(interventions, _plans(), strict=True):
            amount = round(budget * raised / 5) * 5000
            spent = round(amount * chance.uniform(0.9, 1.04) / 1000) * 1000
            yield Budget(
                association_id=intervention.association_id,
                intervention_id=intervention.id,
                year=year,
                amount=amount,
                outcome=spent if year < this_year else None,
                planned=planned,
            )
        whole = round(sum(budget for budget, _ in _plans()) * raised / 100) * 100_000
        for source, share in FINANCING.items():
            yield Financing(
                association_id=interventions[0].association_id,
                year=year,
                source=source,
                amount=int(whole * share),
            )


def _goals(
    chance: Random, interventions: Sequence[Intervention], years: range, this_year: int
) -> Iterator[Goal]:
    wanted: list[tuple[Intervention | None, str, str, int]] = [
        (each, f"Minst {planned} deltagare ska ha tagit del av insatsen", "participants", planned)
        for each, (_, planned) in zip(interventions, TEAM_MONEY, strict=False)
    ]
    wanted += [
        (interventions[len(TEAM_MONEY)], "Ca 60 möten med individ och remittent", "meetings", 60),
        (None, "Varannan ska gå till arbete, studier eller ordinarie insats", "vm_share", 50),
        (None, "Minst 300 deltaganden i utbildningar och nätverksträffar", "attendances", 300),
    ]
    for year in years:
        for intervention, wording, indicator, target in wanted:
            yield Goal(
                association_id=interventions[0].association_id,
                year=year,
                intervention_id=intervention.id if intervention else None,
                wording=wording,
                indicator=indicator,
                target=target,
                assessment=chance.choice(("UPP", "UPP", "DEL", "DEL", "EJ")) if year < this_year else None,
            )


def _meetings(chance: Random, advisory: Team, today: date) -> Iterator[MeetingCount]:
    for number in range(Month.of(today) - advisory.opened):
        month = advisory.opened + number
        yield MeetingCount(
            association_id=advisory.association_id,
            team_id=advisory.id,
            month=month,
            count=0 if month.month == 7 else chance.randint(2, 7),
        )


def _activities(
    chance: Random, interventions: Sequence[Intervention], first: date, today: date
) -> Iterator[Activity]:
    trainings = next(each for each in interventions if each.kind == Kind.STRUCTURAL)
    day = first
    while (day := day + timedelta(days=chance.randint(DAYS_BETWEEN // 2, DAYS_BETWEEN * 3 // 2))) <= today:
        name, kind, most = chance.choice(ACTIVITIES)
        yield Activity(
            association_id=trainings.association_id,
            day=day,
            name=name,
            kind=kind,
            intervention_id=trainings.id if kind == "UTB" else None,
            attendance=[
                Attendance(
                    association_id=trainings.association_id, party=party, count=chance.randint(1, most // 4)
                )
                for party in PARTIES
            ],
        )


def _surveys_and_history(chance: Random, team: Team, years: range) -> Iterator[Any]:
    for year in years[:-1]:
        for topic, group, measure, figure in SURVEY:
            yield SurveyFigure(
                association_id=team.association_id,
                year=year,
                instrument="Egen enkät",
                respondent_group=group,
                topic=topic,
                respondents=chance.randint(40, 70),
                measure=measure,
                figure=Decimal(figure),
                scale="1–5" if measure == "mean" else None,
            )
    for back in range(4):
        for indicator, number in HISTORY.items():
            yield HistoryFigure(
                association_id=team.association_id,
                indicator=indicator,
                year=years[0] - back,
                figure=number + chance.randint(-9, 9),
                source=f"Årsredovisning {years[0] - back}",
            )
