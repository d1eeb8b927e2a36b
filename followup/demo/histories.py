"""Participations as they could have been: a queue, a number of places and stays of about a year."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from followup.organisation.models import Team
from followup.participation.models import INCOME_AT_EXIT, INCOME_BEFORE, Participation
from followup.periods import Month, Week, WeekAndMonth

Choices = dict[str, int]

SEX: Choices = {"F": 57, "M": 42, "X": 1}
AGE_GROUP: Choices = {"16-19": 4, "20-24": 13, "25-29": 15, "30-39": 28, "40-49": 20, "50-59": 14, "60-67": 6}
REFERRING_PARTY: Choices = {
    "FK": 38,
    "AF": 17,
    "KFS": 18,
    "KAE": 8,
    "KOV": 3,
    "RPV": 8,
    "RPS": 5,
    "ROV": 1,
    "MGT": 1,
    "OTH": 1,
}
EDUCATION: Choices = {"0": 11, "1": 31, "2": 43, "3": 4, "4": 8, "U": 3}
SUPPORT: Choices = {"0": 3, "1": 9, "2": 21, "3": 19, "4": 18, "5": 28, "U": 2}
INCOME: Choices = {"SJP": 22, "AKE": 16, "SJE": 4, "AKA": 7, "AKS": 14, "ETA": 2, "FST": 31, "ING": 4}
OCCUPATION_BEFORE: Choices = {"ING": 71, "SOK": 18, "TRA": 8, "ARS": 2, "ARB": 1}
EXIT_REASON: Choices = {"PLAN": 58, "ORD": 16, "MED": 10, "VAL": 7, "UTE": 4, "FLY": 3, "MAX": 2}
QUEUE_EXIT: Choices = {"NEJ": 45, "EJA": 25, "HAN": 20, "ATE": 10}
OCCUPATION_AT_EXIT: Choices = {
    "ARB": 13,
    "ARS": 14,
    "EGF": 1,
    "STU": 15,
    "SOK": 11,
    "OAF": 17,
    "OAN": 8,
    "TRA": 4,
    "ING": 17,
}
CONTINUATION = {
    "ARB": "ARB",
    "ARS": "ARB",
    "EGF": "ARB",
    "STU": "ARB",
    "SOK": "AF",
    "OAF": "AF",
    "OAN": "KAE",
    "TRA": "KAE",
    "ING": "VAR",
}
INCOME_AFTER = {
    "ARB": "LON",
    "ARS": "LON",
    "EGF": "LON",
    "STU": "STU",
    "SOK": "AKA",
    "OAF": "AKS",
    "OAN": "FST",
    "TRA": "FST",
    "ING": "SJP",
}
WITH_EXTENT = {"ARB", "ARS", "EGF", "STU"}
EXTENT: Choices = {"1": 6, "2": 22, "3": 34, "4": 18, "5": 20}
LEAVING_RATE = 0.006


@dataclass(frozen=True)
class Turn:
    """From so many days ago, or in so many months to come, the team has these places."""

    places: int
    days_ago: int = 0
    months_ahead: int = 0


@dataclass(frozen=True)
class Course:
    """How a team lives: accepted a week, places, mean stay in weeks, and how its places have changed."""

    joins: float
    places: int
    stay: float
    # Where the chance of this team begins, so that the others can change without it.
    seed: int = 0
    turns: tuple[Turn, ...] = ()
    places_per_colleague: int = 10

    def places_on(self, day: date, today: date) -> int:
        ago = (today - day).days
        past = [turn.places for turn in self.turns if ago <= turn.days_ago and not turn.months_ahead]
        return past[-1] if past else self.places


def histories(
    chance: Random, team: Team, course: Course, first: date, today: date, municipalities: list[str]
) -> list[Participation]:
    """Day by day: some are accepted, some leave the queue, the longest waiting start when a place is free."""
    made: list[Participation] = []
    waiting: list[Participation] = []
    ends: dict[Participation, date] = {}
    day = first - timedelta(days=500)
    while day <= today:
        if chance.random() < course.joins / 7:
            waiting.append(_accepted(chance, team, day, municipalities))
            made.append(waiting[-1])
        for row in [row for row, last in ends.items() if last <= day]:
            _end(chance, row, day)
            del ends[row]
        for row in [row for row in waiting if chance.random() < LEAVING_RATE / 7]:
            row.left_week, row.left_month = _times(day)
            row.left_reason = _pick(chance, QUEUE_EXIT)
            waiting.remove(row)
        if waiting and len(ends) < course.places_on(day, today) and day.weekday() < 5:
            row = waiting.pop(0)
            row.started_week, row.started_month = _times(day)
            ends[row] = day + timedelta(weeks=chance.gammavariate(6, course.stay / 6))
        day += timedelta(days=1)
    chance.shuffle(made)
    return made


def _accepted(chance: Random, team: Team, day: date, municipalities: list[str]) -> Participation:
    week, month = _times(day)
    row = Participation(
        association_id=team.association_id,
        team_id=team.id,
        municipality=chance.choice(municipalities) if len(municipalities) > 1 else None,
        sex=_pick(chance, SEX),
        age_group=_pick(chance, AGE_GROUP),
        referring_party=_pick(chance, REFERRING_PARTY),
        education=_pick(chance, EDUCATION),
        time_on_public_support=_pick(chance, SUPPORT),
        occupation_before=_pick(chance, OCCUPATION_BEFORE),
        accepted_week=week,
        accepted_month=month,
    )
    row.extent_before = _extent(chance, row.occupation_before)
    row.set_income(INCOME_BEFORE, {_pick(chance, INCOME)})
    return row


def _end(chance: Random, row: Participation, day: date) -> None:
    occupation = _pick(chance, OCCUPATION_AT_EXIT)
    row.ended_week, row.ended_month = _times(day)
    row.exit_reason = _pick(chance, EXIT_REASON)
    row.occupation_at_exit = occupation
    row.extent_at_exit = _extent(chance, occupation)
    row.continuation = CONTINUATION[occupation]
    row.set_income(INCOME_AT_EXIT, {INCOME_AFTER[occupation]})


def _extent(chance: Random, occupation: str | None) -> str | None:
    return _pick(chance, EXTENT) if occupation in WITH_EXTENT else None


def _times(day: date) -> tuple[Week, Month]:
    at = WeekAndMonth.of(day)
    return at.week, at.month


def _pick(chance: Random, choices: Choices) -> str:
    return chance.choices(list(choices), list(choices.values()))[0]
