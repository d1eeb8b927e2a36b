"""Publishing: protected against everything before, tried by an intruder, and then never changed again."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.disclosure.intruder import Finding
from followup.editions import queries
from followup.editions.models import Edition, LedgerRecord
from followup.editions.stored import fingerprint, publication_record
from followup.editions.stored import published as published
from followup.editions.trial import undo
from followup.errors import Refusal
from followup.exports.publication import PUBLISHED, Publication
from followup.exports.service import prepare
from followup.organisation import queries as organisation
from followup.organisation.models import Association
from followup.periods import Period
from followup.statistics.service import Statistics, association_statistics


class NothingNew(Refusal):
    def __init__(self, edition: Edition) -> None:
        super().__init__(
            f"Ingenting har ändrats sedan utgåva {edition.number}. Den gäller fortfarande, så det finns "
            "inget att publicera."
        )


class ReasonMissing(Refusal):
    def __init__(self, edition: Edition) -> None:
        super().__init__(
            f"Perioden är redan publicerad som utgåva {edition.number}. Välj varför den ska revideras.",
            field="reason",
        )


class Exposed(Refusal):
    """The intruder undid something: nothing is published."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(
            "Kontrollen före publicering hittade uppgifter som kan räknas ut, till exempel "
            f"{findings[0].place}. Inget har publicerats. Vänta till nästa period eller kontakta "
            "systemadministratören."
        )


def publish(
    *, session: Session, scope: Scope, period: Period, key: bytes, reason: str | None = None
) -> Edition:
    """Freeze the statistics of a complete period as an edition.

    reason   code of the list revision_reason, when the period has an edition already
    Raises PeriodNotComplete, NotProtected, ReasonMissing, NothingNew and Exposed; then nothing is published.
    """
    # One at a time: whoever publishes next must be protected against this one, too.
    session.execute(select(Association.id).where(Association.id == scope.association_id).with_for_update())
    statistics = association_statistics(session=session, scope=scope, period=period, key=key)
    draft = prepare(statistics=statistics, scope=scope)
    before = queries.latest_for(session, scope, period.code)
    if before is not None and _same_tables(draft, before):
        raise NothingNew(before)
    if before is not None and reason not in {
        c.code for c in organisation.codes(session, scope, "revision_reason")
    }:
        raise ReasonMissing(before)
    number = _next_number(session, scope)
    publication = replace(draft, marking=PUBLISHED, edition=number)
    if findings := undo(session, scope, publication, before):
        raise Exposed(findings)
    return _freeze(session, scope, publication, statistics, before, reason if before else None)


def _freeze(
    session: Session,
    scope: Scope,
    publication: Publication,
    statistics: Statistics,
    before: Edition | None,
    reason: str | None,
) -> Edition:
    record = publication_record(publication)
    edition = Edition(
        association_id=scope.association_id,
        number=publication.edition,
        period=publication.period.code,
        published_on=clock.today(),
        rule_version=statistics.rule.version if statistics.rule else "",
        revises=before.id if before else None,
        revision_reason=reason,
        content=record,
        sha256=fingerprint(record),
    )
    session.add(edition)
    session.flush()
    release = statistics.release
    for told in release.records(edition.number) if release else ():
        session.add(LedgerRecord(association_id=scope.association_id, edition_id=edition.id, record=told))
    audit.record(
        session,
        scope,
        Event.PUBLISHED,
        edition=edition.number,
        period=edition.period,
        sha256=edition.sha256,
    )
    return edition


def changes(earlier: Publication, later: Publication) -> list[str]:
    """Titles of the tables in which a revision tells something else than the edition it replaces."""
    known = {table.id: table for table in earlier.tables}
    return [
        table.title
        for table in later.tables
        if table.id not in known or dict(known[table.id].cells) != dict(table.cells)
    ]


def _same_tables(draft: Publication, edition: Edition) -> bool:
    return not changes(published(edition), draft) and len(draft.tables) == len(published(edition).tables)


def _next_number(session: Session, scope: Scope) -> str:
    year = str(clock.today().year)
    numbers = [
        int(e.number.split(":")[1]) for e in queries.editions(session, scope) if e.number.startswith(year)
    ]
    return f"{year}:{max(numbers, default=0) + 1}"
