"""Reading the förbund, its teams and its code lists."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access.scope import OutOfScope, Scope
from followup.collation import by_name
from followup.organisation.models import (
    AgeRange,
    Association,
    Code,
    Municipality,
    Team,
    TeamKind,
    TeamMunicipality,
)
from followup.periods import Month
from followup.weeks import LAST_YEAR


def association(session: Session, scope: Scope) -> Association:
    return session.get_one(Association, scope.association_id)


def associations(session: Session) -> list[Association]:
    """Every förbund of the installation."""
    return list(session.scalars(select(Association).order_by(Association.id)))


def all_teams(session: Session, scope: Scope) -> list[Team]:
    """Every team of the förbund, in Swedish alphabetical order."""
    teams = session.scalars(select(Team).where(Team.association_id == scope.association_id))
    return sorted(teams, key=lambda team: by_name(team.name))


def first_registered_year(session: Session, scope: Scope) -> int:
    """The first that the register has from its January, or may have yet: months are declared in any order."""
    opened = (team.opened for team in all_teams(session, scope) if team.kind == TeamKind.COORDINATION)
    first = min(opened, default=None)
    return LAST_YEAR if first is None else first.year + (first > Month(first.year, 1))


def own_teams(session: Session, scope: Scope) -> list[Team]:
    if not scope.team_ids:
        return []
    return [team for team in all_teams(session, scope) if team.id in scope.team_ids]


def own_team(session: Session, scope: Scope, team_id: int) -> Team:
    scope.require_team(team_id)
    return session.scalars(
        select(Team).where(Team.association_id == scope.association_id, Team.id == team_id)
    ).one()


def team(session: Session, scope: Scope, number: int) -> Team:
    """Any team of the förbund, for those who look after all of them."""
    found = session.get(Team, number)
    if found is None or found.association_id != scope.association_id:
        raise OutOfScope
    return found


def municipalities(session: Session, scope: Scope, team_id: int) -> list[Municipality]:
    """The municipalities a team covers; a row names one only when there are several."""
    found = session.scalars(
        select(Municipality)
        .join(
            TeamMunicipality,
            (TeamMunicipality.association_id == Municipality.association_id)
            & (TeamMunicipality.municipality == Municipality.code),
        )
        .where(Municipality.association_id == scope.association_id, TeamMunicipality.team_id == team_id)
    )
    return sorted(found, key=lambda municipality: by_name(municipality.name))


def codes(session: Session, scope: Scope, list_name: str, *, in_use: Month | None = None) -> list[Code]:
    """A code list in its own order; with `in_use`, only what may be chosen that month."""
    found = session.scalars(
        select(Code)
        .where(Code.association_id == scope.association_id, Code.list_name == list_name)
        .order_by(Code.position)
    ).all()
    if in_use is None:
        return list(found)
    return [
        code
        for code in found
        if (code.active_from is None or code.active_from <= in_use)
        and (code.active_to is None or in_use <= code.active_to)
    ]


def code_lists(session: Session, scope: Scope, list_names: Iterable[str]) -> dict[str, list[Code]]:
    """Several code lists at once, retired codes included."""
    lists: dict[str, list[Code]] = {name: [] for name in list_names}
    found = session.scalars(
        select(Code)
        .where(Code.association_id == scope.association_id, Code.list_name.in_(list(lists)))
        .order_by(Code.position)
    )
    for code in found:
        lists[code.list_name].append(code)
    return lists


def labels(session: Session, scope: Scope, list_names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Swedish labels by list and code, retired codes included."""
    lists = code_lists(session, scope, list_names)
    return {name: {code.code: code.label_sv for code in found} for name, found in lists.items()}


def age_range(session: Session, scope: Scope, year: int) -> AgeRange:
    """The ages that are let in during a year; before the first known year, the first one."""
    ranges = session.scalars(
        select(AgeRange).where(AgeRange.association_id == scope.association_id).order_by(AgeRange.from_year)
    ).all()
    return [found for found in ranges if found.from_year <= year or found is ranges[0]][-1]
