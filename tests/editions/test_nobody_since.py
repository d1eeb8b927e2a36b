"""The year after its January-August, when nobody since has had a category that both tell of."""

from collections.abc import Callable
from random import Random

from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.disclosure import Status
from followup.editions import service
from followup.keys import KeyRing
from followup.periods import JanAug, Month, Year
from tests.editions.years import fill, row
from tests.infrastructure.furnish import Furnished


def work(edition: service.Edition, period: JanAug | Year) -> Status:
    table = next(table for table in service.published(edition).tables if table.id == "T7-vid avslut")
    return table.cells["WORK", period.code].status


def test_few_who_ended_since_are_not_told_to_have_gone_elsewhere(
    session: Session, association: Furnished, scope_of: Callable[..., Scope]
) -> None:
    """Five went to work by August and five in the year, so of the four who ended in a team since nobody did.

    The trial found it, and the year could not be published.
    """
    director, chance = scope_of(Role.DIRECTOR), Random(1)
    keys = KeyRing("k1", {"k1": bytes([98]) * 32})
    fill(session, association, people=0)
    teams = association.north, association.south
    rows = [row(chance, association.id, team) for team in teams for _ in range(35)]
    session.add_all(rows)
    session.flush()
    early = service.publish(session=session, scope=director, period=JanAug(2023), keys=keys)
    first, last = Month(2023, 1), Month(2023, 8)
    moved = [
        one
        for one in rows
        if one.started_month
        and one.started_month < first
        and one.ended_month
        and first <= one.ended_month <= last
    ]
    one = chance.choice(moved)
    one.occupation_at_exit = chance.choice(
        [code for code in ("ARB", "STU", "OAF", "ING") if code != one.occupation_at_exit]
    )
    session.flush()
    year = service.publish(session=session, scope=director, period=Year(2023), keys=keys)
    assert work(early, JanAug(2023)) is Status.VALUE
    assert work(year, Year(2023)) is Status.SUPPRESSED
