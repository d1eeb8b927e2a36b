"""Reading activities and meetings."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, extract, func, select
from sqlalchemy.orm import Session

from followup.access.roles import Permission
from followup.access.scope import OutOfScope, Scope
from followup.activities.models import Activity, MeetingCount
from followup.organisation import queries as organisation
from followup.organisation.models import Team, TeamKind
from followup.periods import Month, Period


def activities(
    session: Session,
    scope: Scope,
    *,
    year: int | None = None,
    voided: bool = False,
    offset: int = 0,
    limit: int | None = None,
) -> Sequence[Activity]:
    """The latest first."""
    query = _chosen(select(Activity), scope, year, voided).order_by(Activity.day.desc(), Activity.id.desc())
    return session.scalars(query.offset(offset).limit(limit)).all()


def count(session: Session, scope: Scope, *, year: int | None = None, voided: bool = False) -> int:
    return session.scalar(_chosen(select(func.count(Activity.id)), scope, year, voided)) or 0


def activity(session: Session, scope: Scope, number: int) -> Activity:
    found = session.get(Activity, number)
    if found is None or found.association_id != scope.association_id:
        raise OutOfScope
    return found


def held_activity(session: Session, scope: Scope, number: int) -> Activity:
    """The activity as it is now, held until the commit."""
    found = session.scalars(
        select(Activity)
        .where(Activity.association_id == scope.association_id, Activity.id == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise OutOfScope
    return found


def years(session: Session, scope: Scope) -> list[int]:
    """Years with anything in them."""
    day = extract("year", Activity.day)
    found = session.scalars(select(day).where(Activity.association_id == scope.association_id).distinct())
    return sorted({int(year) for year in found})


def in_period(session: Session, scope: Scope, period: Period) -> list[Activity]:
    """Every activity that counts, the earliest first."""
    found = session.scalars(
        _chosen(select(Activity), scope, None, False)
        .where(Activity.day >= period.first.first_day, Activity.day < (period.last + 1).first_day)
        .order_by(Activity.day, Activity.id)
    )
    return list(found)


def advisory_teams(session: Session, scope: Scope) -> list[Team]:
    return [team for team in organisation.all_teams(session, scope) if team.kind == TeamKind.ADVISORY]


def advisory_team(session: Session, scope: Scope, team_id: int) -> Team:
    """A team whose meetings this person may count; OutOfScope for every other."""
    team = organisation.team(session, scope, team_id)
    own = team_id in scope.teams_with(Permission.COUNT_MEETINGS)
    if team.kind != TeamKind.ADVISORY or not (own or scope.can(Permission.KEEP_PLAN)):
        raise OutOfScope
    return team


def meetings(session: Session, scope: Scope, team_id: int, year: int) -> dict[Month, int]:
    """What an advisory team has counted in a year, by month."""
    return {month: number for _, month, number in _counted(session, scope, team_id, year)}


def meetings_in(session: Session, scope: Scope, period: Period) -> Mapping[int, int]:
    """Meetings of each advisory team that has counted any month of the period."""
    found = session.execute(
        select(MeetingCount.team_id, func.sum(MeetingCount.count))
        .where(
            MeetingCount.association_id == scope.association_id,
            MeetingCount.month >= period.first,
            MeetingCount.month <= period.last,
        )
        .group_by(MeetingCount.team_id)
    )
    return {team_id: int(number) for team_id, number in found}


def meeting_years(session: Session, scope: Scope) -> list[int]:
    found = session.scalars(
        select(MeetingCount.month).where(MeetingCount.association_id == scope.association_id).distinct()
    )
    return sorted({month.year for month in found})


def _counted(session: Session, scope: Scope, team_id: int, year: int) -> list[Any]:
    return list(
        session.execute(
            select(MeetingCount.team_id, MeetingCount.month, MeetingCount.count)
            .where(
                MeetingCount.association_id == scope.association_id,
                MeetingCount.team_id == team_id,
                MeetingCount.month >= Month(year, 1),
                MeetingCount.month <= Month(year, 12),
            )
            .order_by(MeetingCount.month)
        )
    )


def _chosen(query: Select[Any], scope: Scope, year: int | None, voided: bool) -> Select[Any]:
    query = query.where(Activity.association_id == scope.association_id, Activity.voided == voided)
    if year is not None:
        first, after = Month(year, 1).first_day, Month(year + 1, 1).first_day
        query = query.where(Activity.day >= first, Activity.day < after)
    return query
