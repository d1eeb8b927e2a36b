"""How far a förbund has come with a period: what is missing, or what its tables are made over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.months import queries as months
from followup.organisation import queries as organisation
from followup.organisation.models import Team, TeamKind
from followup.periods import Period, Year
from followup.reporting_groups import queries as reporting_groups
from followup.statistics.completeness import Missing, missing_months, works
from followup.statistics.material import Material, material_of


@dataclass(frozen=True)
class Standing:
    """`missing` and `before`: what the period and the one a year before lack.

    material   what its tables are made over; None until every month is complete
    """

    missing: Missing
    before: Missing
    material: Material | None


def standing(
    session: Session, scope: Scope, period: Period, groups: Sequence[Collection[int]] | None = None
) -> Standing:
    """With the teams of each of `groups` told as one; otherwise as the förbund has decided."""
    teams = teams_counted(session, scope)
    missing, before = lacking(session, scope, teams, period)
    if missing or not any(works(team, period) for team in teams):
        return Standing(missing, before, None)
    worked_before = somebody_worked(session, scope, period.previous)
    uncounted = frozenset({period.previous} if before or not worked_before else ())
    if groups is None:
        groups = reporting_groups.team_ids_told_together(session, scope)
    return Standing(missing, before, material_of(session, scope, period, teams, uncounted, groups))


def somebody_worked(session: Session, scope: Scope, period: Period) -> bool:
    return any(works(team, period) for team in teams_counted(session, scope))


def teams_counted(session: Session, scope: Scope) -> list[Team]:
    """The teams that have participants; an advisory team counts meetings."""
    teams = organisation.all_teams(session, scope)
    return [team for team in teams if team.kind == TeamKind.COORDINATION]


def lacking(session: Session, scope: Scope, teams: Sequence[Team], period: Period) -> tuple[Missing, Missing]:
    """What the period lacks, and what the one before lacks."""
    complete = months.complete_months(session, scope, [team.id for team in teams])
    return missing_months(teams, complete, period), missing_months(teams, complete, period.previous)


def years(session: Session, scope: Scope) -> range:
    """The years that may be asked for: from the first team's first month to now, the latest first."""
    return _years(teams_counted(session, scope))


def latest_complete_year(session: Session, scope: Scope) -> Year:
    """The latest year that every team has declared complete; if there is none, last year or the first one."""
    teams = teams_counted(session, scope)
    complete = months.complete_months(session, scope, [team.id for team in teams])
    known = _years(teams)
    whole = (year for year in map(Year, known) if not missing_months(teams, complete, year))
    return next(whole, Year(max(clock.today().year - 1, known[-1])))


def _years(teams: Sequence[Team]) -> range:
    this_year = clock.today().year
    # A team may be laid up before its first month, and its first year may be the next.
    first = min((this_year, *(team.opened.year for team in teams)))
    return range(this_year, first - 1, -1)
