"""What a förbund has decided about its editions: who may read them, and how many must publish."""

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.errors import Refusal
from followup.organisation import queries as organisation


class DecisionMissing(Refusal):
    def __init__(self, what: str) -> None:
        super().__init__(f"Fyll i diarienumret för beslutet att {what}.", field="decision")


def settle(*, session: Session, scope: Scope, open_data: bool, second_approval: bool, decision: str) -> None:
    """Raises DecisionMissing: nobody takes the second person behind an edition away without a new one."""
    association = organisation.association(session, scope)
    known = association.open_data_decision
    ends_second = association.second_approval and not second_approval
    if open_data and not decision:
        raise DecisionMissing("publicera utgåvorna som öppna data")
    if ends_second and decision in ("", known):
        raise DecisionMissing("en person räcker bakom en utgåva")
    association.open_data, association.second_approval = open_data, second_approval
    association.open_data_decision = (known if ends_second and known else decision) if open_data else ""
    audit.record(
        session,
        scope,
        Event.EDITIONS_SETTLED,
        open_data="på" if open_data else "av",
        approval="två personer" if second_approval else "en person",
        decision=decision,
    )
