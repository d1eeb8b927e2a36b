"""Publishing: protected against everything before, tried by an intruder, and then never changed again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.disclosure.intruder import Finding
from followup.editions import queries
from followup.editions.differences import changes, gone
from followup.editions.models import Edition, LedgerRecord
from followup.editions.preparing import check_approval, end_draft
from followup.editions.stored import fingerprint, publication_record
from followup.editions.stored import published as published
from followup.editions.trial import grounds, undo
from followup.errors import Refusal
from followup.exports.publication import PUBLISHED, Publication
from followup.exports.service import checksums, prepare
from followup.keys import KeyRing
from followup.organisation import queries as organisation
from followup.organisation.models import Association, Code
from followup.periods import Period
from followup.statistics.service import DISCLOSURE_KEY, Statistics, association_statistics, release_name


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
            f"{findings[0].place}. Inget har publicerats. Har något i en tidigare utgåva rättats eller "
            "registrerats i efterhand: publicera först en revidering av den, och försök sedan igen. Nekas "
            "också den: vänta till nästa period eller kontakta systemadministratören."
        )


class Changed(Exception):
    """Something else would be published than what was rehearsed, or beside something else."""


@dataclass(frozen=True)
class Rehearsed:
    """What `rehearse` found nothing against.

    release   name of the protected tables
    grounds   digest of the publication and of what it was tried against
    made      when the figures were taken
    files     checksum of the file in each format
    """

    release: str
    grounds: str
    made: datetime
    files: Mapping[str, str]


class _Ready(NamedTuple):
    """What will be frozen. `before` is the edition it revises; `why` its reason."""

    publication: Publication
    statistics: Statistics
    before: Edition | None
    why: Code | None


def rehearse(
    *,
    session: Session,
    scope: Scope,
    period: Period,
    keys: KeyRing,
    reason: str | None = None,
    last: Rehearsed | None = None,
) -> Rehearsed:
    """All of publishing that takes long, for a session that only reads. Raises what `publish` raises.

    last   the rehearsal before this one: what it tried is not tried again
    """
    # Named first: what changes while it is worked out is then seen by whoever compares the names.
    release = _release_name(session, scope, period, keys)
    publication = _ready(session, scope, period, keys, reason).publication
    found = grounds(session, scope, publication)
    if last is not None and last.grounds == found:
        return replace(last, release=release)
    return Rehearsed(release, found, publication.made, _tried(session, scope, publication, keys))


def publish(
    *,
    session: Session,
    scope: Scope,
    period: Period,
    keys: KeyRing,
    reason: str | None = None,
    rehearsed: Rehearsed | None = None,
) -> Edition:
    """Freeze the statistics of a complete period as an edition.

    reason      code of the list revision_reason, when the period has an edition already
    rehearsed   what `rehearse` found, so that nothing here takes long; without it all is done here
    Raises PeriodNotComplete, NotProtected, ReasonMissing, NothingNew, Exposed, whatever keeps a second person
    from approving, what a format cannot write, and Changed when something else was rehearsed; then nothing is
    published.
    """
    # One at a time: whoever publishes next must be protected against this one, too.
    session.execute(select(Association.id).where(Association.id == scope.association_id).with_for_update())
    if rehearsed is not None and rehearsed.release != _release_name(session, scope, period, keys):
        raise Changed
    ready = _ready(session, scope, period, keys, reason)
    if rehearsed is None:
        files: Mapping[str, str] = _tried(session, scope, ready.publication, keys)
    elif rehearsed.grounds == grounds(session, scope, ready.publication):
        files = rehearsed.files
        ready = ready._replace(publication=replace(ready.publication, made=rehearsed.made))
    else:
        raise Changed
    edition = _freeze(session, scope, ready, files)
    end_draft(session, scope, period.code)
    return edition


def _release_name(session: Session, scope: Scope, period: Period, keys: KeyRing) -> str:
    return release_name(session=session, scope=scope, period=period, key=keys.derive(DISCLOSURE_KEY))


def _ready(session: Session, scope: Scope, period: Period, keys: KeyRing, reason: str | None) -> _Ready:
    """All that can be said against it has been, but for the trial."""
    key = keys.derive(DISCLOSURE_KEY)
    statistics = association_statistics(session=session, scope=scope, period=period, key=key)
    draft = prepare(statistics=statistics, scope=scope)
    before = queries.latest_for(session, scope, period.code)
    if before is not None and _same_tables(draft, before):
        raise NothingNew(before)
    check_approval(session, scope, draft)
    why = _why(session, scope, period, before, reason)
    publication = replace(
        draft,
        marking=PUBLISHED,
        edition=_next_number(session, scope),
        supersedes=before.number if before else "",
        reason=why.label_sv if why else "",
        signing_key=keys.active,
    )
    return _Ready(publication, statistics, before, why)


def _tried(session: Session, scope: Scope, publication: Publication, keys: KeyRing) -> dict[str, str]:
    """The checksums of its files, when an intruder cannot undo it. Raises Exposed."""
    if findings := undo(session, scope, publication):
        raise Exposed(findings)
    return checksums(publication, keys)


def _why(
    session: Session, scope: Scope, period: Period, before: Edition | None, reason: str | None
) -> Code | None:
    """The reason for a revision, as it was given now or when approval was asked for. Raises ReasonMissing."""
    if before is None:
        return None
    kept = queries.draft(session, scope, period.code)
    wanted = reason or (kept.reason if kept else None)
    known = {code.code: code for code in organisation.codes(session, scope, "revision_reason")}
    if wanted not in known:
        raise ReasonMissing(before)
    return known[wanted]


def _freeze(session: Session, scope: Scope, ready: _Ready, files: Mapping[str, str]) -> Edition:
    publication, statistics, before, why = ready
    record = publication_record(publication)
    edition = Edition(
        association_id=scope.association_id,
        number=publication.edition,
        period=publication.period.code,
        published_on=clock.today(),
        rule_version=statistics.rule.version if statistics.rule else "",
        revises=before.id if before else None,
        revision_reason=why.code if why else None,
        content=record,
        sha256=fingerprint(record),
        files=dict(files),
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


def _same_tables(draft: Publication, edition: Edition) -> bool:
    return not changes(published(edition), draft) and not gone(published(edition), draft)


def _next_number(session: Session, scope: Scope) -> str:
    year = str(clock.today().year)
    numbers = [
        int(e.number.split(":")[1]) for e in queries.editions(session, scope) if e.number.startswith(year)
    ]
    return f"{year}:{max(numbers, default=0) + 1}"
