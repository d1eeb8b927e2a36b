"""Typing in what interventions cost."""

from followup.access.roles import Role
from tests.conftest import SignIn
from tests.infrastructure.client import visible_text


def test_an_outcome_in_thousands_beside_a_budget_in_kronor_is_asked_about(sign_in: SignIn) -> None:
    client = sign_in(Role.OFFICER)
    client.submit("/forbundet/ekonomi/insatser/ny", name="Kurator", kind="individual")
    page = "/forbundet/ekonomi/insatser/1/2023"
    assert "Stämmer beloppen?" not in client.get(page).text
    asked = client.submit(page, amount="6 015 000", outcome="5 940")
    assert asked.status_code == 422
    assert "skiljer sig mer än tio gånger" in asked.text
    assert "Stämmer beloppen? (frivilligt)" not in visible_text(asked.text)
    assert "är sparade" in client.submit(page, page=asked, is_right=["ja"]).text
    assert "är sparade" in client.submit(page, amount="6 015 000", outcome="5 940 000").text
