"""What editions say of rows that were voided or corrected, and of months that stand open for a correction."""

import json
from collections.abc import Callable
from random import Random

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.editions import service
from followup.editions.stored import publication_record
from followup.keys import KeyRing
from followup.months import service as months
from followup.periods import Month, Week, Year
from tests.editions.years import fill, row
from tests.infrastructure.furnish import Furnished

KEYS = KeyRing("k1", {"k1": b"k" * 32})


def void(session: Session, association: Furnished, people: int, reason: str) -> None:
    """Of those who would have started in 2022."""
    for number in range(people):
        voided = row(Random(number), association.id, association.north)
        voided.started_month, voided.void_reason = Month(2022, 5), reason
        voided.started_week = Week.of(voided.started_month.first_day)
        voided.ended_month = voided.ended_week = None
        voided.exit_reason = voided.continuation = voided.occupation_at_exit = None
        session.add(voided)
    session.flush()


@pytest.mark.parametrize("before", [1, 4])
def test_one_more_voided_row_stops_neither_a_revision_nor_the_next_year(
    session: Session, association: Furnished, scope_of: Callable[..., Scope], before: int
) -> None:
    """Although all that were voided until then were so for one reason, and the next one is for another."""
    director = scope_of(Role.DIRECTOR)
    fill(session, association)
    void(session, association, before, "FEL")
    service.publish(session=session, scope=director, period=Year(2022), keys=KEYS)
    void(session, association, 1, "TEA")
    with session.begin_nested() as alone:
        later = service.publish(session=session, scope=director, period=Year(2023), keys=KEYS)
        assert later.number == "2024:2"
        alone.rollback()
    session.expire_all()
    revised = service.publish(session=session, scope=director, period=Year(2022), keys=KEYS, reason="SEN")
    assert revised.number == "2024:2"


@pytest.mark.parametrize(("attribute", "seed"), [("occupation_at_exit", 1), ("exit_reason", 3)])
@pytest.mark.parametrize("period", [Year(2022), Year(2023)])
def test_one_corrected_answer_stops_neither_a_revision_nor_the_next_year(
    session: Session,
    association: Furnished,
    scope_of: Callable[..., Scope],
    attribute: str,
    seed: int,
    period: Year,
) -> None:
    """What the year hid has less room between its other numbers as they are today than it had then."""
    director = scope_of(Role.DIRECTOR)
    fill(session, association, people=0)
    chance, keys = Random(seed), KeyRing("k1", {"k1": bytes([97 + seed]) * 32})
    teams = association.north, association.south
    rows = [row(chance, association.id, team) for team in teams for _ in range(35)]
    session.add_all(rows)
    session.flush()
    service.publish(session=session, scope=director, period=Year(2022), keys=keys)
    one = chance.choice([row for row in rows if row.ended_month and row.ended_month.year == 2022])
    answers = {"occupation_at_exit": ("ARB", "STU", "OAF", "ING"), "exit_reason": ("PLAN", "MED")}[attribute]
    setattr(
        one, attribute, chance.choice([answer for answer in answers if answer != getattr(one, attribute)])
    )
    session.flush()
    reason = "SEN" if period == Year(2022) else ""
    edition = service.publish(session=session, scope=director, period=period, keys=keys, reason=reason)
    assert edition.number == "2024:2"


def test_an_edition_tells_neither_team_nor_months_that_stand_open(
    session: Session, association: Furnished, scope_of: Callable[..., Scope]
) -> None:
    """A team opens a year from the month of a correction on, which may be of one person."""
    director, manager = scope_of(Role.DIRECTOR), scope_of(Role.TEAM_MANAGER)
    fill(session, association)
    team = association.north
    months.reopen(
        session=session, scope=manager, team_id=team, month=Month(2022, 3), reason="SEN", with_later=True
    )
    for month in Year(2023):
        months.declare_complete(session=session, scope=manager, team_id=team, month=month)
    edition = service.publish(session=session, scope=director, period=Year(2023), keys=KEYS)
    publication = service.published(edition)
    assert publication.missing == ["2022 saknas. Alla månader är inte klarmarkerade."]
    told = json.dumps(publication_record(publication), ensure_ascii=False, default=str)
    assert "mars–december" not in told
