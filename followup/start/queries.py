"""What the first page counts, beyond what the features tell by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.months import queries as months
from followup.organisation import queries as organisation
from followup.organisation.models import Team, TeamKind
from followup.participation import queries as participation
from followup.periods import JanAug, Month, Period, Year
from followup.screening import queries as screening

MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamState:
    """A team's own loose ends."""

    open_months: list[Month]
    without_occupation: int
    this_month: Month
    conversations: int


def team_state(session: Session, scope: Scope, team: Team) -> TeamState:
    last = months.last_ended_month()
    complete = months.complete_months(session, scope, [team.id])[team.id]
    return TeamState(
        open_months=[month for month in months.asked_for(team, team.opened, last) if month not in complete],
        without_occupation=participation.count_without_occupation(session, scope, team.id),
        this_month=last + 1,
        conversations=screening.asked_in_month(session, scope, team.id, last + 1),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """Which of the latest ended months each team has declared: "complete", "reopened", "missing" or None."""

    months: list[Month]
    teams: list[tuple[Team, list[str | None]]]


def completeness(session: Session, scope: Scope) -> Completeness:
    last = months.last_ended_month()
    shown = [last - back for back in reversed(range(MONTHS_SHOWN))]
    teams = reporting_teams(session, scope)
    declared = months.declarations(session, scope, [team.id for team in teams])

    def state(team: Team, month: Month) -> str | None:
        if not months.asked_for(team, month, month):
            return None
        found = declared.get((team.id, month))
        return "missing" if found is None else "complete" if found.complete else "reopened"

    return Completeness(
        months=shown, teams=[(team, [state(team, month) for month in shown]) for team in teams]
    )


def reporting_teams(session: Session, scope: Scope) -> list[Team]:
    """Teams with participants; an advisory team has no months to declare for them."""
    return [team for team in organisation.all_teams(session, scope) if team.kind == TeamKind.COORDINATION]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report of the förbund that is due next, and how many months it still lacks."""

    period: Period
    missing: dict[str, list[Month]]

    @property
    def number_missing(self) -> int:
        return sum(len(found) for found in self.missing.values())


def due_reports(session: Session, scope: Scope) -> Sequence[Report]:
    """The interim and the annual report that ended last, latest first."""
    last = months.last_ended_month()
    interim = JanAug(last.year if last.month >= 8 else last.year - 1)
    annual = Year(last.year if last.month == 12 else last.year - 1)
    teams = {team.id: team.name for team in reporting_teams(session, scope)}
    reports = []
    for period in sorted((interim, annual), key=lambda period: period.last, reverse=True):
        missing = months.missing_months(session, scope, teams, period)
        reports.append(
            Report(period=period, missing={teams[team]: found for team, found in missing.items() if found})
        )
    return reports
