"""A team's saved scenarios, and where a new forecast begins."""

from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access.scope import OutOfScope, Scope
from followup.collation import by_name
from followup.periods import Week
from followup.queues.queries import Caseload
from followup.queues.what_if import seed_of
from followup.scenarios.models import QueueScenario
from followup.scenarios.start import DAYS_IN_WEEK


def scenarios(session: Session, scope: Scope, team_id: int) -> list[QueueScenario]:
    """Those of a team of one's own, in alphabetical order."""
    scope.require_team(team_id)
    found = session.scalars(
        select(QueueScenario).where(
            QueueScenario.association_id == scope.association_id, QueueScenario.team_id == team_id
        )
    )
    return sorted(found, key=lambda scenario: by_name(scenario.name))


def scenario(session: Session, scope: Scope, team_id: int, number: int) -> QueueScenario:
    scope.require_team(team_id)
    found = session.get(QueueScenario, number)
    if found is None or (found.association_id, found.team_id) != (scope.association_id, team_id):
        raise OutOfScope
    return found


def start_of(caseload: Caseload, team_id: int, today: date) -> dict[str, Any]:
    """The columns of `Start`, from a team's queue as it is."""
    pace = caseload.pace
    return {
        "counted_on": today,
        "waiting": pace.waiting,
        "joined": pace.joined.count,
        "started": pace.started.count,
        "left": pace.left.count,
        "days": round(pace.joined.exposure * DAYS_IN_WEEK),
        "planned": [[len(list(weeks)), factor] for factor, weeks in groupby(caseload.planned)],
        "seed": seed_of(team_id, Week.of(today)),
    }
