"""What the pages of editions show."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.disclosure import ProtectedTable
from followup.editions import queries, service
from followup.editions.models import Edition
from followup.exports.publication import Publication
from followup.organisation import queries as organisation
from followup.periods import parse_period
from followup.statistics.exhibits import TableExhibit, table_exhibit
from followup.web.formats import date_in_text, percent


@dataclass(frozen=True)
class Line:
    """An edition in the list."""

    id: int
    title: str
    note: str


@dataclass(frozen=True)
class Section:
    """A table of an edition as its reader sees it."""

    id: str
    title: str
    sentence: str
    inclusion: Sequence[str]
    tables: list[TableExhibit]


@dataclass(frozen=True)
class Page:
    """An edition as its reader sees it."""

    title: str
    publication: Publication
    facts: list[dict[str, str]]
    sections: list[Section]
    changes: list[str]
    newer: Edition | None


def lines(session: Session, scope: Scope) -> list[Line]:
    found = queries.editions(session, scope)
    replaced = {edition.revises: edition.number for edition in found}
    return [_line(edition, replaced.get(edition.id)) for edition in found]


def title_of(edition: Edition) -> str:
    return f"{edition.number} Statistik {parse_period(edition.period).label}"


def page(session: Session, scope: Scope, edition: Edition) -> Page:
    publication = service.published(edition)
    newer = next((e for e in queries.editions(session, scope) if e.revises == edition.id), None)
    return Page(
        title=title_of(edition),
        publication=publication,
        facts=_facts(session, scope, edition, publication),
        sections=[
            Section(
                chapter.id,
                chapter.title,
                chapter.sentence,
                chapter.inclusion,
                [table_exhibit(table) for table in chapter.tables],
            )
            for chapter in publication.chapters
        ],
        changes=_changes(session, scope, edition, publication),
        newer=newer,
    )


def _line(edition: Edition, replaced_by: str | None) -> Line:
    note = f"Publicerad {date_in_text(edition.published_on)}."
    if replaced_by:
        note += f" Ersatt av utgåva {replaced_by}."
    elif edition.revises:
        note += " Reviderad."
    return Line(edition.id, title_of(edition), note)


def _facts(
    session: Session, scope: Scope, edition: Edition, publication: Publication
) -> list[dict[str, str]]:
    rows = [
        ("Förbund", publication.association),
        ("Utgåva", edition.number),
        ("Publicerad", date_in_text(edition.published_on)),
        ("Regel", publication.rule),
        ("Kontrollsumma (SHA-256)", edition.sha256),
    ]
    if edition.revises:
        reasons = organisation.labels(session, scope, ["revision_reason"])["revision_reason"]
        revised = queries.edition(session, scope, edition.revises)
        rows.insert(3, ("Reviderar", f"utgåva {revised.number}"))
        rows.insert(4, ("Skäl", reasons[edition.revision_reason or ""]))
    return [{"label": label, "value": value} for label, value in rows]


def _changes(session: Session, scope: Scope, edition: Edition, publication: Publication) -> list[str]:
    if edition.revises is None:
        return []
    return service.changes(service.published(queries.edition(session, scope, edition.revises)), publication)


def hidden_in_words(tables: Sequence[ProtectedTable]) -> str:
    """How large a part of the cells is hidden, for the check list before publishing."""
    told = sum(len(table.cells) for table in tables)
    return percent(sum(table.share_hidden * len(table.cells) for table in tables) / told if told else 0.0)
