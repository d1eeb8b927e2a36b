"""A row is read or refused with every reason, and what a cell said is never told again."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.errors import Refusal
from followup.imports import participation_rows, reading, screening_rows, teams
from followup.imports.columns import known_columns
from followup.imports.coverage import cover_participations
from followup.imports.results import Reading, Remark, together
from followup.imports.sheet import Line
from followup.imports.targets import Targets
from followup.imports.teams import Vocabulary
from followup.organisation import queries as organisation
from followup.periods import Month, Week
from followup.screening.commands import Place

HEADINGS = [column.label for column in known_columns("participations")]
GOOD = {
    "Team": "Team Norra",
    "Kommun": "Norrby",
    "Kön": "Kvinna",
    "Ålder vid start": "34",
    "Remittent": "Kommun – försörjningsstöd",
    "Utbildning": "Eftergymnasial ≥ 2 år",
    "Tid i offentlig försörjning": "7 år eller mer",
    "Försörjning före": "Försörjningsstöd + Sjukpenning",
    "Sysselsättning före": "Ingen",
    "I kö": "2024-01-15",
    "Start": "2024-02-05",
    "Avslut": "2024-05-31",
    "Avslutsorsak": "Eget val/avbröt",
    "Sysselsättning vid avslut": "Arbete med stöd",
    "Omfattning %": "50",
    "Försörjning vid avslut": "Lön",
    "Fortsättning": "Arbete/studier",
}


@pytest.fixture
def scope(scope_of: Callable[..., Scope]) -> Scope:
    return scope_of(Role.TEAM_MANAGER)


@pytest.fixture
def words(session: Session, scope: Scope) -> Vocabulary:
    return teams.load(session, scope, participation_rows.LISTS)


def lines(*rows: dict[str, str], headings: list[str] = HEADINGS) -> list[Line]:
    table = [headings, *([row.get(heading, "") for heading in headings] for row in rows)]
    return [Line(number, cells) for number, cells in enumerate(table, start=1)]


def read_one(words: Vocabulary, **changes: str) -> Reading[Any]:
    row = GOOD | {heading.replace("_", " "): text for heading, text in changes.items()}
    return participation_rows.read(lines(row), words)


def test_good_row_becomes_codes_weeks_and_months(words: Vocabulary) -> None:
    [row] = participation_rows.read(lines(GOOD), words).rows
    state = row.state
    assert (state.sex, state.age_group, state.referring_party, state.municipality) == (
        *("F", "30-39", "KFS"),
        "9901",
    )
    assert (state.education, state.time_on_public_support, state.income_before) == ("4", "5", ("FST", "SJP"))
    assert state.accepted.week == Week(2024, 3)
    assert state.ended.month == Month(2024, 5)
    assert (state.exit_reason, state.occupation_at_exit, state.extent_at_exit) == ("VAL", "ARS", "3")
    assert (state.income_at_exit, state.continuation) == (("LON",), "ARB")


def test_row_says_where_somebody_left_the_queue(words: Vocabulary) -> None:
    [row] = read_one(words, Start="", Avslut="2024-03-01", Avslutsorsak="Hänvisad till annan insats").rows
    assert (row.state.left_reason, row.state.left.month, row.state.started) == ("HAN", Month(2024, 3), None)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"Start": "2024-01-10"}, "Start ligger före I kö"),
        ({"Avslut": "2024-02-04"}, "Avslut ligger före Start"),
        ({"Start": "", "Avslut": "2024-01-10", "Avslutsorsak": "Tackat nej"}, "Avslut ligger före I kö"),
        ({"Start": "2024-06-13", "Avslut": ""}, "Start: datumet ligger i framtiden"),
        ({"I_kö": "1985-03-12"}, "I kö: datumet ligger före år 2000"),
        ({"I_kö": "i våras"}, "I kö: datumet går inte att läsa"),
        ({"I_kö": "", "Start": ""}, "saknar både datum för kö och start"),
        ({"Ålder_vid_start": "15"}, "Åldern ska vara 16–67 år"),
        ({"Ålder_vid_start": "68"}, "Åldern ska vara 16–67 år"),
        ({"Ålder_vid_start": "trettio"}, "skriv åldern med siffror"),
        ({"Ålder_vid_start": ""}, "Ålder vid start saknas"),
        ({"Kön": ""}, "Kön saknas"),
        ({"Remittent": "Grannen"}, "Remittent: ordet finns inte i listan"),
        ({"Försörjning_före": "Sjukpenning + lotteri"}, "Försörjning före: ordet finns inte i listan"),
        ({"Omfattning_%": "140"}, "Omfattning %: skriv ett tal från 1 till 100"),
        ({"Kommun": "Fjärran"}, "Kommun: teamet arbetar inte i den kommunen"),
        ({"Team": "Team Södra"}, "Teamet finns inte bland dina team"),
        ({"Avslutsorsak": ""}, "Avslutsorsak saknas"),
        ({"Avslut": ""}, "avslutsorsak men inget datum"),
        (
            {"Avslutsorsak": "Tackat nej"},
            "ordet finns inte i listan. Skriv något av Enligt plan, ",
        ),
        ({"Start": ""}, "lämnar kön utan start"),
        ({"Fortsättning": "19850312-9820"}, "personnummer"),
        ({"Fortsättning": "ring 070-123 45 67"}, "telefonnummer"),
        ({"Fortsättning": "anna@exempel.se"}, "e-postadress"),
    ],
)
def test_row_that_cannot_be_true_is_refused(words: Vocabulary, changes: dict[str, str], told: str) -> None:
    read = read_one(words, **changes)
    assert read.accepted == []
    [remark] = read.refused
    assert remark.line == 2
    assert told in remark.text
    for text in changes.values():
        if len(text) > 6 and not text[:4].isdigit() and text != "Tackat nej":
            assert text not in remark.text


def test_every_reason_is_told_at_once(words: Vocabulary) -> None:
    [remark] = read_one(words, Kön="?!", Start="2024-01-10", Utbildning="Livets skola").refused
    for told in ("Kön", "Start ligger före I kö", "Utbildning"):
        assert told in remark.text


def test_sixty_five_was_too_old_before_2024(words: Vocabulary) -> None:
    earlier = {"I_kö": "2023-01-15", "Start": "2023-02-05", "Avslut": "2023-05-31"}
    assert read_one(words, Ålder_vid_start="65").rows
    assert "16–64" in read_one(words, Ålder_vid_start="65", **earlier).refused[0].text


def test_doubles_are_warned_of_and_read_in(words: Vocabulary) -> None:
    read = participation_rows.read(lines(GOOD, GOOD), words)
    assert len(read.rows) == 2
    assert [remark.line for remark in read.warnings] == [3]


def test_columns_without_a_place_are_named_and_dropped(words: Vocabulary) -> None:
    headings = ["Nr", *HEADINGS, "Övrigt"]
    read = participation_rows.read(
        lines({**GOOD, "Nr": "1", "Övrigt": "ring 021-12 34 56"}, headings=headings), words
    )
    assert len(read.rows) == 1
    assert any("”Övrigt”" in note for note in read.notes)
    assert any("telefonnummer" in note for note in read.notes)
    assert "021" not in str(read.notes)


def test_personnummer_above_the_headings_is_told(words: Vocabulary) -> None:
    title = Line(1, ["Lista för 19850312-9820"])
    table = [title, *(Line(line.number + 1, line.cells) for line in lines(GOOD))]
    read = participation_rows.read(table, words)
    assert [remark.line for remark in read.refused] == [1]
    assert "9820" not in str(read.refused)


@pytest.mark.parametrize("missing", ["Kön", "Start", "Avslut"])
def test_missing_column_is_named(words: Vocabulary, missing: str) -> None:
    headings = [heading for heading in HEADINGS if heading != missing]
    with pytest.raises(Refusal, match=f"”{missing}” saknas"):
        participation_rows.read(lines(GOOD, headings=headings), words)


def test_a_file_that_lacks_columns_is_told_of_its_identities_in_the_same_answer(words: Vocabulary) -> None:
    headings = ["Namn", "Pnr", *(heading for heading in HEADINGS if heading != "Kön")]
    with pytest.raises(Refusal) as refusal:
        participation_rows.read(
            lines({**GOOD, "Namn": "Test Testsson", "Pnr": "19850312-9820"}, headings=headings), words
        )
    assert "”Kön” saknas" in refusal.value.message
    assert "Ta också bort kolumnen ”Namn”, kolumnen ”Pnr” och alla personnummer" in refusal.value.message
    assert "9820" not in refusal.value.message
    with pytest.raises(Refusal, match=r"Hittar ingen rad.*Ta också bort kolumnen ”Namn” ur filen"):
        participation_rows.read([Line(1, ["Namn", "Datum"]), Line(2, ["Test Testsson", "2024-01-15"])], words)


CELL = st.text(max_size=12) | st.sampled_from(
    [*GOOD.values(), "19850312-9820", "070-123 45 67", "0", "-", "=1+1", "45432", "?", "2024-W05", "\x00"]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELL, max_size=20), max_size=4))
def test_no_row_makes_the_reader_stumble_or_repeat_an_identity(
    words: Vocabulary, rows: list[list[str]]
) -> None:
    table = [Line(1, HEADINGS), *(Line(number, cells) for number, cells in enumerate(rows, start=2))]
    read = participation_rows.read(table, words)
    told = str(read.refused) + str(read.warnings) + str(read.notes)
    assert "9820" not in told
    assert "070-123" not in told
    assert len(read.accepted) + len(read.refused) <= len(rows)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.dictionaries(st.sampled_from(sorted(GOOD)), CELL, max_size=3))
def test_what_is_accepted_can_be_true(words: Vocabulary, cells: dict[str, str]) -> None:
    for row in participation_rows.read(lines({**GOOD, **cells}), words).rows:
        state = row.state
        moments = [moment for moment in (state.accepted, state.started, state.left or state.ended) if moment]
        assert moments == sorted(moments)
        assert not (state.left and state.started)


SCREENING_HEADINGS = [column.label for column in known_columns("screening")] + ["V1", "V2", "V1 nej"]
COUNTED = {
    "Team": "Team Norra",
    "Månad": "2024-05",
    "Omgång": "Vid start",
    "Kön": "Kvinna",
    "Tillfrågade": "5",
    "Avstod": "1",
    "Svarade": "4",
    "Ja på minst en": "3",
    "V1": "2",
    "V1 nej": "2",
}


def read_counts(session: Session, scope: Scope, *rows: dict[str, str]) -> Reading[Any]:
    return reading.read_screening(
        session=session, scope=scope, lines=lines(*rows, headings=SCREENING_HEADINGS)
    )


def test_counts_are_read_by_measure(session: Session, scope: Scope) -> None:
    [row] = read_counts(session, scope, COUNTED).rows
    assert row.place.month == Month(2024, 5)
    assert row.counts == {
        "asked": 5,
        "declined": 1,
        "answered": 4,
        "yes_any": 3,
        "yes_V1": 2,
        "no_V1": 2,
    }
    for text in ("maj 2024", "2024-05-01", "Maj 2024"):
        assert read_counts(session, scope, {**COUNTED, "Månad": text}).rows[0].place.month == Month(2024, 5)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"Svarade": "5"}, "tillsammans bli lika många som tillfrågade"),
        ({"Ja på minst en": "5"}, "kan inte vara fler än svarade"),
        ({"V1": "4"}, "Ja: psykiskt våld kan inte vara fler"),
        ({"Tillfrågade": "-1"}, "skriv ett heltal"),
        ({"Avstod": ""}, "Avstod saknas"),
        ({"Månad": "2024-07"}, "har inte börjat"),
        ({"Månad": "våren"}, "skriv år och månad"),
        ({"Omgång": "ibland"}, "Omgång: ordet finns inte"),
    ],
)
def test_counts_that_cannot_be_true_are_refused(
    session: Session, scope: Scope, changes: dict[str, str], told: str
) -> None:
    [remark] = read_counts(session, scope, {**COUNTED, **changes}).refused
    assert told in remark.text


def test_same_counters_twice_in_a_file_are_refused(session: Session, scope: Scope) -> None:
    read = read_counts(session, scope, COUNTED, COUNTED)
    assert [remark.text for remark in read.refused] == [screening_rows.TWICE]


def test_list_covers_the_year_of_its_first_exit_and_on(words: Vocabulary) -> None:
    long_ago = {"I kö": "2020-05-05", "Start": "2020-06-01", "Avslut": "2022-03-15"}
    rows = participation_rows.read(lines({**GOOD, **long_ago}, GOOD), words).rows
    assert cover_participations(rows) == (Month(2022, 1), Month(2024, 5))
    still_there = {**GOOD, "Avslut": "", "Avslutsorsak": ""}
    rows = participation_rows.read(lines(still_there), words).rows
    assert cover_participations(rows) == (Month(2024, 1), Month(2024, 2))


def test_what_a_batch_wrote_is_found_again() -> None:
    place = Place(team_id=3, month=Month(2024, 5), round="START", sex="F")
    targets = Targets(
        rows={"abc": "stamp"},
        counts={place: {"asked": 2, "yes_V1": 0}},
        opened={3: Month(2024, 1)},
        declared={3: [Month(2023, 1), Month(2023, 2)]},
        renewed={4: [Month(2023, 3)]},
    )
    assert Targets.unpack(dict(targets.pack())).__dict__ == targets.__dict__


def test_codes_are_found_by_their_own_labels(session: Session, scope: Scope, words: Vocabulary) -> None:
    for name in participation_rows.LISTS:
        for code in organisation.codes(session, scope, name):
            assert words.lists[name].find(code.label_sv) == code.code


@pytest.mark.parametrize(("written", "band"), [("50,0", "3"), ("37,5 %", "2"), ("100%", "5"), ("1", "1")])
def test_a_share_may_have_decimals(words: Vocabulary, written: str, band: str) -> None:
    [row] = read_one(words, **{"Omfattning %": written}).rows
    assert row.state.extent_at_exit == band


def test_sums_and_notes_below_a_list_are_passed_over(words: Vocabulary) -> None:
    below = [
        {"Team": "Antal deltagare: 9"},
        {"Team": "Summa 2024", "Start": "9"},
        {"Fortsättning": "Källa: teamets egen lista"},
    ]
    reading = participation_rows.read(lines(GOOD, *below), words)
    assert (len(reading.rows), reading.refused) == (1, [])
    assert reading.passed_over == [3, 4, 5]


def test_who_misspells_a_team_is_told_the_teams_that_there_are(words: Vocabulary) -> None:
    [refused] = read_one(words, Team="Norra").refused
    assert "Skriv Team Norra." in refused.text


def test_the_same_reason_is_told_once_for_all_its_lines() -> None:
    remarks = [Remark(line, "Teamet saknas." if line % 10 else "Åldern saknas.") for line in range(5, 33)]
    assert together(remarks) == [
        ("5–9, 11–19, 21–29, 31–32", "Teamet saknas."),
        ("10, 20, 30", "Åldern saknas."),
    ]
