"""Figures leave the teams only for periods in which every team has declared every month complete."""

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.months.models import MonthDeclaration
from followup.organisation.models import Team
from followup.periods import HalfYear, Month, Period, Year
from followup.statistics.completeness import in_words
from followup.statistics.service import Statistics, association_statistics
from followup.statistics.standing import latest_complete_year
from tests.infrastructure.furnish import NORTH, SOUTH, Furnished


def declare(session: Session, association: Furnished, team_id: int, period: Period) -> None:
    session.add_all(
        MonthDeclaration(association_id=association.id, team_id=team_id, month=month, complete=True)
        for month in period
    )
    session.flush()


@pytest.fixture
def ask(session: Session, scope_of):  # type: ignore[no-untyped-def]
    def statistics(period: Period) -> Statistics:
        return association_statistics(
            session=session, scope=scope_of(Role.DIRECTOR), period=period, key=b"k" * 32
        )

    return statistics


def test_an_undeclared_month_keeps_every_figure_back(session: Session, association: Furnished, ask) -> None:  # type: ignore[no-untyped-def]
    declare(session, association, association.north, Year(2023))
    declare(session, association, association.south, HalfYear(2023, 1))
    found = ask(Year(2023))
    assert not found.is_complete
    assert found.tables == ()
    assert found.missing == {SOUTH: tuple(HalfYear(2023, 2))}


def test_a_month_opened_again_is_missing(session: Session, association: Furnished, ask) -> None:  # type: ignore[no-untyped-def]
    for team in (association.north, association.south):
        declare(session, association, team, Year(2023))
    opened = session.get_one(MonthDeclaration, (association.id, association.north, Month(2023, 4)))
    opened.complete, opened.reopen_reason = False, "SEN"
    session.flush()
    assert ask(Year(2023)).missing == {NORTH: (Month(2023, 4),)}


def test_figures_come_when_all_teams_are_done_and_say_what_the_year_before_lacks(  # type: ignore[no-untyped-def]
    session: Session, association: Furnished, ask
) -> None:
    for team in (association.north, association.south):
        declare(session, association, team, Year(2023))
    found = ask(Year(2023))
    assert found.is_complete
    assert list(found.missing_before) == [NORTH, SOUTH]
    cells = found.tables[0].cubes[""].cells
    assert cells["participants", "_T", "2023"].status == "zero"
    assert cells["participants", "_T", "2022"].status == "missing"


def test_only_months_in_which_a_team_was_open_are_asked_for(  # type: ignore[no-untyped-def]
    session: Session, association: Furnished, ask
) -> None:
    declare(session, association, association.north, Year(2023))
    south = session.get_one(Team, association.south)
    south.closed = Month(2023, 3)
    declare(session, association, association.south, Month(2023, 1))
    assert ask(Year(2023)).missing == {SOUTH: (Month(2023, 2), Month(2023, 3))}


def test_an_advisory_team_is_never_waited_for(session: Session, association: Furnished, ask) -> None:  # type: ignore[no-untyped-def]
    for team in (association.north, association.south):
        declare(session, association, team, Year(2023))
    assert ask(Year(2023)).is_complete


def test_a_period_before_the_first_team_has_no_figures(ask) -> None:  # type: ignore[no-untyped-def]
    found = ask(Year(2019))
    assert not found.is_complete
    assert found.missing == {}


def test_the_latest_complete_year_is_proposed(session: Session, association: Furnished, scope_of) -> None:  # type: ignore[no-untyped-def]
    for team in (association.north, association.south):
        declare(session, association, team, Year(2022))
    assert latest_complete_year(session, scope_of(Role.DIRECTOR)) == Year(2022)


def test_months_are_told_in_runs() -> None:
    months = [
        Month(2023, 11),
        Month(2023, 12),
        Month(2024, 1),
        Month(2024, 3),
        Month(2024, 5),
        Month(2024, 6),
    ]
    assert in_words(months) == "november 2023–januari 2024, mars 2024, maj–juni 2024"
