"""Every team's queue as others may see it: how many wait now, and bare counts of complete months.

Nothing here tells how long anybody has waited, and nothing is split by anything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.months import queries as months
from followup.organisation import queries as organisation
from followup.organisation.models import Team, TeamKind
from followup.participation import waiting
from followup.periods import Month, Week
from followup.queues import keeping
from followup.queues.capacity_plan import calendar
from followup.queues.intensity import Intensity
from followup.queues.models import QueueSetting, QueueStep
from followup.queues.pace import Pace
from followup.queues.passages import Passage
from followup.queues.series import Step, series

MONTHS_SHOWN = 24
MONTHS_COUNTED = 12
DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamQueue:
    """A team's queue length now, and its latest complete months without a gap, at most 24."""

    team: Team
    waiting: int
    steps: Sequence[Step] = ()

    @property
    def month(self) -> Month | None:
        """The latest complete month."""
        return Month.from_ordinal(self.steps[-1].time) if self.steps else None

    @property
    def waited(self) -> int | None:
        return self.steps[-1].length if self.steps else None

    @property
    def change(self) -> int | None:
        return None if self.waited is None else self.waiting - self.waited

    @property
    def a_year_before(self) -> int | None:
        """The length twelve months before the end of the latest complete month."""
        return self.steps[-MONTHS_COUNTED - 1].length if len(self.steps) > MONTHS_COUNTED else None

    @property
    def gap(self) -> Month | None:
        """The month that is not complete, so that nothing before it is counted; None with a year or more."""
        if not 0 < len(self.steps) <= MONTHS_COUNTED:
            return None
        before = Month.from_ordinal(self.steps[0].time) - 1
        return before if before >= self.team.opened else None

    @property
    def year(self) -> Sequence[Step]:
        """At most twelve months, the latest complete one last."""
        return self.steps[-MONTHS_COUNTED:]

    @property
    def pace(self) -> Pace | None:
        """Joined and started a week in these months, with today's queue; None without a complete month."""
        if not self.year:
            return None
        first, last = (Month.from_ordinal(self.year[place].time) for place in (0, -1))
        exposure = ((last.last_day - first.first_day).days + 1) / DAYS_IN_WEEK
        counts = zip(*((step.joined, step.started, step.left) for step in self.year), strict=True)
        return Pace(self.waiting, *(Intensity(sum(each), exposure) for each in counts))


def all_queues(session: Session, scope: Scope) -> list[TeamQueue]:
    """Every team that has a queue and is open, in alphabetical order."""
    this_month = Month.of(clock.today())
    teams = [
        team
        for team in organisation.all_teams(session, scope)
        if team.kind == TeamKind.COORDINATION and (team.closed is None or team.closed >= this_month)
    ]
    lengths = waiting.waiting_by_team(session, scope)
    complete = months.complete_months(session, scope, [team.id for team in teams])
    runs = {team_id: _latest_run(found) for team_id, found in complete.items()}
    steps = _steps(session, scope, {team_id: run for team_id, run in runs.items() if run})
    return [
        TeamQueue(team=team, waiting=lengths.get(team.id, 0), steps=steps.get(team.id, ())) for team in teams
    ]


def planned(session: Session, scope: Scope, team_ids: Iterable[int], weeks: int) -> list[tuple[float, ...]]:
    """What teams have said of their coming places, as starts of each coming week against the present pace."""
    found = session.scalars(
        select(QueueSetting).where(QueueSetting.association_id == scope.association_id)
    ).all()
    now = Week.of(clock.today())
    return [calendar([said for said in found if said.team_id == team_id], now, weeks) for team_id in team_ids]


def _latest_run(complete: frozenset[Month]) -> list[Month]:
    """The latest complete month and those before it without a gap, in order."""
    run: list[Month] = []
    month = max(complete, default=None)
    while month in complete and len(run) < MONTHS_SHOWN:
        run.append(month)
        month -= 1
    return run[::-1]


def _steps(session: Session, scope: Scope, runs: dict[int, list[Month]]) -> dict[int, list[Step]]:
    """Each team's months, from what was kept of them, or else from the rows."""
    if not runs:
        return {}
    since = min(run[0] for run in runs.values())
    kept = keeping.kept_by_month(session, scope, since)
    counted = {
        team_id: run
        for team_id, run in runs.items()
        if any(month.ordinal not in kept.get(team_id, {}) for month in run)
    }
    rows = _counted(session, scope, since, counted) if counted else {}
    return {
        team_id: [kept.get(team_id, {}).get(month.ordinal) or rows[team_id][month.ordinal] for month in run]
        for team_id, run in runs.items()
    }


def _counted(
    session: Session, scope: Scope, since: Month, runs: dict[int, list[Month]]
) -> dict[int, dict[int, Step]]:
    passages: dict[int, list[Passage]] = {team_id: [] for team_id in runs}
    for team_id, joined, started, left, number in waiting.months_in_queue(session, scope, since):
        if team_id in passages:
            times = (month.ordinal if month else None for month in (started, left))
            passages[team_id] += [Passage(joined.ordinal, *times)] * number
    return {
        team_id: {step.time: step for step in series(passages[team_id], run[0].ordinal, run[-1].ordinal)}
        for team_id, run in runs.items()
    }


def complete_lengths(session: Session, scope: Scope, since: Week) -> dict[int, dict[int, int]]:
    """How many waited when a week ended, by team and the ordinal of the week.

    Bare lengths, as they may leave a team: only of weeks that end in a complete month.
    """
    found = session.execute(
        select(QueueStep.team_id, QueueStep.week, QueueStep.month, QueueStep.length).where(
            QueueStep.association_id == scope.association_id, QueueStep.week >= since
        )
    )
    lengths: dict[int, dict[int, int]] = {}
    for team_id, week, month, length in found:
        if Month.of(week.sunday) == month:
            lengths.setdefault(team_id, {})[week.ordinal] = length
    return lengths
