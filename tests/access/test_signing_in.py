"""Signing in and out as a person does it, with CSRF on and the clock held still."""

from tests.conftest import SignIn
from tests.infrastructure.client import Client
from tests.infrastructure.furnish import PASSWORD, address_of
from followup.access.roles import Role


def test_everybody_signs_in(sign_in: SignIn) -> None:
    for role in Role:
        assert "Start" in sign_in(role).text("/")


def test_wrong_password_is_refused(client: Client) -> None:
    response = client.submit("/logga-in", email=address_of(Role.TEAM_STAFF), password=PASSWORD + "x")
    assert response.status_code == 422
    assert "Adressen eller lösenordet stämmer inte" in response.text
