"""Making a plan, filling it, and letting it be decided; what is decided stands still."""

from dataclasses import fields
from datetime import date, timedelta

from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import OutOfScope, Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.errors import Refusal
from followup.organisation import queries as organisation
from followup.organisation.models import TeamKind
from followup.queue_plans import queries
from followup.queue_plans.baseline import baseline
from followup.queue_plans.commands import Decision, Measure
from followup.queue_plans.models import FollowUp, QueueMeasure, QueuePlan
from followup.queues.what_if import WEEKS_AHEAD
from followup.web.formats import date_in_text

MOST = 20


class PlanIsDecided(Refusal):
    def __init__(self) -> None:
        super().__init__("Planen är fastställd och ändras inte. Gör en ny version av planen.")


class NoQueue(Refusal):
    def __init__(self) -> None:
        super().__init__("Ett rådgivande team har ingen kö, och därför ingen plan för den.")


class DraftExists(Refusal):
    def __init__(self) -> None:
        super().__init__("Teamet har redan ett utkast. Fortsätt på det, eller ta bort det först.")


class TooMany(Refusal):
    def __init__(self, what: str) -> None:
        super().__init__(f"Planen har redan {MOST} {what}. Ta bort något först.")


class OutsideForecast(Refusal):
    def __init__(self, first: date, last: date) -> None:
        super().__init__(
            f"Uppföljningen måste ligga efter dagen då kön räknades och inom två år: välj en dag från "
            f"{date_in_text(first)} till {date_in_text(last)}.",
            field="day",
        )


class AlreadyThere(Refusal):
    def __init__(self) -> None:
        super().__init__("Planen har redan en uppföljning den dagen. Välj en annan dag.", field="day")


class NothingToDecide(Refusal):
    def __init__(self) -> None:
        super().__init__("En plan behöver minst en åtgärd och en dag för uppföljning innan den fastställs.")


class DecidedAhead(Refusal):
    def __init__(self) -> None:
        super().__init__("Beslutets datum ligger framåt i tiden. Rätta datumet.", field="decided_on")


def begin(*, session: Session, scope: Scope, team_id: int) -> QueuePlan:
    """A new version, counted from today; the measures of the latest decided plan come along."""
    team = organisation.own_team(session, scope, team_id)
    if team.kind == TeamKind.ADVISORY:
        raise NoQueue
    known = queries.plans(session, scope, team_id)
    if any(not plan.is_decided for plan in known):
        raise DraftExists
    plan = QueuePlan(
        association_id=scope.association_id,
        team_id=team_id,
        version=known[0].version + 1 if known else 1,
        measures=[_copy(scope, each) for each in known[0].measures] if known else [],
        **baseline(session, scope, team),
    )
    session.add(plan)
    _record(session, scope, plan)
    return plan


def count_anew(*, session: Session, scope: Scope, team_id: int, version: int) -> None:
    """Let a draft begin from today; what is no longer ahead of it falls away."""
    plan = draft(session, scope, team_id, version)
    for name, value in baseline(session, scope, organisation.own_team(session, scope, team_id)).items():
        setattr(plan, name, value)
    plan.follow_ups = [each for each in plan.follow_ups if each.day > plan.counted_on]
    _record(session, scope, plan)


def put_measure(
    *, session: Session, scope: Scope, team_id: int, version: int, measure: Measure, number: int | None = None
) -> None:
    """Add a measure to a draft, or change the one that has the number."""
    plan = draft(session, scope, team_id, version)
    said = {field.name: getattr(measure, field.name) for field in fields(measure)}
    if number is None:
        if len(plan.measures) >= MOST:
            raise TooMany("åtgärder")
        plan.measures.append(QueueMeasure(association_id=scope.association_id, **said))
    else:
        kept = queries.measure(plan, number)
        for name, value in said.items():
            setattr(kept, name, value)
    _record(session, scope, plan)


def take_measure_away(*, session: Session, scope: Scope, team_id: int, version: int, number: int) -> None:
    plan = draft(session, scope, team_id, version)
    plan.measures.remove(queries.measure(plan, number))
    _record(session, scope, plan)


def add_follow_up(*, session: Session, scope: Scope, team_id: int, version: int, day: date) -> None:
    plan = draft(session, scope, team_id, version)
    first, last = plan.counted_on + timedelta(days=1), plan.counted_on + timedelta(weeks=WEEKS_AHEAD)
    if not first <= day <= last:
        raise OutsideForecast(first, last)
    if day in {each.day for each in plan.follow_ups}:
        raise AlreadyThere
    if len(plan.follow_ups) >= MOST:
        raise TooMany("uppföljningar")
    plan.follow_ups.append(FollowUp(association_id=scope.association_id, day=day))
    _record(session, scope, plan)


def take_follow_up_away(*, session: Session, scope: Scope, team_id: int, version: int, day: date) -> None:
    plan = draft(session, scope, team_id, version)
    found = next((each for each in plan.follow_ups if each.day == day), None)
    if found is None:
        raise OutOfScope
    plan.follow_ups.remove(found)
    _record(session, scope, plan)


def decide(*, session: Session, scope: Scope, team_id: int, version: int, decision: Decision) -> None:
    """From here on the plan stands still."""
    plan = draft(session, scope, team_id, version)
    if not (plan.measures and plan.follow_ups):
        raise NothingToDecide
    if decision.day > clock.today():
        raise DecidedAhead
    plan.decision, plan.decided_on = decision.number, decision.day
    _record(session, scope, plan, Event.QUEUE_PLAN_DECIDED)


def take_away(*, session: Session, scope: Scope, team_id: int, version: int) -> None:
    """Only a draft can go."""
    plan = draft(session, scope, team_id, version)
    session.delete(plan)
    _record(session, scope, plan)


def draft(session: Session, scope: Scope, team_id: int, version: int) -> QueuePlan:
    """A plan that may still be changed."""
    plan = queries.plan(session, scope, team_id, version)
    # Held until the commit: what is being decided cannot be changed beside the decision.
    session.refresh(plan, with_for_update=True)
    if plan.is_decided:
        raise PlanIsDecided
    return plan


def _copy(scope: Scope, measure: QueueMeasure) -> QueueMeasure:
    said = {field.name: getattr(measure, field.name) for field in fields(Measure)}
    return QueueMeasure(association_id=scope.association_id, **said)


def _record(session: Session, scope: Scope, plan: QueuePlan, event: Event = Event.QUEUE_PLAN_CHANGED) -> None:
    session.flush()
    audit.record(session, scope, event, team_id=plan.team_id, version=str(plan.version))
