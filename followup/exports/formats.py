"""The file formats a release can be taken out in."""

from collections.abc import Callable
from typing import NamedTuple

from followup.exports.csv_file import EXCEL, MACHINE, write_csv
from followup.exports.publication import Publication
from followup.exports.xlsx_file import write_xlsx


class Format(NamedTuple):
    label: str
    ending: str
    media_type: str
    write: Callable[[Publication], bytes]


FORMATS = {
    "xlsx": Format(
        "Excel",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_xlsx,
    ),
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
}


def file_name(publication: Publication, format_name: str) -> str:
    """Tells period and marking, and no figure."""
    kind = "-for-excel" if format_name == "csv-excel" else ""
    stem = f"statistik-{publication.period.code}{kind}-{publication.marking_in_name}"
    return f"{stem}.{FORMATS[format_name].ending}"
