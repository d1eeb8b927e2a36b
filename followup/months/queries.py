"""Which months are complete, and which are still missing."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.months.models import MonthDeclaration
from followup.organisation import queries as organisation
from followup.organisation.models import Team
from followup.periods import Month, Period


def declarations(
    session: Session, scope: Scope, team_ids: Iterable[int]
) -> dict[tuple[int, Month], MonthDeclaration]:
    """What is declared, complete or opened again, by team and month."""
    found = session.scalars(
        select(MonthDeclaration).where(
            MonthDeclaration.association_id == scope.association_id,
            MonthDeclaration.team_id.in_(list(team_ids)),
        )
    )
    return {(declared.team_id, declared.month): declared for declared in found}


def complete_months(session: Session, scope: Scope, team_ids: Iterable[int]) -> dict[int, frozenset[Month]]:
    """The complete months of each team asked for; an empty set where there are none."""
    complete: dict[int, set[Month]] = {team_id: set() for team_id in team_ids}
    declared = session.execute(
        select(MonthDeclaration.team_id, MonthDeclaration.month).where(
            MonthDeclaration.association_id == scope.association_id,
            MonthDeclaration.team_id.in_(list(complete)),
            MonthDeclaration.complete.is_(True),
        )
    )
    for team_id, month in declared:
        complete[team_id].add(month)
    return {team_id: frozenset(months) for team_id, months in complete.items()}


def is_complete(session: Session, scope: Scope, team_id: int, month: Month) -> bool:
    return month in complete_months(session, scope, [team_id])[team_id]


def last_ended_month() -> Month:
    return Month.of(clock.today()) - 1


def asked_for(team: Team, first: Month, last: Month) -> list[Month]:
    """The months between two, both counted, in which the team worked and which have ended."""
    first = max(first, team.opened)
    last = min(month for month in (last, team.closed, last_ended_month()) if month is not None)
    return [first + step for step in range(last - first + 1)]


def open_before(session: Session, scope: Scope, team_id: int, month: Month) -> list[Month]:
    """Earlier months that the team has not declared complete."""
    team = organisation.own_team(session, scope, team_id)
    complete = complete_months(session, scope, [team_id])[team_id]
    return [earlier for earlier in asked_for(team, team.opened, month - 1) if earlier not in complete]


def complete_after(session: Session, scope: Scope, team_id: int, month: Month) -> list[Month]:
    """Later months that the team has declared complete, in order."""
    return sorted(each for each in complete_months(session, scope, [team_id])[team_id] if each > month)


def missing_months(
    session: Session, scope: Scope, team_ids: Iterable[int], period: Period
) -> dict[int, list[Month]]:
    """Months of the period that are not complete, by team; the ones that have not ended are missing, too."""
    wanted = set(team_ids)
    complete = complete_months(session, scope, wanted)
    return {
        team.id: [month for month in _worked(team, period) if month not in complete[team.id]]
        for team in organisation.all_teams(session, scope)
        if team.id in wanted
    }


def _worked(team: Team, period: Period) -> list[Month]:
    return [
        month for month in period if team.opened <= month and (team.closed is None or month <= team.closed)
    ]
