"""What the pages of editions show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.disclosure import ProtectedCell
from followup.editions import queries, service
from followup.editions.checklist import Checklist, Since, checklist, since_edition
from followup.editions.differences import Change, changes
from followup.editions.models import Edition, EditionDraft
from followup.exports.layout import PERCENT, Grid, explanations
from followup.exports.publication import Publication
from followup.exports.service import prepare
from followup.organisation import queries as organisation
from followup.periods import parse_period
from followup.statistics.exhibits import TableExhibit, stub_cells, table_exhibit, told_cell
from followup.statistics.service import Statistics
from followup.web.formats import HARD_SPACE, date_in_text, moment_in_text, sentence_start, signed
from followup.web.tables import Cell, Column


@dataclass(frozen=True)
class Line:
    """An edition in the list."""

    id: int
    title: str
    note: str


@dataclass(frozen=True)
class Request:
    """A period whose edition waits for a second person, or whose own request the second person declined."""

    period: str
    text: str


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
    since: Since | None
    newer: Edition | None
    # What it replaces, and why; "" when it is no revision.
    revises: str = ""


def lines(session: Session, scope: Scope) -> list[Line]:
    found = queries.editions(session, scope)
    replaced = {edition.revises: edition.number for edition in found}
    revisions = _revisions(session, scope, found)
    return [_line(edition, replaced.get(edition.id), revisions.get(edition.id)) for edition in found]


def requests(session: Session, scope: Scope) -> list[Request]:
    """Nothing where one person is enough."""
    if not organisation.association(session, scope).second_approval:
        return []
    waiting, declined = queries.requests(session, scope), queries.declined(session, scope)
    return [_request(draft) for draft in (*declined, *waiting)]


def _request(draft: EditionDraft) -> Request:
    what = f"statistik {parse_period(draft.period).label}"
    if draft.declined_on:
        day = date_in_text(draft.declined_on)
        return Request(draft.period, f"Begäran om godkännande av {what} avslogs den {day}")
    day = date_in_text(draft.saved_on)
    return Request(draft.period, f"{sentence_start(what)} väntar på godkännande sedan {day}")


def title_of(edition: Edition) -> str:
    return f"{edition.number} Statistik {parse_period(edition.period).label}"


def page(session: Session, scope: Scope, edition: Edition, fingerprints: Mapping[str, str]) -> Page:
    """`fingerprints` are those of the installation's keys, by key id."""
    publication = service.published(edition)
    every = queries.editions(session, scope)
    return Page(
        title=title_of(edition),
        publication=publication,
        facts=_facts(session, scope, edition, publication, fingerprints),
        sections=_sections(publication),
        since=_since(session, scope, edition, publication),
        newer=next((each for each in every if each.revises == edition.id), None),
        revises=_revisions(session, scope, every).get(edition.id, ""),
    )


def preview(publication: Publication) -> Page:
    """A draft as its reader would see it."""
    return Page("", publication, [], _sections(publication), None, None)


def differences(session: Session, scope: Scope, edition: Edition) -> dict[str, Any]:
    """Every cell in which a revision differs from what it replaces."""
    earlier = queries.edition(session, scope, edition.revises or 0)
    found = _differences(earlier, service.published(edition))
    return {"reason": _reason(session, scope, edition), **found}


def draft_differences(earlier: Edition, statistics: Statistics, scope: Scope) -> dict[str, Any]:
    """Every cell in which a revision would differ from what it replaces."""
    return _differences(earlier, prepare(statistics=statistics, scope=scope))


def _differences(earlier: Edition, new: Publication) -> dict[str, Any]:
    found = changes(service.published(earlier), new)
    return {
        "since": since_edition(earlier, new),
        "tables": [_change_exhibit(change) for change in found if change.shown],
    }


def checklist_of(session: Session, scope: Scope, statistics: Statistics) -> Checklist | None:
    """Nothing for a period that is not complete."""
    if not statistics.is_complete:
        return None
    return checklist(session, scope, statistics, prepare(statistics=statistics, scope=scope))


def _sections(publication: Publication) -> list[Section]:
    return [
        Section(
            chapter.id,
            chapter.title,
            chapter.sentence,
            chapter.inclusion,
            [table_exhibit(table) for table in chapter.tables],
        )
        for chapter in publication.chapters
    ]


def _change_exhibit(change: Change) -> TableExhibit:
    grid, above = Grid(change.table), None
    rows = []
    for cell in change.shown:
        labels = (*cell.row.labels, cell.column.label)
        rise = "" if cell.rise is None or cell.after is None else signed(cell.rise, cell.after.decimals)
        rise += f"{HARD_SPACE}procentenheter" if rise and cell.unit == PERCENT else ""
        before, after = (
            _told(cell.before, cell.unit, "visades inte"),
            _told(cell.after, cell.unit, "visas inte"),
        )
        rows.append([*stub_cells(labels, above), before, after, Cell(rise)])
        above = labels
    names = [axis.label for axis in grid.stub]
    columns = [*(Column(name) for name in names), Column("Kolumn")]
    columns += [Column(name, numeric=True) for name in ("Före", "Efter", "Skillnad")]
    told = [cell for each in change.shown for cell in (each.before, each.after) if cell is not None]
    return TableExhibit(change.table.title, len(names) + 1, columns, rows, explanations(told))


def _told(cell: ProtectedCell | None, unit: str, absent: str) -> Cell:
    return Cell(absent) if cell is None else told_cell(cell, unit)


def _revisions(session: Session, scope: Scope, found: Sequence[Edition]) -> dict[int, str]:
    """What each revision among every edition replaces, and why, by its id."""
    numbers = {edition.id: edition.number for edition in found}
    reasons = organisation.labels(session, scope, ["revision_reason"])["revision_reason"]
    return {
        each.id: f"Reviderar utgåva {numbers[each.revises]}: {reasons[each.revision_reason or '']}."
        for each in found
        if each.revises
    }


def _line(edition: Edition, replaced_by: str | None, revises: str | None) -> Line:
    note = f"Publicerad {date_in_text(edition.published_on)}."
    if replaced_by:
        note += f" Ersatt av utgåva {replaced_by}."
    if revises:
        note += f" {revises}"
    return Line(edition.id, title_of(edition), note)


def _facts(
    session: Session,
    scope: Scope,
    edition: Edition,
    publication: Publication,
    fingerprints: Mapping[str, str],
) -> list[dict[str, str]]:
    rows = [
        ("Förbund", publication.association),
        ("Utgåva", edition.number),
        ("Publicerad", date_in_text(edition.published_on)),
        ("Siffrorna gäller", moment_in_text(publication.made)),
        ("Regel", publication.rule),
        ("Kontrollsumma (SHA-256)", edition.sha256),
    ]
    if publication.signing_key in fingerprints:
        rows.append(("Paketets nyckel, fingeravtryck", fingerprints[publication.signing_key]))
    if edition.revises:
        revised = queries.edition(session, scope, edition.revises)
        rows.insert(3, ("Reviderar", f"utgåva {revised.number}"))
        rows.insert(4, ("Skäl", _reason(session, scope, edition)))
    return [{"label": label, "value": value} for label, value in rows]


def _reason(session: Session, scope: Scope, edition: Edition) -> str:
    reasons = organisation.labels(session, scope, ["revision_reason"])["revision_reason"]
    return reasons[edition.revision_reason or ""]


def _since(session: Session, scope: Scope, edition: Edition, publication: Publication) -> Since | None:
    if edition.revises is None:
        return None
    earlier = queries.edition(session, scope, edition.revises)
    return since_edition(earlier, publication)
