"""A scenario in words: what is changed, and whether the queue has moved on since it was counted."""

from followup.periods import Week
from followup.queues.pace import Pace
from followup.queues.words import weeks_text
from followup.scenarios.commands import FULL_TIME, Question
from followup.scenarios.start import Start
from followup.web.formats import decimal, enumeration, integer, sentence_start, shortest, span

NOTHING = "ingen ändring"


def summary(question: Question) -> str:
    return sentence_start(enumeration(changes(question) or [NOTHING]))


def changes(question: Question) -> list[str]:
    """Each thing that is changed, in the order of the form."""
    return [*_team(question), *_absence(question)]


def _team(question: Question) -> list[str]:
    told = []
    if question.colleagues:
        told.append(f"{_posts(question)}, med {integer(question.places or 0)} platser per heltid")
    if question.stay_change:
        way = "kortare" if question.stay_change < 0 else "längre"
        told.append(f"{weeks_text(abs(question.stay_change))} {way} vistelsetid")
    if question.referrals:
        way = "färre" if question.referrals < 0 else "fler"
        told.append(f"{integer(abs(question.referrals))}\u00a0% {way} nya i kön")
    return told


def _posts(question: Question) -> str:
    """ "1 heltid mer", "0,5 heltid mindre"."""
    number = abs(question.colleagues) / FULL_TIME
    way = "mindre" if question.colleagues < 0 else "mer"
    return f"{shortest(number)} {'heltid' if number <= 1 else 'heltider'} {way}"


def _absence(question: Question) -> list[str]:
    told = []
    if question.vacancy and question.vacancy_from and question.vacancy_to:
        when = f"{question.vacancy_from.label} till {question.vacancy_to.label}"
        told.append(f"vakans som tar {integer(question.vacancy)}\u00a0% av starterna, {when}")
    if question.stop_from and question.stop_to:
        told.append(f"uppehåll vecka {span(question.stop_from, question.stop_to)} varje år")
    return told


def cost(question: Question, kronor: float | None, year: int | None) -> str:
    """What a change of posts means in places and in money; nothing where no post is changed."""
    if not question.colleagues:
        return ""
    way = "färre" if question.colleagues < 0 else "fler"
    places = f"{shortest(abs(question.what_if.places), 1)} platser {way}"
    told = f"Ändringen är {_posts(question)} och {places}."
    if kronor is None or year is None:
        return f"{told} Kostnaden kan räknas när teamets heltider och budget är ifyllda."
    money = f"{decimal(abs(kronor) / 1000, 0)} tkr {'mindre' if kronor < 0 else 'mer'}"
    return f"{told} Det kostar ungefär {money} på ett år, räknat på teamets budget för {year}."


def starts_from(week: Week, waiting: int) -> str:
    return f"{week.label}, då {integer(waiting) if waiting else 'ingen'} väntade"


def staleness(oldest: Start, pace: Pace) -> str:
    waiting = integer(pace.waiting) if pace.waiting else "ingen"
    return f"Räknat från {starts_from(oldest.week, oldest.waiting)}. Nu väntar {waiting}."


def price_source(year: int) -> str:
    return (
        f"Kostnaden är räknad på teamets budget för {year}, delad på teamets heltider. Den gäller "
        "medarbetarna, och säger inget om vad andra ändringar kostar."
    )
