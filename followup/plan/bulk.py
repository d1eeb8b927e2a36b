"""Many entries at once from a list, and the way back. Whoever calls writes the event."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.errors import Refusal
from followup.plan import entries, queries, service
from followup.plan.commands import EntryCommand, SetBudget, SetIntervention
from followup.plan.models import SurveyFigure
from followup.plan.told_surveys import told_of

Money = tuple[int | None, int | None, int | None]
# As much of a fingerprint as is kept about an import.
MARK = 12
ENTRIES = {part.name: part.model for part in entries.PARTS.values()}


class ChangedSince(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Någon har ändrat det som lästes in. Ingenting har tagits bort. Rätta eller makulera för hand."
        )


class ToldSince(Refusal):
    def __init__(self, edition: str) -> None:
        super().__init__(
            f"Utgåva {edition} berättar om ett enkätvärde som lästes in, och det måste finnas kvar att "
            "jämföra med. Ingenting har tagits bort. Makulera värdena för hand."
        )


class MoneyThere(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "En insats har fått budget eller utfall för samma år sedan filen prövades. Ingenting har "
            "sparats. Välj filen igen."
        )


def make_intervention(*, session: Session, scope: Scope, command: SetIntervention) -> int:
    return service.make_intervention(session=session, scope=scope, command=command).id


def make_budget(
    *, session: Session, scope: Scope, intervention_id: int, year: int, money: Money
) -> dict[str, str]:
    """What was made, by name, with the mark that tells whether it has been changed."""
    if service.held_budget(session, scope, intervention_id, year) is not None:
        raise MoneyThere
    amount, outcome, planned = money
    service.write_budget(
        session=session,
        scope=scope,
        command=SetBudget(
            intervention_id=intervention_id, year=year, amount=amount, outcome=outcome, planned=planned
        ),
    )
    held = service.held_budget(session, scope, intervention_id, year)
    return {f"budget:{intervention_id}:{year}": service.seen_budget(held)[:MARK]}


def make_entry(*, session: Session, scope: Scope, command: EntryCommand) -> dict[str, str]:
    """A goal, a survey figure or a figure of an earlier year."""
    entry = entries.make(session=session, scope=scope, command=command)
    return {f"{entries.PARTS[type(command)].name}:{entry.id}": entry.stamp}


def remove(what: str, numbers: Sequence[int], mark: str, *, session: Session, scope: Scope) -> None:
    """Take away what one of the functions above made. Raises ChangedSince, ToldSince."""
    if what in ENTRIES:
        entry = queries.held_entry(session, scope, ENTRIES[what], numbers[0])
        if entry.stamp != mark:
            raise ChangedSince
        told = told_of(session, scope, entry) if isinstance(entry, SurveyFigure) else None
        if told:
            raise ToldSince(told.edition)
        session.delete(entry)
        session.flush()
    elif what == "budget":
        held = service.held_budget(session, scope, *numbers)
        if held is None or service.seen_budget(held)[:MARK] != mark:
            raise ChangedSince
        session.delete(held)
        session.flush()
    else:
        _remove_unused(session, scope, numbers[0])


def _remove_unused(session: Session, scope: Scope, number: int) -> None:
    """An intervention that something else has been written about stays."""
    try:
        with session.begin_nested():
            session.delete(queries.intervention(session, scope, number))
    except IntegrityError:
        return
