"""What is taken away before the first page of each day."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from time_machine import Traveller

from followup.access.roles import Role
from followup.db import Database
from followup.lifecycle import daily
from followup.settings import Settings
from tests.conftest import SignIn
from tests.imports.test_page import ROWS as LISTED
from tests.imports.test_page import send
from tests.infrastructure.client import Client, visible_text
from tests.infrastructure.furnish import Furnished
from tests.participation.test_pages import join

DAY = 24 * 60 * 60
ROWS = {
    "participation": "SELECT * FROM participation ORDER BY key",
    "participation_income": "SELECT * FROM participation_income ORDER BY participation_key, phase, code",
    "screening_count": "SELECT * FROM screening_count ORDER BY team_id, month, round, sex, measure",
}
COUNTER = text(
    "INSERT INTO screening_count (association_id, team_id, month, round, sex, measure, count)"
    " VALUES (:id, :team, '2023-05', 'START', 'F', :measure, 3)"
)
INCOME = text(
    "INSERT INTO participation_income (participation_key, phase, code, association_id, team_id)"
    " SELECT key, 'before', 'FST', association_id, team_id FROM participation LIMIT 1"
)
CAN_UNDO = "Inläsningar som kan ångras"
WRITERS = "SELECT DISTINCT xmin::text FROM {}"
AS_THEY_LIE = "SELECT key FROM participation ORDER BY ctid"


def rows(database: Database, table: str) -> list[Any]:
    with database.session() as session:
        return [tuple(row) for row in session.execute(text(ROWS[table]))]


def told(database: Database, question: str) -> list[str]:
    with database.session() as session:
        return list(session.scalars(text(question)))


def give(database: Database, association: Furnished) -> None:
    """Some counters and an income, which the made-up years have none of."""
    with database.session(write=True) as session:
        for measure in ("asked", "answered", "declined"):
            session.execute(COUNTER, {"id": association.id, "team": association.north, "measure": measure})
        session.execute(INCOME)


def save_some(staff: Client, association: Furnished) -> None:
    """Ten people, each by a save of their own."""
    for week in range(1, 11):
        join(staff, f"/team/{association.north}/deltagare", accepted=f"{date.fromisocalendar(2024, week, 1)}")


@pytest.mark.postgresql
@pytest.mark.published
def test_no_row_tells_who_wrote_it_or_after_whom(
    sign_in: SignIn, database: Database, association: Furnished, clock: Traveller
) -> None:
    give(database, association)
    save_some(sign_in(Role.TEAM_STAFF), association)
    before = {table: rows(database, table) for table in ROWS}
    assert all(before.values())
    assert len(told(database, WRITERS.format("participation"))) > 10
    order = told(database, AS_THEY_LIE)
    clock.shift(DAY)
    sign_in(Role.READER)
    assert {table: rows(database, table) for table in ROWS} == before
    writers = {writer for table in ROWS for writer in told(database, WRITERS.format(table))}
    assert len(writers) == 1
    assert told(database, AS_THEY_LIE) != order


@pytest.mark.postgresql
def test_whoever_saves_goes_first_and_it_is_tried_again(
    client: Client,
    sign_in: SignIn,
    database: Database,
    settings: Settings,
    association: Furnished,
    clock: Traveller,
) -> None:
    save_some(sign_in(Role.TEAM_STAFF), association)
    written = told(database, WRITERS.format("participation"))
    clock.shift(DAY)
    with database.open(write=True) as saving:
        saving.execute(text("UPDATE participation SET age_group = age_group"))
        with pytest.raises(OperationalError, match="lock timeout"):
            daily.tidy(database, settings)
        assert client.get("/logga-in").status_code == 200
        saving.rollback()
    assert told(database, WRITERS.format("participation")) == written
    clock.shift(10 * 60)
    client.get("/logga-in")
    assert len(told(database, WRITERS.format("participation"))) == 1


@pytest.mark.both_databases
def test_an_import_forgets_its_rows_when_it_can_no_longer_be_undone(
    sign_in: SignIn, database: Database, clock: Traveller
) -> None:
    def links() -> int:
        return int(told(database, "SELECT count(*) FROM import_row")[0])

    manager = sign_in(Role.TEAM_MANAGER)
    tried = send(manager, *LISTED)
    manager.submit("/import/spara", page=tried)
    assert links() == 3
    clock.shift(30 * DAY)
    page = sign_in(Role.TEAM_MANAGER).get("/import")
    assert CAN_UNDO in page.text
    clock.shift(DAY)
    assert CAN_UNDO not in sign_in(Role.TEAM_MANAGER).text("/import")
    assert links() == 0


@pytest.mark.both_databases
def test_forms_and_failed_sign_ins_of_other_days_are_gone(
    client: Client, sign_in: SignIn, database: Database, association: Furnished, clock: Traveller
) -> None:
    save_some(sign_in(Role.TEAM_STAFF), association)
    client.submit("/logga-in", email="ingen@example.org", password="fel lösenord helt")
    kept = "SELECT count(*) FROM {}".format
    assert told(database, kept("spent_form")) != [0]
    assert told(database, kept("sign_in_delay")) != [0]
    clock.shift(2 * DAY)
    assert "Logga in" in visible_text(client.get("/logga-in").text)
    assert told(database, kept("spent_form")) == [0]
    assert told(database, kept("sign_in_delay")) == [0]
