"""Reads an Excel workbook into lines of cells, without trusting what it says about itself."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook

from followup.imports.sheet import Line, UnreadableFile

# A list of 20 000 rows unpacks to about 15 MB; a workbook that unpacks to more is not a list.
LARGEST_UNPACKED = 40 * 1024 * 1024
# A megabyte of styles takes ten seconds to read, and the list needs none of them.
LARGEST_SMALL_PART = 1024 * 1024
SMALL_PARTS = ("[Content_Types].xml", "docProps/", "xl/_rels/", "xl/styles.xml", "xl/workbook.xml")
# Every link in a sheet is a relation.
LARGEST_RELATIONS = 4 * LARGEST_SMALL_PART
MOST_PARTS = 500
# What stands in a sheet beside its rows is read as well: half a million merged cells take twenty seconds.
ROWS_OR_END = rb"/|(?:[\w.-]+:)?(?:row|c|v|is|t|f)[\s/>]"
BESIDE_ROWS = re.compile(rb"<(?!" + ROWS_OR_END + rb")")
MOST_BESIDE_ROWS = 50_000
MOST_COLUMNS = 100


def read(content: bytes) -> list[Iterator[Line]]:
    """The sheets that can be seen, each as lines.

    openpyxl reads long parts with defusedxml, but short ones with lxml where that is installed, and lxml does
    not refuse entities. So the short ones are held against defusedxml first.
    """
    _check_archive(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_small_parts(archive)
            _check_sheets(archive)
        with warnings.catch_warnings():
            # What openpyxl cannot draw (validation, styles) is nothing to tell somebody who imports rows.
            warnings.simplefilter("ignore")
            workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    except UnreadableFile:
        raise
    except Exception:  # a damaged workbook fails in as many ways as it has parts
        raise _damaged() from None
    return [_lines(sheet) for sheet in sheets]


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise _damaged() from None
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise UnreadableFile(
            "Filen är inte en Excelarbetsbok. Spara listan som Excel (.xlsx) eller CSV och försök igen."
        )
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableFile("Arbetsboken är lösenordsskyddad. Ta bort lösenordet och försök igen.")
    small = max(part.file_size for part in parts if part.filename.startswith(SMALL_PARTS))
    relations = sum(part.file_size for part in parts if part.filename.endswith(".rels"))
    is_too_much = len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED
    if is_too_much or small > LARGEST_SMALL_PART or relations > LARGEST_RELATIONS:
        raise _too_much()


def _check_small_parts(archive: zipfile.ZipFile) -> None:
    """Raises what defusedxml raises when a part has entities or is no XML at all."""
    for name in archive.namelist():
        if name.startswith(SMALL_PARTS) and name.endswith((".xml", ".rels")):
            fromstring(archive.read(name))


def _check_sheets(archive: zipfile.ZipFile) -> None:
    """A sheet is whatever part a relationship calls one, wherever it lies."""
    relations = (fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".rels"))
    sheets = {
        PurePosixPath(each.get("Target", "")).name
        for part in relations
        for each in part
        if each.get("Type", "").endswith("/worksheet")
    }
    for name in archive.namelist():
        if PurePosixPath(name).name in sheets:
            beside = BESIDE_ROWS.finditer(archive.read(name))
            if next(islice(beside, MOST_BESIDE_ROWS, None), None) is not None:
                raise _too_much()


def _lines(sheet: Any) -> Iterator[Line]:
    try:
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
            filled = [place for place, cell in enumerate(row, start=1) if cell.value is not None]
            yield Line(number, [_text(cell) for cell in row[: max(filled, default=0)]])
    except Exception:  # as above: the sheet's own part is read here, row by row
        raise _damaged() from None


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, int | float) and "%" in cell.number_format:
        # What is read as 50 % on the screen is 0.5 in the file, and what is read as 100 % is 1.
        return f"{round(value * 100, 6):g}%"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _too_much() -> UnreadableFile:
    return UnreadableFile(
        "Arbetsboken innehåller för mycket. Kopiera listan till en ny arbetsbok och försök igen."
    )


def _damaged() -> UnreadableFile:
    return UnreadableFile(
        "Arbetsboken går inte att öppna. Öppna den i Excel, spara den på nytt som .xlsx och försök igen."
    )
