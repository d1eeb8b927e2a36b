"""Counters as a team could have reported them: most are asked, most of them answer, most of those say yes."""

from datetime import date
from random import Random

from followup.organisation.models import Team
from followup.periods import Month
from followup.screening.models import ScreeningCount

# Most conversations a month, by round: about as many as start, go on and end.
ROUNDS = {"START": 1, "DURING": 3, "EXIT": 1}
TOPICS = {"V1": 0.6, "V2": 0.45, "V3": 0.25, "V4": 0.42, "V5": 0.12}


def counts(chance: Random, team: Team, opened: Month, today: date) -> list[ScreeningCount]:
    rows = []
    for number in range(Month.of(today) - opened):
        for round_code, most in ROUNDS.items():
            for sex in ("F", "M"):
                asked = chance.randint(0, most)
                if asked:
                    rows += _month(chance, team, opened + number, round_code, sex, asked)
    return rows


def _month(
    chance: Random, team: Team, month: Month, round_code: str, sex: str, asked: int
) -> list[ScreeningCount]:
    answered = sum(chance.random() < 0.9 for _ in range(asked))
    yes = sum(chance.random() < 0.8 for _ in range(answered))
    numbers = {"asked": asked, "declined": asked - answered, "answered": answered, "yes_any": yes}
    for topic, rate in TOPICS.items():
        numbers[f"yes_{topic}"] = sum(chance.random() < rate for _ in range(yes))
        numbers[f"no_{topic}"] = answered - numbers[f"yes_{topic}"]
    numbers["ongoing"] = sum(chance.random() < 0.2 for _ in range(yes))
    numbers["referred"] = sum(chance.random() < 0.5 for _ in range(yes))
    return [
        ScreeningCount(
            association_id=team.association_id,
            team_id=team.id,
            month=month,
            round=round_code,
            sex=sex,
            measure=measure,
            count=number,
        )
        for measure, number in numbers.items()
    ]
