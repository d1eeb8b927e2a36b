"""Tells what kind of file it is, and reads it whole within limits."""

from collections.abc import Iterable

from followup.imports import csv_file
from followup.imports.sheet import Line, UnreadableFile
from followup.legible import legible

LARGEST_FILE = 8 * 1024 * 1024
MOST_LINES = 20_000
# A workbook may say that it has a million rows and mean it.
LAST_LINE = 50_000

# What other files begin with, and what to say about them.
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "Filen är i Excels gamla format (.xls) eller lösenordsskyddad."),
    (b"%PDF", "Filen är en pdf, inte ett kalkylblad."),
    (b"\x89PNG", "Filen är en bild, inte ett kalkylblad."),
    (b"\xff\xd8\xff", "Filen är en bild, inte ett kalkylblad."),
    (b"{\\rtf", "Filen är ett textdokument, inte ett kalkylblad."),
    (b"<", "Filen är en webbsida, inte ett kalkylblad."),
)


def read_sheets(content: bytes) -> list[list[Line]]:
    """Every sheet of the file, without its empty lines; a text file has one sheet."""
    if len(content) > LARGEST_FILE:
        raise UnreadableFile(
            f"Filen är för stor. Den får vara högst {LARGEST_FILE // 1024 // 1024} MB. Dela upp listan i "
            "flera filer och läs in dem en i taget."
        )
    if not content.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise UnreadableFile("Filen är tom. Kontrollera att listan är sparad i den.")
    for signature, what in _SIGNATURES:
        if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(signature):
            raise UnreadableFile(f"{what} Spara listan som Excel (.xlsx) eller CSV och försök igen.")
    if content.startswith(b"PK"):
        # Loaded when there is a workbook to read: openpyxl alone would add a fifth to the cold start.
        from followup.imports import xlsx_file

        return [_collect(sheet) for sheet in xlsx_file.read(content)]
    return [_collect(csv_file.read(content))]


def _collect(lines: Iterable[Line]) -> list[Line]:
    kept: list[Line] = []
    for line in lines:
        cells = [legible(cell).strip() for cell in line.cells]
        if any(cells):
            kept.append(Line(line.number, cells))
        if len(kept) > MOST_LINES or line.number > LAST_LINE:
            raise UnreadableFile(
                f"Listan är för lång. Den får ha högst {MOST_LINES} rader. Dela upp den i flera filer och "
                "läs in dem en i taget."
            )
    return kept
