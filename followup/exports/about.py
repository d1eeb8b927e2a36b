"""The lines of "Om tabellerna", which every file carries: what it is, how it is made and how to read it."""

from collections.abc import Iterator
from datetime import datetime

from followup.clock import STOCKHOLM
from followup.disclosure import SENTENCE
from followup.exports.layout import EXPLANATIONS
from followup.exports.publication import Publication
from followup.periods import Period

Entry = tuple[str, str | datetime]


def about(publication: Publication) -> Iterator[Entry]:
    """Heading and text, in reading order."""
    yield "Märkning", publication.marking
    yield "Förbund", publication.association
    yield "Utgåva", publication.edition
    if publication.supersedes:
        yield "Reviderar", f"Utgåva {publication.supersedes}. {publication.reason}."
    yield "Period", _period(publication.period)
    yield "Jämförelse", _period(publication.period.previous)
    # Local time without zone, which is what a spreadsheet's date is.
    yield "Framtagen", publication.made.astimezone(STOCKHOLM).replace(tzinfo=None, second=0, microsecond=0)
    yield "Framtagen av", publication.role
    for sentence in publication.missing or ("Alla månader är klarmarkerade.",):
        yield "Månader", sentence
    yield "Röjandekontroll", SENTENCE
    yield "Regel", publication.rule
    for text in EXPLANATIONS.values():
        yield "Teckenförklaring", text
    yield "Avrundning", "Andelar är avrundade till hela procent; halva avrundas uppåt."
    for chapter in publication.chapters:
        for sentence in chapter.inclusion:
            yield f"{chapter.id} {chapter.title}", sentence
    yield "Kontrollsumma", f"SHA-256 för tabellernas innehåll: {publication.checksum}"


def _period(period: Period) -> str:
    """With its code, where that is another word."""
    return period.label if period.label == period.code else f"{period.label} ({period.code})"
