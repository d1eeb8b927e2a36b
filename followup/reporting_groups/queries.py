"""Which teams are told together."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.organisation import queries as organisation
from followup.organisation.models import Team
from followup.reporting_groups.models import GroupedTeam
from followup.web.formats import enumeration


@dataclass(frozen=True)
class ReportingGroup:
    """A group and its teams in alphabetical order."""

    number: int
    teams: Sequence[Team]

    @property
    def name(self) -> str:
        """ "Hallstahammar och Surahammar"."""
        return enumeration(team.name for team in self.teams)

    @property
    def team_ids(self) -> frozenset[int]:
        return frozenset(team.id for team in self.teams)


def groups(session: Session, scope: Scope) -> list[ReportingGroup]:
    """The groups of the förbund, in the order of their first teams."""
    own = select(GroupedTeam).where(GroupedTeam.association_id == scope.association_id)
    number_of = {row.team_id: row.number for row in session.scalars(own)}
    found: dict[int, list[Team]] = {}
    for team in organisation.all_teams(session, scope) if number_of else ():
        if team.id in number_of:
            found.setdefault(number_of[team.id], []).append(team)
    return [ReportingGroup(number, teams) for number, teams in found.items()]


def team_ids_told_together(session: Session, scope: Scope) -> list[frozenset[int]]:
    """The groups as their teams' numbers alone."""
    return [group.team_ids for group in groups(session, scope)]
