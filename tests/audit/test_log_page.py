"""The event log as an administrator reads it."""

from itertools import pairwise

import pytest
from sqlalchemy import update
from time_machine import Traveller

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.audit.events import Cut, Event
from followup.audit.models import AuditEvent
from followup.audit.service import record
from followup.db import Database, act_for
from tests.conftest import SignIn
from tests.infrastructure.client import Client
from tests.infrastructure.furnish import Furnished

WHERE = "/system/logg"


def write(database: Database, association: Furnished, event: Event, **rest: object) -> None:
    with database.session(write=True) as session:
        act_for(session, association.id)
        scope = Scope(association_id=association.id, actor="command")
        record(session, scope, event, **rest)  # type: ignore[arg-type]


@pytest.mark.both_databases
def test_events_are_told_in_swedish(sign_in: SignIn, database: Database, association: Furnished) -> None:
    write(
        database,
        association,
        Event.MONTH_REOPENED,
        team_id=association.north,
        month="2024-05",
        reason="SEN",
    )
    text = sign_in(Role.SYSTEM_ADMIN).text(WHERE)
    assert "Öppnade en månad igen Kommandoraden Team Norra" in text
    assert "månad: maj 2024; skäl: sen registrering" in text.casefold()
    assert "2024-06-12 kl. 10 Loggade in system_admin@example.org" in text


def test_time_is_as_coarse_as_the_log_keeps_it(
    sign_in: SignIn, database: Database, association: Furnished, clock: Traveller
) -> None:
    clock.shift(34 * 60)
    write(database, association, Event.PARTICIPATION_RECORDED, team_id=association.north)
    write(database, association, Event.SCREENING_REPORTED, team_id=association.north, month="2024-05")
    text = sign_in(Role.SYSTEM_ADMIN).text(WHERE)
    assert "2024-06-12 kl. 10 Registrerade i deltagarlistan" in text
    assert "2024-06-12 Rapporterade våldsscreening" in text
    # In order, an exact time beside it would tell when somebody was registered.
    assert "2024-06-12 kl. 10 Loggade in" in text


def test_no_kind_of_act_is_more_exact_than_another_beside_it() -> None:
    assert {kind.cut for kind in (event.kind for event in Event)} == {Cut.HOUR, Cut.DAY}


def test_log_is_narrowed_by_month_event_and_team(
    sign_in: SignIn, database: Database, association: Furnished, clock: Traveller
) -> None:
    write(database, association, Event.MONTH_DECLARED, team_id=association.south, month="2024-05")
    clock.shift(31 * 24 * 3600)
    admin = sign_in(Role.SYSTEM_ADMIN)
    told = "månad: maj 2024"
    assert told in admin.text(f"{WHERE}?manad=2024-06")
    assert told not in admin.text(f"{WHERE}?manad=2024-07")
    assert told in admin.text(f"{WHERE}?handelse=MONTH_DECLARED&team={association.south}")
    assert "Ingen händelse passar urvalet." in admin.text(f"{WHERE}?team={association.north}")
    assert told in admin.text(f"{WHERE}?manad=2024-99&handelse=DROP")


def test_long_log_is_paged_newest_first(sign_in: SignIn, database: Database, association: Furnished) -> None:
    for number in range(60):
        write(database, association, Event.TEAM_CHANGED, team=str(number))
    admin = sign_in(Role.SYSTEM_ADMIN)
    first, second = numbers(admin, WHERE), numbers(admin, f"{WHERE}?sida=2")
    assert len(first) == 50
    assert all(later > earlier for later, earlier in pairwise(first + second))
    assert second[-1] == 1


def numbers(client: Client, path: str) -> list[int]:
    cells = client.get(path).text.split('<th scope="row" class="table__column--numeric">')[1:]
    return [int(cell.split("<")[0]) for cell in cells]


def test_untouched_log_is_said_to_be_whole(sign_in: SignIn) -> None:
    text = sign_in(Role.SYSTEM_ADMIN).text(f"{WHERE}/kontroll")
    assert "Loggen är orörd" in text


def test_changed_event_is_found(sign_in: SignIn, database: Database, association: Furnished) -> None:
    for number in range(3):
        write(database, association, Event.TEAM_CHANGED, team=str(number))
    admin = sign_in(Role.SYSTEM_ADMIN)
    with database.session(write=True) as session:
        session.execute(update(AuditEvent).where(AuditEvent.number == 2).values(actor="7"))
    text = admin.text(f"{WHERE}/kontroll")
    assert "Loggen är inte hel" in text
    assert "Händelse nummer 2 saknas eller har ändrats." in text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM_ADMIN])
def test_nobody_else_reads_the_log(role: Role, sign_in: SignIn) -> None:
    client = sign_in(role)
    assert client.get(WHERE).status_code == 403
    assert client.get(f"{WHERE}/kontroll").status_code == 403
