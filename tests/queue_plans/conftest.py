"""A manager of a team with the worked example, on its last day, and a target that is decided."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from followup.access.roles import Role
from followup.organisation.models import Team
from followup.periods import Month
from tests.infrastructure.furnish import PASSWORD, address_of
from tests.queue_plans.acts import declare
from tests.queues import q2
from tests.queues.rows import put


@pytest.fixture
def manager(database, association, clock, sign_in):
    with database.session(write=True) as session:
        session.execute(update(Team).where(Team.id == association.north).values(opened=Month(2024, 1)))
    put(database, association, "north", q2.ROWS)
    declare(database, association, 9)
    clock.move_to(datetime(2024, 10, 31, 8, 0, tzinfo=UTC))
    manager = sign_in(Role.TEAM_MANAGER)
    manager.submit(
        f"/team/{association.north}/ko/platser",
        button="Spara",
        colleagues="200",
        places_per_colleague="15",
        target_weeks="12",
        target_decision="§ 14",
        target_decided="2024-03-22",
    )
    return manager


@pytest.fixture
def address(association):
    return f"/team/{association.north}/ko/plan"


@pytest.fixture
def move_to(clock, manager):
    """To a later day, and signed in anew."""

    def move(*day):
        clock.move_to(datetime(*day, 8, 0, tzinfo=UTC))
        manager.submit("/logga-in", email=address_of(Role.TEAM_MANAGER), password=PASSWORD)

    return move


@pytest.fixture
def draft(manager, address):
    return manager.submit(address, button="Gör en plan")
