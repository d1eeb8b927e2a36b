"""Places that the made-up teams have had, and the recruitment that one of them plans."""

from datetime import date, timedelta

from followup.demo.histories import DAYS_SHORT, Course
from followup.organisation.models import Team
from followup.periods import Month
from followup.queues.models import QueueSetting

PLACES_PER_COLLEAGUE = 10
TARGET_WEEKS = 12
MONTHS_TO_RECRUITMENT = 3


def settings(team: Team, course: Course, opened: Month, today: date) -> list[QueueSetting]:
    """What held from the start; for a team that lost places, also the loss and the plan to mend it."""
    made = [_setting(team, opened, course.places)]
    if course.places_lost:
        lost = Month.of(today - timedelta(days=DAYS_SHORT))
        recruited = Month.of(today) + MONTHS_TO_RECRUITMENT
        decided = today - timedelta(days=DAYS_SHORT // 2)
        made.append(_setting(team, lost, course.places - course.places_lost, decided))
        made.append(_setting(team, recruited, course.places, decided))
    return made


def _setting(team: Team, valid_from: Month, places: int, decided: date | None = None) -> QueueSetting:
    return QueueSetting(
        association_id=team.association_id,
        team_id=team.id,
        valid_from=valid_from,
        colleagues=places * 100 // PLACES_PER_COLLEAGUE,
        places_per_colleague=PLACES_PER_COLLEAGUE,
        target_weeks=TARGET_WEEKS if decided else None,
        target_decision="§ 14" if decided else None,
        target_decided=decided,
    )
