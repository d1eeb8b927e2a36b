"""Reading published editions and the register behind them."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access.scope import OutOfScope, Scope
from followup.disclosure import Ledger
from followup.editions.models import Edition, EditionDraft, LedgerRecord


def editions(session: Session, scope: Scope) -> list[Edition]:
    """Every published edition, the latest first."""
    found = select(Edition).where(Edition.association_id == scope.association_id)
    return list(session.scalars(found.order_by(Edition.id.desc())))


class Named(NamedTuple):
    """An edition without what it tells; `period` is a period's code."""

    id: int
    number: str
    period: str
    sha256: str
    revises: int | None


def in_force(session: Session, scope: Scope) -> list[Named]:
    """Every edition that none has replaced, the latest first, without opening them."""
    every = named(session, scope)
    replaced = {each.revises for each in every}
    return [each for each in every if each.id not in replaced]


def named(session: Session, scope: Scope) -> list[Named]:
    """Every edition, the latest first, without opening them."""
    found = session.execute(
        select(Edition.id, Edition.number, Edition.period, Edition.sha256, Edition.revises)
        .where(Edition.association_id == scope.association_id)
        .order_by(Edition.id.desc())
    ).all()
    return [Named(*row) for row in found]


def edition(session: Session, scope: Scope, edition_id: int) -> Edition:
    """One edition. Raises OutOfScope."""
    found = session.scalar(
        select(Edition).where(Edition.association_id == scope.association_id, Edition.id == edition_id)
    )
    if found is None:
        raise OutOfScope
    return found


def latest_for(session: Session, scope: Scope, period: str) -> Edition | None:
    """The edition in force for a period's code."""
    return next((found for found in editions(session, scope) if found.period == period), None)


def draft(session: Session, scope: Scope, period: str) -> EditionDraft | None:
    """The draft that was kept last for a period's code."""
    return session.get(EditionDraft, (scope.association_id, period))


def requests(session: Session, scope: Scope) -> list[EditionDraft]:
    """The drafts that wait for a second person, the earliest first."""
    found = select(EditionDraft).where(
        EditionDraft.association_id == scope.association_id, EditionDraft.for_approval.is_(True)
    )
    return list(session.scalars(found.order_by(EditionDraft.saved_on, EditionDraft.period)))


def declined(session: Session, scope: Scope) -> list[EditionDraft]:
    """The drafts of the one who looks that another has declined, the earliest first."""
    found = select(EditionDraft).where(
        EditionDraft.association_id == scope.association_id,
        EditionDraft.declined_on.is_not(None),
        EditionDraft.saved_by == scope.actor,
    )
    return list(session.scalars(found.order_by(EditionDraft.declined_on, EditionDraft.period)))


def edition_with_file(session: Session, association_id: int, sha256: str) -> tuple[str, str] | None:
    """Number of the edition that has a file with this checksum, and of the one that has replaced it."""
    columns = (Edition.id, Edition.number, Edition.revises, Edition.files)
    rows = session.execute(select(*columns).where(Edition.association_id == association_id)).all()
    found = next((row for row in rows if sha256 in (row.files or {}).values()), None)
    if found is None:
        return None
    return found.number, next((row.number for row in rows if row.revises == found.id), "")


def ledger_mark(session: Session, scope: Scope) -> tuple[tuple[int, str], ...]:
    """What the register holds: tables that were protected against it are good for as long as it is the same.

    Every edition by what it tells, not how far the register has come: a register that is restored from a copy
    grows as far again with other editions.
    """
    found = select(Edition.id, Edition.sha256).where(Edition.association_id == scope.association_id)
    return tuple((row.id, row.sha256) for row in session.execute(found.order_by(Edition.id)))


def ledger(session: Session, scope: Scope) -> Ledger:
    """Everything told and promised so far."""
    records = session.scalars(
        select(LedgerRecord.record)
        .where(LedgerRecord.association_id == scope.association_id)
        .order_by(LedgerRecord.id)
    )
    return Ledger.from_records(records)
