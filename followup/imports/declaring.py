"""Declaring the months that a file covers complete, and opening them again when it is undone."""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.imports.coverage import Coverage
from followup.imports.targets import TeamMonths
from followup.months import queries
from followup.months.service import declare_complete, reopen
from followup.organisation import queries as organisation
from followup.periods import Month

# Codes of the list reopen_reason.
LATE, CORRECTION = "SEN", "RAT"


def declare_covered(session: Session, scope: Scope, team_ids: Iterable[int], cover: Coverage) -> TeamMonths:
    """Declare every ended month that the file covers, for the teams in it; gives those that are new."""
    wanted = set(team_ids)
    complete = queries.complete_months(session, scope, wanted)
    declared: TeamMonths = {}
    for team in organisation.all_teams(session, scope):
        if team.id not in wanted:
            continue
        asked = queries.asked_for(team, cover.first, cover.last)
        declared[team.id] = [month for month in asked if month not in complete[team.id]]
        declare_months(session, scope, {team.id: declared[team.id]})
    return declared


def declare_months(session: Session, scope: Scope, months: Mapping[int, Iterable[Month]]) -> None:
    for team_id, found in months.items():
        for month in sorted(found):
            declare_complete(session=session, scope=scope, team_id=team_id, month=month)


def reopen_complete(
    session: Session, scope: Scope, months: Mapping[int, Iterable[Month]], reason: str
) -> TeamMonths:
    """Open those of the months that are complete; gives which."""
    complete = queries.complete_months(session, scope, months)
    opened = {team_id: sorted(complete[team_id].intersection(found)) for team_id, found in months.items()}
    for team_id, found in opened.items():
        for month in found:
            reopen(session=session, scope=scope, team_id=team_id, month=month, reason=reason)
    return opened
