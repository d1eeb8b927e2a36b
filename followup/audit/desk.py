"""What the log tells beside its own page: its names, and who has been given access."""

from collections.abc import Set
from datetime import timedelta

from sqlalchemy.orm import Session

from followup import clock
from followup.access import queries as access
from followup.access.scope import Scope
from followup.audit import queries, wording
from followup.audit.models import AuditEvent
from followup.organisation import queries as organisation
from followup.organisation.wording import LISTS

DAYS_TOLD = 30


def names_of(session: Session, scope: Scope) -> wording.Names:
    """What the numbers in the förbund's log stand for."""
    return wording.Names(
        accounts={
            str(account.id): account.email
            for account in access.accounts(session, scope, access.AccountFilter())
        },
        teams={str(team.id): team.name for team in organisation.all_teams(session, scope)},
        reasons=organisation.labels(session, scope, ["reopen_reason"])["reopen_reason"],
        lists=LISTS,
    )


def access_given(session: Session, scope: Scope, team_ids: Set[int] | None = None) -> list[str]:
    """Who has lately been let in to the förbund, or to some of its teams, and by whom: the latest first.

    An administrator can give anybody a role. Those whose rows and tables it opens see that it has been done.
    """
    since = clock.today() - timedelta(days=DAYS_TOLD)
    found = queries.access_events(session, scope, since)
    if team_ids is not None:
        found = [entry for entry in found if _concerns(entry, team_ids)]
    names = names_of(session, scope) if found else None
    return [wording.access_given(entry, names) for entry in found] if names else []


def _concerns(entry: AuditEvent, team_ids: Set[int]) -> bool:
    roles = entry.details.get("roles") or entry.details.get("role") or ""
    return any(held.partition(":")[2] in {str(each) for each in team_ids} for held in roles.split())
