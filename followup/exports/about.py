"""The lines of "Om tabellerna", which every file carries: what it is, how it is made and how to read it."""

from collections.abc import Iterator

from followup.disclosure import SENTENCE
from followup.exports.layout import EXPLANATIONS
from followup.exports.publication import Publication
from followup.exports.records import checksum
from followup.web.formats import moment_in_text

Entry = tuple[str, str]


def about(publication: Publication) -> Iterator[Entry]:
    """Heading and text, in reading order."""
    yield "Märkning", publication.marking
    yield "Förbund", publication.association
    yield "Utgåva", "Utkast, inte publicerad"
    yield "Period", f"{publication.period.label} ({publication.period.code})"
    yield "Jämförelse", f"{publication.period.previous.label} ({publication.period.previous.code})"
    yield "Framtagen", f"{moment_in_text(publication.made)}, av {publication.role}"
    for sentence in publication.missing or ("Alla månader är klarmarkerade.",):
        yield "Månader", sentence
    yield "Röjandekontroll", SENTENCE
    yield "Regel", publication.rule
    for text in EXPLANATIONS.values():
        yield "Teckenförklaring", text
    yield "Avrundning", "Andelar är avrundade till hela procent; halva avrundas uppåt."
    for chapter in publication.chapters:
        yield f"{chapter.id} {chapter.title}", " ".join(chapter.inclusion)
    yield "Kontrollsumma", f"SHA-256 för tabellernas innehåll: {checksum(publication.tables)}"
