"""Whether a small, new association can publish its year after the parts of it, and what that takes.

Run: .venv/bin/python -m benchmarks.new_associations [associations]

Made-up associations of three to six teams, where three to eight people a year join a team and nobody did
before July 2022, publish 2023: January-August and the year, and two quarters, the half-year and the year.
Before the year one exit reason is another than was told, if anybody has ended by March. Prints seconds of the
processor for each edition, its trial and files included, and why it was refused if it was.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from random import Random
from time import process_time

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.db import Database
from followup.db.tables import Base
from followup.demo.histories import Course, histories
from followup.editions import service
from followup.errors import Refusal
from followup.keys import KeyRing
from followup.months.models import MonthDeclaration
from followup.organisation.service import create_association, create_team
from followup.participation.models import Participation
from followup.periods import HalfYear, JanAug, Month, Period, Quarter, Year

KEYS = KeyRing("k1", {"k1": b"k" * 32})
YEAR = Year(2023)
COURSES: tuple[Sequence[Period], ...] = (
    (JanAug(2023), YEAR),
    (Quarter(2023, 1), Quarter(2023, 2), HalfYear(2023, 1), YEAR),
)


class Made:
    """A made-up association that began in July 2022 and has declared 2022 and 2023 complete."""

    def __init__(self, session: Session, number: int) -> None:
        chance = Random(number)
        association = create_association(session=session, name="Made up").id
        opened, last = Month(2022, 7), YEAR.last
        teams = [
            create_team(session=session, association_id=association, name=f"Team {place}", opened=opened)
            for place in range(chance.randint(3, 6))
        ]
        for team in teams:
            size = chance.randint(3, 8)
            course = Course(joins=size / 52, places=size + 2, stay=chance.choice((30, 50, 70)))
            session.add_all(histories(chance, team, course, opened.first_day, date(2023, 12, 31), []))
            session.add_all(
                MonthDeclaration(association_id=association, team_id=team.id, month=month, complete=True)
                for month in months(opened, last)
            )
        session.flush()
        self._session, self._chance = session, chance
        self._scope = Scope.of_command(association, {team.id for team in teams})

    def publish(self, period: Period) -> str:
        """How it went, in a word, or why not."""
        began = process_time()
        try:
            service.publish(session=self._session, scope=self._scope, period=period, keys=KEYS)
        except Refusal as refusal:
            return f"refused after {process_time() - began:.1f} s: {refusal}"
        return f"{process_time() - began:.1f} s"

    def correct(self) -> None:
        """One of those who ended early in the year had another reason."""
        early = Participation.ended_month.between(YEAR.first, Month(2023, 3))
        ended = self._session.scalars(select(Participation).where(early)).all()
        if ended := sorted(
            ended, key=lambda one: (one.team_id, one.started_week, one.ended_week, one.age_group)
        ):
            person = self._chance.choice(ended)
            person.exit_reason = "MED" if person.exit_reason != "MED" else "PLAN"
            self._session.flush()


def months(first: Month, last: Month) -> Iterator[Month]:
    while first <= last:
        yield first
        first += 1


@contextmanager
def opened() -> Iterator[Session]:
    database = Database("sqlite://")
    Base.metadata.create_all(database.engine)
    with database.open(write=True) as session:
        yield session


def main(associations: int) -> None:
    for number in range(associations):
        for course in COURSES:
            with opened() as session:
                made = Made(session, number)
                for period in course:
                    if period == YEAR:
                        made.correct()
                    print(f"association {number}, {period.label}: {made.publish(period)}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 6)
