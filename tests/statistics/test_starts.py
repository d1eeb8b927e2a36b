"""A new team had short stays alone, a closing one long ones: they do not say how few others had them."""

from collections.abc import Callable, Sequence

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.disclosure import TOTAL, Ledger, Reason, Release, Status, protect
from followup.disclosure.beside_starts import told_by_starts
from followup.disclosure.collect import Collection
from followup.organisation.service import create_team
from followup.participation.models import Participation
from followup.periods import HalfYear, JanAug, Month, Year
from followup.protection.queries import BUILT_IN
from followup.statistics.service import association_statistics, counts_of
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


def still_there(association: Furnished, team: int, months: Sequence[int]) -> list[Participation]:
    """Some who started so many months before December, and have not ended."""
    rows = [ended(association, team, stay, 11) for stay in months]
    for row in rows:
        row.ended_month = row.ended_week = row.exit_reason = None
    return rows


def lengths_told(release: Release) -> bool:
    """Whether everybody's lengths are told of the year; either all are, or none."""
    table = next(table for table in release if table.id == "T9")
    cells = [
        cell
        for codes, cell in table.cells.items()
        if YEAR.code in codes and TOTAL not in codes and cell.status
    ]
    hidden = {cell.status is Status.SUPPRESSED for cell in cells}
    assert len(hidden) == 1
    return hidden == {False}


@pytest.mark.parametrize(("who_came", "is_told"), [(0, False), (12, True)])
def test_a_team_that_takes_in_nobody_does_not_tell_how_few_of_another_stayed_long(
    session: Session, association: Furnished, scope_of: Callable[..., Scope], who_came: int, is_told: bool
) -> None:
    """Of 14 who stayed for more than a year 12 were in a team to which nobody came for two years."""
    north, south = association.north, association.south
    for year in (YEAR, YEAR.previous):
        declare(session, association.id, (north, south), year)
    session.add_all(ended(association, south, LONG, place) for place in range(12))
    session.add_all(ended(association, north, LONG, place) for place in range(2))
    session.add_all(ended(association, north, 7 + place % 3, place) for place in range(20))
    session.add_all(still_there(association, north, [place % 24 for place in range(40)]))
    session.add_all(still_there(association, south, [place % 12 for place in range(who_came)] + [36] * 12))
    session.flush()
    assert lengths_told(protect(counts_of(session, scope_of(Role.DIRECTOR), YEAR), BUILT_IN)) is is_told


def test_lengths_that_are_hidden_for_it_are_promised_as_all_that_is_hidden(
    session: Session, association: Furnished, scope_of: Callable[..., Scope]
) -> None:
    """Of eight short stays seven were in a new team. A later edition shall not tell how many were short."""
    north, south = association.north, association.south
    declare(session, association.id, (north, south), YEAR)
    session.add(ended(association, north, SHORT, 5))
    session.add_all(ended(association, north, LONG, place % 12) for place in range(20))
    session.add_all(ended(association, south, SHORT, 4 + place) for place in range(7))
    session.add_all(still_there(association, north, [place % 24 for place in range(40)]))
    session.flush()
    release = protect(counts_of(session, scope_of(Role.DIRECTOR), YEAR), BUILT_IN)
    assert not lengths_told(release)
    ledger = Ledger.from_records(release.records("2024:1"))
    short = [one.quantity for one in ledger.hidden if "0" in dict(one.quantity.box).get("stay", ())]
    promised = {one.form: one.least for one in ledger.promises}
    assert {promised.get(((1, quantity),)) for quantity in short} == {BUILT_IN.threshold}


@pytest.mark.parametrize(("is_half_year_told", "is_told"), [(True, False), (False, True)])
def test_an_interim_report_of_a_new_team_does_not_tell_in_the_year_how_few_of_another_left_soon(
    session: Session,
    association: Furnished,
    scope_of: Callable[..., Scope],
    is_half_year_told: bool,
    is_told: bool,
) -> None:
    """That nobody was there in July leaves nothing but five months to a team that has been there for six."""
    north, south = association.north, association.south
    half = HalfYear(2023, 2)
    for period in (YEAR.previous, YEAR):
        declare(session, association.id, (north, south), period)
    session.add_all(ended(association, south, 2, 8 + place % 4) for place in range(12))
    session.add_all(ended(association, north, 4, 4 + place) for place in range(2))
    session.add_all(ended(association, north, 8, place % 12) for place in range(20))
    session.add_all(ended(association, north, LONG, place % 12) for place in range(20))
    session.add_all(still_there(association, north, [place % 24 for place in range(40)]))
    session.flush()
    scope = scope_of(Role.DIRECTOR)
    records = []
    if is_half_year_told:
        records = protect(counts_of(session, scope, half), BUILT_IN).records("1")
    release = protect(counts_of(session, scope, YEAR), BUILT_IN, Ledger.from_records(records))
    assert lengths_told(release) is is_told


@pytest.mark.parametrize(("is_spring_told", "is_told"), [(True, False), (False, True)])
def test_a_new_team_does_not_tell_how_few_of_another_left_soon_after_an_interim_report(
    session: Session,
    association: Furnished,
    scope_of: Callable[..., Scope],
    is_spring_told: bool,
    is_told: bool,
) -> None:
    """Of the 13 short stays that the year has more than January–August the new team had 12."""
    north, south = association.north, association.south
    for period in (YEAR.previous, YEAR):
        declare(session, association.id, (north, south), period)
    session.add_all(ended(association, south, 2, 10 + place % 2) for place in range(12))
    session.add_all(ended(association, north, 4, place) for place in range(9))
    session.add_all(ended(association, north, LONG, place) for place in range(8))
    session.add_all(ended(association, north, LONG, 8 + place % 4) for place in range(9))
    session.add_all(still_there(association, north, [place % 24 for place in range(60)]))
    session.flush()
    scope = scope_of(Role.DIRECTOR)
    records = []
    if is_spring_told:
        records = protect(counts_of(session, scope, JanAug(2023)), BUILT_IN).records("1")
    release = protect(counts_of(session, scope, YEAR), BUILT_IN, Ledger.from_records(records))
    assert lengths_told(release) is is_told


@pytest.mark.parametrize(("women_there", "is_told"), [(0, False), (6, True)])
def test_the_women_of_a_team_may_all_be_new(
    session: Session, association: Furnished, scope_of: Callable[..., Scope], women_there: int, is_told: bool
) -> None:
    """Twelve were there when the year began, so two of fourteen came since; but those twelve were men."""
    north, south = association.north, association.south
    for period in (YEAR.previous, YEAR):
        declare(session, association.id, (north, south), period)
    men = [ended(association, south, LONG, place) for place in range(6)]
    there = still_there(association, south, [20] * 6)
    for row in men + there:
        row.sex = "M"
    session.add_all(men + there)
    session.add_all(ended(association, south, 3, 4 + place) for place in range(8))
    session.add_all(still_there(association, south, [20] * women_there))
    others = [ended(association, north, 4, place) for place in range(3)]
    others += [ended(association, north, LONG, place) for place in range(25)]
    others += still_there(association, north, [place % 24 for place in range(60)])
    for row in others[::2]:
        row.sex = "M"
    session.add_all(others)
    session.flush()
    assert lengths_told(protect(counts_of(session, scope_of(Role.DIRECTOR), YEAR), BUILT_IN)) is is_told


@pytest.mark.parametrize(("there_before", "is_told"), [(0, False), (20, True)])
def test_a_median_beside_a_new_team_does_not_tell_how_few_of_a_third_left_soon(
    session: Session, association: Furnished, scope_of: Callable[..., Scope], there_before: int, is_told: bool
) -> None:
    """Of 28 who stayed for less than a year 20 were new, and half of a team of ten: three others."""
    north, south = association.north, association.south
    opened = Month(2020, 1)
    third = create_team(session=session, association_id=association.id, name="Tredje", opened=opened).id
    for period in (YEAR.previous, YEAR):
        declare(session, association.id, (north, south, third), period)
    session.add_all(ended(association, south, 4 + place % 2, 5 + place % 7) for place in range(20))
    session.add_all(still_there(association, south, [20] * there_before))
    session.add_all(ended(association, north, 9 if place < 6 else LONG, place) for place in range(10))
    session.add_all(ended(association, third, 10 if place < 2 else LONG, place) for place in range(20))
    for team in (north, third):
        session.add_all(still_there(association, team, [place % 24 for place in range(40)]))
    session.flush()
    release = protect(counts_of(session, scope_of(Role.DIRECTOR), YEAR), BUILT_IN)
    assert lengths_told(release)
    medians = next(table for table in release if table.id == "T9-median per team")
    assert (medians.cells[str(north), YEAR.code, "median"].value is not None) is is_told


@pytest.mark.parametrize("is_hidden", [True, False])
def test_where_a_head_count_is_hidden_so_are_the_lengths_of_its_time(
    session: Session, association: Furnished, scope_of: Callable[..., Scope], is_hidden: bool
) -> None:
    """Without it nobody can say how many stays were short because people came late."""
    declare(session, association.id, (association.north, association.south), YEAR)
    for team in (association.north, association.south):
        session.add_all(ended(association, team, place % 24, place % 12) for place in range(48))
        session.add_all(still_there(association, team, [place % 24 for place in range(40)]))
    session.flush()
    tables = counts_of(session, scope_of(Role.DIRECTOR), YEAR)
    assert lengths_told(protect(tables, BUILT_IN))
    counted = Collection(tables, BUILT_IN, b"key", {})
    heads = next(place for place, table in enumerate(tables) if table.id == "T1-per team")
    ended_in_north = next(
        entry
        for (place, codes), entry in counted.at.items()
        if place == heads and entry and {str(association.north), "ended", YEAR.code} <= {*codes}
    )
    assert ended_in_north.exempt
    hidden = {ended_in_north.quantity: Reason.EARLIER} if is_hidden else {}
    found = told_by_starts(counted, Ledger.empty(), hidden)
    stays = {code for one in found for name, codes in one.box if name == "stay" for code in codes}
    assert bool(stays) is is_hidden
