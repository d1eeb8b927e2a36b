"""Reads delimited text into lines of cells, whichever program and country it was saved in."""

import codecs
import csv
import re
from collections.abc import Iterator

from followup.imports.sheet import Line, UnreadableFile

DELIMITERS = (";", "\t", ",", "|")
HEAD = 20_000
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# å, ä and ö that were read as the wrong encoding and saved again, or lost on the way.
_GARBLED = re.compile("Ã[¥¤¶\u0085\u201e\u2013]|\ufffd")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read(content: bytes) -> Iterator[Line]:
    text = _decode(content)
    if _CONTROL.search(text[:HEAD]):
        raise UnreadableFile(
            "Filen är inte ett kalkylblad. Spara listan som Excel (.xlsx) eller CSV och försök igen."
        )
    if _GARBLED.search(text):
        raise UnreadableFile(
            "Filen har fel teckenkodning: å, ä och ö har förvanskats. Spara listan på nytt som "
            "”CSV UTF-8” eller Excel (.xlsx) och försök igen."
        )
    delimiter = max(DELIMITERS, key=text[:HEAD].count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    number = 1
    try:
        for cells in reader:
            yield Line(number, cells)
            number = reader.line_num + 1
    except csv.Error:
        raise UnreadableFile(
            f"Rad {number} går inte att dela upp i kolumner. Kontrollera citattecknen på raden."
        ) from None


def _decode(content: bytes) -> str:
    """Text with a byte order mark is what the mark says; other text is UTF-8, or else Windows-1252."""
    marked = [name for mark, name in BYTE_ORDER_MARKS if content.startswith(mark)]
    for encoding in marked or ["utf-8", "cp1252"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(
        "Filens teckenkodning går inte att tolka. Spara listan på nytt som ”CSV UTF-8” eller Excel (.xlsx) "
        "och försök igen."
    )
