"""Somebody is registered late: the year after can be told, and the year itself be revised, all the same."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.db import Database
from followup.disclosure import Status
from followup.editions import service
from followup.keys import KeyRing
from followup.participation.models import Participation
from followup.periods import Month, Week, Year
from followup.statistics.service import association_statistics
from tests.editions.years import fill
from tests.infrastructure.furnish import Furnished

KEYS = KeyRing("k1", {"k1": b"k" * 32})
KEY = b"k" * 32


def late(session: Session, association: Furnished, ended: Month | None) -> None:
    started = Month(2022, 3)
    exit_ = {
        "ended_month": ended, "ended_week": Week.of(ended.first_day), "exit_reason": "PLAN",
        "continuation": "ARB", "occupation_at_exit": "ARB",
    } if ended else {}  # fmt: skip
    session.add(
        Participation(
            association_id=association.id,
            team_id=association.north,
            sex="M",
            education="2",
            age_group="20-24",
            referring_party="KFS",
            time_on_public_support="5",
            occupation_before="ING",
            started_month=started,
            started_week=Week.of(started.first_day),
            **exit_,
        )
    )
    session.flush()


def test_the_next_year_does_not_show_what_a_latecomer_was(
    session: Session, association: Furnished, scope_of: Callable[..., Scope]
) -> None:
    """Nobody had that reason, nor that education, in the edition, and nobody has in the year after."""
    director = scope_of(Role.DIRECTOR)
    fill(session, association)
    service.publish(session=session, scope=director, period=Year(2022), keys=KEYS)
    late(session, association, Month(2022, 9))
    (latecomer,) = session.scalars(select(Participation).where(Participation.education.is_not(None)))
    hidden = []
    for reason, education in (("VAL", "1"), ("MED", "3")):
        latecomer.exit_reason, latecomer.education = reason, education
        session.flush()
        told = association_statistics(session=session, scope=director, period=Year(2023), key=KEY)
        hidden.append(
            {
                (table.id, codes)
                for table in told.protected
                for codes, cell in table.cells.items()
                if cell.status is Status.SUPPRESSED and "2023" in codes
            }
        )
    assert hidden[0] == hidden[1]


A_START, AND_AN_EXIT = None, Month(2022, 9)


@pytest.mark.parametrize(
    ("people", "ended"),
    [(60, AND_AN_EXIT), (250, A_START)],
    ids=["a start and an exit", "a start among many"],
)
def test_late_registration_stops_neither_the_next_year_nor_a_revision(
    database: Database,
    association: Furnished,
    scope_of: Callable[..., Scope],
    people: int,
    ended: Month | None,
) -> None:
    director = scope_of(Role.DIRECTOR)
    session = database.open(write=True)
    fill(session, association, people)

    def publish(year: int, reason: str | None = None) -> str:
        edition = service.publish(
            session=session, scope=director, period=Year(year), keys=KEYS, reason=reason
        )
        return edition.number

    publish(2022)
    late(session, association, ended)
    told = association_statistics(session=session, scope=director, period=Year(2023), key=KEY)
    assert told.release is not None
    assert told.release.share_hidden < 0.11
    with session.begin_nested() as without_a_revision:
        assert publish(2023) == "2024:2"
        without_a_revision.rollback()
    session.expire_all()
    assert [publish(2022, "SEN"), publish(2023)] == ["2024:2", "2024:3"]
    session.close()
