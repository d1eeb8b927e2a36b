"""A database that is put back from a copy gets back what has been published since."""

import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.audit.models import AuditEvent
from followup.audit.service import find_break
from followup.cli import cli
from followup.db import Database
from followup.editions import rehearsal
from followup.editions.copies import FOLDER
from followup.errors import Refusal
from followup.keys import KeyRing
from followup.periods import Year
from followup.sealing import Sealer
from followup.settings import Settings
from tests.conftest import SignIn
from tests.editions.years import row
from tests.infrastructure.client import Client, visible_text
from tests.infrastructure.furnish import Furnished

Publish = Callable[..., str]
pytestmark = [pytest.mark.published, pytest.mark.both_databases]

EDITIONS = """
SELECT edition.number, edition.period, edition.published_on, before.number, edition.sha256, edition.files
FROM edition LEFT JOIN edition AS before ON before.id = edition.revises ORDER BY edition.id
"""
REGISTER = """
SELECT edition.number, ledger_record.record
FROM ledger_record JOIN edition ON edition.id = edition_id ORDER BY ledger_record.id
"""


@pytest.fixture
def publish(database: Database, settings: Settings, scope_of: Callable[..., Scope]) -> Publish:
    """Gives the number of the edition, or why there is none."""

    def publish(year: int, reason: str | None = None) -> str:
        wanted = {"scope": scope_of(Role.DIRECTOR), "period": Year(year), "settings": settings}
        try:
            with database.session(write=True) as session:
                return rehearsal.publish(session=session, reason=reason, **wanted).number
        except Refusal as refusal:
            return refusal.message

    return publish


@pytest.fixture
def folder(settings: Settings) -> Path:
    return settings.instance / FOLDER


def rows(database: Database, question: str) -> list[Any]:
    with database.session() as session:
        return [tuple(row) for row in session.execute(text(question))]


@contextmanager
def put_back(database: Database) -> Iterator[None]:
    """What is published in the block is forgotten again, log and all, as in an older copy."""
    with database.session() as session:
        kept = session.scalar(select(AuditEvent.number).order_by(AuditEvent.number.desc()).limit(1))
    yield
    with database.session(write=True) as session:
        session.execute(text("DELETE FROM ledger_record WHERE edition_id > 1"))
        session.execute(text("DELETE FROM edition WHERE id > 1"))
        session.execute(text("DELETE FROM audit_event WHERE number > :kept"), {"kept": kept})


@pytest.fixture
def forgotten(database: Database, association: Furnished, publish: Publish) -> tuple[list[Any], list[Any]]:
    """Another year and a revision are published, and then forgotten; gives what there was of both."""
    with put_back(database):
        assert publish(2022) == "2024:2"
        with database.session(write=True) as session:
            chance = Random(5)
            session.add_all(row(chance, association.id, association.north) for _ in range(12))
        assert publish(2023, "SEN") == "2024:3"
        there_was = rows(database, EDITIONS), rows(database, REGISTER)
    assert [each[0] for each in rows(database, EDITIONS)] == ["2024:1"]
    return there_was


def test_what_was_published_after_the_copy_is_taken_back_before_the_first_page(
    forgotten: tuple[list[Any], list[Any]],
    client: Client,
    sign_in: SignIn,
    database: Database,
    association: Furnished,
    publish: Publish,
) -> None:
    client.get("/logga-in")
    assert (rows(database, EDITIONS), rows(database, REGISTER)) == forgotten
    assert forgotten[0][2][3] == "2024:1"
    told = visible_text(sign_in(Role.READER).text("/utgavor"))
    assert "2024:3" in told
    with database.session() as session:
        assert find_break(session, association.id) is None
        events = session.scalars(select(AuditEvent.details).where(AuditEvent.event == "EDITION_TAKEN_BACK"))
        assert [each["edition"] for each in events] == ["2024:2", "2024:3"]
    assert "Varje utgåva finns också utanför databasen" in sign_in(Role.SYSTEM_ADMIN).text("/")
    client.get("/logga-in")
    assert rows(database, EDITIONS) == forgotten[0]
    assert publish(2022, "SEN") == "2024:4"


def test_nothing_is_published_beside_what_is_forgotten(
    forgotten: tuple[list[Any], list[Any]], database: Database, publish: Publish
) -> None:
    assert "Utgåvorna 2024:2 och 2024:3 har publicerats men finns inte i databasen" in publish(2022)
    assert len(rows(database, EDITIONS)) == 1


def test_migrate_takes_it_back_too(
    forgotten: tuple[list[Any], list[Any]], database: Database, settings: Settings
) -> None:
    answer = CliRunner(env={"FOLLOWUP_DATABASE_URL": settings.database_url}).invoke(
        cli, ["--instance", str(settings.instance), "migrate"]
    )
    assert "Utgåvorna 2024:2 och 2024:3 saknades i databasen och är tillbaka." in answer.output
    assert rows(database, EDITIONS) == forgotten[0]


@pytest.mark.parametrize(
    "damage", ["emptied", "no text", "other keys", "other version", "other edition", "other number"]
)
def test_a_copy_that_does_not_open_stops_publishing_and_is_told(
    damage: str,
    forgotten: tuple[list[Any], list[Any]],
    sign_in: SignIn,
    database: Database,
    settings: Settings,
    folder: Path,
    publish: Publish,
) -> None:
    last = next(folder.glob("*-2024-3-*"))
    if damage == "emptied":
        last.write_text("")
    elif damage == "no text":
        last.write_bytes(b"\xff\x00")
    elif damage == "other version":
        last.write_text(Sealer(settings.keys).seal(f"{FOLDER}:1", {"number": "2024:3", "content": {}}))
    elif damage == "other keys":
        last.write_text(Sealer(KeyRing.generate()).seal(f"{FOLDER}:1", {}))
    elif damage == "other number":
        last.rename(last.with_name(last.name.replace("2024-3", "2024-9")))
    else:
        last.rename(last.with_name(last.name.replace("2024-3", "2024-1")))
    told = sign_in(Role.SYSTEM_ADMIN).text("/")
    which = {"other edition": "Utgåvorna 2024:1 och 2024:2", "other number": "Utgåva 2024:9"}.get(
        damage, "Utgåva 2024:3"
    )
    assert "2024:3" not in [each[0] for each in rows(database, EDITIONS)]
    assert f"{which} har publicerats men finns inte i databasen" in visible_text(told)
    assert f"{which} har publicerats men finns inte i databasen" in publish(2022)


def test_what_was_published_later_waits_for_what_does_not_open(
    forgotten: tuple[list[Any], list[Any]], sign_in: SignIn, database: Database, folder: Path
) -> None:
    second = next(folder.glob("*-2024-2-*"))
    second.write_text("")
    told = visible_text(sign_in(Role.SYSTEM_ADMIN).text("/"))
    assert "Utgåvorna 2024:2 och 2024:3 har publicerats men finns inte i databasen" in told
    assert len(rows(database, EDITIONS)) == 1


def test_editions_of_before_get_their_copies(client: Client, folder: Path, database: Database) -> None:
    assert not folder.exists()
    client.get("/logga-in")
    [copy] = folder.iterdir()
    assert copy.name.startswith("1-2024-1-")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert b"2023" not in copy.read_bytes()


def test_a_folder_that_cannot_be_written_stops_no_page_and_is_told(
    sign_in: SignIn, folder: Path, publish: Publish
) -> None:
    folder.write_text("")
    assert publish(2022) == "2024:2"
    told = visible_text(sign_in(Role.SYSTEM_ADMIN).text("/"))
    assert "Utgåvorna 2024:1 och 2024:2 saknar kopia i mappen editions" in told
