"""Västerås in 2023 as its annual report printed it: 98 took part, of whom 30 were new, and 62 ended.

How many took part is not printed; 98 is 68 from the year before and the 30 that were.
"""

from pathlib import Path

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.activities import service as activities
from followup.activities.commands import CountMeetings
from followup.imports import reading
from followup.imports.kinds import ACTIVITIES, PLAN
from followup.imports.service import import_rows
from followup.months.models import MonthDeclaration
from followup.organisation.models import Team, TeamKind
from followup.organisation.service import create_association, create_team
from followup.participation.models import Participation, random_key, random_stamp
from followup.periods import Month, Week, Year
from followup.plan import entries, queries, service
from followup.plan.commands import SetBudget, SetHistoryFigure

DATA = Path(__file__).parent.parent / "data"
BEFORE, STARTED, ENDED = 68, 30, 62
MEETINGS = 48


def furnish(session: Session) -> Scope:
    association = create_association(session=session, name="Samordningsförbundet Västerås")
    team, advisory = (
        create_team(
            session=session, association_id=association.id, name=name, opened=Month(2022, 1), kind=kind
        )
        for name, kind in (
            ("Samordningsteam Västerås", TeamKind.COORDINATION),
            ("Rådgivande myndighetsgemensamt team", TeamKind.ADVISORY),
        )
    )
    scope = Scope.of_command(association.id, {team.id, advisory.id})
    session.add_all(_participation(team, number) for number in range(BEFORE + STARTED))
    session.add_all(
        MonthDeclaration(association_id=association.id, team_id=team.id, month=month, complete=True)
        for year in (2022, 2023)
        for month in Year(year)
    )
    session.flush()
    for kind, name in ((ACTIVITIES, "activities-2023.csv"), (PLAN, "plan-2023.csv")):
        sheet = reading.find_sheet((DATA / name).read_bytes(), kind)
        found = reading.read(kind, session=session, scope=scope, sheet=sheet)
        assert not found.refused
        import_rows(kind, session=session, scope=scope, rows=found.rows)
    _spend(session, scope, "Samordningsteam Västerås", 2022, 6_244_000)
    for indicator, number in (("ended", 57), ("vm_share", 61)):
        printed = SetHistoryFigure(
            year=2021, indicator=indicator, figure=number, source="Årsredovisning 2021"
        )
        entries.make(session=session, scope=scope, command=printed)
    activities.count_meetings(
        session=session,
        scope=scope,
        command=CountMeetings(
            team_id=advisory.id,
            year=2023,
            counts=dict.fromkeys(Year(2023), MEETINGS // 12),
            seen=activities.seen_of({}),
        ),
    )
    return scope


def _spend(session: Session, scope: Scope, name: str, year: int, outcome: int) -> None:
    found = next(each for each in queries.interventions(session, scope) if each.name == name)
    command = SetBudget(intervention_id=found.id, year=year, amount=None, outcome=outcome, planned=None)
    service.write_budget(session=session, scope=scope, command=command)


def _participation(team: Team, number: int) -> Participation:
    """The first of them ended; the women among them are as many as the men."""
    started = Month(2022, number % 12 + 1) if number < BEFORE else Month(2023, number % 12 + 1)
    made = Participation(
        key=random_key(),
        stamp=random_stamp(),
        association_id=team.association_id,
        team_id=team.id,
        sex="FM"[number % 2],
        age_group="30-39",
        referring_party="FK",
        started_week=Week.of(started.first_day),
        started_month=started,
    )
    if number < ENDED:
        month = Month(2023, number % 12 + 1)
        made.ended_week, made.ended_month, made.exit_reason = Week.of(month.first_day), month, "PLAN"
        made.occupation_at_exit = "ARB" if number % 2 else "ING"
    return made
