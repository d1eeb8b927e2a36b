"""Ready paragraphs for an interim or annual report, made of the tables' own sentences alone."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from followup.periods import Period, Year
from followup.statistics.findings import WITHOUT_NUMBERS, told_with, words
from followup.statistics.service import Shown

NOT_IN_TEXT = "Uppgifterna redovisas i tabell {id}, i den utsträckning det går utan att röja enskilda."

# Data quality, and what is keyed in elsewhere, are for the kansli.
WORKING_TABLES = {"T15", "T16"}


class Paragraph(NamedTuple):
    """A heading and its text, made of protected numbers alone."""

    heading: str
    text: str


def report_title(period: Period) -> str:
    """What the förbund calls a report of such a period."""
    return f"Årsredovisning {period.label}" if isinstance(period, Year) else f"Delårsrapport {period.label}"


def paragraphs(tables: Sequence[Shown], period: Period) -> list[Paragraph]:
    """One paragraph for each table, in their order; a sentence without numbers where one is hidden."""
    return [
        Paragraph(shown.table.title, " ".join(_sentences(shown, period)))
        for shown in tables
        if shown.table.id not in WORKING_TABLES
    ]


def more_sentences(shown: Shown, period: Period) -> list[str]:
    """What a table has to say beyond its first sentence; a sentence with a hidden number is left out."""
    return [text for finding in shown.table.more if (text := told_with(finding, shown, period))]


def _sentences(shown: Shown, period: Period) -> Iterator[str]:
    first = words(shown, period).sentence
    if first == WITHOUT_NUMBERS:
        yield NOT_IN_TEXT.format(id=shown.table.id)
    else:
        yield first
    yield from more_sentences(shown, period)


def as_text(found: Sequence[Paragraph], title: str) -> str:
    """All of it as plain text, to copy at once."""
    return "\n\n".join([title, *(f"{each.heading}\n{each.text}" for each in found)])
