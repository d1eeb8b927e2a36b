"""Declaring a month complete, opening it again, and what a complete month refuses."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access.roles import Permission
from followup.access.scope import Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.errors import Refusal
from followup.months import history, queries
from followup.months.models import MonthDeclaration
from followup.organisation import queries as organisation
from followup.organisation.models import Team
from followup.periods import Month
from followup.queues.keeping import forget, keep
from followup.web.formats import date_in_text

# The reason that the undo button gives; every förbund has it.
DECLARED_TOO_EARLY = "FOR"


class MonthIsComplete(Refusal):
    def __init__(self, scope: Scope, months: Iterable[Month]) -> None:
        first, *rest = sorted(months)
        self.first = first
        may = "Du kan" if scope.can(Permission.DECLARE_MONTH) else "Verksamhetsledaren kan"
        if not rest:
            super().__init__(
                f"Ändringen skulle ändra siffrorna för en månad som är klarmarkerad ({first.label}). "
                f"{may} öppna månaden igen på sidan Månader."
            )
            return
        super().__init__(
            "Ändringen skulle ändra siffrorna för månader som är klarmarkerade "
            f"({first.label} och {len(rest)} till). {may} öppna dem igen på sidan Månader: "
            f"välj {first.label} och öppna de senare samtidigt."
        )


class MonthNotEnded(Refusal):
    def __init__(self, month: Month) -> None:
        super().__init__(
            f"{month.label.capitalize()} är inte slut än. "
            f"Klarmarkera månaden tidigast den {date_in_text((month + 1).first_day)}."
        )


class TeamNotWorking(Refusal):
    def __init__(self, month: Month) -> None:
        super().__init__(f"Teamet var inte i gång i {month.label}. Välj en annan månad.")


class AlreadyComplete(Refusal):
    def __init__(self, month: Month) -> None:
        super().__init__(f"{month.label.capitalize()} är redan klarmarkerad.")


class NotComplete(Refusal):
    def __init__(self, month: Month) -> None:
        super().__init__(f"{month.label.capitalize()} är redan öppen.")


class UnknownReason(Refusal):
    def __init__(self) -> None:
        super().__init__("Välj varför månaden ska öppnas igen.", field="reason")


def declare_complete(*, session: Session, scope: Scope, team_id: int, month: Month) -> list[Month]:
    """Declare a month complete. Gives the earlier months that are still open."""
    _declare(session, _locked_team(session, scope, team_id), month)
    keep(session=session, scope=scope, team_id=team_id, months=[month])
    audit.record(session, scope, Event.MONTH_DECLARED, team_id=team_id, month=str(month))
    return queries.open_before(session, scope, team_id, month)


def declare_through(*, session: Session, scope: Scope, team_id: int, month: Month) -> list[Month]:
    """Declare a month and every earlier one that is still open, as one act; gives the months, in order."""
    team = _locked_team(session, scope, team_id)
    months = [*queries.open_before(session, scope, team_id, month), month]
    for each in months:
        _declare(session, team, each)
    keep(session=session, scope=scope, team_id=team_id, months=months)
    through = f"{months[0]}–{month}" if len(months) > 1 else str(month)
    audit.record(session, scope, Event.MONTH_DECLARED, team_id=team_id, month=through)
    return months


def _declare(session: Session, team: Team, month: Month) -> None:
    if not queries.asked_for(team, month, month):
        raise MonthNotEnded(month) if month > queries.last_ended_month() else TeamNotWorking(month)
    declared = _declaration(session, team, month)
    if declared is not None and declared.complete:
        raise AlreadyComplete(month)
    if declared is None:
        declared = MonthDeclaration(association_id=team.association_id, team_id=team.id, month=month)
        session.add(declared)
    declared.complete, declared.reopen_reason = True, None
    session.flush()


def reopen(
    *,
    session: Session,
    scope: Scope,
    team_id: int,
    month: Month,
    reason: str | None,
    with_later: bool = False,
) -> list[Month]:
    """Open a month, and every later complete one if asked to, as one act; gives the months, in order."""
    team = _locked_team(session, scope, team_id)
    if reason not in {code.code for code in organisation.codes(session, scope, "reopen_reason")}:
        raise UnknownReason
    months = [month, *(queries.complete_after(session, scope, team_id, month) if with_later else [])]
    for each in months:
        declared = _declaration(session, team, each)
        if declared is None or not declared.complete:
            raise NotComplete(each)
        declared.complete, declared.reopen_reason = False, reason
    session.flush()
    forget(session=session, scope=scope, team_id=team_id, months=months)
    audit.record(
        session, scope, Event.MONTH_REOPENED, team_id=team_id, month=history.spans(months), reason=reason
    )
    return months


def check_open(session: Session, scope: Scope, team_id: int, months: Iterable[Month]) -> None:
    """Refuse a change that moves a complete month; to be asked in the transaction of the change itself."""
    if closed := hold_complete_months(session, scope, team_id).intersection(months):
        raise MonthIsComplete(scope, closed)


def hold_complete_months(session: Session, scope: Scope, team_id: int) -> frozenset[Month]:
    """The team's complete months, held so that nobody declares another one before the commit."""
    session.execute(
        select(Team.id)
        .where(Team.association_id == scope.association_id, Team.id == team_id)
        .with_for_update(read=True)
    )
    return queries.complete_months(session, scope, [team_id])[team_id]


def _locked_team(session: Session, scope: Scope, team_id: int) -> Team:
    scope.require_team(team_id)
    return session.scalars(
        select(Team).where(Team.association_id == scope.association_id, Team.id == team_id).with_for_update()
    ).one()


def _declaration(session: Session, team: Team, month: Month) -> MonthDeclaration | None:
    return session.get(MonthDeclaration, (team.association_id, team.id, month), populate_existing=True)
