"""The trial before publication: numbers that move by a few between editions point at people."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.disclosure.intruder import Exposure, Finding
from followup.editions import service
from followup.editions.models import Edition
from followup.editions.trial import undo
from followup.keys import KeyRing
from followup.periods import Year
from tests.editions.altered import moved
from tests.editions.years import fill
from tests.infrastructure.furnish import Furnished

KEYS = KeyRing("k1", {"k1": b"1" * 32})


@pytest.fixture
def edition(session: Session, association: Furnished, scope_of: Callable[..., Scope]) -> Edition:
    fill(session, association)
    return service.publish(session=session, scope=scope_of(Role.DIRECTOR), period=Year(2023), keys=KEYS)


def same_place(found: Finding) -> bool:
    """Whether it tells of one number in two editions."""
    one, _, other = found.place.partition(" minus ")
    return found.exposure is Exposure.DIFFERENCE and one == other


@pytest.mark.parametrize(("by", "is_found"), [(1, True), (-4, True), (5, False), (0, False)])
def test_a_number_that_moves_by_few_is_found_also_against_the_edition_of_another_period(
    session: Session, scope_of: Callable[..., Scope], edition: Edition, by: int, is_found: bool
) -> None:
    """As when the year after shows the year before with one late registration."""
    later = moved(service.published(edition), "T2", by)
    scope = scope_of(Role.DIRECTOR)
    assert any(same_place(each) for each in undo(session, scope, later)) is is_found
