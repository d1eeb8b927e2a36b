"""What more colleagues cost in a year, from what the team's posts cost now."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.plan import queries as plan
from followup.scenarios.commands import Question


@dataclass(frozen=True, slots=True)
class TeamBudget:
    """Kronor set aside for a team in a year."""

    year: int
    amount: int


def team_budget(session: Session, scope: Scope, team_id: int, year: int) -> TeamBudget | None:
    """Of the year, or else of the year before it; None where nobody has written it down."""
    own = {each.id for each in plan.interventions(session, scope) if each.team_id == team_id}
    budgets = plan.budgets(session, scope, (year, year - 1))
    for wanted in (year, year - 1):
        amounts = [
            money.amount
            for (number, of_year), money in budgets.items()
            if number in own and of_year == wanted
        ]
        if known := [amount for amount in amounts if amount]:
            return TeamBudget(wanted, sum(known))
    return None


def yearly_cost(question: Question, budget: TeamBudget | None, posts: int | None) -> float | None:
    """Kronor more (or fewer); `posts` in per cent of full time. None where it cannot be said."""
    if budget is None or not posts:
        return None
    return budget.amount * question.colleagues / posts
