"""A batch remembers what it wrote for as long as it can be undone."""

import secrets
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from followup import clock
from followup.access.roles import Permission
from followup.access.scope import OutOfScope, Scope
from followup.audit import service as audit
from followup.audit.events import Event, count_class
from followup.errors import Refusal
from followup.imports.declaring import spell_for_log
from followup.imports.kinds import OF_TEAMS
from followup.imports.models import ImportBatch, ImportRow
from followup.imports.targets import Targets, TeamMonths
from followup.participation import bulk

OPEN, SETTLED, UNDONE = "open", "settled", "undone"
# How long a batch can be undone; after that it keeps only how many rows it had.
DAYS_TO_UNDO = 30


class NoSuchBatch(Refusal):
    def __init__(self) -> None:
        super().__init__("Inläsningen finns inte. Kontrollera numret i listan över inläsningar.")


class CannotUndo(Refusal):
    def __init__(self, state: str) -> None:
        super().__init__(
            "Inläsningen är redan ångrad."
            if state == UNDONE
            else "Inläsningen kan inte längre ångras. Rätta eller makulera raderna i listan."
        )


def open_batch(session: Session, scope: Scope, kind: str, targets: Targets, number: int) -> ImportBatch:
    """Write down a finished import and the way back from it."""
    batch = ImportBatch(
        id=secrets.token_hex(4),
        association_id=scope.association_id,
        kind=kind,
        imported_on=clock.today(),
        rows=number,
    )
    session.add(batch)
    session.flush()
    rows = [{"batch_id": batch.id, "target": target, "value": value} for target, value in targets.pack()]
    session.execute(insert(ImportRow), rows)
    _tell(session, scope, Event.IMPORTED, batch, declared=spell_for_log(targets.declared))
    return batch


def close_undone(session: Session, scope: Scope, batch: ImportBatch, reopened: TeamMonths) -> None:
    _forget(session, [batch.id])
    batch.state = UNDONE
    session.flush()
    _tell(session, scope, Event.IMPORT_UNDONE, batch, reopened=spell_for_log(reopened))


def settle(session: Session, batch_ids: Iterable[str]) -> None:
    """Forget which rows came with a batch; from then on they are rows like any other."""
    ids = list(batch_ids)
    _forget(session, ids)
    session.execute(update(ImportBatch).where(ImportBatch.id.in_(ids)).values(state=SETTLED))


def _oldest_to_undo() -> date:
    return clock.today() - timedelta(days=DAYS_TO_UNDO)


def settle_old(session: Session, scope: Scope) -> None:
    settle(
        session,
        session.scalars(
            select(ImportBatch.id).where(
                ImportBatch.association_id == scope.association_id,
                ImportBatch.state == OPEN,
                ImportBatch.imported_on < _oldest_to_undo(),
            )
        ),
    )


def open_one(session: Session, scope: Scope, batch_id: str, kinds: Collection[str]) -> ImportBatch:
    """A batch of these kinds that can still be undone, held until the commit."""
    if not batch_id.isalnum():
        raise NoSuchBatch
    batch = session.scalars(
        select(ImportBatch)
        .where(ImportBatch.association_id == scope.association_id, ImportBatch.id == batch_id)
        .with_for_update()
    ).one_or_none()
    if batch is None or batch.kind not in kinds:
        raise NoSuchBatch
    if batch.state != OPEN:
        raise CannotUndo(batch.state)
    if batch.imported_on < _oldest_to_undo():
        raise CannotUndo(SETTLED)
    return batch


def open_batches(session: Session, scope: Scope) -> list[ImportBatch]:
    """The teams' imports that this person can undo: those with rows of no other teams."""
    found = open_of(session, scope, OF_TEAMS)
    return [batch for batch in found if _is_own(session, scope, targets_of(session, batch))]


def open_of(session: Session, scope: Scope, kinds: Collection[str]) -> list[ImportBatch]:
    """Every import of these kinds that can still be undone, the latest day first."""
    found = session.scalars(
        select(ImportBatch)
        .where(
            ImportBatch.association_id == scope.association_id,
            ImportBatch.state == OPEN,
            ImportBatch.imported_on >= _oldest_to_undo(),
            ImportBatch.kind.in_(list(kinds)),
        )
        .order_by(ImportBatch.imported_on.desc(), ImportBatch.id)
    )
    return list(found)


def _is_own(session: Session, scope: Scope, targets: Targets) -> bool:
    return teams_of(session, scope, targets) <= scope.teams_with(Permission.IMPORT_ROWS)


def teams_of(session: Session, scope: Scope, targets: Targets) -> set[int]:
    counted = {place.team_id for place in targets.counts}
    return counted | bulk.teams_of(session, scope, targets.rows)


def targets_of(session: Session, batch: ImportBatch) -> Targets:
    found = session.execute(select(ImportRow.target, ImportRow.value).where(ImportRow.batch_id == batch.id))
    return Targets.unpack(dict(found.all()))


def require_teams(scope: Scope, team_ids: Iterable[int]) -> None:
    """Reading in, and taking back, needs its permission in every team that the file tells of."""
    if not set(team_ids) <= scope.teams_with(Permission.IMPORT_ROWS):
        raise OutOfScope


def _forget(session: Session, batch_ids: list[str]) -> None:
    session.execute(delete(ImportRow).where(ImportRow.batch_id.in_(batch_ids)))


def _tell(session: Session, scope: Scope, event: Event, batch: ImportBatch, **months: str) -> None:
    number = count_class(batch.rows)
    words = {"kind": batch.kind, "batch": batch.id, "count_class": number, **months}
    audit.record(session, scope, event, team_id=None, **words)
