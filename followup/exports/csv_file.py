"""CSV in two kinds: for machines, and for Excel with Swedish settings. Both are one tidy list of all tables.

The first rows, whose table is OM, tell what the file is; they have neither value nor status.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import NamedTuple

from followup.exports.about import about
from followup.exports.publication import Publication
from followup.exports.records import COLUMNS, STATUS_WORDS, records
from followup.exports.text import harmless

ABOUT = "OM"


class Kind(NamedTuple):
    encoding: str
    separator: str
    decimal_sign: str
    line_end: str


MACHINE = Kind("utf-8", ",", ".", "\n")
EXCEL = Kind("utf-8-sig", ";", ",", "\r\n")


def write_csv(publication: Publication, kind: Kind) -> bytes:
    """The whole file."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=kind.separator, lineterminator=kind.line_end)
    writer.writerow(COLUMNS)
    writer.writerows(_rows(publication, kind))
    return text.getvalue().encode(kind.encoding)


def _rows(publication: Publication, kind: Kind) -> Iterator[tuple[str, ...]]:
    period = publication.period.code
    statuses = [("Status", f"{code}: {word}") for code, word in STATUS_WORDS.items()]
    for number, (heading, content) in enumerate([*about(publication), *statuses], start=1):
        yield (ABOUT, period, "", "", harmless(heading), str(number), harmless(str(content)), "", "", "")
    for table in publication.tables:
        for record in records(table):
            # A figure is no text that could be run, and a minus before it must stay one.
            words = [harmless(word) for word in record[:7]]
            yield (*words, record.value(kind.decimal_sign), record.status, record.unit)
