"""The page where a team manager reads a list in."""

import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from flask import Flask, request
from sqlalchemy import select, text

from followup.access.models import Account, Membership
from followup.access.roles import Role
from followup.access.scope import Scope
from followup.audit.models import AuditEvent
from followup.db import Database
from followup.imports import carrying
from followup.months import queries as months
from followup.months.service import declare_complete
from followup.periods import Month
from tests.conftest import SignIn
from tests.infrastructure.client import Client, visible_text
from tests.infrastructure.furnish import Furnished, address_of
from tests.infrastructure.tables import rows_by_label

HEADINGS = "Team;Kommun;Kön;Ålder vid start;Remittent;I kö;Start;Avslut;Avslutsorsak"
ROWS = [
    "Team Norra;Norrby;Kvinna;34;FK;2024-01-15;2024-02-05;;",
    "Team Norra;Nyby;Man;51;AF;2024-01-08;2024-02-12;2024-05-20;Enligt plan",
    "Team Norra;Nyby;Man;29;Soc;2024-03-01;;2024-04-02;Tackat nej",
]
UNDERSTOOD = "De första raderna, som de har förståtts"
SCREENING = (
    "Månad;Omgång;Kön;Tillfrågade;Avstod;Svarade;Ja på minst en;V1\n2024-04;Vid start;Kvinna;3;1;2;2;1\n"
)


@pytest.fixture
def manager(sign_in: SignIn) -> Client:
    return sign_in(Role.TEAM_MANAGER)


def send(client: Client, *rows: str, headings: str = HEADINGS, **fields: object) -> object:
    content = "\r\n".join([headings, *rows]).encode("cp1252")
    choices = {"kind": "participations", **fields}
    return client.submit("/import", file=(io.BytesIO(content), "list.csv"), **choices)


def count(database: Database, table: str) -> int:
    with database.session() as session:
        return int(session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


def test_list_is_tried_then_saved_then_undone(manager: Client, database: Database) -> None:
    tried = send(manager, *ROWS)
    assert "3 rader kan läsas in" in visible_text(tried.text).replace("\xa0", " ")
    understood = rows_by_label(tried.text, UNDERSTOOD)
    assert understood["Åldersgrupp"] == ["30–39 år", "50–59 år", "25–29 år"]
    assert understood["Startade"] == ["Vecka 6, 2024 (februari 2024)", "Vecka 7, 2024 (februari 2024)", "–"]
    assert understood["Varför kön lämnades"] == ["–", "–", "Tackat nej"]
    assert "2024-01-15" not in tried.text, "what is not kept is not shown"
    assert count(database, "participation") == 0
    saved = manager.submit("/import/spara", page=tried)
    assert "3 rader är inlästa" in visible_text(saved.text).replace("\xa0", " ")
    assert count(database, "participation") == 3
    with database.session() as session:
        kept = session.execute(
            text("SELECT sex, age_group, referring_party, started_week FROM participation ORDER BY age_group")
        ).all()
    assert [tuple(row) for row in kept] == [
        ("M", "25-29", "KFS", None),
        ("F", "30-39", "FK", "2024-W06"),
        ("M", "50-59", "AF", "2024-W07"),
    ]
    undone = manager.submit("/import/angra", page=saved, button="Ångra inläsningen")
    assert "Inläsningen är ångrad" in visible_text(undone.text)
    assert count(database, "participation") == 0


@pytest.mark.both_databases
def test_no_import_has_a_number_that_cannot_be_one(manager: Client) -> None:
    saved = manager.submit("/import/spara", page=send(manager, *ROWS))
    tried = manager.submit("/import/angra", page=saved, button="Ångra inläsningen", batch="a\0b")
    assert tried.status_code == 422


def test_trial_sent_twice_saves_once(manager: Client, database: Database) -> None:
    tried = send(manager, *ROWS)
    manager.submit("/import/spara", page=tried)
    again = manager.submit("/import/spara", page=tried)
    assert "inget sparades två gånger" in visible_text(again.text)
    assert count(database, "participation") == 3


def test_refused_rows_are_told_by_number_and_never_repeated(manager: Client, database: Database) -> None:
    bad = [
        "Team Norra;Nyby;Man;15;FK;2024-01-15;2024-02-05;;",
        "Team Norra;Nyby;Man;850312-9820;FK;2024-01-15;2024-02-05;;",
        "Team Södra;;Man;40;FK;2024-01-15;2024-02-05;;",
        "Team Norra;Nyby;Kvinna;40;FK;2024-02-15;2024-02-05;;",
        "Team Norra;Nyby;Kvinna;40;FK;2024-01-15;2025-02-05;;",
        "Team Norra;Hemliga byn;Kvinna;40;Ingen alls;2024-01-15;2024-02-05;;",
    ]
    tried = send(manager, *ROWS, *bad)
    told = visible_text(tried.text).replace("\xa0", " ")
    assert "3 rader kan läsas in" in told
    assert "6 rader avvisas" in told
    assert 'data-label="Rad"' in tried.text, "a number alone says nothing where headings are not drawn"
    for line, reason in {
        5: "Åldern ska vara 16–67 år",
        6: "personnummer",
        7: "Teamet finns inte bland dina team",
        8: "Start ligger före I kö",
        9: "ligger i framtiden",
        10: "Remittent: ordet finns inte i listan",
    }.items():
        assert re.search(rf"\b{line} [^0-9]*{re.escape(reason)}", told), reason
    # The last four digits alone may stand in what is sealed for the way to the save, by chance.
    for secret in ("Hemliga", "Ingen alls", "Södra"):
        assert secret not in tried.text
    assert "9820" not in told
    saved = manager.submit("/import/spara", page=tried)
    assert "3 rader är inlästa" in visible_text(saved.text).replace("\xa0", " ")
    with database.session() as session:
        assert "9820" not in str([event.details for event in session.scalars(select(AuditEvent))])


def test_month_declared_between_trial_and_save_refuses(
    manager: Client, database: Database, association: Furnished, scope_of: Callable[..., Scope]
) -> None:
    tried = send(manager, *ROWS)
    with database.session(write=True) as session:
        declare_complete(
            session=session,
            scope=scope_of(Role.TEAM_MANAGER),
            team_id=association.north,
            month=Month(2024, 4),
        )
    late = manager.submit("/import/spara", page=tried)
    assert late.status_code == 422
    assert "april 2024" in visible_text(late.text)
    assert count(database, "participation") == 0


def test_list_with_everybody_in_it_declares_its_months(
    manager: Client, database: Database, association: Furnished, scope_of: Callable[..., Scope]
) -> None:
    tried = send(manager, *ROWS, declare=["declare"])
    assert "Månaderna januari 2024–maj 2024 klarmarkeras" in visible_text(tried.text)
    manager.submit("/import/spara", page=tried)
    with database.session() as session:
        complete = months.complete_months(session, scope_of(Role.TEAM_MANAGER), [association.north])
    assert complete[association.north] == {Month(2024, number) for number in range(1, 6)}


def test_file_without_a_team_column_belongs_to_the_only_team(manager: Client, database: Database) -> None:
    tried = send(manager, *SCREENING.splitlines()[1:], headings=SCREENING.splitlines()[0], kind="screening")
    understood = rows_by_label(tried.text, UNDERSTOOD)
    assert understood["Månad"] == ["April 2024"]
    assert understood["Omgång"] == ["Vid start"]
    assert understood["Tillfrågade"] == ["3"]
    saved = manager.submit("/import/spara", page=tried)
    assert "1 rad är inläst" in visible_text(saved.text).replace("\xa0", " ")
    with database.session() as session:
        counts = dict(session.execute(text("SELECT measure, count FROM screening_count")).all())
    assert counts == {"asked": 3, "declined": 1, "answered": 2, "yes_any": 2, "yes_V1": 1}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Filen är tom"),
        (b"\x89PNG\r\n\x1a\n", "Filen är en bild"),
        ("Kön;Ålder;Remittent;I kö;Start;Avslut\nMan;30;FK;;2024-01-02;".encode(), "”Avslutsorsak” saknas"),
        ("Ã¥ldersgrupp;KÃ¶n".encode(), "fel teckenkodning"),
        (HEADINGS.encode() + b"\n", "inga rader att läsa in"),
    ],
)
def test_file_that_cannot_be_read_is_told_on_the_page(manager: Client, content: bytes, told: str) -> None:
    refused = manager.submit("/import", kind="participations", file=(io.BytesIO(content), "x.csv"))
    assert refused.status_code == 422
    assert told in visible_text(refused.text)


def test_form_without_a_file_says_so(manager: Client) -> None:
    refused = manager.submit("/import", kind="participations")
    assert refused.status_code == 422
    assert "Välj en fil." in visible_text(refused.text)


def test_the_kind_that_is_read_in_most_often_is_chosen_from_the_start(
    manager: Client, database: Database
) -> None:
    content = "\n".join([HEADINGS, *ROWS]).encode()
    tried = manager.submit("/import", file=(io.BytesIO(content), "list.csv"))
    assert "3 rader kan läsas in" in visible_text(tried.text).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"headings": HEADINGS.removesuffix(";Avslutsorsak")}, "”Avslutsorsak” saknas i filen."),
        ({"kind": "screening"}, "Filens rubriker hör till en annan lista"),
        ({"kind": None}, "Välj vad som ska läsas in."),
        ({"declare": ["everything"]}, "Klarmarkera: välj något av alternativen i listan."),
    ],
)
def test_a_page_that_comes_back_without_the_file_asks_for_it_again(
    manager: Client, changes: dict[str, object], told: str
) -> None:
    refused = send(manager, *ROWS, **changes)
    assert refused.status_code == 422
    assert told in visible_text(refused.text)
    assert re.search(r'href="#file">[^<]*Välj filen igen\.</a>', refused.text)
    assert re.search(r'id="file-error">\s*<span[^>]*>Fel: </span>[^<]*Välj filen igen\.', refused.text)


def test_rows_sealed_for_one_account_open_for_no_other(
    manager: Client, sign_in: SignIn, database: Database
) -> None:
    tried = send(manager, *ROWS)
    box = re.search(r'name="box"[^>]*value="([^"]+)"', tried.text)
    assert box is not None
    other = sign_in(Role.TEAM_MANAGER, "south")
    theirs = send(other, "Team Södra;;Man;40;FK;2024-01-15;2024-02-05;;")
    stolen = other.submit("/import/spara", page=theirs, box=box[1])
    assert stolen.status_code == 422
    assert count(database, "participation") == 0


def test_another_teams_import_cannot_be_undone(manager: Client, sign_in: SignIn, database: Database) -> None:
    saved = manager.submit("/import/spara", page=send(manager, *ROWS))
    batch = re.search(r'name="batch" value="(\w+)"', saved.text)
    assert batch is not None
    other = sign_in(Role.TEAM_MANAGER, "south")
    assert "Inläsningar som kan ångras" not in other.text("/import")
    theirs = other.submit("/import/spara", page=send(other, "Team Södra;;Man;40;FK;2024-01-15;2024-02-05;;"))
    tried = other.submit("/import/angra", page=theirs, button="Ångra inläsningen", batch=batch[1])
    assert tried.status_code == 404
    assert count(database, "participation") == 4


def test_who_manages_one_team_takes_back_nothing_in_another_where_they_are_staff(
    manager: Client, sign_in: SignIn, database: Database, association: Furnished
) -> None:
    saved = manager.submit("/import/spara", page=send(manager, *ROWS))
    batch = re.search(r'name="batch" value="(\w+)"', saved.text)
    assert batch is not None
    with database.session(write=True) as session:
        theirs = select(Account).where(Account.email == address_of(Role.TEAM_MANAGER, "south"))
        account = session.scalars(theirs).one()
        account.memberships.append(
            Membership(association_id=association.id, role=Role.TEAM_STAFF, team_id=association.north)
        )
    other = sign_in(Role.TEAM_MANAGER, "south")
    assert "Inläsningar som kan ångras" not in other.text("/import")
    page = other.submit("/import/spara", page=send(other, "Team Södra;;Man;40;FK;2024-01-15;2024-02-05;;"))
    tried = other.submit("/import/angra", page=page, button="Ångra inläsningen", batch=batch[1])
    assert tried.status_code == 404
    assert count(database, "participation") == 4


def test_the_log_does_not_tell_the_minute_in_which_rows_came(manager: Client, database: Database) -> None:
    saved = manager.submit("/import/spara", page=send(manager, *ROWS[:1]))
    manager.submit("/import", page=saved, button="Ångra inläsningen")
    with database.session() as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.event.startswith("IMPORT")))
        assert [event.at for event in events] == ["2024-06-12T08Z", "2024-06-12T08Z"]


def test_only_managers_read_lists_in(sign_in: SignIn) -> None:
    assert sign_in(Role.TEAM_STAFF).get("/import").status_code == 403
    assert sign_in(Role.DIRECTOR).get("/import").status_code == 403


def test_uploaded_file_is_never_written_to_the_servers_disk(app: Flask) -> None:
    file = (io.BytesIO(b"Team"), "list.csv")
    with app.test_request_context("/import", method="POST", data={"file": file}):
        assert isinstance(request.files["file"].stream, io.BytesIO)


def test_more_rows_than_a_form_can_carry_are_refused_in_words(
    manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "LONGEST", 100)
    refused = send(manager, *ROWS)
    assert refused.status_code == 422
    assert "Dela upp den" in visible_text(refused.text)


def test_import_with_a_row_that_somebody_has_changed_stays(manager: Client, database: Database) -> None:
    saved = manager.submit("/import/spara", page=send(manager, *ROWS))
    with database.session(write=True) as session:
        session.execute(text("UPDATE participation SET stamp = 'later' WHERE sex = 'F'"))
    refused = manager.submit("/import/angra", page=saved, button="Ångra inläsningen")
    assert refused.status_code == 422
    assert "en del av raderna har ändrats efteråt" in visible_text(refused.text)
    assert count(database, "participation") == 3
    assert "Inläsningar som kan ångras" in manager.text("/import")


def test_import_in_a_month_that_was_declared_since_stays(
    manager: Client, database: Database, association: Furnished
) -> None:
    saved = manager.submit("/import/spara", page=send(manager, *ROWS))
    manager.submit(f"/team/{association.north}/manader/2024-05/klarmarkera")
    refused = manager.submit("/import/angra", page=saved, button="Ångra inläsningen")
    assert refused.status_code == 422
    assert "maj 2024" in visible_text(refused.text)
    assert count(database, "participation") == 3


def test_trial_page_is_kept_by_no_cache(manager: Client) -> None:
    assert "no-store" in send(manager, *ROWS).headers["Cache-Control"]


def test_further_sheets_with_rows_are_not_left_out_in_silence(manager: Client, database: Database) -> None:
    book = openpyxl.Workbook()
    sheets = [book.active, book.create_sheet("2023"), book.create_sheet("2024")]
    for sheet, rows in zip(sheets, ([], ROWS[:1], ROWS[1:]), strict=True):
        for row in (HEADINGS, *rows):
            sheet.append(row.split(";"))
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    tried = manager.submit("/import", file=(content, "list.xlsx"), kind="participations")
    told = visible_text(tried.text).replace("\xa0", " ")
    assert "1 rad kan läsas in" in told, "a sheet with headings alone is passed by"
    assert "Filen har 1 blad till med rader: spara varje blad som en egen fil." in told


def test_that_no_row_can_be_read_in_is_said_in_words(manager: Client) -> None:
    told = visible_text(send(manager, ROWS[0].replace("FK", "Grannen"), "Antal: 1;;;;;;;;").text)
    assert "Ingen rad kan läsas in" in told
    assert "Rad 3 hoppas över: tom, en summa eller en anteckning." in told


def test_a_list_that_lets_the_team_begin_earlier_says_so(manager: Client) -> None:
    misspelt = ROWS[0].replace("2024-01-15", "2014-01-15")
    told = visible_text(send(manager, *ROWS, misspelt).text)
    assert "Team Norra börjar då i januari 2014 i stället för i januari 2022" in told
    assert "börjar då i" not in visible_text(send(manager, *ROWS).text)


def test_what_became_complete_with_a_list_is_told(manager: Client) -> None:
    tried = send(manager, *ROWS, declare=["declare"])
    told = visible_text(manager.submit("/import/spara", page=tried).text).replace("\xa0", " ")
    assert "3 rader är inlästa. Klarmarkerat för Team Norra: januari 2024–maj 2024." in told
