"""Activities, goals and money read in from spreadsheets, on the page and by command."""

from io import BytesIO

import pytest
from sqlalchemy import text

from followup.access.roles import Role
from followup.db import Database
from tests.imports.conftest import Command
from tests.infrastructure.tables import rows_by_label
from tests.plan.vasteras import DATA

BOTH = pytest.mark.both_databases
ACTIVITIES, PLAN = DATA / "activities-2023.csv", DATA / "plan-2023.csv"
PAGE = "/forbundet/las-in"
# From the series that Skatteverket reserves for tests.
PERSONNUMMER = "19900102-2384"
COUNTS = ("activity", "attendance", "intervention", "budget", "goal")


def counts(database: Database) -> list[int]:
    with database.session() as session:
        return [session.scalar(text(f"SELECT count(*) FROM {table}")) for table in COUNTS]


def upload(client, kind: str, content: str | bytes):
    content = content if isinstance(content, bytes) else content.encode()
    return client.submit(PAGE, button="Pröva filen", kind=kind, file=(BytesIO(content), "lista.csv"))


@BOTH
def test_both_files_are_read_in_and_taken_back_by_command(command: Command, installed: Database):
    trial = command("import", "activities", ACTIVITIES, "--dry-run")
    assert trial.exit_code == 0, trial.output
    assert "Prov: 18 rader kan läsas in, 0 avvisas." in trial.output
    assert counts(installed) == [0, 0, 0, 0, 0]
    assert command("import", "activities", ACTIVITIES).exit_code == 0
    assert command("import", "plan", PLAN).exit_code == 0
    assert counts(installed) == [18, 18, 4, 4, 4]
    with installed.session() as session:
        assert session.scalar(text("SELECT sum(count) FROM attendance")) == 500
        kinds = dict(session.execute(text("SELECT kind, count(*) FROM activity GROUP BY kind")).all())
        spent = dict(
            session.execute(
                text(
                    "SELECT name, outcome FROM intervention JOIN budget ON intervention_id = intervention.id"
                )
            ).all()
        )
    assert kinds == {"UTB": 6, "NAT": 8, "DEJ": 4}
    assert spent["Samordningsteam Västerås"] == 5_502_000
    listed = command("import", "list").output.splitlines()
    for line in listed:
        assert command("import", "undo", line.split("\t")[0]).exit_code == 0
    assert counts(installed) == [0, 0, 0, 0, 0]


def test_the_same_file_is_refused_the_second_time(command: Command, installed: Database):
    command("import", "activities", ACTIVITIES)
    again = command("import", "activities", ACTIVITIES)
    assert again.exit_code == 1
    assert "Aktiviteten finns redan den dagen." in again.output
    assert counts(installed)[0] == 18


def test_the_kansli_tries_a_file_out_saves_it_and_takes_it_back(sign_in, database: Database):
    client = sign_in(Role.OFFICER)
    trial = upload(client, "plan", PLAN.read_bytes())
    assert "4 rader kan läsas in" in trial.text.replace("\u00a0", " ")
    assert "läggs upp som individinsats" in trial.text
    understood = rows_by_label(trial.text, "De första raderna, som de har förståtts")
    assert understood["Slag"] == ["Individinsats", "Individinsats", "Strukturövergripande insats"]
    assert understood["Budget, kronor"][0] == "5 800 000"
    assert {len(said) for said in understood.values()} == {3}, "and no more of them"
    training = "Datum;Aktivitet;AF;KOM\n2024-03-07;Grundutbildning;12;20"
    told = rows_by_label(
        upload(client, "activities", training).text, "De första raderna, som de har förståtts"
    )
    assert told["Datum"] == ["7 mars 2024"]
    assert told["Deltaganden: Arbetsförmedlingen"] == ["12"]
    assert counts(database) == [0, 0, 0, 0, 0]
    saved = client.submit(PAGE, button="Läs in", page=trial)
    assert "4 rader är inlästa" in saved.text.replace("\u00a0", " ")
    assert counts(database)[2:] == [4, 4, 4]
    undone = client.submit(PAGE, button="Ångra inläsningen", page=saved)
    assert "Inläsningen är ångrad" in undone.text
    assert counts(database) == [0, 0, 0, 0, 0]


def test_a_page_that_comes_back_without_the_file_asks_for_it_again(sign_in):
    refused = sign_in(Role.OFFICER).submit(PAGE, file=(BytesIO(PLAN.read_bytes()), "lista.csv"))
    assert refused.status_code == 422
    assert "Välj vad som ska läsas in." in refused.text
    assert 'href="#file">Välj filen igen.</a>' in refused.text


def test_an_import_that_somebody_has_changed_cannot_be_taken_back(sign_in, database: Database):
    client = sign_in(Role.OFFICER)
    saved = client.submit(PAGE, button="Läs in", page=upload(client, "plan", PLAN.read_bytes()))
    client.submit("/forbundet/mal/2", outcome="50")
    refused = client.submit(PAGE, button="Ångra inläsningen", page=saved)
    assert refused.status_code == 422
    assert "Någon har ändrat det som lästes in." in refused.text
    assert counts(database)[2:] == [4, 4, 4]


def test_a_manager_cannot_take_back_what_the_kansli_read_in(sign_in, database: Database):
    officer, manager = sign_in(Role.OFFICER), sign_in(Role.TEAM_MANAGER)
    officer.submit(PAGE, button="Läs in", page=upload(officer, "activities", ACTIVITIES.read_bytes()))
    assert "Inläsningar som kan ångras" not in manager.text("/import")
    with database.session() as session:
        batch = session.scalar(text("SELECT id FROM import_batch"))
    page = manager.get("/import")
    token = page.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    refused = manager.post("/import/angra", data={"batch": batch, "csrf_token": token})
    assert refused.status_code == 422
    assert counts(database)[0] == 18


REFUSED_ACTIVITIES = f"""Datum;Aktivitet;Slag;Insats;Deltaganden;AF;Kommun
2023-01-05;Träff med {PERSONNUMMER};;;10;;
2023-02-30;Kurs;;;10;;
2030-01-01;Kurs;;;10;;
2023-01-07;Kurs;;;;;
2023-01-08;Kurs;festlighet;;10;;
2023-01-09;Kurs;;Okänd insats;10;;
2023-01-10;Kurs;;;10;8;8
2023-01-11;Kurs;workshop eller dialogmöte;;20;8;8
2023-01-11;Kurs;;;20;8;8
2023-01-12;;;;tio;;
"""


def test_every_line_that_is_refused_says_why_and_repeats_nothing(sign_in, database: Database):
    client = sign_in(Role.OFFICER)
    html = upload(client, "activities", REFUSED_ACTIVITIES).text.replace("\u00a0", " ")
    for reason in (
        "ser ut att innehålla ett personnummer",
        "datumet går inte att läsa",
        "datumet ligger i framtiden",
        "minst en organisation",
        "Slag: ordet finns inte i listan",
        "Insats: namnet finns inte",
        "färre än organisationerna tillsammans",
        "står redan på en tidigare rad",
        "Aktivitet saknas.<br>Deltaganden: skriv ett heltal",
    ):
        assert reason in html, reason
    assert "1 rad kan läsas in" in html
    for told in (PERSONNUMMER, "festlighet", "Okänd insats"):
        assert told not in html
    client.submit(PAGE, button="Läs in", page=upload(client, "activities", REFUSED_ACTIVITIES))
    with database.session() as session:
        found = dict(session.execute(text("SELECT party, count FROM attendance")).all())
    # What the organisations do not account for stands as not stated.
    assert found == {"AF": 8, "KOM": 8, "UNK": 4}


REFUSED_PLAN = f"""År;Insats;Mål;Indikator;Målvärde;Utfall;Bedömning;Budget tkr;Utfall tkr;Planerat antal
2023;Kurator;Mål för {PERSONNUMMER};;;;;1;;
1900;Kurator;Mål;;;;;1;;
2023;;Mål;;;;;1;;
2023;Kurator;Mål;;många;;strålande;mycket;;
2023;Kurator;;;;;;;;
2023;Kurator;Stöd till alla;Samtal;20;18;Uppfyllt;400;398,5;20
2023;Kurator;Annat mål;;;;;500;;
"""


def test_a_plan_is_refused_line_by_line(sign_in, database: Database):
    client = sign_in(Role.OFFICER)
    trial = upload(client, "plan", REFUSED_PLAN)
    html = trial.text.replace("\u00a0", " ")
    for reason in (
        "ser ut att innehålla ett personnummer",
        "År: skriv ett år från 1995",
        "Insats saknas.",
        "Målvärde: skriv ett heltal",
        "Bedömning: ordet finns inte i listan",
        "Budget tkr: skriv ett belopp i tusental kronor",
        "varken mål, budget, utfall eller planerat antal",
        "pengar för året står redan på en tidigare rad",
    ):
        assert reason in html, reason
    assert "strålande" not in html
    client.submit(PAGE, button="Läs in", page=trial)
    with database.session() as session:
        assert session.execute(text("SELECT amount, outcome, planned FROM budget")).one() == (
            400_000,
            398_500,
            20,
        )
        assert session.execute(text("SELECT indicator, outcome, assessment FROM goal")).one() == (
            "manual",
            18,
            "UPP",
        )
