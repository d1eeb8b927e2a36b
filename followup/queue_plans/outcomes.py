"""What became of the queue since a plan was counted: every week inside the team, less outside it."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.organisation.models import Team
from followup.periods import Week
from followup.queue_plans.exhibits import Outcome
from followup.queue_plans.models import QueuePlan
from followup.queues import everywhere
from followup.queues import queries as queues


def own(session: Session, scope: Scope, team: Team, plan: QueuePlan) -> Outcome:
    """How many waited at the end of each week, the present one last; for a team of one's own."""
    first = plan.week.ordinal
    weeks = queues.overview(session, scope, team).weeks
    return [(step.time - first, step.length) for step in weeks if step.time >= first]


def outside(session: Session, scope: Scope, plans: Sequence[QueuePlan]) -> dict[int, Outcome]:
    """The same by team, of weeks that end in a complete month, and of today: what may leave a team."""
    now = Week.of(clock.today())
    since = min((plan.week for plan in plans), default=now)
    known = everywhere.complete_lengths(session, scope, since)
    lengths = {each.team.id: each.waiting for each in everywhere.all_queues(session, scope)}
    for team_id, length in lengths.items():
        known.setdefault(team_id, {})[now.ordinal] = length
    return {plan.team_id: _since(plan, known.get(plan.team_id, {})) for plan in plans}


def _since(plan: QueuePlan, known: dict[int, int]) -> Outcome:
    begun = plan.week.ordinal
    return sorted((week - begun, length) for week, length in known.items() if week >= begun)
