"""An age as it is said in a conversation becomes a group at once; the age itself is kept nowhere."""

from collections.abc import Sequence

from followup.organisation.models import AgeRange, Code
from followup.participation.refusals import AgeOutOfRange


def ages_of(group: str) -> range:
    """The ages in a group, whose code is "lowest-highest"."""
    lowest, highest = group.split("-")
    return range(int(lowest), int(highest) + 1)


def group_of(age: int, *, groups: Sequence[Code], let_in: AgeRange, year: int) -> str:
    """The group for an age at the start; refuses who is outside the förbund's range that year."""
    found = [group.code for group in groups if age in ages_of(group.code)]
    if not found or not let_in.lowest <= age <= let_in.highest:
        raise AgeOutOfRange(year, let_in.lowest, let_in.highest)
    return found[0]


def overlaps(group: str, let_in: AgeRange) -> bool:
    return any(let_in.lowest <= age <= let_in.highest for age in ages_of(group))
