"""Places that the made-up teams have had, and the recruitment that one of them plans."""

from datetime import date, timedelta

from followup.demo.histories import Course, Turn
from followup.organisation.models import Team
from followup.periods import Month
from followup.queues.models import QueueSetting

TARGET_WEEKS = 12
DAYS_SINCE_DECISION = 150


def settings(team: Team, course: Course, opened: Month, today: date) -> list[QueueSetting]:
    """What held from the start; where places changed, also each change and what the board wants."""
    decided = today - timedelta(days=DAYS_SINCE_DECISION)
    made = {opened: _setting(team, course, opened, course.places)}
    for turn in course.turns:
        month = _month(turn, today)
        made[month] = _setting(team, course, month, turn.places, decided)
    return list(made.values())


def _month(turn: Turn, today: date) -> Month:
    return Month.of(today - timedelta(days=turn.days_ago)) + turn.months_ahead


def _setting(
    team: Team, course: Course, valid_from: Month, places: int, decided: date | None = None
) -> QueueSetting:
    return QueueSetting(
        association_id=team.association_id,
        team_id=team.id,
        valid_from=valid_from,
        colleagues=places * 100 // course.places_per_colleague,
        places_per_colleague=course.places_per_colleague,
        target_weeks=TARGET_WEEKS if decided else None,
        target_decision="§ 14" if decided else None,
        target_decided=decided,
    )
