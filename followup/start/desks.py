"""The first page of each role, put together from what the features tell."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from followup.access.roles import Permission
from followup.access.scope import Scope
from followup.audit.desk import access_given
from followup.editions import desk as editions
from followup.lifecycle.doctor import examine
from followup.organisation.models import Team, TeamKind
from followup.queues import all_teams, words
from followup.queues import queries as queues
from followup.queues.everywhere import all_queues
from followup.queues.tables import Table
from followup.settings import Settings
from followup.start import queries
from followup.start import words as start_words
from followup.start.words import Task
from followup.web.charts import Chart
from followup.web.navigation import TEAM, url_of
from followup.web.sparkline import sparkline


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamDesk:
    name: str
    buttons: list[Task]
    tasks: list[Task]
    queue: str
    curve: Chart | None
    access: list[str]


def of_team(session: Session, scope: Scope, team: Team) -> TeamDesk | None:
    """Nothing for an advisory team, which has no participants."""
    if team.kind == TeamKind.ADVISORY:
        return None
    overview = queues.overview(session, scope, team)
    may_declare = scope.can(Permission.DECLARE_MONTH, team.id)
    state = queries.team_state(session, scope, team)
    return TeamDesk(
        name=team.name,
        buttons=_buttons(team.id),
        tasks=start_words.tasks(team.id, state, overview, may_declare=may_declare),
        queue=words.summary(team.name, overview),
        curve=None
        if overview.is_empty
        else sparkline(
            name=f"Kölängden sedan {overview.first_month.label}",
            description=f"{words.development(overview)}.",
            values=[overview.lengths.get(step.time) for step in overview.months],
        ),
        access=access_given(session, scope, {team.id}) if may_declare else [],
    )


def _buttons(team_id: int) -> list[Task]:
    rows = url_of(f"{TEAM}/deltagare", team_id=team_id)
    return [
        Task("Ställ i kö", f"{rows}/stall-i-ko"),
        Task("Starta", url_of(f"{TEAM}/deltagare", team_id=team_id, flik="ko")),
        Task("Avsluta", url_of(f"{TEAM}/deltagare", team_id=team_id, flik="pagar")),
    ]


def of_reader(session: Session, scope: Scope) -> list[Task]:
    """Every published edition, the latest first."""
    return [
        Task(f"{line.title}. {line.note}", f"{url_of('utgavor')}/{line.id}", "Läs utgåvan")
        for line in editions.lines(session, scope)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectorDesk:
    reports: list[Task]
    latest_edition: list[Task]
    completeness: Table
    queue: str
    lengths: Table
    access: list[str]


def of_director(session: Session, scope: Scope) -> DirectorDesk:
    found, reports = queries.reporting(session, scope)
    everywhere = all_teams.of_all_teams(all_queues(session, scope), {})
    waiting = [
        Task(each.text, url_of("utgavor/publicera", period=each.period), "Granska")
        for each in editions.requests(session, scope)
    ]
    return DirectorDesk(
        reports=[*waiting, *(start_words.report(report) for report in reports)],
        latest_edition=of_reader(session, scope)[:1],
        completeness=Table(
            "Klarmarkerade månader per team",
            start_words.completeness_columns(found),
            start_words.completeness_rows(found),
        ),
        queue=everywhere.summary,
        lengths=everywhere.lengths,
        access=access_given(session, scope),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AdministratorDesk:
    to_mend: list[Task]
    in_order: list[str]


def of_administrator(session: Session, scope: Scope, settings: Settings) -> AdministratorDesk:
    findings = examine(session, scope, settings)
    return AdministratorDesk(
        to_mend=start_words.to_mend(findings),
        in_order=[finding.text for finding in findings if finding.is_well],
    )
