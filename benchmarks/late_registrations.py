"""How often somebody registered late stops what comes after: the year's revision and the next year's figures.

Run: .venv/bin/python -m benchmarks.late_registrations [late persons]

For made-up associations of two teams with 60 and 250 participants each, with and without education told,
2022 is published, and somebody who started that year is found: one given start, the same with an exit, and so
many by chance (four without any given). Prints what is refused, and why, of: the page of 2023, 2023 at once,
a revision of 2022, and 2023 after that.
"""

import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from random import Random

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.db import Database
from followup.db.tables import Base
from followup.editions import service
from followup.errors import Refusal
from followup.keys import KeyRing
from followup.months.models import MonthDeclaration
from followup.organisation.service import create_association, create_team
from followup.participation.models import Participation
from followup.periods import Month, Week, Year
from followup.statistics.service import DISCLOSURE_KEY, association_statistics
from tests.editions.years import row

KEYS = KeyRing("k1", {"k1": b"k" * 32})
EDUCATIONS = "01234U"
OPENED = Month(2022, 1)


class Undone(Exception):
    """Raised to take back what was tried."""


class Trial:
    """An association whose year 2022 has been published."""

    def __init__(self, session: Session, people: int, *, education: bool) -> None:
        self.session, self._education = session, education
        self._association = create_association(session=session, name="Made up").id
        self._teams = [
            create_team(
                session=session, association_id=self._association, name=name, opened=Month(2022, 1)
            ).id
            for name in ("North", "South")
        ]
        self._scope = Scope.of_command(self._association, set(self._teams))
        chance, schools = Random(1), Random(101)
        for team in self._teams:
            session.add_all(
                self._taught(row(chance, self._association, team), schools) for _ in range(people)
            )
            session.add_all(
                MonthDeclaration(
                    association_id=self._association, team_id=team, month=OPENED + n, complete=True
                )
                for n in range(24)
            )
        session.flush()
        self.publish(2022)

    def _taught(self, person: Participation, chance: Random) -> Participation:
        person.education = chance.choice(EDUCATIONS) if self._education else None
        return person

    def given(self, *, ended: Month | None) -> Participation:
        """A man of few words: alone in some of his categories."""
        person = self.by_chance(0)
        person.sex, person.age_group, person.referring_party = "M", "20-24", "KFS"
        self._course(person, Month(2022, 3), ended)
        return person

    def by_chance(self, number: int) -> Participation:
        """Somebody who started in 2022; about every other has ended."""
        chance = Random(1000 + number)
        person = self._taught(row(chance, self._association, chance.choice(self._teams)), chance)
        person.age_group = chance.choice(("16-19", "20-24", "25-29", "30-39", "40-49", "50-59", "60-67"))
        started = Month(2022, chance.randint(1, 12))
        ended = started + chance.randint(1, 14)
        self._course(person, started, ended if chance.random() < 0.5 and ended <= Month(2023, 12) else None)
        return person

    @staticmethod
    def _course(person: Participation, started: Month, ended: Month | None) -> None:
        person.started_month, person.started_week = started, Week.of(started.first_day)
        person.ended_month, person.ended_week = ended, Week.of(ended.first_day) if ended else None
        person.exit_reason, person.continuation = ("PLAN", "ARB") if ended else (None, None)
        person.occupation_at_exit = "ARB" if ended else None

    def publish(self, year: int, reason: str | None = None) -> None:
        service.publish(session=self.session, scope=self._scope, period=Year(year), keys=KEYS, reason=reason)

    def page(self) -> None:
        key = KEYS.derive(DISCLOSURE_KEY)
        association_statistics(session=self.session, scope=self._scope, period=Year(2023), key=key)

    def refused(self, person: Participation) -> dict[str, str]:
        """What is refused when this person has been found, with the words for it."""
        steps: list[list[tuple[str, Callable[[], None]]]] = [
            [("page", self.page), ("2023 at once", lambda: self.publish(2023))],
            [("revision", lambda: self.publish(2022, "SEN")), ("2023 after it", lambda: self.publish(2023))],
        ]
        found: dict[str, str] = {}
        with suppress(Undone), self.session.begin_nested():
            self.session.add(person)
            self.session.flush()
            for course in steps:
                with suppress(Undone), self.session.begin_nested():
                    for name, step in course:
                        try:
                            step()
                        except Refusal as refusal:
                            found[name] = str(refusal)
                    raise Undone
                self.session.expire_all()
            raise Undone
        self.session.expire_all()
        return found


def main(late: int) -> None:
    for people in (60, 250):
        for education in (False, True):
            database = Database("sqlite://")
            Base.metadata.create_all(database.engine)
            with database.open(write=True) as session:
                trial = Trial(session, people, education=education)
                persons = [trial.given(ended=None), trial.given(ended=Month(2022, 9))]
                persons += [trial.by_chance(number) for number in range(late)]
                refused: Counter[str] = Counter()
                for number, person in enumerate(persons):
                    for what, why in trial.refused(person).items():
                        refused[what] += 1
                        print(f"  person {number}, {what}: {why}", flush=True)
                told = "with" if education else "without"
                print(
                    f"{people} a team, {told} education: refused of {len(persons)}: {dict(refused)}",
                    flush=True,
                )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4)
