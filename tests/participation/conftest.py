from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from tests.infrastructure.furnish import Furnished
from tests.participation.acts import Acts


@pytest.fixture
def acts(session: Session, scope_of: Callable[..., Scope], association: Furnished) -> Acts:
    """A colleague in the northern team, which covers two municipalities."""
    return Acts(session, scope_of(Role.TEAM_STAFF), association.north)
