"""A made-up association of any number of teams in memory, and the raw tables that the catalogue makes.

Nobody in it exists. Six teams have about 200 participants a year, as in the demo; more repeat those six.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.db import Database
from followup.db.tables import Base
from followup.demo.histories import histories
from followup.demo.screening import counts
from followup.demo.service import COURSES
from followup.disclosure import CountTable
from followup.organisation.models import Team
from followup.organisation.service import create_association, create_team
from followup.periods import Month, Period, Year
from followup.statistics.catalogue import TABLES
from followup.statistics.cubes import count_table
from followup.statistics.material import material_of

LAST = Year(2024)


@dataclass
class MadeUp:
    """An association with participations until the end of `LAST`."""

    session: Session
    scope: Scope
    teams: list[Team]

    def tables(self, period: Period, *, first: bool = False) -> list[CountTable]:
        """The raw tables of a period with the one before beside, or without when it is the `first`."""
        missing = frozenset({period.previous} if first else ())
        material = material_of(self.session, self.scope, period, self.teams, missing)
        ground = material.ground(self.session, self.scope)
        return [count_table(table, cube, ground) for table in TABLES for cube in table.counted(period)]


@contextmanager
def made_up(teams: int, years: int, seed: int = 1) -> Iterator[MadeUp]:
    """An association that has existed for so many years."""
    database = Database("sqlite://")
    Base.metadata.create_all(database.engine)
    with database.session() as session:
        association = create_association(session=session, name="Made up")
        opened = Month(LAST.year - years + 1, 1)
        found = [
            create_team(
                session=session, association_id=association.id, name=f"Team {number:03d}", opened=opened
            )
            for number in range(teams)
        ]
        chance, answers = Random(seed), Random(seed)
        for number, team in enumerate(found):
            course = COURSES[number % len(COURSES)]
            session.add_all(histories(chance, team, course, opened.first_day, LAST.last_day, []))
            session.add_all(counts(answers, team, opened, LAST.last_day))
        session.flush()
        yield MadeUp(session, Scope.of_command(association.id, {team.id for team in found}), found)
