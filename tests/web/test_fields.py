"""What a person meets when typing: forgiveness, clear errors, and no identity coming back."""

import datetime as dt
from typing import Any

import pytest

from followup.access.roles import Role
from tests.conftest import SignIn
from tests.infrastructure.client import Client, visible_text

FILLED = {
    "joined": "2024-03-22",
    "sex": "F",
    "referrer": "AF",
    "queue": "1 2",
    "reason": "Nytt beslut",
}


@pytest.fixture
def staff(sign_in: SignIn) -> Client:
    return sign_in(Role.TEAM_STAFF)


def send(client: Client, **fields: Any) -> Any:
    return client.submit("/prov", button="Spara prov", **{**FILLED, **fields})


def test_empty_form_names_each_field_and_the_way_out(staff: Client) -> None:
    response = staff.submit("/prov", button="Spara prov")
    assert response.status_code == 422
    assert "<title>Fel: Provkarta" in response.text
    for message, target in [
        ("Fyll i datum för start.", "joined"),
        ("Välj kön.", "sex-0"),
        ("Välj remittent.", "referrer"),
        ("Fyll i antal i kö den 31 mars 2026.", "queue"),
    ]:
        assert f'<a href="#{target}">{message}</a>' in response.text
        assert response.text.count(message) == 2, "the same words in the summary and at the field"


def test_typed_values_are_kept_when_something_else_is_wrong(staff: Client) -> None:
    response = send(staff, sex=None, joined="20x", reason="Två rader\noch mer")
    assert 'value="20x"' in response.text
    assert 'value="1 2"' in response.text
    assert "Två rader\noch mer</textarea>" in response.text
    assert '<option value="AF" selected>' in response.text


def test_optional_fields_are_marked_and_required_ones_are_not(staff: Client) -> None:
    text = staff.text("/prov")
    assert "Försörjning (frivilligt)" in text
    assert "Datum för start (frivilligt)" not in text
    assert "Text (frivilligt)" not in text, "a filter is never required"


@pytest.mark.parametrize("number", ["tolv", "1,5", "501", "-1"])
def test_number_outside_what_is_asked_for_is_refused(staff: Client, number: str) -> None:
    response = send(staff, queue=number)
    assert response.status_code == 422
    assert "Antal i kö den 31 mars 2026: skriv ett" in visible_text(response.text)


def test_day_that_does_not_exist_is_explained(staff: Client) -> None:
    assert "dagen finns inte i kalendern" in send(staff, joined="2023-02-29").text


@pytest.mark.parametrize("field", ["joined", "queue", "reason", "registry_number"])
@pytest.mark.parametrize("kind", ["personnummer", "epost", "telefon"])
def test_identity_is_refused_and_never_comes_back(
    staff: Client, field: str, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    typed = {"personnummer": "811218-9876", "epost": "eva.ek@example.org", "telefon": "070-174 06 05"}[kind]
    response = send(staff, **{field: typed})
    assert response.status_code == 422
    assert "Texten ser ut att innehålla" in visible_text(response.text)
    assert typed not in response.text
    assert typed not in caplog.text


def test_identity_in_an_address_is_refused_and_never_comes_back(staff: Client) -> None:
    response = staff.get("/prov?text=811218-9876&sex=F&sida=2")
    assert "Texten ser ut att innehålla ett personnummer" in visible_text(response.text)
    assert "811218" not in response.text
    assert 'href="/prov?sex=F&amp;sida=1"' in response.text, "links keep what was understood"


@pytest.mark.parametrize("field", ["sex", "referrer", "income"])
def test_unknown_code_is_refused_without_being_repeated(staff: Client, field: str) -> None:
    page = staff.get("/prov")
    response = send(staff, page=page, **{field: "811218-9876"})
    assert response.status_code == 422
    assert "välj något av alternativen i listan" in response.text
    assert "811218" not in response.text


def test_unknown_code_in_a_filter_is_refused(staff: Client) -> None:
    response = staff.get("/prov?sex=Q")
    assert "Kön: välj något av alternativen i listan." in visible_text(response.text)
    assert "Q" not in visible_text(response.text).split("Provkarta", 1)[1][:400]


def test_forged_hidden_value_is_dropped(staff: Client) -> None:
    response = send(staff, once="<b>811218-9876</b>", sex=None)
    assert response.status_code == 422
    assert "811218" not in response.text


def test_too_long_text_is_refused(staff: Client) -> None:
    assert "Diarienummer: skriv högst 20 tecken." in visible_text(send(staff, registry_number="x" * 21).text)


def test_refusal_lands_at_its_field_and_a_general_one_in_the_summary(staff: Client) -> None:
    response = send(staff)
    assert response.status_code == 422
    assert '<a href="#joined">Månaden är klarmarkerad. Öppna den först.</a>' in response.text
    assert '<li class="error-list__link">Någon annan hann före.</li>' in response.text


def test_without_token_nothing_is_done(staff: Client) -> None:
    response = staff.post("/prov", data={"joined": "2024-03-22"})
    assert response.status_code == 400
    assert "Ingenting är sparat" in response.text


@pytest.mark.parametrize("typed", [" 2024/03/22 ", "22 mars 2024", "22/3 2024"])
def test_date_reaches_the_form_as_a_date(app: Any, typed: str) -> None:
    from tests.web.gallery import GalleryForm

    with app.test_request_context("/prov", method="POST", data={"joined": typed, "queue": "1 20"}):
        form = GalleryForm()
        assert form.joined.data == dt.date(2024, 3, 22)
        assert form.queue.data == 120
        assert form.sex.data is None
        assert form.income.data == []
