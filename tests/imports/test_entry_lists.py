"""Survey figures and figures of earlier annual reports read in from files, on the page and by command."""

from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import text

from followup.access.roles import Role
from followup.db import Database
from followup.imports.blank import NAMES
from followup.imports.kinds import OF_ASSOCIATION
from tests.imports.conftest import Command
from tests.infrastructure.tables import rows_by_label

BOTH = pytest.mark.both_databases
PAGE = "/forbundet/las-in"
# From the series that Skatteverket reserves for tests.
PERSONNUMMER = "19900102-2384"
SURVEYS = """År;Instrument;Grupp;Team;Område;Antal svarande;Medelvärde;Skala;Andel %
2023;Egen enkät;deltagare;;Bemötande;48;3,6;1–5;
2023;Egen enkät;deltagare;;Rimlig väntan;48;;;64 %
2022;Egen enkät;medarbetare;Hela förbundet;Samsyn;12;3,1;;
"""
HISTORY = """År;Indikator;Tal;Källa
2021;Deltagare under året;131;Årsredovisning 2021
2022;Deltagare;134;Årsredovisning 2022
2022;Avslutade under året;48;Årsredovisning 2022
"""


def upload(client, kind: str, content: str):
    return client.submit(PAGE, button="Pröva filen", kind=kind, file=(BytesIO(content.encode()), "lista.csv"))


def numbers(database: Database, table: str) -> list[str]:
    with database.session() as session:
        return [str(each) for each in session.scalars(text(f"SELECT figure FROM {table} ORDER BY id"))]


@BOTH
def test_both_lists_are_read_in_and_taken_back_by_command(
    command: Command, installed: Database, tmp_path: Path
):
    for name, content, table, rows in (
        ("surveys", SURVEYS, "survey_figure", 3),
        ("history", HISTORY, "history_figure", 3),
    ):
        file = tmp_path / f"{name}.csv"
        file.write_text(content, encoding="utf-8")
        trial = command("import", name, file, "--dry-run")
        assert f"Prov: {rows} rader kan läsas in, 0 avvisas." in trial.output, trial.output
        assert numbers(installed, table) == []
        assert command("import", name, file).exit_code == 0
        assert len(numbers(installed, table)) == rows
        again = command("import", name, file)
        assert again.exit_code == 1
        assert "Det finns redan ett" in again.output
    for line in command("import", "list").output.splitlines():
        assert command("import", "undo", line.split("\t")[0]).exit_code == 0
    assert numbers(installed, "survey_figure") == numbers(installed, "history_figure") == []


def test_the_kansli_tries_a_list_out_saves_it_and_takes_it_back(sign_in, database: Database):
    client = sign_in(Role.OFFICER)
    trial = upload(client, "history", HISTORY)
    assert "3 rader kan läsas in" in trial.text.replace("\u00a0", " ")
    assert numbers(database, "history_figure") == []
    understood = rows_by_label(trial.text, "De första raderna, som de har förståtts")
    assert understood["Indikator"] == ["Deltagare under året", "Deltagare under året", "Avslutade under året"]
    assert understood["Tal"] == ["131", "134", "48"]
    figures = rows_by_label(
        upload(client, "surveys", SURVEYS).text, "De första raderna, som de har förståtts"
    )
    assert figures["Andel, procent"] == ["–", "64", "–"]
    assert figures["Skala"] == ["1–5", "–", "–"]
    saved = client.submit(PAGE, button="Läs in", page=trial)
    assert numbers(database, "history_figure") == ["131", "134", "48"]
    assert "Årsredovisning 2021" in client.text("/forbundet/tidigare-ar")
    client.submit(PAGE, button="Ångra inläsningen", page=saved)
    assert numbers(database, "history_figure") == []


def test_what_somebody_has_corrected_is_not_taken_back(sign_in, database: Database):
    client = sign_in(Role.OFFICER)
    saved = client.submit(PAGE, button="Läs in", page=upload(client, "surveys", SURVEYS))
    client.submit("/forbundet/enkater/1", figure="3,7")
    refused = client.submit(PAGE, button="Ångra inläsningen", page=saved)
    assert refused.status_code == 422
    assert "Någon har ändrat det som lästes in." in refused.text
    assert len(numbers(database, "survey_figure")) == 3


REFUSED_SURVEYS = f"""År;Instrument;Grupp;Team;Område;Antal svarande;Medelvärde;Skala;Andel %
2023;Enkät;deltagare;;Bemötande {PERSONNUMMER};40;3,6;1–5;
1900;Enkät;deltagare;;Bemötande;40;3,6;1–5;
2023;Enkät;deltagare;;Bemötande;9;3,6;1–5;
2023;Enkät;deltagare;;Bemötande;40;;;3
2023;Enkät;deltagare;;Bemötande;40;3,6;1–5;64
2023;Enkät;deltagare;;Bemötande;40;;;
2023;Enkät;deltagare;;Bemötande;40;3,6;;
2023;Enkät;deltagare;;Bemötande;40;3,6;fem;
2023;Enkät;deltagare;;Bemötande;40;3,6;1–3;
2023;Enkät;deltagare;;Bemötande;40;4,9;1–5;
2023;Enkät;grannar;;Bemötande;40;3,6;1–5;
2023;Enkät;deltagare;Team Hemligt;Bemötande;40;3,6;1–5;
2023;;deltagare;;;många;bra;;
2023;Enkät;deltagare;;Bemötande;40;3,6;1–5;
2023;Enkät;deltagare;;Bemötande;44;3,8;1–5;
2023;Enkät;deltagare;Team Norra;Bemötande;36;3,5;1–5;
"""


def test_every_line_that_is_refused_says_why_and_repeats_nothing(sign_in, database: Database):
    client = sign_in(Role.OFFICER)
    html = upload(client, "surveys", REFUSED_SURVEYS).text.replace("\u00a0", " ")
    for reason in (
        "ser ut att innehålla ett personnummer",
        "År: skriv ett år från",
        "minst 10 behövs",
        "andelen kan gälla färre än 5 svarande",
        "Skala: skriv det lägsta och det högsta",
        "medelvärdet ligger utanför skalan 1–3",
        "så nära skalans ände att nästan alla har svarat lika",
        "antingen ett medelvärde eller en andel",
        "Grupp: ordet finns inte i listan",
        "Team: namnet finns inte",
        "Instrument saknas.<br>Område saknas.<br>Antal svarande: skriv ett heltal",
        "Det finns redan ett värde för gruppen",
        "räkna ut en grupp på färre än 10 svarande",
    ):
        assert reason in html, reason
    assert "1 rad kan läsas in" in html
    for told in (PERSONNUMMER, "grannar", "Team Hemligt"):
        assert told not in html


def test_earlier_years_are_refused_line_by_line(sign_in, database: Database):
    content = (
        "År;Indikator;Tal;Källa\n2021;Antal leenden;5;Årsredovisning 2021\n2021;Startade;tio;\n"
        "2021;Andel till arbete eller studier;140;Årsredovisning 2021\n2021;Startade;44;Årsredovisning 2021\n"
        "2021;Startade under året;45;Årsredovisning 2021\n"
    )
    html = upload(sign_in(Role.OFFICER), "history", content).text.replace("\u00a0", " ")
    for reason in (
        "Indikator: skriv ett av alternativen på sidan Tidigare år.",
        "Tal: skriv ett heltal med siffror, till exempel 2023.<br>Källa saknas.",
        "en andel är högst 100 procent",
        "Det finns redan ett tal för indikatorn det året.",
        "1 rad kan läsas in",
    ):
        assert reason in html, reason


@pytest.mark.parametrize("kind", OF_ASSOCIATION)
def test_an_empty_list_has_the_headings_that_are_read(sign_in, kind: str):
    client = sign_in(Role.OFFICER)
    response = client.get(f"{PAGE}/mall/{kind}")
    assert response.headers["Content-Disposition"] == f"attachment; filename=mall-{NAMES[kind]}.csv"
    refused = client.submit(PAGE, button="Pröva filen", kind=kind, file=(BytesIO(response.data), "lista.csv"))
    assert refused.status_code == 422
    assert "Filen har inga rader att läsa in." in refused.text
