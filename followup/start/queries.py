"""What the first page counts, beyond what the features tell by themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.editions import queries as editions
from followup.months import queries as months
from followup.organisation import queries as organisation
from followup.organisation.models import Team, TeamKind
from followup.participation import queries as participation
from followup.periods import JanAug, Month, Period, Year
from followup.queues import queries as queues
from followup.queues.capacity_plan import in_force
from followup.screening import queries as screening

MONTHS_SHOWN = 12


class Declaration(Protocol):
    """Whether a month was declared complete, and not opened again since."""

    @property
    def complete(self) -> bool: ...


Declared = Mapping[tuple[int, Month], Declaration]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamState:
    """A team's own loose ends."""

    # The longest wait that has been decided on, in weeks.
    target_weeks: int | None
    open_months: list[Month]
    without_occupation: int
    this_month: Month
    conversations: int
    # The team's first month, which may be one to come.
    opened: Month
    # Nobody has ever been in the queue or taken part.
    is_new: bool


def team_state(session: Session, scope: Scope, team: Team) -> TeamState:
    last = months.last_ended_month()
    complete = months.complete_months(session, scope, [team.id])[team.id]
    said = in_force(queues.settings(session, scope, team.id), last + 1)
    return TeamState(
        target_weeks=said.target_weeks if said else None,
        open_months=[month for month in months.asked_for(team, team.opened, last) if month not in complete],
        without_occupation=participation.count_without_occupation(session, scope, team.id),
        this_month=last + 1,
        conversations=screening.asked_in_month(session, scope, team.id, last + 1),
        opened=team.opened,
        is_new=not participation.is_anything(session, scope, team.id),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """Which of the latest ended months each team has declared: "complete", "reopened", "missing" or None.

    The latest month comes first: on a narrow screen it is what one looks for.
    """

    months: list[Month]
    teams: list[tuple[Team, list[str | None]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report of the förbund that is due, and the months it still lacks by the name of the team.

    `edition` is number and name of the one in force, when the period has been published.
    """

    period: Period
    missing: dict[str, list[Month]]
    edition: tuple[int, str] | None

    @property
    def number_missing(self) -> int:
        return sum(len(found) for found in self.missing.values())


def reporting(session: Session, scope: Scope) -> tuple[Completeness, list[Report]]:
    """What the teams with participants have declared, and what the reports that ended last lack."""
    teams = [team for team in organisation.all_teams(session, scope) if team.kind == TeamKind.COORDINATION]
    declared = months.declarations(session, scope, [team.id for team in teams])
    last = months.last_ended_month()
    shown = [last - back for back in range(MONTHS_SHOWN)]
    reports = [
        Report(
            period=period,
            missing={team.name: lacking for team in teams if (lacking := _lacking(team, period, declared))},
            edition=_edition(session, scope, period),
        )
        for period in _due(last)
        if any(months.asked_for(team, period.first, period.last) for team in teams)
    ]
    states = [(team, [_state(team, month, declared) for month in shown]) for team in teams]
    return Completeness(months=shown, teams=states), reports


def _edition(session: Session, scope: Scope, period: Period) -> tuple[int, str] | None:
    found = editions.latest_for(session, scope, period.code)
    return (found.id, found.number) if found else None


def _due(last: Month) -> list[Period]:
    """The interim and the annual report that ended last, latest first."""
    interim = JanAug(last.year if last.month >= 8 else last.year - 1)
    annual = Year(last.year if last.month == 12 else last.year - 1)
    return sorted((interim, annual), key=lambda period: period.last, reverse=True)


def _lacking(team: Team, period: Period, declared: Declared) -> list[Month]:
    asked = months.asked_for(team, period.first, period.last)
    return [month for month in asked if _state(team, month, declared) != "complete"]


def _state(team: Team, month: Month, declared: Declared) -> str | None:
    if not months.asked_for(team, month, month):
        return None
    found = declared.get((team.id, month))
    return "missing" if found is None else "complete" if found.complete else "reopened"
