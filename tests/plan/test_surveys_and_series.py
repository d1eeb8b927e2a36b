"""Surveys and figures of earlier years stand in the annual tables, and with them in every file."""

import csv
import io
from decimal import Decimal

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from followup import clock
from followup.access.roles import Role
from followup.db import Database
from followup.disclosure import ProtectedTable, Status
from followup.periods import Year
from followup.plan import entries
from followup.plan.commands import SetHistoryFigure, SetSurveyFigure
from followup.plan.models import SurveyFigure
from followup.protection import service as protection
from followup.protection.commands import DecideRule
from followup.statistics.findings import words
from followup.statistics.service import Statistics, association_statistics
from tests.statistics.board import declare

BOTH = pytest.mark.both_databases
YEAR = Year(2023)


def survey(topic: str, measure: str, figure: str, respondents: int = 48, year: int = 2023) -> SetSurveyFigure:
    return SetSurveyFigure(
        year=year,
        instrument="Egen enkät",
        respondent_group="DEL",
        topic=topic,
        respondents=respondents,
        measure=measure,
        figure=Decimal(figure),
        scale="1–5",
    )


def printed(year: int, indicator: str, figure: int) -> SetHistoryFigure:
    return SetHistoryFigure(
        year=year, indicator=indicator, figure=figure, source=f"Årsredovisning {min(year, 2021)}"
    )


def write(session: Session, scope, association, *commands) -> None:
    declare(session, association.id, (association.north, association.south), YEAR)
    for command in commands:
        entries.make(session=session, scope=scope, command=command)
    session.flush()


def statistics_of(session: Session, scope) -> Statistics:
    return association_statistics(session=session, scope=scope, period=YEAR, key=b"k" * 32)


def cube(statistics: Statistics, table: str, key: str = "") -> ProtectedTable:
    shown = statistics.table(table)
    assert shown is not None
    found = shown.cubes[key]
    assert isinstance(found, ProtectedTable)
    return found


def told(statistics: Statistics, table: str) -> str:
    shown = statistics.table(table)
    assert shown is not None
    return " ".join(words(shown, YEAR)).replace("\u00a0", " ")


@BOTH
def test_surveys_stand_with_how_many_answered_and_the_year_before(session: Session, association, scope_of):
    director = scope_of(Role.DIRECTOR)
    write(
        session,
        director,
        association,
        survey("Bemötande", "mean", "3.6"),
        survey("Bemötande", "mean", "3.45", 40, 2022),
        survey("Rimlig väntan", "share", "63.5"),
    )
    found = statistics_of(session, director)
    table = cube(found, "T17")
    labels = dict(zip(table.axis("survey").labels, table.axis("survey").codes, strict=True))
    mean = labels["Egen enkät, Bemötande, deltagare"]
    assert table.cells[mean, "2023", "mean"].value == 3.6
    assert table.cells[mean, "2022", "mean"].value == 3.45
    assert table.cells[mean, "2022", "respondents"].value == 40
    share = labels["Egen enkät, Rimlig väntan, deltagare"]
    assert table.cells[share, "2023", "share"].value == 64
    assert table.cells[share, "2022", "share"].status is Status.MISSING
    assert "2 enkätvärden 2023" in told(found, "T17")
    assert "Bemötande, deltagare: medelvärde 3,60 (48 svarande)." in told(found, "T17")
    assert "Rimlig väntan, deltagare: 64 % (48 svarande)." in told(found, "T17")


def test_a_stricter_rule_takes_small_surveys_out_of_the_tables(session: Session, association, scope_of):
    director = scope_of(Role.DIRECTOR)
    small, large = survey("Bemötande", "mean", "3.6", 12), survey("Rimlig väntan", "mean", "3.1", 60)
    write(session, director, association, small, large)
    assert len(cube(statistics_of(session, director), "T17").axis("survey").codes) == 2
    rule = DecideRule(
        valid_from=clock.today(),
        decided=clock.today(),
        threshold=5,
        screening_threshold=10,
        share_base=20,
        screening_share_base=20,
        median_base=20,
        insider=0,
        decision="Dnr 1",
    )
    protection.decide(session=session, scope=director, command=rule)
    left = cube(statistics_of(session, director), "T17")
    assert left.axis("survey").labels == ("Egen enkät, Rimlig väntan, deltagare",)
    assert "12" not in told(statistics_of(session, director), "T17")


def test_a_mean_from_before_scales_were_asked_for_is_left_out_until_it_has_one(
    session: Session, association, scope_of, sign_in
):
    director = scope_of(Role.DIRECTOR)
    write(session, director, association, survey("Bemötande", "mean", "3.6"), survey("Väntan", "share", "60"))
    session.execute(update(SurveyFigure).values(scale=None))
    left = cube(statistics_of(session, director), "T17")
    assert left.axis("survey").labels == ("Egen enkät, Väntan, deltagare",)
    session.commit()
    assert "skala saknas: visas inte i T17" in sign_in(Role.OFFICER).text("/forbundet/enkater")


@BOTH
def test_a_series_goes_on_from_the_printed_years_and_names_its_source(
    session: Session, association, scope_of
):
    director = scope_of(Role.DIRECTOR)
    write(
        session,
        director,
        association,
        printed(2020, "participants", 31),
        printed(2021, "participants", 34),
        printed(2021, "vm_share", 55),
        # The product counts 2023 itself: what was typed for it stands nowhere.
        printed(2023, "participants", 99),
    )
    found = statistics_of(session, director)
    table = cube(found, "T18")
    assert table.axis("period").codes == ("2023", "2022", "2021", "2020")
    assert table.axis("series").codes == ("participants-alla", "vm_share-alla")
    row = [table.cells["participants-alla", year].value for year in ("2020", "2021", "2023")]
    assert row == [31, 34, 0]
    assert table.cells["participants-alla", "2022"].status is Status.MISSING
    assert "Deltagare under året: 31 år 2020, 0 år 2023." in told(found, "T18")
    sources = cube(found, "T18", "källor")
    by_name = dict(
        zip(sources.axis("history_source").labels, sources.axis("history_source").codes, strict=True)
    )
    assert set(by_name) == {"Årsredovisning 2020", "Årsredovisning 2021", "Registret"}
    assert sources.cells[by_name["Årsredovisning 2021"], "2021"].value == 2
    assert sources.cells[by_name["Registret"], "2023"].value == 2


def test_a_series_hides_what_the_protected_tables_hide(vasteras: Statistics):
    """Every cell of the product's own years is the very cell of the table that it is taken from."""
    table = cube(vasteras, "T18")
    flow = cube(vasteras, "T1")
    outcome = cube(vasteras, "T7")
    for year in ("2023", "2022"):
        assert table.cells["ended-alla", year] == flow.cells["ended", "_T", year]
        assert table.cells["vm_share-alla", year] == outcome.cells["VM", "_T", year, "share"]


def test_without_any_there_is_no_table(session: Session, association, scope_of):
    director = scope_of(Role.DIRECTOR)
    write(session, director, association)
    found = statistics_of(session, director)
    assert found.table("T17") is None
    assert found.table("T18") is None


def test_they_reach_the_page_the_text_and_the_file(sign_in, database: Database, association, scope_of):
    with database.session(write=True) as session:
        survey_figure = survey("Bemötande", "mean", "3.6")
        write(session, scope_of(Role.DIRECTOR), association, survey_figure, printed(2021, "ended", 34))
    client = sign_in(Role.DIRECTOR)
    assert "Egen enkät, Bemötande, deltagare" in client.text("/statistik/T17?ar=2023")
    assert "Årsredovisning 2021" in client.text("/statistik/T18?ar=2023")
    assert "<svg" in client.get("/statistik/T18?ar=2023").text
    text = client.text("/statistik/text?ar=2023").replace("\u00a0", " ")
    assert "medelvärde 3,6 (48 svarande)" in text
    assert "Avslutade under året: 34 år 2021, 0 år 2023." in text
    file = client.submit("/statistik?ar=2023", button="Ladda ner filen", format="csv")
    rows = list(csv.DictReader(io.StringIO(file.data.decode())))
    assert {row["tabell"] for row in rows} >= {"T17", "T18"}
    assert any("Årsredovisning 2021" in str(row) for row in rows)
