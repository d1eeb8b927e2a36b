"""The password once more before a grave act."""

from sqlalchemy import func, select

from followup.access.roles import Role
from followup.audit.events import Event
from followup.audit.models import AuditEvent
from followup.db import Database
from tests.conftest import SignIn
from tests.infrastructure.client import Client
from tests.infrastructure.forms import find_form
from tests.infrastructure.furnish import PASSWORD


def refused(database: Database) -> int:
    with database.session() as session:
        found = select(func.count()).where(AuditEvent.event == Event.PASSWORD_REFUSED.name)
        return session.scalar(found) or 0


def publish(client: Client, password: str) -> int:
    token = find_form(client.get("/").text, action="/logga-ut").values["csrf_token"][0]
    fields = {"csrf_token": token, "once": "x", "period": "2023", "password": password}
    return client.post("/utgavor/publicera", data=fields).status_code


def test_guessing_at_a_forgotten_screen_is_slowed_down_when_publishing(
    sign_in: SignIn, database: Database
) -> None:
    director = sign_in(Role.DIRECTOR)
    assert {publish(director, "fel lösenord alldeles") for _ in range(5)} == {422}
    assert refused(database) == 5
    # Neither a wrong nor the right one is tried while the next try has to wait.
    assert publish(director, "fel lösenord alldeles") == publish(director, PASSWORD) == 422
    assert refused(database) == 5


def test_one_mistake_does_not_slow_down_whoever_then_gets_it_right(
    sign_in: SignIn, database: Database
) -> None:
    director = sign_in(Role.DIRECTOR)
    for _ in range(3):
        publish(director, "fel lösenord alldeles")
        publish(director, PASSWORD)
        publish(director, "fel lösenord alldeles")
    assert refused(database) == 6
