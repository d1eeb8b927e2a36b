"""A team that has closed: the years after it are published as before, beside the editions that tell of it."""

from collections.abc import Callable

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.editions import service
from followup.keys import KeyRing
from followup.organisation.models import Team
from followup.participation.models import Participation
from followup.periods import Month, Week, Year
from tests.editions.years import fill
from tests.infrastructure.furnish import Furnished
from tests.statistics.board import declare

KEYS = KeyRing("k1", {"k1": b"1" * 32})
LAST = Month(2023, 12)


def close(session: Session, team_id: int) -> None:
    """Everybody left in the last month."""
    left = (Participation.team_id == team_id, Participation.ended_month.is_(None))
    for row in session.scalars(select(Participation).where(*left)):
        row.ended_month, row.ended_week = LAST, Week.of(LAST.first_day)
        row.exit_reason, row.continuation, row.occupation_at_exit = "PLAN", "ARB", "ARB"
    session.execute(update(Team).where(Team.id == team_id).values(closed=LAST))
    session.flush()
    session.expire_all()


def test_the_years_after_a_team_has_closed_are_published(
    session: Session, association: Furnished, scope_of: Callable[..., Scope]
) -> None:
    fill(session, association)
    declare(session, association.id, (association.north,), Year(2024))
    declare(session, association.id, (association.north,), Year(2025))
    close(session, association.south)
    director = scope_of(Role.DIRECTOR)
    for year in (2023, 2024, 2025):
        edition = service.publish(session=session, scope=director, period=Year(year), keys=KEYS)
        flow = next(table for table in service.published(edition).tables if table.id == "T1-per team")
        teams = {str(association.north), str(association.south)}
        assert set(flow.axis("team").codes) == (teams if year < 2025 else {str(association.north)})
