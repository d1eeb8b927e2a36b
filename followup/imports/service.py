"""Writing what a file says as one batch that can be undone."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.imports import association_lists, batches, declaring
from followup.imports.coverage import Coverage, cover_participations
from followup.imports.kinds import EVERY, OF_ASSOCIATION
from followup.imports.models import ImportBatch
from followup.imports.participation_rows import KIND as PARTICIPATIONS
from followup.imports.reading import NothingToImport, check_new
from followup.imports.screening_rows import KIND as SCREENING
from followup.imports.screening_rows import ScreeningRow
from followup.imports.targets import Targets
from followup.organisation.service import open_earlier, open_later
from followup.participation import bulk
from followup.participation.bulk import WholeRow
from followup.participation.reach import reach
from followup.periods import Month
from followup.screening import queries as screening_queries
from followup.screening import service as screening


@dataclass
class Imported:
    batch: ImportBatch
    # Months that became complete with the import, by team.
    declared: dict[int, list[Month]] = field(default_factory=dict)
    # The list tells of earlier months too, but not of everybody in them.
    is_partial: bool = False


def import_participations(
    *,
    session: Session,
    scope: Scope,
    rows: Sequence[WholeRow],
    declare: bool = False,
    complete_from: Month | None = None,
) -> Imported:
    """Write rows that `reading` accepted. `declare` makes the months that the list covers complete."""
    _prepare(session, scope, [row.team_id for row in rows])
    check_new(bulk.count_known(session, scope, rows), rows)
    first: dict[int, Month] = {}
    for row in rows:
        begun = reach(None, row.state).first
        first[row.team_id] = min(first.get(row.team_id, begun), begun)
    targets = Targets(opened=_open_teams(session, scope, first))
    targets.rows = bulk.insert_rows(session=session, scope=scope, rows=rows)
    cover = cover_participations(rows)
    if declare:
        cover = cover._replace(first=complete_from or cover.first)
        targets.declared = declaring.declare_covered(session, scope, first, cover)
    batch = batches.open_batch(session, scope, PARTICIPATIONS, targets, len(rows))
    return Imported(batch, targets.declared, declare and min(first.values()) < cover.first)


def import_screening(
    *, session: Session, scope: Scope, rows: Sequence[ScreeningRow], declare: bool = False
) -> Imported:
    """Add the sums that `reading` accepted to the counters.

    Counts often come after the list of participants. So with `declare` a month that is complete already is
    opened for them, as late registration, and declared again.
    """
    _prepare(session, scope, [row.place.team_id for row in rows])
    months: dict[int, set[Month]] = defaultdict(set)
    for row in rows:
        months[row.place.team_id].add(row.place.month)
    targets = Targets(
        opened=_open_teams(session, scope, {team: min(found) for team, found in months.items()})
    )
    if declare:
        targets.renewed = declaring.reopen(session, scope, months, declaring.LATE)
    for row in rows:
        screening.add_sums(session=session, scope=scope, place=row.place, counts=row.counts)
    targets.counts = {row.place: row.counts for row in rows}
    if declare:
        declaring.declare_again(session, scope, targets.renewed)
        every = set().union(*months.values())
        cover = Coverage(min(every), max(every))
        targets.declared = declaring.declare_covered(session, scope, months, cover)
    batch = batches.open_batch(session, scope, SCREENING, targets, len(rows))
    return Imported(batch, targets.declared)


def import_rows(
    kind: str,
    *,
    session: Session,
    scope: Scope,
    rows: Sequence[Any],
    declare: bool = False,
    complete_from: Month | None = None,
) -> Imported:
    """Any kind of row that `reading` accepted."""
    if kind in OF_ASSOCIATION:
        if not rows:
            raise NothingToImport
        return Imported(association_lists.write(kind, session=session, scope=scope, rows=rows))
    if kind == PARTICIPATIONS:
        return import_participations(
            session=session, scope=scope, rows=rows, declare=declare, complete_from=complete_from
        )
    return import_screening(session=session, scope=scope, rows=rows, declare=declare)


def undo_batch(
    *, session: Session, scope: Scope, batch_id: str, kinds: Collection[str] = EVERY
) -> ImportBatch:
    """Take everything back that came with the batch, months and all, unless somebody has changed it since.

    `kinds` are those that this person may undo.

    The months it declared are opened first, as a correction. A month that somebody else has declared stays
    complete, and refuses.
    """
    batch = batches.open_one(session, scope, batch_id, kinds)
    targets = batches.targets_of(session, batch)
    association_lists.take_back(session, scope, targets.made)
    batches.require_teams(scope, batches.teams_of(session, scope, targets))
    opened = declaring.reopen(session, scope, targets.declared, declaring.CORRECTION)
    renewed = declaring.reopen(session, scope, targets.renewed, declaring.CORRECTION)
    bulk.remove_rows(session=session, scope=scope, stamps=targets.rows)
    for place, counts in targets.counts.items():
        screening.take_back_sums(session=session, scope=scope, place=place, counts=counts)
    declaring.declare_again(session, scope, renewed)
    _open_teams_later(session, scope, targets.opened)
    batches.close_undone(session, scope, batch, opened)
    return batch


def settle_batch(*, session: Session, scope: Scope, batch_id: str) -> ImportBatch:
    """Give up the way back: forget which rows came with the batch."""
    batch = batches.open_one(session, scope, batch_id, EVERY)
    batches.settle(session, [batch.id])
    audit.record(session, scope, Event.IMPORT_SETTLED, team_id=None, kind=batch.kind, batch=batch.id)
    return batch


def _prepare(session: Session, scope: Scope, team_ids: Sequence[int]) -> None:
    if not team_ids:
        raise NothingToImport
    batches.require_teams(scope, team_ids)


def _open_teams(session: Session, scope: Scope, first: Mapping[int, Month]) -> dict[int, Month]:
    """Let the teams begin where their rows do; gives where they began before."""
    moved = {}
    for team_id, month in first.items():
        before = open_earlier(
            session=session, association_id=scope.association_id, team_id=team_id, month=month
        )
        if before is not None:
            moved[team_id] = before
    return moved


def _open_teams_later(session: Session, scope: Scope, opened: Mapping[int, Month]) -> None:
    """Back to where the teams began, or to the first month that has something in it by now."""
    for team_id, before in opened.items():
        months = {month for _, month, _, _ in screening_queries.filled_months(session, scope, [team_id])}
        months |= {before, bulk.first_month(session, scope, team_id) or before}
        open_later(session=session, association_id=scope.association_id, team_id=team_id, month=min(months))
