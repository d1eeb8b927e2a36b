"""The first page's tasks and tables in words."""

from dataclasses import dataclass

from followup.lifecycle.doctor import Finding
from followup.periods import Month, Year
from followup.queues.overview import Overview
from followup.start.queries import Completeness, Report, TeamState
from followup.web.formats import enumeration, integer, plural, sentence_start
from followup.web.navigation import TEAM, url_of
from followup.web.period_address import in_address
from followup.web.tables import NOT_APPLICABLE, Cell, Column

LONG_WAIT = 12
# Longer than this in the queue, and than nine of ten who started: perhaps somebody forgot to end it.
FORGOTTEN = 26
MONTHS_NAMED = 3
# What is done on a page that mends something.
MENDED_BY = {"system/team/nytt": "Lägg upp ett team", "system/konton/ny": "Bjud in"}
STATES = {"complete": "klar", "reopened": "öppen igen", "missing": "saknas"}


# A list cannot be read into a month that stands still.
FIRST_LIST = "Teamet har inga deltagare än. Finns en lista från tidigare läses den in innan ni klarmarkerar"


@dataclass(frozen=True, slots=True)
class Task:
    text: str
    url: str = ""
    action: str = ""


def tasks(team_id: int, state: TeamState, overview: Overview, *, may_declare: bool) -> list[Task]:
    """What is worth doing, most urgent first; a link leads to where it is done."""
    found = [*_long_waits(team_id, state, overview), *_perhaps_forgotten(team_id, overview)]
    if state.is_new and may_declare:
        found.append(Task(FIRST_LIST, url_of("import"), "Läs in en lista"))
    if state.open_months:
        action = "Klarmarkera" if may_declare else "Visa månader"
        found.append(Task(_open_months(state), _in_team("manader", team_id), action))
    if state.without_occupation:
        number = integer(state.without_occupation)
        found.append(
            Task(
                f"{number} pågående saknar uppgift om sysselsättning",
                _in_team("deltagare", team_id, flik="pagar", saknas="sysselsattning"),
                "Visa pågående",
            )
        )
    if state.opened > state.this_month:
        return [*found, Task(f"Teamet är i gång från {state.opened.label}. Ingen kan ställas i kö före dess")]
    return [*found, _screening(team_id, state)]


def _long_waits(team_id: int, state: TeamState, overview: Overview) -> list[Task]:
    """Against the target that has been decided, or else a usual length."""
    limit = state.target_weeks or LONG_WAIT
    long = overview.longer_than(limit)
    if not long:
        return []
    beyond = f"målet på {plural(limit, 'vecka', 'veckor')}" if state.target_weeks else f"{limit} veckor"
    longest = plural(overview.waiting.longest or 0, "vecka", "veckor")
    text = f"{integer(long)} i kö har väntat mer än {beyond}, som längst {longest}"
    return [Task(text, _in_team("deltagare", team_id, flik="ko"), "Visa kön")]


def _perhaps_forgotten(team_id: int, overview: Overview) -> list[Task]:
    limit = max(FORGOTTEN, overview.started.ninetieth or 0)
    long = overview.longer_than(limit)
    if not long:
        return []
    who = "Står personen" if long == 1 else "Står de"
    text = f"{integer(long)} har stått i kö i mer än {limit} veckor. {who} fortfarande i kö?"
    return [Task(text, _in_team("deltagare/ga-igenom", team_id), "Gå igenom kön")]


def _open_months(state: TeamState) -> str:
    latest = state.open_months[-MONTHS_NAMED:]
    names = [month.label for month in latest]
    if more := len(state.open_months) - len(latest):
        names.insert(0, plural(more, "tidigare månad", "tidigare månader"))
    ending = "är inte klarmarkerade" if len(state.open_months) > 1 else "är inte klarmarkerad"
    return f"{sentence_start(enumeration(names))} {ending}"


def _screening(team_id: int, state: TeamState) -> Task:
    told = plural(state.conversations, "samtal", "samtal") if state.conversations else "inga samtal"
    return Task(f"Våld: {told} i {state.this_month.label}", _in_team("vald", team_id), "Lägg till ett samtal")


def _in_team(page: str, team_id: int, **values: str) -> str:
    return url_of(f"{TEAM}/{page}", team_id=team_id, **values)


def completeness_columns(found: Completeness) -> list[Column]:
    return [Column("Team"), *(Column(_short(month)) for month in found.months)]


def _short(month: Month) -> str:
    """Twelve stand side by side, on a phone and on paper too: "Sep 2026"."""
    return f"{sentence_start(month.label[:3])} {month.year}"


def completeness_rows(found: Completeness) -> list[list[Cell]]:
    return [
        [Cell(team.name), *(Cell(STATES[state]) if state else NOT_APPLICABLE for state in states)]
        for team, states in found.teams
    ]


def report(found: Report) -> Task:
    kind = "Årsstatistik" if isinstance(found.period, Year) else "Delår"
    name = f"{kind} {found.period.label}"
    teams = enumeration(f"{team} ({integer(len(months))})" for team, months in found.missing.items())
    what = plural(found.number_missing, "månad", "månader")
    if found.edition:
        edition_id, number = found.edition
        opened = f" Inte längre klarmarkerat: {teams}." if found.number_missing else ""
        told = f"{name}: publicerad, utgåva {number}{'.' if opened else ''}{opened}"
        return Task(told, f"{url_of('utgavor')}/{edition_id}", "Läs utgåvan")
    if not found.number_missing:
        return Task(
            f"{name}: alla månader är klarmarkerade",
            url_of("statistik", **in_address(found.period)),
            "Visa statistiken",
        )
    return Task(
        f"{name}: {what} saknas – {teams}",
        url_of("statistik", **in_address(found.period)),
        "Visa vad som saknas",
    )


def to_mend(findings: list[Finding]) -> list[Task]:
    return [
        Task(finding.text, url_of(finding.page) if finding.page else "", MENDED_BY.get(finding.page, ""))
        for finding in findings
        if not finding.is_well
    ]
