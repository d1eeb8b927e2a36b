"""Two complete years of two teams, made by chance that is the same each time."""

from random import Random

from sqlalchemy.orm import Session

from followup.months.models import MonthDeclaration
from followup.participation.models import Participation
from followup.periods import Month, Week
from tests.infrastructure.furnish import Furnished


def row(chance: Random, association_id: int, team_id: int) -> Participation:
    """Somebody who started in 2022 or 2023; about half have ended."""
    started = Month(chance.choice((2022, 2023)), chance.randint(1, 12))
    ended = started + chance.randint(1, 14)
    has_ended = ended <= Month(2023, 12)
    return Participation(
        association_id=association_id,
        team_id=team_id,
        sex=chance.choice("FM"),
        age_group=chance.choice(("20-24", "30-39", "40-49", "50-59")),
        referring_party=chance.choice(("AF", "FK", "KFS")),
        time_on_public_support=chance.choice("1235"),
        occupation_before="ING",
        started_week=Week.of(started.first_day),
        started_month=started,
        ended_week=Week.of(ended.first_day) if has_ended else None,
        ended_month=ended if has_ended else None,
        exit_reason=chance.choice(("PLAN", "MED")) if has_ended else None,
        continuation=chance.choice(("ARB", "AF")) if has_ended else None,
        occupation_at_exit=chance.choice(("ARB", "STU", "OAF", "ING")) if has_ended else None,
    )


def fill(session: Session, association: Furnished, people: int = 60) -> None:
    """`people` in each team."""
    chance = Random(1)
    for team_id in (association.north, association.south):
        session.add_all(row(chance, association.id, team_id) for _ in range(people))
        session.add_all(
            MonthDeclaration(
                association_id=association.id, team_id=team_id, month=Month(2022, 1) + n, complete=True
            )
            for n in range(24)
        )
    session.flush()
