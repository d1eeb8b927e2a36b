"""Lists about the förbund, read and written as batches: activities, plans, surveys and earlier years."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.activities import service as activities
from followup.activities.commands import RecordActivity
from followup.imports import activity_rows, batches, entry_rows, plan_rows
from followup.imports.kinds import ACTIVITIES, HISTORY, PLAN, SURVEYS
from followup.imports.models import ImportBatch
from followup.imports.plan_rows import PlanRow
from followup.imports.results import Reading
from followup.imports.sheet import Line
from followup.imports.targets import Targets
from followup.imports.words import plain
from followup.plan import bulk
from followup.plan import queries as plan
from followup.plan.commands import EntryCommand


def read(kind: str, *, session: Session, scope: Scope, lines: Sequence[Line]) -> Reading[Any]:
    if kind == ACTIVITIES:
        return activity_rows.read_file(session, scope, lines)
    if kind == PLAN:
        return plan_rows.read_file(session, scope, lines)
    return entry_rows.read_file(kind, session, scope, lines)


def write(kind: str, *, session: Session, scope: Scope, rows: Sequence[Any]) -> ImportBatch:
    """Write rows that `read` accepted, as one batch. Raises Refusal when one cannot be any more."""
    made = WRITERS[kind](session, scope, rows)
    return batches.open_batch(session, scope, kind, Targets(made=made), len(rows))


def take_back(session: Session, scope: Scope, made: dict[str, str]) -> None:
    """Remove what a batch made; refused when somebody has changed any of it since."""
    order = ("activity", "goal", "survey", "history", "budget", "intervention")
    for name in sorted(made, key=lambda name: order.index(name.partition(":")[0])):
        what, *numbers = name.split(":")
        if what == "activity":
            activities.remove_activity(session=session, scope=scope, number=int(numbers[0]), stamp=made[name])
        else:
            bulk.remove(what, [int(each) for each in numbers], made[name], session=session, scope=scope)


def _write_activities(session: Session, scope: Scope, rows: Sequence[RecordActivity]) -> dict[str, str]:
    made = [activities.add_activity(session=session, scope=scope, command=row) for row in rows]
    return {f"activity:{each.id}": each.stamp for each in made}


def _write_entries(session: Session, scope: Scope, rows: Sequence[EntryCommand]) -> dict[str, str]:
    made: dict[str, str] = {}
    for row in rows:
        made |= bulk.make_entry(session=session, scope=scope, command=row)
    return made


def _write_plan(session: Session, scope: Scope, rows: Sequence[PlanRow]) -> dict[str, str]:
    numbers = {plain(each.name): each.id for each in plan.interventions(session, scope)}
    made: dict[str, str] = {}
    for row in rows:
        name = plain(row.intervention.name)
        if name not in numbers:
            numbers[name] = bulk.make_intervention(session=session, scope=scope, command=row.intervention)
            made[f"intervention:{numbers[name]}"] = ""
        if row.has_money:
            money = (row.amount, row.outcome, row.planned)
            made |= bulk.make_budget(
                session=session, scope=scope, intervention_id=numbers[name], year=row.year, money=money
            )
        if row.goal is not None:
            goal = plan_rows.of_intervention(row.goal, numbers[name])
            made |= bulk.make_entry(session=session, scope=scope, command=goal)
    return made


WRITERS: Mapping[str, Callable[[Session, Scope, Sequence[Any]], dict[str, str]]] = {
    ACTIVITIES: _write_activities,
    PLAN: _write_plan,
    SURVEYS: _write_entries,
    HISTORY: _write_entries,
}
