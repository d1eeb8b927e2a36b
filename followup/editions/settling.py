"""What a förbund has decided about its editions: who may read them, and how many must publish."""

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.errors import Refusal
from followup.organisation import queries as organisation


class DecisionMissing(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Fyll i diarienumret för beslutet att publicera utgåvorna som öppna data.", field="decision"
        )


def settle(*, session: Session, scope: Scope, open_data: bool, second_approval: bool, decision: str) -> None:
    """Raises DecisionMissing."""
    if open_data and not decision.strip():
        raise DecisionMissing
    association = organisation.association(session, scope)
    association.open_data, association.second_approval = open_data, second_approval
    association.open_data_decision = decision.strip() if open_data else ""
    audit.record(
        session,
        scope,
        Event.EDITIONS_SETTLED,
        open_data="på" if open_data else "av",
        approval="två personer" if second_approval else "en person",
        decision=association.open_data_decision,
    )
