"""Publishing freezes what was shown, tells the register, and refuses what would give somebody away."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.audit.models import AuditEvent
from followup.db import Database
from followup.editions import queries, service
from followup.editions.models import Edition
from followup.exports.publication import PUBLISHED
from followup.keys import KeyRing
from followup.periods import JanAug, Year
from followup.statistics.service import PeriodNotComplete
from tests.conftest import SignIn
from tests.editions.years import fill
from tests.infrastructure.furnish import PASSWORD, Furnished

KEYS = KeyRing("k1", {"k1": b"k" * 32})
YEAR = Year(2023)


@pytest.fixture
def director(scope_of: Callable[..., Scope]) -> Scope:
    return scope_of(Role.DIRECTOR)


@pytest.fixture
def ready(database: Database, association: Furnished) -> Iterator[Session]:
    """Two complete years, in a transaction that is never committed."""
    session = database.open(write=True)
    fill(session, association)
    yield session
    session.close()


def publish(session: Session, scope: Scope, **choices: object) -> Edition:
    wanted = {"period": YEAR, "keys": KEYS} | choices
    return service.publish(session=session, scope=scope, **wanted)  # type: ignore[arg-type]


@pytest.mark.both_databases
def test_an_edition_is_numbered_frozen_and_logged(ready: Session, director: Scope) -> None:
    edition = publish(ready, director)
    assert (edition.number, edition.period, edition.revises) == ("2024:1", "2023", None)
    events = ready.scalars(select(AuditEvent).where(AuditEvent.event == "PUBLISHED")).all()
    assert [event.details["sha256"] for event in events] == [edition.sha256]
    ready.expire_all()
    publication = service.published(queries.edition(ready, director, edition.id))
    assert (publication.marking, publication.edition) == (PUBLISHED, "2024:1")


def test_months_that_are_open_keep_a_period_from_being_published(ready: Session, director: Scope) -> None:
    ready.execute(text("DELETE FROM month_declaration WHERE month = '2023-10'"))
    with pytest.raises(PeriodNotComplete, match="oktober 2023"):
        publish(ready, director)
    assert queries.editions(ready, director) == []


def test_the_interim_report_and_the_year_are_safe_together(ready: Session, director: Scope) -> None:
    """The second is protected against the first, and the intruder had both."""
    interim = publish(ready, director, period=JanAug(2023))
    year = publish(ready, director)
    assert (interim.number, year.number) == ("2024:1", "2024:2")


class TestPages:
    @pytest.fixture(autouse=True)
    def complete_years(self, database: Database, association: Furnished) -> None:
        with database.session(write=True) as session:
            fill(session, association)

    def test_the_director_publishes_and_a_reader_reads(self, sign_in: SignIn) -> None:
        director = sign_in(Role.DIRECTOR)
        answer = director.submit("/utgavor/publicera?period=2023", button="Publicera", password=PASSWORD)
        assert "Utgåva 2024:1 är publicerad" in answer.text
        reader = sign_in(Role.READER)
        assert "2024:1 Statistik 2023" in reader.get("/utgavor").text
        page = reader.get("/utgavor/1")
        assert page.status_code == 200
        assert "Publicerad utgåva. Den får spridas." in page.text

    def test_a_wrong_password_publishes_nothing(self, sign_in: SignIn) -> None:
        director = sign_in(Role.DIRECTOR)
        answer = director.submit(
            "/utgavor/publicera?period=2023", button="Publicera", password="fel lösenord alldeles"
        )
        assert answer.status_code == 422
        assert "Lösenordet stämmer inte" in answer.text
        assert "2024:1" not in director.get("/utgavor").text

    @pytest.mark.parametrize("role", [Role.READER, Role.TEAM_MANAGER, Role.SYSTEM_ADMIN])
    def test_only_director_and_officer_prepare(self, sign_in: SignIn, role: Role) -> None:
        assert sign_in(role).get("/utgavor/publicera?period=2023").status_code == 403

    def test_a_period_that_is_not_there_is_not_found(self, sign_in: SignIn) -> None:
        director = sign_in(Role.DIRECTOR)
        assert director.get("/utgavor/publicera?period=nonsens").status_code == 404
        assert director.get("/utgavor/999").status_code == 404
