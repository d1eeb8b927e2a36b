"""A median of a team does not tell, beside what is told of all, how long the few of another team stayed."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.disclosure import ProtectedTable, Status
from followup.participation.models import Participation, random_key
from followup.periods import Month, Week, Year
from followup.statistics.service import association_statistics
from tests.infrastructure.furnish import Furnished
from tests.statistics.board import declare

YEAR = Year(2023)
SHORT, LONG = 4, 14


def ended(association: Furnished, team_id: int, stay: int, number: int) -> Participation:
    """Somebody who ended in one of the year's months after so many months."""
    month = Month(2023, number % 12 + 1)
    started = month - stay
    return Participation(
        key=random_key(),
        association_id=association.id,
        team_id=team_id,
        sex="F",
        age_group="30-39",
        referring_party="FK",
        exit_reason="PLAN",
        started_month=started,
        started_week=Week.of(started.first_day),
        ended_month=month,
        ended_week=Week.of(month.first_day),
    )


@pytest.mark.parametrize(("others", "is_told"), [(5, False), (9, False), (15, True)])
def test_a_median_is_silent_where_all_others_are_few(
    session: Session,
    association: Furnished,
    scope_of: Callable[..., Scope],
    others: int,
    is_told: bool,
) -> None:
    """Twelve of thirteen in one team stayed for four months, and all of the other for fourteen."""
    declare(session, association.id, (association.north, association.south), YEAR)
    stays = [(association.north, SHORT)] * 12 + [(association.north, LONG)]
    stays += [(association.south, LONG)] * others
    session.add_all(ended(association, *stay, number) for number, stay in enumerate(stays))
    session.flush()
    statistics = association_statistics(
        session=session, scope=scope_of(Role.DIRECTOR), period=YEAR, key=b"k" * 32
    )
    shown = statistics.table("T9")
    assert shown is not None
    bands, whole, teams = (shown.cubes[key] for key in ("", "median", "median per team"))
    assert isinstance(teams, ProtectedTable)
    assert isinstance(whole, ProtectedTable)
    assert not [c for c in bands.cells.values() if c.status is Status.SUPPRESSED], "no length is hidden"
    north = str(association.north)
    assert teams.cells[north, YEAR.code, "count"].value == 13
    for name in ("median", "ninetieth"):
        assert whole.cells["ended", YEAR.code, name].value is not None
        assert (teams.cells[north, YEAR.code, name].value is not None) == is_told
