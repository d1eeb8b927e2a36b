"""A median of a team does not tell, beside what is told of all, how long those of another team stayed."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.disclosure import Ledger, ProtectedTable, Status, protect
from followup.participation.models import Participation, random_key
from followup.periods import JanAug, Month, RollingYear, Week, Year
from followup.protection.queries import BUILT_IN
from followup.statistics.findings import words
from followup.statistics.service import association_statistics, counts_of, own_team_statistics
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
    session.add_all(ended(association, *stay, number % 6) for number, stay in enumerate(stays))
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


def test_a_part_of_a_year_tells_the_most_common_length_and_a_team_its_own_median(
    session: Session, association: Furnished, scope_of: Callable[..., Scope]
) -> None:
    """The median would tell of the bands of the year how long those stayed who ended in the autumn."""
    period, across = JanAug(2023), RollingYear(Month(2023, 8))
    for year in (YEAR.previous, YEAR):
        declare(session, association.id, (association.north, association.south), year)
    stays = [place * 7 % 30 + 1 for place in range(60)]
    session.add_all(
        ended(association, association.north, stay, place % 8) for place, stay in enumerate(stays)
    )
    session.flush()
    published, rolling = (
        association_statistics(
            session=session, scope=scope_of(Role.DIRECTOR), period=each, key=b"k" * 32
        ).table("T9")
        for each in (period, across)
    )
    assert published
    assert rolling
    assert set(published.cubes) == set(rolling.cubes) == {""}
    told = "Vanligaste tiden i insatsen: 12 månader eller mer (sammanslagen grupp)"
    assert words(published, period).heading == told
    assert "38 av de 60 avsluten kom efter ”12 månader eller mer”" in words(published, period).sentence
    own = own_team_statistics(
        session=session, scope=scope_of(Role.TEAM_STAFF), team_id=association.north, period=period
    ).table("T9")
    assert own
    assert own.cubes["median"].cells["ended", period.code, "median"].value == 67
    assert "67 veckor" in words(own, period).sentence


def test_lengths_that_nobody_can_have_had_in_a_first_year_give_no_room(
    session: Session, association: Furnished, scope_of: Callable[..., Scope]
) -> None:
    """Nobody was there before the year, so all whose length is hidden could only be one of two."""
    declare(session, association.id, (association.north, association.south), YEAR)
    for place in range(20):
        session.add(ended(association, association.north, 7, 7 + place % 5))
    session.flush()
    shown = association_statistics(
        session=session, scope=scope_of(Role.DIRECTOR), period=YEAR, key=b"k" * 32
    ).table("T9")
    assert shown
    cells = {codes[0]: cell for codes, cell in shown.cubes[""].cells.items() if codes[1] == YEAR.code}
    assert cells["12-"].value == 0
    assert [cells[code].status for code in ("0-5", "6")] == [Status.SUPPRESSED] * 2


@pytest.mark.parametrize(("autumn", "is_told"), [(11, False), (5, True)])
def test_a_median_of_the_year_does_not_tell_of_the_months_after_an_interim_report(
    session: Session, association: Furnished, scope_of: Callable[..., Scope], autumn: int, is_told: bool
) -> None:
    """Of 12 short stays of the autumn 11 were in the south, where nobody ended before: one in the north."""
    north, south = association.north, association.south
    for year in (YEAR.previous, YEAR):
        declare(session, association.id, (north, south), year)
    early = [(north, SHORT, place % 8) for place in range(8)] + [(north, 26, place) for place in range(8)]
    late = [(north, SHORT, 9)] + [(north, 26, 8 + place % 4) for place in range(9)]
    late += [(south, SHORT, 8 + place % 4) for place in range(autumn)]
    late += [(south, 26, 8 + place % 4) for place in range(12 - autumn)]
    session.add_all(ended(association, *one) for one in early + late)
    for place in range(120):
        row = ended(association, (north, south)[place % 2], place % 24, 11)
        row.ended_month = row.ended_week = row.exit_reason = None
        session.add(row)
    session.flush()
    scope = scope_of(Role.DIRECTOR)
    first = protect(counts_of(session, scope, JanAug(2023)), BUILT_IN)
    ledger = Ledger.from_records(first.records("1"))
    release = {table.id: table for table in protect(counts_of(session, scope, YEAR), BUILT_IN, ledger)}
    told = release["T9-median per team"].cells[str(south), YEAR.code, "ninetieth"]
    assert release["T9"].cells["0-5", YEAR.code].value == 9 + autumn
    assert (told.value is not None) is is_told
