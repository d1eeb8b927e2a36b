"""Ready paragraphs, definitions, and why a number is what it is."""

from tests.infrastructure.client import Client
from tests.infrastructure.tables import rows_by_label
from tests.statistics.conftest import Report

HARD = "\u00a0"


def test_the_annual_report_text_says_what_the_board_printed(director: Client) -> None:
    text = director.text("/statistik/text?ar=2023&del=hela")
    assert "Text till årsredovisning 2023" in text
    assert " 145 deltog: " in text, "the headings with these two do not stand in the text"
    assert " När perioden slutade väntade " in text
    assert "Av de 56 deltagare som avslutat insatsen har 40 (71 %) gått vidare till arbete" in text
    assert "Antalet har ökat med 12 och andelen med 4 procentenheter." in text
    assert "En så liten skillnad i andel kan bero på slumpen." in text
    assert "Räknat med SUS-måttet gick 23 av 56 (41 %) till arbete eller studier." in text
    assert "hade 48 (33 %) sju år eller mer" in text


def test_a_paragraph_with_a_hidden_number_points_at_the_table(director: Client) -> None:
    text = director.text("/statistik/text?ar=2023&del=Q1")
    assert "Uppgifterna redovisas i tabell T7" in text


def test_an_interim_report_is_called_one(director: Client) -> None:
    assert "Text till delårsrapport januari–augusti 2023" in director.text(
        "/statistik/text?ar=2023&del=JanAug"
    )


def test_an_interim_overview_names_the_tables_that_it_lacks(director: Client) -> None:
    told = "Redovisas inte för januari–augusti 2023: T6 Försörjning före och vid avslut, T11 Våldsscreening"
    assert told in director.text("/statistik?ar=2023&del=JanAug")
    assert "Redovisas inte" not in director.text("/statistik?ar=2023&del=hela")


def test_every_table_says_who_is_counted_and_who_is_not(director: Client, report: Report) -> None:
    html = director.get("/statistik/T7?ar=2023&del=hela").text
    lines = rows_by_label(html, "Vilka som räknas, 2023")
    assert lines["Ingår: avslutade under perioden, utom avlidna"] == ["56"]
    assert lines["Ingår inte: avlidna"] == ["0"]
    assert lines["Ingår inte: pågick när perioden slutade"] == ["89"]
    assert lines["Ingår inte: makulerade rader"] == ["0"]


def test_definitions_follow_catalogue_and_lists(director: Client) -> None:
    text = director.text("/statistik/definitioner")
    assert "T11 Våldsscreening" in text
    assert "Halvår och år" in text
    income = text[text.index("T6 Försörjning före och vid avslut") :]
    assert income.index("År.") < income.index("T7 ")
    assert "Sjukpenning (även rehabiliteringspenning) (SJP)" in text
    assert "Grundskola (1)" in text


def test_twelve_months_that_end_in_june_can_be_asked_for(director: Client) -> None:
    assert "tolv månader till och med juni 2023" in director.text("/statistik/T1?ar=2023&del=06-R12")
