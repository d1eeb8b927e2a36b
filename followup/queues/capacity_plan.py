"""Places in force and places to come: what a team has said about itself, laid out week by week."""

from collections.abc import Sequence

from followup.periods import Month, Week
from followup.queues.capacity import WEEKS_IN_YEAR
from followup.queues.models import QueueSetting

FULL_TIME = 100


def in_force(settings: Sequence[QueueSetting], month: Month) -> QueueSetting | None:
    """The latest setting that holds in a month; None before the first one."""
    known = [setting for setting in settings if setting.valid_from <= month]
    return max(known, key=lambda setting: setting.valid_from, default=None)


def places(setting: QueueSetting) -> float:
    """Participations at the same time."""
    return setting.colleagues * setting.places_per_colleague / FULL_TIME


def calendar(settings: Sequence[QueueSetting], now: Week, weeks: int) -> tuple[float, ...]:
    """Starts of each coming week against the present pace, from the week after `now`.

    Planned posts count against today's places. A yearly stop moves its starts to the other weeks: the
    pace of a whole year has it in it already. Empty where nothing is known or everything stays as it is.
    """
    today = in_force(settings, Month.of(now.thursday))
    if today is None or not places(today):
        return ()
    factors = tuple(_factor(settings, now + step, places(today)) for step in range(1, weeks + 1))
    return () if all(factor == 1 for factor in factors) else factors


def _factor(settings: Sequence[QueueSetting], week: Week, places_today: float) -> float:
    setting = in_force(settings, Month.of(week.thursday))
    if setting is None:
        return 1.0
    return places(setting) / places_today * _share_outside_stop(setting, week)


def _share_outside_stop(setting: QueueSetting, week: Week) -> float:
    if setting.stop_from is None or setting.stop_to is None:
        return 1.0
    if setting.stop_from <= week.week <= setting.stop_to:
        return 0.0
    stopped = setting.stop_to - setting.stop_from + 1
    return WEEKS_IN_YEAR / (WEEKS_IN_YEAR - stopped) if stopped < WEEKS_IN_YEAR else 0.0
