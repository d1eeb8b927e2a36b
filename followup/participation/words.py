"""A row as it is told on a page: by start week, sex, age group and referrer, never by a key."""

from collections.abc import Iterable
from typing import Any

from followup import clock
from followup.participation.forms import NOT_KNOWN, RegisterForm
from followup.participation.rules import LIST_OF_FIELD, TeamRules
from followup.participation.state import EVENTS, INCOME, State, Status
from followup.periods import Week, WeekAndMonth
from followup.web.formats import enumeration, plural, sentence_start

STATUS_WORDS = {
    Status.QUEUED: "i kö",
    Status.ACTIVE: "pågår",
    Status.ENDED: "avslutad",
    Status.LEFT: "lämnade kön utan start",
    Status.VOID: "makulerad",
}
LABELS = {
    "accepted": "I kö från och med",
    "started": "Startade",
    "left": "Lämnade kön",
    "ended": "Avslutades",
    "referring_party": "Remittent",
    "sex": "Kön",
    "age_group": "Åldersgrupp",
    "municipality": "Kommun",
    "education": "Utbildning",
    "time_on_public_support": "Tid i offentlig försörjning",
    "income_before": "Försörjning före",
    "occupation_before": "Sysselsättning före",
    "extent_before": "Omfattning före",
    "left_reason": "Varför kön lämnades",
    "exit_reason": "Avslutsorsak",
    "occupation_at_exit": "Sysselsättning vid avslut",
    "extent_at_exit": "Omfattning vid avslut",
    "income_at_exit": "Försörjning vid avslut",
    "continuation": "Fortsättning efter avslut",
    "void_reason": "Varför raden är makulerad",
}
ALWAYS_TOLD = {"referring_party", "sex", "age_group", "education", "time_on_public_support"}


def begun(state: State) -> Week:
    moment = state.started or state.accepted
    if moment is None:
        raise ValueError("a row has begun")
    return moment.week


def name_of(state: State, rules: TeamRules) -> str:
    """What the team knows a row by: "vecka 12, 2024, kvinna, 30–39 år, Försäkringskassan"."""
    told = [rules.label(field, getattr(state, field)) for field in ("sex", "age_group", "referring_party")]
    return ", ".join([begun(state).label, *told])


def weeks_so_far(state: State) -> int:
    """In the queue for who waits or left it, with the team for who started."""
    closing = state.ended or state.left
    return (closing.week if closing else Week.of(clock.today())) - begun(state)


def standing(state: State) -> str:
    """ "I kö, 5 veckor hittills"."""
    word = sentence_start(STATUS_WORDS[state.status])
    if state.status in (Status.QUEUED, Status.ACTIVE):
        return f"{word}, {plural(weeks_so_far(state), 'vecka', 'veckor')} hittills"
    return word


def told(field: str, value: Any, rules: TeamRules) -> str:
    """A value of a row in words."""
    if isinstance(value, WeekAndMonth):
        return f"{sentence_start(value.week.label)} ({value.month.label})"
    if field == "municipality":
        return rules.municipality_name(value)
    if field in INCOME:
        return enumeration(rules.label(field, code) for code in value)
    return rules.label(field, value)


def facts(state: State, rules: TeamRules) -> list[dict[str, str]]:
    """Everything a row says, for a summary list; what does not concern it yet is left out."""
    return [
        {"label": label, "value": sentence_start(told(field, getattr(state, field), rules))}
        for field, label in LABELS.items()
        if getattr(state, field) or field in ALWAYS_TOLD
    ]


def answers(form: RegisterForm, state: State, rules: TeamRules) -> list[dict[str, str]]:
    """What was typed, as it will be kept, in the order of the form."""
    fields: Iterable[str] = (name for name in form.data if name in LIST_OF_FIELD or name in EVENTS)
    return [
        {
            "label": form[name].label.text,
            "value": told(name, getattr(state, name), rules) or NOT_KNOWN[1],
        }
        for name in fields
    ]
