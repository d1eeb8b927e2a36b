"""Publishing freezes what was shown, tells the register, and refuses what would give somebody away."""

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from random import Random

import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import OutOfScope, Scope
from followup.audit.models import AuditEvent
from followup.db import Database
from followup.editions import desk, queries, service
from followup.editions.differences import changes, movement
from followup.editions.models import Edition
from followup.errors import Refusal
from followup.exports.formats import CHOICES, FORMATS
from followup.exports.publication import PUBLISHED
from followup.exports.service import written
from followup.keys import KeyRing
from followup.periods import JanAug, Year
from followup.statistics.service import PeriodNotComplete
from tests.conftest import SignIn
from tests.editions.years import fill, row
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


def test_what_is_registered_later_changes_nothing_published(
    ready: Session, director: Scope, association: Furnished
) -> None:
    edition = publish(ready, director)
    files = {name: form.write(service.published(edition)) for name, form in FORMATS.items()}
    ready.add_all(row(Random(2), association.id, association.north) for _ in range(30))
    ready.flush()
    ready.expire_all()
    again = service.published(queries.edition(ready, director, edition.id))
    assert {name: form.write(again) for name, form in FORMATS.items()} == files


def test_publishing_the_same_figures_again_is_refused(ready: Session, director: Scope) -> None:
    publish(ready, director)
    with pytest.raises(service.NothingNew, match="Ingenting har ändrats sedan utgåva 2024:1"):
        publish(ready, director)


def test_a_revision_needs_a_reason_and_says_what_changed(
    ready: Session, director: Scope, association: Furnished
) -> None:
    first = publish(ready, director)
    ready.add_all(row(Random(3), association.id, association.south) for _ in range(40))
    ready.flush()
    with pytest.raises(service.ReasonMissing, match="redan publicerad som utgåva 2024:1"):
        publish(ready, director)
    second = publish(ready, director, reason="SEN")
    assert (second.number, second.revises, second.revision_reason) == ("2024:2", first.id, "SEN")
    old, new = service.published(first), service.published(second)
    assert (new.supersedes, new.reason) == ("2024:1", "Sena registreringar")
    assert changes(old, new)
    assert re.fullmatch(r"\+\d+\u00a0sena registreringar", movement(old, new).words)
    assert movement(new, old).words.startswith("−")
    for name, digest in (second.files or {}).items():
        assert sha256(written(new, name, KEYS).content).hexdigest() == digest
    assert (second.files or {}).keys() == CHOICES.keys()


def test_the_page_of_changes_tells_what_was_shown_and_no_longer_is(
    ready: Session, director: Scope, association: Furnished
) -> None:
    """A few late rows put groups together; what they told apart before is part of what has changed."""
    first = publish(ready, director)
    ready.add_all(row(Random(3), association.id, association.south) for _ in range(4))
    ready.flush()
    second = publish(ready, director, reason="SEN")
    later = {table.id: table for table in service.published(second).tables}
    gone = [
        codes
        for table in service.published(first).tables
        if table.id in later
        for codes, cell in table.cells.items()
        if cell.value is not None and codes not in later[table.id].cells
    ]
    assert gone
    told = desk.differences(ready, director, second)["tables"]
    rows = [[cell.text for cell in row[-3:-1]] for table in told for row in table.rows]
    assert [after for _, after in rows].count("visas inte") == len(gone)
    assert all(any(character.isdigit() for character in "".join(pair)) for pair in rows)


def test_months_that_are_open_keep_a_period_from_being_published(ready: Session, director: Scope) -> None:
    ready.execute(text("DELETE FROM month_declaration WHERE month = '2023-10'"))
    with pytest.raises(PeriodNotComplete, match="oktober 2023"):
        publish(ready, director)
    assert queries.editions(ready, director) == []


def test_an_edition_that_was_tampered_with_is_not_shown(ready: Session, director: Scope) -> None:
    edition = publish(ready, director)
    edition.content = edition.content | {"association": "Någon annan"}
    with pytest.raises(Refusal, match="stämmer inte med sin kontrollsumma"):
        service.published(edition)


def test_the_interim_report_and_the_year_are_safe_together(ready: Session, director: Scope) -> None:
    """The second is protected against the first, and the intruder had both."""
    interim = publish(ready, director, period=JanAug(2023))
    year = publish(ready, director)
    assert (interim.number, year.number) == ("2024:1", "2024:2")


def test_another_forbund_has_no_part_in_it(ready: Session, director: Scope, association: Furnished) -> None:
    edition = publish(ready, director)
    with pytest.raises(OutOfScope):
        queries.edition(ready, Scope(association_id=association.id + 1, actor="9"), edition.id)


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

    def test_a_file_of_an_edition_says_that_it_may_be_spread(
        self, sign_in: SignIn, clock: time_machine.Traveller
    ) -> None:
        director = sign_in(Role.DIRECTOR)
        director.submit("/utgavor/publicera?period=2023", button="Publicera", password=PASSWORD)
        answer = director.submit("/utgavor/1", button="Ladda ner filen", format="csv")
        assert PUBLISHED in answer.text
        assert "Utkast" not in answer.text
