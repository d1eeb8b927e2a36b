"""The log in Swedish, for the administrator who reads it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from followup.access.roles import Role
from followup.access.scope import COMMAND_LINE
from followup.audit.events import Cut, Event
from followup.audit.models import AuditEvent
from followup.clock import STOCKHOLM
from followup.periods import PeriodError, parse_period
from followup.web.formats import clock_time, date_in_table, enumeration

KEYS = {
    "account": "konto",
    "role": "roll",
    "roles": "roller",
    "team": "team",
    "teams": "team",
    "month": "månad",
    "reason": "skäl",
    "kind": "slag",
    "batch": "inläsning",
    "count_class": "antal rader",
    "period": "period",
    "format": "format",
    "marking": "märkning",
    "edition": "utgåva",
    "sha256": "SHA-256",
    "scenario": "scenario",
    "version": "version",
    "valid_from": "gäller från",
    "decision": "beslut",
    "list": "kodlista",
    "code": "kod",
    "key": "nyckel",
    "open_data": "öppna data",
    "approval": "bakom varje utgåva",
    "act": "vad",
    "part": "del",
    "number": "nummer",
    "year": "år",
    "declared": "klarmarkerade",
    "reopened": "öppnade igen",
}
IMPORTED = {
    "participations": "deltagare",
    "screening": "våldsscreening",
    "activities": "aktiviteter",
    "plan": "mål och pengar",
    "surveys": "enkäter",
    "history": "tidigare år",
}
ACTS = {"add": "lade till", "correct": "rättade", "void": "makulerade", "restore": "lade tillbaka"}
PARTS = {
    "goal": "mål",
    "intervention": "insatser",
    "budget": "budget och utfall",
    "financing": "finansiering",
    "survey": "enkäter",
    "history": "tidigare år",
}


@dataclass(frozen=True, kw_only=True)
class Names:
    """What the numbers in the log stand for."""

    accounts: Mapping[str, str]
    teams: Mapping[str, str]
    reasons: Mapping[str, str]
    lists: Mapping[str, str]


def sentence(entry: AuditEvent) -> str:
    """A kind that a later version has dropped is shown by its name."""
    return Event[entry.event].kind.sentence if entry.event in Event.__members__ else entry.event


def when(entry: AuditEvent) -> str:
    """In Swedish time, as exactly as the log keeps it."""
    try:
        local = datetime.strptime(entry.at, Cut.HOUR.value).replace(tzinfo=UTC).astimezone(STOCKHOLM)
    except ValueError:
        return entry.at
    return f"{date_in_table(local.date())} {clock_time(local).partition('.00')[0]}"


def who(entry: AuditEvent, names: Names) -> str:
    if entry.actor is None:
        return "Ingen inloggad"
    if entry.actor == COMMAND_LINE:
        return "Kommandoraden"
    return names.accounts.get(entry.actor, f"Konto {entry.actor}")


def details(entry: AuditEvent, names: Names) -> str:
    told: dict[str, Callable[[str], str]] = {
        "account": lambda number: names.accounts.get(number, number),
        "role": lambda text: _roles(text, names),
        "roles": lambda text: _roles(text, names),
        "team": lambda number: names.teams.get(number, number),
        "teams": lambda numbers: enumeration(names.teams.get(each, each) for each in numbers.split()),
        "month": _period,
        "period": _period,
        "reason": lambda code: names.reasons.get(code, code),
        "kind": lambda kind: IMPORTED.get(kind, kind),
        "act": lambda act: ACTS.get(act, act),
        "part": lambda part: PARTS.get(part, part),
        "list": lambda name: names.lists.get(name, name),
        "declared": lambda text: _months(text, names),
        "reopened": lambda text: _months(text, names),
        "sha256": lambda digest: f"{digest[:12]} …",
    }
    some = {key: str(text) for key, text in entry.details.items() if text}
    return "; ".join(f"{KEYS.get(key, key)}: {told.get(key, str)(text)}" for key, text in some.items())


def access_given(entry: AuditEvent, names: Names) -> str:
    """Who was let in, to what, and by whom."""
    account = names.accounts.get(entry.details["account"], f"Konto {entry.details['account']}")
    roles = _roles(entry.details.get("roles") or entry.details.get("role") or "", names) or "ingen roll"
    done = {
        Event.ACCOUNT_INVITED.name: f"fick en länk för att logga in. Roll: {roles}",
        Event.ACCOUNT_CHANGED.name: f"fick andra roller. Nu: {roles}",
        Event.ACCOUNT_OPENED.name: f"öppnades igen. Roll: {roles}",
    }[entry.event]
    return f"{when(entry).split(' ')[0]}: {account} {done}. Av: {who(entry, names)}."


def _roles(text: str, names: Names) -> str:
    """From `team_staff:3 team_staff:5` to "teampersonal (Sala), teampersonal (Västerås)"."""
    parts = []
    for held in text.split():
        role, _, team = held.partition(":")
        label = Role(role).label if role in set(Role) else role
        parts.append(f"{label} ({names.teams.get(team, team)})" if team else label)
    return enumeration(parts)


def _months(text: str, names: Names) -> str:
    """From `3:2022-01–2023-12` to "Sala januari 2022–december 2023"."""
    parts = []
    for held in text.split():
        team, _, months = held.partition(":")
        parts.append(f"{names.teams.get(team, team)} {'–'.join(map(_period, months.split('–')))}")
    return enumeration(parts)


def _period(text: str) -> str:
    try:
        return parse_period(text).label
    except PeriodError:
        return text
