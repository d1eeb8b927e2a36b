"""What a system administrator does with accounts."""

import re

import pytest
from sqlalchemy import select

from followup.access.models import Account
from followup.access.roles import Role
from followup.audit.events import Event
from followup.audit.models import AuditEvent
from followup.db import Database
from tests.conftest import SignIn
from tests.infrastructure.client import Client
from tests.infrastructure.furnish import Furnished

NEW = "ny.person@example.org"
CHOSEN = "grön cykel under bron"


def link_on(text: str) -> str:
    found = re.search(r'value="http://[^/"]+(/inbjudan/[^"]+)"', text)
    assert found, text
    return found[1]


def events(database: Database, event: Event) -> list[AuditEvent]:
    with database.session() as session:
        return list(session.scalars(select(AuditEvent).where(AuditEvent.event == event.name)))


@pytest.mark.both_databases
def test_invited_person_chooses_a_password_and_signs_in(
    sign_in: SignIn, client: Client, database: Database, association: Furnished
) -> None:
    admin = sign_in(Role.SYSTEM_ADMIN)
    page = admin.submit(
        "/system/konton/ny",
        email=" Ny.Person@Example.org ",
        role="team_staff",
        teams=[str(association.north)],
    )
    assert NEW in page.text
    link = link_on(page.text)

    answer = client.submit(link, new_password=CHOSEN, new_password_confirm=CHOSEN)
    assert "Lösenordet är valt" in answer.text
    answer = client.submit("/logga-in", email=NEW, password=CHOSEN)
    assert answer.request.path == "/"

    assert [event.details["role"] for event in events(database, Event.ACCOUNT_INVITED)] == [
        f"team_staff:{association.north}"
    ]
    assert len(events(database, Event.INVITATION_ACCEPTED)) == 1
    gone = client.get(link)
    assert "Länken gäller inte längre" in gone.text
    with database.session() as session:
        account = session.scalars(select(Account).where(Account.email == NEW)).one()
        assert account.password is not None
        assert account.password.startswith("$argon2id$")
        assert account.invitation_hash is None
