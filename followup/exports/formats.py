"""The file formats a release can be taken out in."""

from collections.abc import Callable
from typing import NamedTuple

from followup.exports.csv_file import EXCEL, MACHINE, write_csv
from followup.exports.jsonstat_file import write_jsonstat
from followup.exports.publication import NOT_PUBLISHED, Publication
from followup.exports.px_file import write_px
from followup.exports.report import write_reading_copy, write_word


class Format(NamedTuple):
    label: str
    ending: str
    media_type: str
    write: Callable[[Publication], bytes]


def write_xlsx(publication: Publication) -> bytes:
    # Its library is loaded by the first workbook.
    from followup.exports import xlsx_file

    return xlsx_file.write_xlsx(publication)


FORMATS = {
    "xlsx": Format(
        "Excel",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_xlsx,
    ),
    "docx": Format(
        "Word, att klistra in ur",
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        write_word,
    ),
    "pdf": Format("PDF, tillgänglig", "pdf", "application/pdf", write_reading_copy),
    "csv": Format(
        "CSV, maskinläsbar",
        "csv",
        "text/csv; charset=utf-8",
        lambda publication: write_csv(publication, MACHINE),
    ),
    "csv-excel": Format(
        "CSV för Excel",
        "csv",
        "text/csv; charset=utf-8",
        lambda publication: write_csv(publication, EXCEL),
    ),
    "px": Format("PX, en fil per tabell i ett zip-arkiv", "zip", "application/zip", write_px),
    "jsonstat": Format("JSON-stat 2.0", "json", "application/json", write_jsonstat),
}
PACKAGE = "paket"
CHOICES = {
    **{name: chosen.label for name, chosen in FORMATS.items()},
    PACKAGE: "Paket med allt, underskrivet",
}
# Formats that share their ending with another kind of file.
KINDS_IN_NAME = {"csv-excel": "-for-excel", "px": "-px", "jsonstat": "-jsonstat", PACKAGE: "-paket"}


def download_name(publication: Publication, format_name: str) -> str:
    """As `file_name`, with the edition's number: a revision does not take the place of what it revises."""
    is_published = publication.edition != NOT_PUBLISHED
    number = f"-utgava-{publication.edition.replace(':', '-')}" if is_published else ""
    return file_name(publication, format_name, number)


def file_name(publication: Publication, format_name: str, number: str = "") -> str:
    """Tells period and marking, and no figure. In a package the name says nothing more, for good.

    Packages of editions are made anew and held against the checksum of their day.
    """
    kind = KINDS_IN_NAME.get(format_name, "")
    stem = f"statistik-{publication.period.code}{kind}{number}-{publication.marking_in_name}"
    ending = "zip" if format_name == PACKAGE else FORMATS[format_name].ending
    return f"{stem}.{ending}"
