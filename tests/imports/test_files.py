"""Spreadsheets as they come: encodings, separators, workbooks, and what only looks like one."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup.errors import Refusal
from followup.imports import spreadsheet
from followup.imports.dates import read_date, read_month
from followup.imports.sheet import Line, UnreadableFile
from followup.imports.words import plain

LINES = [["Kön", "Ålder", "Övrigt"], ["Man", "34", "å; ä, ö"], ["Kvinna", "51", ""]]


def as_text(delimiter: str) -> str:
    return "".join(
        delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in line) + "\r\n" for line in LINES
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t", ",", "|"])
def test_text_is_read_whatever_it_was_saved_as(encoding: str, delimiter: str) -> None:
    [sheet] = spreadsheet.read_sheets(as_text(delimiter).encode(encoding))
    assert [line.cells for line in sheet] == LINES


def workbook(*sheets: list[list[object]], hidden: int | None = None) -> bytes:
    book = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        for row in rows:
            sheet.append(row)
        if number == hidden:
            sheet.sheet_state = "hidden"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_workbook_gives_cells_as_they_are_read_on_screen() -> None:
    content = workbook([["Start", "Ålder", "Andel"], [date(2024, 3, 4), 34, 0.5], [None, 51.0, "x"]])
    [sheet] = spreadsheet.read_sheets(content)
    assert sheet[1:] == [Line(2, ["2024-03-04", "34", "0.5"]), Line(3, ["", "51", "x"])]


def test_hidden_sheets_are_left_alone() -> None:
    content = workbook([["synlig"]], [["dold"]], hidden=1)
    assert spreadsheet.read_sheets(content) == [[Line(1, ["synlig"])]]


def test_line_numbers_are_those_the_person_sees() -> None:
    [sheet] = spreadsheet.read_sheets(b'a;b\n\n;;\n"two\nlines";d\ne;f\n')
    assert [line.number for line in sheet] == [1, 4, 6]


def archive(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return content.getvalue()


def bomb() -> bytes:
    return archive(**{"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b"0" * (60 * 1024 * 1024)})


def styled_to_death() -> bytes:
    """Some kilobytes that take a minute and half a gigabyte to understand."""
    book = {"xl/workbook.xml": b"", "xl/styles.xml": b"<xf/>" * 400_000}
    return archive(**book)


def changed(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one part that no program would have written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([["Kön"]]))) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part, change(content) if part.filename == name else content)
    return out.getvalue()


def related_to_death() -> bytes:
    """Relations that no sheet of a list has, in a part that is no bigger packed than a picture."""
    name = "xl/worksheets/_rels/sheet1.xml.rels"
    return archive(**{"xl/workbook.xml": b"", name: b"<Relationship/>" * 400_000})


def with_entities() -> bytes:
    """A workbook whose shared strings would grow without end, or fetch a file, if entities were followed."""
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    return changed("xl/workbook.xml", lambda _: evil)


def merged_to_death(end: bytes) -> bytes:
    """One row, and more merged cells than anybody waits for."""
    merged = b"<mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 100_000 + b"</mergeCells>"
    return changed("xl/worksheets/sheet1.xml", lambda part: part.replace(end, merged + end))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "tom"),
        (b"\xef\xbb\xbf\r\n", "tom"),
        (b"\xd0\xcf\x11\xe0 old", "gamla format"),
        (b"%PDF-1.4", "pdf"),
        (b"<html><table>", "webbsida"),
        (b"a;b\x00\x01;c", "inte ett kalkylblad"),
        (b"K\x81n;\x8d", "teckenkodning går inte att tolka"),
        ("Kön;Ålder".encode().decode("cp1252").encode(), "fel teckenkodning"),
        (b"PK\x03\x04 broken", "går inte att öppna"),
        (archive(**{"word/document.xml": b"<x/>"}), "inte en Excelarbetsbok"),
        (bomb(), "innehåller för mycket"),
        (styled_to_death(), "innehåller för mycket"),
        (merged_to_death(b"</worksheet>"), "innehåller för mycket"),
        (merged_to_death(b"</sheetData>"), "innehåller för mycket"),
        (related_to_death(), "innehåller för mycket"),
        (with_entities(), "går inte att öppna"),
        (b"a;b\n" * 20_002, "för lång"),
        (b"x" * (8 * 1024 * 1024 + 1), "för stor"),
        (b'"' + b"x" * 200_000, "går inte att dela upp"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_list_is_refused_in_words(content: bytes, told: str) -> None:
    with pytest.raises(UnreadableFile, match=told):
        spreadsheet.read_sheets(content)


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_no_file_makes_the_reader_stumble(content: bytes) -> None:
    for beginning in (b"", b"PK\x03\x04", b"\xff\xfe"):
        with suppress(Refusal):
            spreadsheet.read_sheets(beginning + content)


@settings(max_examples=25, deadline=None)
@given(place=st.integers(0, 5000), byte=st.integers(0, 255))
def test_damaged_workbook_never_makes_the_reader_stumble(place: int, byte: int) -> None:
    content = bytearray(WHOLE)
    content[place % len(content)] = byte
    with suppress(Refusal):
        spreadsheet.read_sheets(bytes(content))


WHOLE = workbook(LINES)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-01-15", date(2024, 1, 15)),
        ("20240108", date(2024, 1, 8)),
        ("2024/3/4", date(2024, 3, 4)),
        ("15/1 2024", date(2024, 1, 15)),
        ("15.1.2024", date(2024, 1, 15)),
        ("4 mars 2024", date(2024, 3, 4)),
        ("den 4 mars 2024", date(2024, 3, 4)),
        ("4 sept. 2024", date(2024, 9, 4)),
        ("45432", date(2024, 5, 20)),
        ("45537", date(2024, 9, 2)),
        ("2024-05-20 00:00:00", date(2024, 5, 20)),
        ("2024-02-30", None),
        ("4 mats 2024", None),
        ("i våras", None),
        ("2024", None),
        ("850312-9820", None),
    ],
)
def test_dates_are_understood_as_teams_write_them(text: str, day: date | None) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize("text", ["1024-05-03", "3 maj 1024", "1900-01-01"])
def test_a_month_in_a_year_that_has_none_here_is_not_understood(text: str) -> None:
    assert read_month(text) is None


@given(day=st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_every_way_of_writing_a_day_gives_the_same_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    for text in (f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", f"{day.day}/{day.month} {day.year}", str(serial)):
        assert read_date(text) == day


@pytest.mark.parametrize(
    "spellings",
    [
        ("1–2 år", "1-2", "1 - 2 År", "1—2 år"),
        ("Kommun – försörjningsstöd", "kommun-försörjningsstöd", "KOMMUN - Försörjningsstöd."),
        ("< 1 år", "<1", "< 1"),
        ("Eftergymnasial ≥ 2 år", "eftergymnasial >= 2"),
    ],
)
def test_spelling_that_says_nothing_is_forgiven(spellings: tuple[str, ...]) -> None:
    assert len({plain(text) for text in spellings}) == 1


def test_a_share_is_read_as_it_stands_on_the_screen() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Omfattning %", "Andel %"])
    book.active.append([1, 0.375])
    book.active["A2"].number_format = "0%"
    book.active["B2"].number_format = "0.0%"
    content = io.BytesIO()
    book.save(content)
    [sheet] = spreadsheet.read_sheets(content.getvalue())
    assert sheet[1].cells == ["100%", "37.5%"], "1 in the file is 100 % to whoever wrote it, and not 1 %"
