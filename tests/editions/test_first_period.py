"""A förbund that has just begun: few have ended, and nobody can have stayed for long."""

from collections.abc import Callable
from random import Random

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.disclosure import Status
from followup.editions import service
from followup.organisation.models import Team
from followup.periods import HalfYear, JanAug, Month, Period, Week, Year
from tests.editions.test_publishing import publish
from tests.editions.years import fill, row
from tests.infrastructure.furnish import Furnished

# Fewer than a group that is shown.
ENDED = 3


@pytest.mark.parametrize(
    ("period", "last"),
    [(Year(2023), Month(2023, 7)), (JanAug(2023), Month(2023, 7)), (HalfYear(2023, 1), Month(2023, 6))],
    ids=["a year", "January-August", "half a year"],
)
def test_the_first_edition_is_published_though_few_have_ended(
    session: Session,
    association: Furnished,
    scope_of: Callable[..., Scope],
    period: Period,
    last: Month,
) -> None:
    """That all of them stayed for a short time is known by when the teams began."""
    fill(session, association, people=0)
    chance = Random(3)
    for team in (association.north, association.south):
        session.get_one(Team, team).opened = Month(2023, 1)
        people = [row(chance, association.id, team) for _ in range(20)]
        for number, one in enumerate(people):
            one.started_month = Month(2023, chance.randint(1, 6))
            one.started_week = Week.of(one.started_month.first_day)
            has_ended = team == association.north and number < ENDED
            one.ended_month = last if has_ended else None
            one.ended_week = Week.of(last.first_day) if has_ended else None
            one.exit_reason, one.continuation, one.occupation_at_exit = (
                ("PLAN", "ARB", "ARB") if has_ended else (None, None, None)
            )
        session.add_all(people)
    edition = publish(session, scope_of(Role.DIRECTOR), period=period)
    flow = next(table for table in service.published(edition).tables if table.id == "T1")
    ended = flow.cells["ended", "_T", period.code]
    assert (ended.status, ended.value) == (Status.VALUE, ENDED)
