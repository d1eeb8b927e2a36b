"""Sums over activities."""

from collections import Counter
from collections.abc import Iterable, Mapping

from followup.activities.models import Activity


def participations(activities: Iterable[Activity]) -> int:
    """Not people: who comes to three activities is counted three times."""
    return sum(total(activity) for activity in activities)


def total(activity: Activity) -> int:
    return sum(each.count for each in activity.attendance)


def by_party(activities: Iterable[Activity]) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for activity in activities:
        for each in activity.attendance:
            counts[each.party] += each.count
    return counts


def by_kind(activities: Iterable[Activity]) -> Mapping[str, list[Activity]]:
    found: dict[str, list[Activity]] = {}
    for activity in activities:
        found.setdefault(activity.kind, []).append(activity)
    return found
