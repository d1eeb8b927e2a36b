"""What the page offers whoever is about to write a team's list: empty lists, and what each column holds."""

import csv
import re
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


def guide(client: Client, kind: str) -> dict[str, tuple[str, str]]:
    """Whether each column must be there, and what is written in it, as the page says."""
    tables = re.findall(r"<tbody.*?>(.*?)</tbody>", client.get("/import").text, re.DOTALL)
    rows = re.findall(r"<tr.*?</tr>", tables[OF_TEAMS.index(kind)], re.DOTALL)
    cells = [[visible_text(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]
    return {heading: (must, how) for heading, must, how in cells}


def written(*rows: dict[str, str]) -> bytes:
    return "\n".join([";".join(rows[0]), *(";".join(row.values()) for row in rows)]).encode()


@pytest.mark.parametrize("kind", OF_TEAMS)
def test_the_page_tells_what_to_write_and_what_may_be_left_out(manager: Client, kind: str) -> None:
    told = guide(manager, kind)
    headings = manager.get(f"/import/mall/{kind}").data.decode("utf-8-sig").strip().split(";")
    assert list(told) == headings
    for heading, (must, how) in told.items():
        assert how, heading
        rest = {name: text for name, text in FILLED[kind].items() if name != heading}
        answer = upload(manager, kind, written(rest))
        assert ("1 rad kan läsas in" if must == "Nej" else f"”{heading}” saknas") in answer, heading


def test_every_word_on_the_page_is_understood(manager: Client) -> None:
    told = {heading: how for heading, (_, how) in guide(manager, "participations").items()}
    told["Avslutsorsak"] = told["Avslutsorsak"].split(". Utan start: ")[0]
    words = {heading: how.split(": ")[-1].split("; ") for heading, how in told.items() if "; " in how}
    assert len(words) == 11
    rows = [FILLED["participations"] | {heading: word} for heading, each in words.items() for word in each]
    answer = upload(manager, "participations", written(*rows))
    assert f"{len(rows)} rader kan läsas in Ingen rad avvisas" in answer


def test_staff_find_no_empty_list(sign_in: SignIn) -> None:
    assert sign_in(Role.TEAM_STAFF).get("/import/mall/participations").status_code == 403
