"""Before an edition: a draft that is kept to be compared with, and the second person who approves it."""

from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.editions import queries
from followup.editions.models import EditionDraft
from followup.editions.stored import publication_of_record, publication_record
from followup.errors import Refusal
from followup.exports.publication import Publication
from followup.organisation import queries as organisation


class ApprovalMissing(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Förbundet har valt att två personer ska stå bakom varje utgåva. Be först om godkännande, och "
            "låt någon annan än du publicera."
        )


class OwnRequest(Refusal):
    def __init__(self) -> None:
        super().__init__("Du har själv bett om godkännande. Någon annan än du behöver publicera utgåvan.")


class ChangedSinceRequest(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Siffrorna har ändrats sedan någon bad om godkännande. Inget har publicerats. Be om "
            "godkännande på nytt."
        )


def save_draft(
    *,
    session: Session,
    scope: Scope,
    publication: Publication,
    reason: str | None = None,
    for_approval: bool = False,
) -> EditionDraft:
    """Keep the draft of a period in the place of the one before; `for_approval` asks another to publish.

    A request that stood in its place is ended by that: taken back by who asked, or declined by another. Why
    it would be a revision stays with the draft until another reason is given.
    """
    period = publication.period.code
    before = queries.draft(session, scope, period)
    event = Event.APPROVAL_ASKED if for_approval else _kept_as(before, scope)
    asked_by, declined_on = (scope.actor or "", None) if for_approval else _declined(before, scope)
    _remove(session, scope, period)
    draft = EditionDraft(
        association_id=scope.association_id,
        period=period,
        content=publication_record(publication),
        sha256=publication.checksum,
        saved_on=clock.today(),
        saved_by=asked_by,
        reason=reason or (before.reason if before else None),
        for_approval=for_approval,
        declined_on=declined_on,
    )
    session.add(draft)
    session.flush()
    audit.record(session, scope, event, period=period, sha256=draft.sha256)
    return draft


def _kept_as(before: EditionDraft | None, scope: Scope) -> Event:
    if before is None or not before.for_approval:
        return Event.DRAFT_SAVED
    return Event.APPROVAL_TAKEN_BACK if before.saved_by == scope.actor else Event.APPROVAL_DENIED


def _declined(before: EditionDraft | None, scope: Scope) -> tuple[str, date | None]:
    """Who asked, and the day another said no: told until who asked keeps or asks something else."""
    own = scope.actor or ""
    if before is None or before.saved_by == own:
        return own, None
    day = clock.today() if before.for_approval else before.declined_on
    return (before.saved_by if day else own), day


def saved_draft(session: Session, scope: Scope, period: str) -> Publication | None:
    """What was kept last, as it was."""
    draft = queries.draft(session, scope, period)
    return publication_of_record(draft.content) if draft else None


def check_approval(session: Session, scope: Scope, publication: Publication) -> None:
    """Raises ApprovalMissing, OwnRequest and ChangedSinceRequest where two must stand behind an edition."""
    if not organisation.association(session, scope).second_approval:
        return
    draft = queries.draft(session, scope, publication.period.code)
    if draft is None or not draft.for_approval:
        raise ApprovalMissing
    if draft.saved_by == scope.actor:
        raise OwnRequest
    if draft.sha256 != publication.checksum:
        raise ChangedSinceRequest


def end_draft(session: Session, scope: Scope, period: str) -> None:
    """It has become an edition."""
    _remove(session, scope, period)


def _remove(session: Session, scope: Scope, period: str) -> None:
    session.execute(
        delete(EditionDraft).where(
            EditionDraft.association_id == scope.association_id, EditionDraft.period == period
        )
    )
