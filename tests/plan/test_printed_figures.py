"""What the board of Västerås printed for 2023 comes back as cells and as sentences."""

from followup.disclosure import TOTAL
from followup.periods import Year
from followup.statistics.findings import words
from followup.statistics.service import Statistics

YEAR = Year(2023)


def figure(statistics: Statistics, table: str, cube: str = "", **codes: str) -> float | None:
    shown = statistics.table(table)
    assert shown is not None
    found = shown.cubes[cube]
    chosen = {"period": "2023", **codes}
    return found.cells[tuple(chosen.get(axis.name, TOTAL) for axis in found.axes)].value


def code_of(statistics: Statistics, table: str, label: str, cube: str = "") -> str:
    shown = statistics.table(table)
    assert shown is not None
    axis = shown.cubes[cube].axes[0]
    return next(code for code, found in zip(axis.codes, axis.labels, strict=True) if label in found)


def told(statistics: Statistics, table: str) -> str:
    shown = statistics.table(table)
    assert shown is not None
    return " ".join(words(shown, YEAR)).replace("\u00a0", " ")


def test_activities_and_meetings(vasteras: Statistics) -> None:
    assert figure(vasteras, "T12", figure="attended") == 500
    assert figure(vasteras, "T12", figure="held") == 18
    assert figure(vasteras, "T12", "möten") == 48
    text = told(vasteras, "T12")
    assert "500 deltaganden i strukturövergripande aktiviteter och 48 möten i rådgivande team 2023" in text
    assert "18 aktiviteter hölls, med 500 deltaganden." in text


def test_money_with_the_year_before_and_the_denominators(vasteras: Statistics) -> None:
    team = code_of(vasteras, "T13", "Samordningsteam Västerås")
    assert figure(vasteras, "T13", intervention=team, figure="outcome") == 5502
    assert figure(vasteras, "T13", intervention=team, figure="budget") == 5800
    assert figure(vasteras, "T13", intervention=team, figure="outcome", period="2022") == 6244
    people = {
        name: figure(vasteras, "T13", "per deltagare", intervention=team, figure=name)
        for name in ("participants", "per_participant", "ended", "per_ended")
    }
    assert people == {
        "participants": 98,
        "per_participant": round(5_502_000 / 98),
        "ended": 62,
        "per_ended": round(5_502_000 / 62),
    }
    assert (
        "Samordningsteam Västerås kostade 5 502 tkr (budget 5 800, året före 6 244), 56 143 kr per deltagare "
        "(98 deltagare) och 88 742 kr per avslutad (62 avslutade)."
    ) in told(vasteras, "T13")
    assert told(vasteras, "T13").startswith("Insatserna kostade 7 614 tkr 2023, av 7 950 tkr i budget")
    assert "Insatserna kostade tillsammans 7 614 tkr (budget 7 950)." in told(vasteras, "T13")


def test_goals_with_outcome_and_assessment(vasteras: Statistics) -> None:
    text = told(vasteras, "T14")
    assert text.startswith("4 mål 2023: uppfyllt 1, delvis uppfyllt 3")
    assert (
        "Ca 110 deltagare ska ha tagit del av insatsen (Samordningsteam Västerås): 98, målet 110, "
        "delvis uppfyllt."
    ) in text
    assert (
        "Ca 200 möten med individ och remittent (Myndighetsgemensamt team): 48, målet 200, delvis uppfyllt."
    ) in text
    assert "Ca 150 personer (Lokala utbildningar): 92, målet 150, uppfyllt." in text


def test_the_flow_of_the_team(vasteras: Statistics) -> None:
    assert figure(vasteras, "T1", flow="ended") == 62
    assert figure(vasteras, "T1", flow="started") == 30


def test_what_is_keyed_in_is_what_the_other_tables_say(vasteras: Statistics) -> None:
    team = code_of(vasteras, "T16", "Samordningsteam Västerås")
    assert [
        figure(vasteras, "T16", intervention=team, figure=name)
        for name in ("planned", "participants", "women", "men_or_other", "budget", "outcome")
    ] == [110, 98, 49, 49, 5_800_000, 5_502_000]
