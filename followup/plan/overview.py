"""The first page about the förbund: what is written, and where."""

from dataclasses import dataclass

from flask import url_for

from followup import clock
from followup.access.gate import current_scope
from followup.activities import queries as activities
from followup.activities.counting import participations
from followup.db import db_session
from followup.periods import Year
from followup.plan import queries
from followup.web.formats import plural


@dataclass(frozen=True)
class Line:
    label: str
    url: str
    text: str


def overview() -> list[Line]:
    """A line for every page, with what the latest year with anything in it holds."""
    scope = current_scope()
    year = clock.today().year
    held = activities.in_period(db_session, scope, Year(year))
    meetings = activities.meetings_in(db_session, scope, Year(year))
    goals = queries.goals(db_session, scope, year)
    assessed = [goal for goal in goals if goal.assessment]
    money = queries.budgets(db_session, scope, [year])
    surveys = queries.survey_figures(db_session, scope)
    history = queries.history_figures(db_session, scope)
    return [
        Line(
            "Aktiviteter",
            url_for("activities.index", ar=year),
            _activities(len(held), participations(held), year),
        ),
        Line(
            "Möten",
            url_for("activities.meetings"),
            f"{_some(sum(meetings.values()), 'möte', 'möten')} {year} i rådgivande team",
        ),
        Line(
            "Mål",
            url_for(".entries", name="mal", ar=year),
            f"{plural(len(goals), 'mål', 'mål')} {year}, {_some(len(assessed), 'bedömt', 'bedömda', 'inget')}"
            if goals
            else f"Inget mål {year}",
        ),
        Line(
            "Ekonomi",
            url_for(".money", ar=year),
            f"{_some(len(money), 'insats', 'insatser', 'Ingen')} med budget eller utfall {year}",
        ),
        Line("Enkäter", url_for(".entries", name="enkater"), _some(len(surveys), "värde", "värden", "Inget")),
        Line(
            "Tidigare år", url_for(".entries", name="tidigare-ar"), _some(len(history), "tal", "tal", "Inget")
        ),
    ]


def _activities(held: int, attended: int, year: int) -> str:
    told = f"{_some(held, 'aktivitet', 'aktiviteter', 'Ingen')} {year}"
    return f"{told}, {plural(attended, 'deltagande', 'deltaganden')}" if held else told


def _some(number: int, one: str, many: str, none: str = "Inget") -> str:
    """How many, and a word where there are none: "Inget möte"."""
    return plural(number, one, many) if number else f"{none} {one}"
