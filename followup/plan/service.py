"""Writing interventions, their money and what pays for it."""

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import OutOfScope, Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.db.entry import fingerprint
from followup.errors import Refusal, StaleRow
from followup.organisation import queries as organisation
from followup.plan import queries
from followup.plan.commands import SetBudget, SetFinancing, SetIntervention
from followup.plan.models import Budget, Financing, Intervention
from followup.plan.years import EARLIEST, YEARS_AHEAD


class NameTaken(Refusal):
    def __init__(self) -> None:
        super().__init__("Det finns redan en insats med det namnet. Skriv ett annat.", field="name")


class YearOutOfReach(Refusal):
    def __init__(self) -> None:
        super().__init__(f"År: skriv ett år från {EARLIEST} till några år framåt.", field="year")


def add_intervention(*, session: Session, scope: Scope, command: SetIntervention) -> Intervention:
    found = make_intervention(session=session, scope=scope, command=command)
    record(session, scope, "intervention", "add", found.id)
    return found


def make_intervention(*, session: Session, scope: Scope, command: SetIntervention) -> Intervention:
    """As `add_intervention`; whoever adds many of them writes the event."""
    _check_intervention(session, scope, command)
    found = Intervention(
        association_id=scope.association_id, name=command.name, kind=command.kind, team_id=command.team_id
    )
    session.add(found)
    session.flush()
    return found


def change_intervention(
    *, session: Session, scope: Scope, number: int, command: SetIntervention
) -> Intervention:
    found = queries.intervention(session, scope, number)
    _check_intervention(session, scope, command, but=found)
    found.name, found.kind, found.team_id = command.name, command.kind, command.team_id
    session.flush()
    record(session, scope, "intervention", "correct", found.id)
    return found


def set_budget(*, session: Session, scope: Scope, command: SetBudget) -> None:
    queries.intervention(session, scope, command.intervention_id)
    if seen_budget(held_budget(session, scope, command.intervention_id, command.year)) != command.seen:
        raise StaleRow
    write_budget(session=session, scope=scope, command=command)
    record(session, scope, "budget", "correct", command.intervention_id)


def write_budget(*, session: Session, scope: Scope, command: SetBudget) -> None:
    """As `set_budget`, whatever was there before; whoever writes many of them writes the event."""
    check_year(command.year)
    found = held_budget(session, scope, command.intervention_id, command.year)
    said = (command.amount, command.outcome, command.planned)
    if found is None and said != (None, None, None):
        found = Budget(
            association_id=scope.association_id, intervention_id=command.intervention_id, year=command.year
        )
        session.add(found)
    if found is not None:
        found.amount, found.outcome, found.planned = said
        if said == (None, None, None):
            session.delete(found)
    session.flush()


def set_financing(*, session: Session, scope: Scope, command: SetFinancing) -> None:
    """Replace what each source gave in a year."""
    check_year(command.year)
    known = {code.code for code in organisation.codes(session, scope, "financing_source")}
    if not set(command.amounts) <= known:
        raise OutOfScope
    if seen_financing(queries.financing(session, scope, command.year)) != command.seen:
        raise StaleRow
    session.execute(
        delete(Financing).where(
            Financing.association_id == scope.association_id, Financing.year == command.year
        )
    )
    session.add_all(
        Financing(association_id=scope.association_id, year=command.year, source=source, amount=amount)
        for source, amount in command.amounts.items()
    )
    session.flush()
    record(session, scope, "financing", "correct", command.year)


def seen_budget(budget: Budget | None) -> str:
    """What a page about an intervention's year carries, so that a change by somebody else is noticed."""
    return fingerprint(*((budget.amount, budget.outcome, budget.planned) if budget else ()))


def seen_financing(amounts: Mapping[str, int]) -> str:
    return fingerprint(sorted(amounts.items()))


def held_budget(session: Session, scope: Scope, intervention_id: int, year: int) -> Budget | None:
    return session.scalars(
        select(Budget)
        .where(
            Budget.association_id == scope.association_id,
            Budget.intervention_id == intervention_id,
            Budget.year == year,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def check_year(year: int) -> None:
    if not EARLIEST <= year <= clock.today().year + YEARS_AHEAD:
        raise YearOutOfReach


def record(session: Session, scope: Scope, part: str, act: str, number: int) -> None:
    audit.record(session, scope, Event.PLAN_CHANGED, part=part, act=act, number=str(number))


def _check_intervention(
    session: Session, scope: Scope, command: SetIntervention, *, but: Intervention | None = None
) -> None:
    if command.team_id is not None:
        organisation.team(session, scope, command.team_id)
    names = [each.name for each in queries.interventions(session, scope) if each is not but]
    if command.name.casefold() in {name.casefold() for name in names}:
        raise NameTaken
