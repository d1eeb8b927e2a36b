"""Which imports there are, and which of them can still be undone."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.imports.models import ImportBatch


def batches(session: Session, scope: Scope) -> list[ImportBatch]:
    """Every import of the förbund, the latest day first."""
    found = session.scalars(
        select(ImportBatch)
        .where(ImportBatch.association_id == scope.association_id)
        .order_by(ImportBatch.imported_on.desc(), ImportBatch.id)
    )
    return list(found)
