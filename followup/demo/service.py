"""A made-up förbund to try the product in. Everything in it is drawn by chance from fixed seeds."""

import secrets
from random import Random

from sqlalchemy.orm import Session

from followup import clock
from followup.access.roles import Role
from followup.access.scope import Scope
from followup.access.service import create_account
from followup.audit.events import Event
from followup.audit.service import record
from followup.demo.histories import Course, Turn, histories
from followup.demo.places import settings
from followup.demo.plan import fill
from followup.demo.screening import counts
from followup.months import queries as months
from followup.months.models import MonthDeclaration
from followup.organisation.models import Team, TeamKind
from followup.organisation.service import create_association, create_team
from followup.periods import Month
from followup.queues.keeping import keep

NAME = "Samordningsförbundet Västmanland (demo)"
YEARS_BACK = 3

# Name and municipalities.
TEAMS = (
    ("Samordningsteam Fagersta", (("1982", "Fagersta"), ("1962", "Norberg"), ("1904", "Skinnskatteberg"))),
    ("Samordningsteam Hallstahammar", (("1961", "Hallstahammar"),)),
    ("Samordningsteam Sala", (("1981", "Sala"),)),
    ("Samordningsteam Surahammar", (("1907", "Surahammar"),)),
    ("Samordningsteam Västerås", (("1980", "Västerås"),)),
    (
        "Teamsamverkan Västra Mälardalen",
        (("1983", "Köping"), ("1984", "Arboga"), ("1960", "Kungsör")),
    ),
)
# As it went for one team in 2023: two left, two went to half time in spring, and recruitment came in autumn.
TWO_LEFT, TWO_ON_HALF_TIME, FIRST_RECRUITED = 345, 270, 100
COURSES = (
    Course(joins=0.55, places=26, stay=46, seed=1),
    Course(joins=0.45, places=20, stay=45, seed=2),
    Course(joins=0.50, places=22, stay=48, seed=3),
    Course(joins=0.35, places=18, stay=47, seed=4),
    Course(
        joins=1.20,
        places=112,
        stay=90,
        # With this one, 62 end and 30 start in the year before 10 January, as they did.
        seed=73,
        turns=(
            Turn(80, days_ago=TWO_LEFT),
            Turn(64, days_ago=TWO_ON_HALF_TIME),
            Turn(80, days_ago=FIRST_RECRUITED),
            Turn(112, months_ahead=3),
        ),
        places_per_colleague=16,
    ),
    Course(joins=0.50, places=24, stay=44, seed=6),
)
ADVISORY = "Rådgivande myndighetsgemensamt team"

# Sign-in name, role, and which teams by their place in TEAMS; the advisory team comes after them.
ACCOUNTS: tuple[tuple[str, Role, tuple[int, ...]], ...] = (
    ("sala@demo.example", Role.TEAM_STAFF, (2,)),
    ("vasteras@demo.example", Role.TEAM_STAFF, (4,)),
    ("radgivare@demo.example", Role.TEAM_STAFF, (6,)),
    ("ledare@demo.example", Role.TEAM_MANAGER, (2, 4)),
    ("forbundschef@demo.example", Role.DIRECTOR, ()),
    ("utvecklingsledare@demo.example", Role.OFFICER, ()),
    ("styrelse@demo.example", Role.READER, ()),
    ("system@demo.example", Role.SYSTEM_ADMIN, ()),
)
SYLLABLES = ("ask", "björk", "dal", "eke", "fors", "gran", "hage", "lind", "mosse", "näs", "sjö", "vik")


def create_demo(session: Session) -> str:
    """Fill an empty database; answer with the sign-ins, whose password is new for each installation."""
    association = create_association(session=session, name=NAME)
    today = clock.today()
    opened = Month(today.year - YEARS_BACK, 1)
    teams = [
        create_team(
            session=session,
            association_id=association.id,
            name=name,
            opened=opened,
            municipalities=municipalities,
        )
        for name, municipalities in TEAMS
    ]
    advisory = create_team(
        session=session,
        association_id=association.id,
        name=ADVISORY,
        opened=opened,
        kind=TeamKind.ADVISORY,
    )
    this_month = Month.of(today)
    for team, course, (_, municipalities) in zip(teams, COURSES, TEAMS, strict=True):
        chance = Random(course.seed)  # noqa: S311  # a demo, not a secret
        places = [code for code, _ in municipalities]
        session.add_all(histories(chance, team, course, opened.first_day, today, places))
        session.add_all(settings(team, course, opened, today))
        session.add_all(counts(chance, team, opened, today))
        session.add_all(_declared(team, opened, this_month, lag=2 if team is teams[2] else 1))
    session.flush()
    scope = Scope.of_command(association.id, {team.id for team in teams})
    for team in teams:
        complete = months.complete_months(session, scope, [team.id])[team.id]
        keep(session=session, scope=scope, team_id=team.id, months=complete)
    fill(session, teams, advisory, today)
    session.flush()
    record(session, scope, Event.INSTALLED)
    return _sign_ins(session, association.id, [*teams, advisory])


def _declared(team: Team, opened: Month, now: Month, *, lag: int) -> list[MonthDeclaration]:
    return [
        MonthDeclaration(
            association_id=team.association_id, team_id=team.id, month=opened + number, complete=True
        )
        for number in range(now - opened - lag + 1)
    ]


def _sign_ins(session: Session, association_id: int, teams: list[Team]) -> str:
    password = "-".join(secrets.choice(SYLLABLES) for _ in range(5))
    lines = ["Inloggningar till demoförbundet:"]
    for email, role, places in ACCOUNTS:
        memberships: list[tuple[Role, int | None]] = [(role, teams[place].id) for place in places]
        create_account(
            session=session,
            association_id=association_id,
            email=email,
            password=password,
            memberships=memberships or [(role, None)],
        )
        lines.append(f"  {email:<32} {role.label}")
    lines.append(f"Lösenord till alla: {password}")
    return "\n".join(lines) + "\n"
