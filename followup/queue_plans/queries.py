"""Plans of a team of one's own, and the decided plan of every team."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from followup.access.scope import OutOfScope, Scope
from followup.collation import by_name
from followup.organisation import queries as organisation
from followup.organisation.models import Team
from followup.queue_plans.models import QueueMeasure, QueuePlan


def plans(session: Session, scope: Scope, team_id: int) -> list[QueuePlan]:
    """Every version of a team of one's own, the latest first."""
    scope.require_team(team_id)
    found = session.scalars(
        select(QueuePlan)
        .where(QueuePlan.association_id == scope.association_id, QueuePlan.team_id == team_id)
        .order_by(QueuePlan.version.desc())
    )
    return list(found)


def plan(session: Session, scope: Scope, team_id: int, version: int) -> QueuePlan:
    found = next((each for each in plans(session, scope, team_id) if each.version == version), None)
    if found is None:
        raise OutOfScope
    return found


def measure(plan: QueuePlan, number: int) -> QueueMeasure:
    """Looked up inside its plan."""
    found = next((each for each in plan.measures if each.id == number), None)
    if found is None:
        raise OutOfScope
    return found


def decided(session: Session, scope: Scope) -> list[tuple[Team, QueuePlan]]:
    """The latest decided plan of each team that has one, in alphabetical order of the teams."""
    found = session.scalars(
        select(QueuePlan)
        .where(QueuePlan.association_id == scope.association_id, QueuePlan.decided_on.is_not(None))
        .order_by(QueuePlan.version)
        .options(selectinload(QueuePlan.measures), selectinload(QueuePlan.follow_ups))
    )
    latest = {plan.team_id: plan for plan in found}
    teams = [team for team in organisation.all_teams(session, scope) if team.id in latest]
    return [(team, latest[team.id]) for team in sorted(teams, key=lambda team: by_name(team.name))]
