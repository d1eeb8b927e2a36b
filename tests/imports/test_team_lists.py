"""What the page offers whoever is about to write a team's list: empty lists, and what each column holds."""

import csv
from io import BytesIO

import pytest

from followup.access.roles import Role
from followup.imports.blank import NAMES
from followup.imports.kinds import OF_TEAMS
from tests.conftest import SignIn
from tests.infrastructure.client import Client, visible_text

FILLED = {
    "participations": {
        "Team": "Team Norra",
        "Kommun": "Nyby",
        "Kön": "kvinna",
        "Ålder vid start": "34",
        "Remittent": "Försäkringskassan",
        "Utbildning": "Gymnasium",
        "Tid i offentlig försörjning": "1–2 år",
        "Försörjning före": "Sjukersättning + A-kassa",
        "Sysselsättning före": "Ingen",
        "I kö": "2024-01-15",
        "Start": "2024-02-05",
        "Avslut": "2024-05-20",
        "Avslutsorsak": "Enligt plan",
        "Sysselsättning vid avslut": "Arbete utan stöd",
        "Omfattning %": "50",
        "Försörjning vid avslut": "Lön eller eget företag",
        "Fortsättning": "Arbete eller studier",
    },
    "screening": {
        "Månad": "2024-04",
        "Omgång": "vid start",
        "Kön": "man",
        "Tillfrågade": "3",
        "Avstod": "1",
        "Svarade": "2",
        "Ja på minst en": "1",
        "V1": "1",
        "V1 nej": "1",
        "Hänvisade": "1",
    },
}


@pytest.fixture
def manager(sign_in: SignIn) -> Client:
    return sign_in(Role.TEAM_MANAGER)


def upload(client: Client, kind: str, content: bytes) -> str:
    answer = client.submit("/import", kind=kind, file=(BytesIO(content), "lista.csv"))
    return visible_text(answer.text).replace("\xa0", " ")


@pytest.mark.parametrize("kind", OF_TEAMS)
def test_an_empty_list_filled_with_a_row_is_read_in(manager: Client, kind: str) -> None:
    assert f'href="/import/mall/{kind}"' in manager.get("/import").text
    empty = manager.get(f"/import/mall/{kind}")
    assert empty.headers["Content-Disposition"] == f"attachment; filename=mall-{NAMES[kind]}.csv"
    assert "Filen har inga rader att läsa in." in upload(manager, kind, empty.data)
    headings = next(csv.reader([empty.data.decode("utf-8-sig")], delimiter=";"))
    row = ";".join(FILLED[kind].get(heading, "") for heading in headings)
    told = upload(manager, kind, empty.data + row.encode())
    assert "1 rad kan läsas in Ingen rad avvisas" in told
    # Every heading has its place, so that there is nothing to think about.
    assert "Att tänka på" not in told


def test_topics_stand_in_the_empty_list_where_they_stand_on_the_page(manager: Client) -> None:
    headings = manager.get("/import/mall/screening").data.decode("utf-8-sig").strip().split(";")
    assert headings[6:9] == ["Svarade", "Ja på minst en", "V1"]
    assert headings[-4:] == ["V5 nej", "Pågående", "Hänvisade", "Avböjde stöd"]
    # Without a name there is nothing to count.
    assert "V6" not in headings


def test_staff_find_no_empty_list(sign_in: SignIn) -> None:
    assert sign_in(Role.TEAM_STAFF).get("/import/mall/participations").status_code == 403
