"""When a team can have its last month: not before what it has recorded."""

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.errors import Refusal
from followup.months import queries as months
from followup.organisation.models import Team
from followup.participation import queries as participation
from followup.periods import Month
from followup.web.formats import sentence_start


class RecordedLater(Refusal):
    def __init__(self, reason: str) -> None:
        super().__init__(reason, field="closed")


def check_closing(session: Session, scope: Scope, team: Team, month: Month) -> None:
    """Otherwise figures of later months would count the team in some tables, and not in others.

    Whoever closes a team sees no rows. Only its last declared month, or one that has not ended, can be
    chosen, and one answer covers all that may stand after it: trying month by month finds nothing out.
    """
    if month < team.opened:
        raise RecordedLater("Teamet kan inte stängas före sin första månad. Välj en senare månad.")
    declared = months.complete_after(session, scope, team.id, month)
    if declared:
        last = declared[-1].label
        raise RecordedLater(
            f"{sentence_start(last)} är klarmarkerad för teamet. Välj den eller en senare månad."
        )
    if month > months.last_ended_month():
        return
    if not months.is_complete(session, scope, team.id, month):
        raise RecordedLater(
            f"{sentence_start(month.label)} är inte klarmarkerad för teamet. Välj den sista månaden som är "
            "det, eller en månad som inte har gått."
        )
    if participation.is_anything_after(session, scope, team.id, month):
        raise RecordedLater(
            "Teamet har deltagare som pågår eller står i kö, eller händelser efter den månaden. Välj en "
            "månad som inte har gått."
        )
