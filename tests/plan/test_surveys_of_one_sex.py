"""Surveys that one sex has answered, beside what T1 tells of the sexes."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from random import Random

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.disclosure import TOTAL
from followup.months.models import MonthDeclaration
from followup.organisation.service import create_team
from followup.periods import Month, Year
from followup.plan import entries
from tests.editions.years import fill, row
from tests.infrastructure.furnish import Furnished
from tests.plan.test_beside_hidden_figures import ALL, cube, statistics_of
from tests.statistics.board import declare


def furnish(session: Session, association: Furnished, teams: int, men: int, *years: int) -> None:
    """14 women and so many men start in the north each year, and sixty of each in the others."""
    fill(session, association, people=0)
    chance = Random(5)
    found = [association.north, association.south]
    for number in range(2, teams):
        command = {"name": f"Team {number}", "opened": Month(2022, 1)}
        found.append(create_team(session=session, association_id=association.id, **command).id)
    for each in (2022, 2023):
        declare(session, association.id, found[2:], Year(each))
    for year, team_id in product(years, found):
        for sex in "F" * 14 + "M" * men if team_id == association.north else "FM" * 60:
            person = row(chance, association.id, team_id)
            while person.started_month is None or person.started_month.year != year:
                person = row(chance, association.id, team_id)
            person.sex = sex
            session.add(person)
    session.flush()


@pytest.mark.parametrize(
    ("teams", "men", "group", "answered", "is_told"),
    [(4, 2, "DEK", 14, False), (4, 20, "DEK", 14, True), (2, 2, "DEM", 60, False)],
)
def test_one_sex_of_a_team_is_told_where_t1_tells_it(
    session: Session,
    association: Furnished,
    scope_of: Callable[..., Scope],
    teams: int,
    men: int,
    group: str,
    answered: int,
    is_told: bool,
) -> None:
    """The women of a team of whom so many answered would tell how few its men are, and all men of the other
    team, where T1 tells no sexes of either, how few they are in this one.

    Nor is there a row without figures: that it may not be told would tell that many answered.
    """
    furnish(session, association, teams, men, 2023)
    director = scope_of(Role.DIRECTOR)
    team = association.north if group == "DEK" else association.south
    command = replace(ALL, year=2023, respondent_group=group, respondents=answered, team_id=team)
    entry = entries.add(session=session, scope=director, command=command)
    session.flush()
    statistics = statistics_of(session, director, 2023)
    flow = cube(statistics, "T1", "per team").cells
    assert flow[str(team), "participants", TOTAL, "2023"].value is not None
    assert cube(statistics, "T1").cells["participants", "MX", "2023"].value is not None
    assert ((str(team), "participants", "F", "2023") in flow) == (teams == 4)
    shown = statistics.table("T17")
    assert (shown is not None) == is_told
    if shown is not None:
        told = cube(statistics, "T17").cells
        assert told[f"e{entry.id}", "2023", "respondents"].value == answered


@pytest.mark.parametrize("is_complete", [True, False])
def test_women_who_answered_are_not_told_of_a_year_that_is_not_complete(
    session: Session, association: Furnished, scope_of: Callable[..., Scope], is_complete: bool
) -> None:
    """The edition of that year may hide how many they are, whether it comes before this one or after."""
    furnish(session, association, 4, 20, 2022, 2023)
    director = scope_of(Role.DIRECTOR)
    women = replace(ALL, respondent_group="DEK", respondents=14, team_id=association.north)
    entries.add(session=session, scope=director, command=women)
    if not is_complete:
        opened = MonthDeclaration.team_id == association.south, MonthDeclaration.month == Month(2022, 5)
        session.execute(delete(MonthDeclaration).where(*opened))
    session.flush()
    statistics = statistics_of(session, director, 2023)
    assert (statistics.table("T17") is not None) == is_complete
