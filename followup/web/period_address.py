"""How an address names a period: `ar=2023&del=JanAug`."""

from collections.abc import Mapping

from followup.periods import Period, parse_period

YEAR, PART = "ar", "del"
WHOLE_YEAR = "hela"


def in_address(period: Period) -> dict[str, str]:
    """A period as the address tells it."""
    year, _, part = period.code.partition("-")
    return {YEAR: year, PART: part or WHOLE_YEAR}


def period_asked_for(words: Mapping[str, str]) -> Period | None:
    """The period of an address; None when it names none. Raises PeriodError when there is no such period."""
    if YEAR not in words:
        return None
    part = words.get(PART, WHOLE_YEAR)
    return parse_period(words[YEAR] if part == WHOLE_YEAR else f"{words[YEAR]}-{part}")
