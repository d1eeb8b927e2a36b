"""A median of a team does not tell, beside what is told of all, how long those of another team stayed."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.disclosure import ProtectedTable, Status
from followup.participation.models import Participation, random_key
from followup.periods import JanAug, Month, Period, RollingYear, Week, Year
from followup.statistics.findings import words
from followup.statistics.service import association_statistics, own_team_statistics
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


@pytest.mark.parametrize(
    ("others", "is_told"),
    [([LONG] * 5, False), ([LONG] * 9, False), ([LONG] * 15, False), ([LONG] * 12 + [SHORT] * 8, True)],
)
def test_a_median_is_silent_where_it_tells_of_all_others(
    session: Session,
    association: Furnished,
    scope_of: Callable[..., Scope],
    others: list[int],
    is_told: bool,
) -> None:
    """Twelve of thirteen in one team stayed for four months: nobody else did where so many did of all."""
    declare(session, association.id, (association.north, association.south), YEAR)
    stays = [(association.north, SHORT)] * 12 + [(association.north, LONG)]
    stays += [(association.south, months) for months in others]
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


@pytest.mark.parametrize("period", [JanAug(2023), RollingYear(Month(2023, 8))])
def test_a_part_of_a_year_tells_the_most_common_length_and_a_team_its_own_median(
    session: Session, association: Furnished, scope_of: Callable[..., Scope], period: Period
) -> None:
    """The median would tell of the bands of the year how long those stayed who ended in the autumn."""
    for year in (YEAR.previous, YEAR):
        declare(session, association.id, (association.north, association.south), year)
    stays = [SHORT] * 20 + [LONG] * 12
    session.add_all(
        ended(association, association.north, stay, place % 8) for place, stay in enumerate(stays)
    )
    session.flush()
    published = association_statistics(
        session=session, scope=scope_of(Role.DIRECTOR), period=period, key=b"k" * 32
    ).table("T9")
    assert published
    assert set(published.cubes) == {""}
    assert words(published, period).heading == "Vanligaste tiden i insatsen: Under 6 månader"
    assert "20 av de 32 avsluten kom efter ”Under 6 månader”" in words(published, period).sentence
    own = own_team_statistics(
        session=session, scope=scope_of(Role.TEAM_STAFF), team_id=association.north, period=period
    ).table("T9")
    assert own
    assert own.cubes["median"].cells["ended", period.code, "median"].value == 18
    assert "18 veckor" in words(own, period).sentence
