"""Places in force and places to come: what a team has said about itself, laid out week by week."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

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
    said = sorted(settings, key=lambda setting: setting.valid_from)
    spans = tuple(Span(each.valid_from, places(each), each.stop_from, each.stop_to) for each in said)
    return _calendar(spans, now, weeks)


class Span(NamedTuple):
    """What holds from a month on, as far as starts need it."""

    valid_from: Month
    places: float
    stop_from: int | None
    stop_to: int | None


@lru_cache(maxsize=64)
def _calendar(spans: tuple[Span, ...], now: Week, weeks: int) -> tuple[float, ...]:
    """Remembered, since every page of a team asks for the same weeks until something is said anew."""
    today = _span_of(spans, now)
    if today is None or not today.places:
        return ()
    factors = tuple(_factor(spans, now + step, today.places) for step in range(1, weeks + 1))
    return () if all(factor == 1 for factor in factors) else factors


def _span_of(spans: tuple[Span, ...], week: Week) -> Span | None:
    # A week belongs to the month that has its Thursday, as an ISO week belongs to its year.
    month = Month.of(week.thursday)
    return next((span for span in reversed(spans) if span.valid_from <= month), None)


def _factor(spans: tuple[Span, ...], week: Week, places_today: float) -> float:
    span = _span_of(spans, week)
    return 1.0 if span is None else span.places / places_today * _share_outside_stop(span, week)


def _share_outside_stop(span: Span, week: Week) -> float:
    if span.stop_from is None or span.stop_to is None:
        return 1.0
    if span.stop_from <= week.week <= span.stop_to:
        return 0.0
    stopped = span.stop_to - span.stop_from + 1
    return WEEKS_IN_YEAR / (WEEKS_IN_YEAR - stopped) if stopped < WEEKS_IN_YEAR else 0.0
