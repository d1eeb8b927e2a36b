"""Deciding which teams are told together, and taking that back. Published editions stay as they are."""

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from followup.access.scope import OutOfScope, Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.errors import Refusal
from followup.organisation import queries as organisation
from followup.organisation.models import Association, Team, TeamKind
from followup.reporting_groups import queries
from followup.reporting_groups.models import GroupedTeam
from followup.reporting_groups.queries import ReportingGroup
from followup.web.formats import enumeration


class TooFew(Refusal):
    def __init__(self) -> None:
        super().__init__("Välj minst två team. En grupp är team som redovisas tillsammans.", field="teams")


class CountsMeetingsOnly(Refusal):
    def __init__(self, team: Team) -> None:
        super().__init__(
            f"{team.name} är ett rådgivande team utan deltagare och kan inte ingå i en grupp. Ta bort det.",
            field="teams",
        )


class InAnotherGroup(Refusal):
    """A group may be widened, and not cut up unseen."""

    def __init__(self, teams: Collection[Team], group: ReportingGroup) -> None:
        super().__init__(
            f"{enumeration(team.name for team in teams)} ingår redan i gruppen {group.name}. "
            "Välj alla team i den gruppen, eller ta bort den först.",
            field="teams",
        )


class AlreadyDecided(Refusal):
    def __init__(self, group: ReportingGroup) -> None:
        super().__init__(f"{group.name} redovisas redan tillsammans. Välj andra team.", field="teams")


def decide(*, session: Session, scope: Scope, team_ids: Collection[int]) -> ReportingGroup:
    """Tell teams together; a group whose teams are all among them is widened.

    Raises TooFew, CountsMeetingsOnly, InAnotherGroup, AlreadyDecided and, for a team of others, OutOfScope.
    """
    _one_at_a_time(session, scope)
    teams = [organisation.team(session, scope, number) for number in sorted(set(team_ids))]
    known = queries.groups(session, scope)
    _check(teams, known)
    _forget(session, scope, [team.id for team in teams])
    number = max((group.number for group in known), default=0) + 1
    session.add_all(
        GroupedTeam(association_id=scope.association_id, team_id=team.id, number=number) for team in teams
    )
    session.flush()
    made = _group(session, scope, number)
    audit.record(session, scope, Event.TEAMS_GROUPED, teams=_numbers(made))
    return made


def dissolve(*, session: Session, scope: Scope, number: int) -> ReportingGroup:
    """Tell the teams of a group one by one again. Raises OutOfScope when there is no such group."""
    _one_at_a_time(session, scope)
    group = _group(session, scope, number)
    _forget(session, scope, group.team_ids)
    audit.record(session, scope, Event.GROUP_DISSOLVED, teams=_numbers(group))
    return group


def _check(teams: Collection[Team], known: Collection[ReportingGroup]) -> None:
    if len(teams) < 2:
        raise TooFew
    for team in teams:
        if team.kind != TeamKind.COORDINATION:
            raise CountsMeetingsOnly(team)
    chosen = {team.id for team in teams}
    for group in known:
        if group.team_ids == chosen:
            raise AlreadyDecided(group)
        if (taken := group.team_ids & chosen) and not group.team_ids <= chosen:
            raise InAnotherGroup([team for team in group.teams if team.id in taken], group)


def _one_at_a_time(session: Session, scope: Scope) -> None:
    session.execute(select(Association.id).where(Association.id == scope.association_id).with_for_update())


def _forget(session: Session, scope: Scope, team_ids: Collection[int]) -> None:
    session.execute(
        delete(GroupedTeam).where(
            GroupedTeam.association_id == scope.association_id, GroupedTeam.team_id.in_(team_ids)
        )
    )


def _group(session: Session, scope: Scope, number: int) -> ReportingGroup:
    for group in queries.groups(session, scope):
        if group.number == number:
            return group
    raise OutOfScope


def _numbers(group: ReportingGroup) -> str:
    return " ".join(str(team.id) for team in group.teams)
