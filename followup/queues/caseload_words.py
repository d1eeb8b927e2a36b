"""Places, stays and target in sentences: the part of a queue that a board can do something about."""

from followup.queues.capacity import places_needed, weeks_between_starts
from followup.queues.overview import Overview
from followup.queues.queries import Caseload
from followup.web.formats import date_in_text, decimal, integer, plural

DAYS_IN_WEEK = 7


def sentences(caseload: Caseload) -> list[str]:
    """How full the team is, how often a place falls free, and how many places would keep up."""
    told = [_taken(caseload), _turnover(caseload), _needed(caseload)]
    return [text for text in told if text]


def _taken(caseload: Caseload) -> str:
    if caseload.places is None:
        return f"{plural(caseload.active, 'deltagare', 'deltagare')} pågår nu."
    return f"{_places(caseload.places)}, {integer(caseload.active)} upptagna."


def _turnover(caseload: Caseload) -> str:
    taken = caseload.active if caseload.places is None else min(caseload.places, caseload.active)
    if caseload.stay is None or not taken:
        return ""
    weeks = weeks_between_starts(taken, caseload.stay)
    return f"En plats blir ledig ungefär {every_nth_day(round((weeks or 0) * DAYS_IN_WEEK))}."


def _needed(caseload: Caseload) -> str:
    if caseload.stay is None or not caseload.pace.supports_forecast:
        return ""
    low, high = caseload.pace.joined.interval()
    wanted = places_needed(caseload.pace.joined.rate, caseload.stay)
    between = f"{integer(places_needed(low, caseload.stay))}–{integer(places_needed(high, caseload.stay))}"
    return (
        f"Med en vistelsetid på {plural(caseload.stay, 'vecka', 'veckor')} behövs ungefär "
        f"{integer(wanted)} platser för att ta emot lika många som ställs i kö (osäkert: {between})."
    )


def target(caseload: Caseload, overview: Overview) -> str:
    """How many wait longer than what has been decided; nothing without a decision."""
    setting = caseload.setting
    if setting is None or setting.target_weeks is None or setting.target_decided is None:
        return ""
    longer = overview.longer_than(setting.target_weeks)
    return (
        f"Målet är högst {plural(setting.target_weeks, 'vecka', 'veckor')} i kö "
        f"(beslut {setting.target_decision}, {date_in_text(setting.target_decided)}). "
        f"{integer(longer) if longer else 'Ingen'} av {integer(overview.length)} har väntat längre."
    )


def every_nth_day(days: int) -> str:
    """ "var 9:e dag", "var 21:a dag", "varje dag"."""
    if days <= 1:
        return "varje dag"
    ending = "a" if days % 10 in (1, 2) and days % 100 not in (11, 12) else "e"
    return f"var {integer(days)}:{ending} dag"


def _places(number: float) -> str:
    return f"{integer(number) if number == int(number) else decimal(number)} platser"
