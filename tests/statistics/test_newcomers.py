"""A team that is new has had short stays alone, and does not say how few of the other teams had them."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.disclosure import Status
from followup.periods import Year
from followup.statistics.service import association_statistics
from tests.infrastructure.furnish import Furnished
from tests.statistics.board import declare
from tests.statistics.test_medians import SHORT, ended

YEAR = Year(2023)
LONG = 26


@pytest.mark.parametrize(("there_before", "is_told"), [(0, False), (12, True)])
def test_a_new_team_does_not_tell_how_few_of_another_left_soon(
    session: Session,
    association: Furnished,
    scope_of: Callable[..., Scope],
    there_before: int,
    is_told: bool,
) -> None:
    """Of 14 short stays 12 were in a team that nobody was in when the year began: two in the other."""
    north, south = association.north, association.south
    declare(session, association.id, (north, south), YEAR)
    session.add_all(ended(association, north, SHORT, 5 + place) for place in range(2))
    session.add_all(ended(association, north, LONG, place) for place in range(20))
    session.add_all(ended(association, south, SHORT, 4 + place % 8) for place in range(12))
    for team, number, months in ((north, 40, range(24)), (south, there_before, range(12, 24))):
        for place in range(number):
            row = ended(association, team, months[place % len(months)], 11)
            row.ended_month = row.ended_week = row.exit_reason = None
            session.add(row)
    session.flush()
    shown = association_statistics(
        session=session, scope=scope_of(Role.DIRECTOR), period=YEAR, key=b"k" * 32
    ).table("T9")
    assert shown
    cells = {codes[0]: cell for codes, cell in shown.cubes[""].cells.items() if codes[1] == YEAR.code}
    assert cells.pop("_T").value == 34
    assert {cell.status is not Status.SUPPRESSED for cell in cells.values()} == {is_told}
