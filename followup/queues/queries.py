"""What a team's own queue pages read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import fmean

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.months import queries as months
from followup.organisation.models import Team
from followup.participation import caseload, waiting
from followup.periods import Month, Week, Year
from followup.queues import keeping
from followup.queues.capacity_plan import calendar, in_force, places
from followup.queues.models import QueueHistory, QueueSetting
from followup.queues.overview import MONTHS_BACK, Earlier, Overview
from followup.queues.pace import Pace, pace
from followup.queues.series import Step
from followup.queues.waits import FEWEST_FOR_PERCENTILE
from followup.queues.what_if import WEEKS_AHEAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload:
    """A team's places, who takes them, and the pace at which they are asked for."""

    setting: QueueSetting | None
    # Starts of each coming week against the present pace; empty when nothing changes.
    planned: tuple[float, ...]
    active: int
    # Mean weeks from start to exit; None while too few have ended.
    stay: int | None
    pace: Pace

    @property
    def places(self) -> float | None:
        return None if self.setting is None else places(self.setting)


def overview(session: Session, scope: Scope, team: Team, months_back: int | None = MONTHS_BACK) -> Overview:
    """A team's own queue over so many months, or since it opened; None goes back as far as it is known."""
    today = clock.today()
    this_month = Month.of(today)
    earlier = _earlier(session, scope, team.id)
    known = min([*map(Month.from_ordinal, earlier.lengths), team.opened, this_month])
    first = known if months_back is None else max(this_month - (months_back - 1), known)
    return Overview.of(
        waiting.queue_times(session, scope, team.id, first),
        first,
        today,
        kept=keeping.kept(session, scope, team.id, first),
        earlier=earlier,
    )


def _earlier(session: Session, scope: Scope, team_id: int) -> Earlier:
    typed = history(session, scope, team_id)
    if not typed:
        return Earlier()
    until = counted_from(session, scope, team_id) or Month.of(clock.today())
    lengths = {month.ordinal: number for month, number in typed.items() if month < until}
    return Earlier(lengths=lengths, until=until.ordinal) if lengths else Earlier()


def history(session: Session, scope: Scope, team_id: int) -> dict[Month, int]:
    """How many waited when a month ended, as typed in or imported, for months before the rows begin."""
    scope.require_team(team_id)
    found = session.execute(
        select(QueueHistory.month, QueueHistory.waiting)
        .where(QueueHistory.association_id == scope.association_id, QueueHistory.team_id == team_id)
        .order_by(QueueHistory.month)
    )
    return {row.month: row.waiting for row in found}


def to_fill_in(session: Session, scope: Scope, team_id: int, year: int) -> dict[Month, int | None]:
    """The months of a year whose length may be filled in, with what is known; none of a year to come."""
    known = history(session, scope, team_id)
    this_month = Month.of(clock.today())
    until = min(counted_from(session, scope, team_id) or this_month, this_month)
    return {month: known.get(month) for month in Year(year) if month < until}


def counted_from(session: Session, scope: Scope, team_id: int) -> Month | None:
    """The first month that the team's own rows tell of: the first complete one, or that of the first row."""
    complete = months.complete_months(session, scope, [team_id])[team_id]
    return min(complete) if complete else waiting.first_month(session, scope, team_id)


def mean_stay(
    session: Session,
    scope: Scope,
    team: Team,
    within: Collection[Month] | None = None,
    fewest: int = FEWEST_FOR_PERCENTILE,
) -> int | None:
    """Whole weeks, of those who ended in the last 24 months; None where they are fewer than `fewest`.

    `within` are the only months that count, where the answer leaves the team.
    """
    since = Month.of(clock.today()) - (MONTHS_BACK - 1)
    stays = caseload.stays(session, scope, team.id, since, within)
    return round(fmean(stays)) if len(stays) >= fewest else None


def settings(session: Session, scope: Scope, team_id: int) -> list[QueueSetting]:
    """What a team of one's own has said about its places and target, in order of time."""
    scope.require_team(team_id)
    found = session.scalars(
        select(QueueSetting)
        .where(QueueSetting.association_id == scope.association_id, QueueSetting.team_id == team_id)
        .order_by(QueueSetting.valid_from)
    )
    return list(found)


def caseload_of(session: Session, scope: Scope, team: Team, weeks: Sequence[Step]) -> Caseload:
    """How the team is manned now, against the pace of the weeks given."""
    today = clock.today()
    said = settings(session, scope, team.id)
    return Caseload(
        setting=in_force(said, Month.of(today)),
        planned=calendar(said, Week.of(today), WEEKS_AHEAD),
        active=caseload.active_now(session, scope, team.id),
        stay=mean_stay(session, scope, team),
        pace=pace(weeks, today),
    )
