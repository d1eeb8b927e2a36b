"""Which first and last month a team can have: nothing that it has recorded may stand outside them."""

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.activities import queries as activities
from followup.errors import Refusal
from followup.months import queries as months
from followup.organisation.models import Team
from followup.participation import queries as participation
from followup.periods import Month, Year
from followup.screening import queries as screening
from followup.web.formats import sentence_start


class RecordedLater(Refusal):
    def __init__(self, reason: str) -> None:
        super().__init__(reason, field="closed")


class RecordedAlready(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Teamet har börjat registrera, och kan inte få en senare första månad. Månader då inget hände "
            "klarmarkeras tomma.",
            field="opened",
        )


def check_opening(session: Session, scope: Scope, team: Team, month: Month) -> None:
    """A first month that came out wrong can be moved; forwards only while the team is untouched."""
    if month > team.opened and _has_begun(session, scope, team):
        raise RecordedAlready


def _has_begun(session: Session, scope: Scope, team: Team) -> bool:
    return bool(
        months.complete_after(session, scope, team.id, team.opened - 1)
        or participation.is_anything(session, scope, team.id)
        or screening.filled_months(session, scope, [team.id])
        or any(
            team.id in activities.meetings_in(session, scope, Year(year))
            for year in activities.meeting_years(session, scope)
        )
    )


def check_closing(session: Session, scope: Scope, team: Team, opened: Month, month: Month) -> None:
    """Otherwise figures of later months would count the team in some tables, and not in others.

    Whoever closes a team sees no rows. Only its last declared month, or one that has not ended, can be
    chosen, and one answer covers all that may stand after it: trying month by month finds nothing out.
    """
    if month < opened:
        raise RecordedLater("Teamet kan inte stängas före sin första månad. Välj en senare månad.")
    if month == team.closed:
        return
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
