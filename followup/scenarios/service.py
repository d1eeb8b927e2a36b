"""Saving what a team has imagined, by name, and counting it anew."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import OutOfScope, Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.errors import Refusal
from followup.organisation import queries as organisation
from followup.periods import Month
from followup.queues import queries as queues
from followup.scenarios import queries
from followup.scenarios.commands import RenameScenario, SaveScenario
from followup.scenarios.models import QueueScenario

MOST = 40
# What a scenario that is put back does not bring along.
OWN = {"id", "association_id", "team_id"}


class NameTaken(Refusal):
    def __init__(self) -> None:
        super().__init__("Teamet har redan ett scenario med det namnet. Välj ett annat namn.", field="name")


class TooMany(Refusal):
    def __init__(self) -> None:
        super().__init__(f"Teamet har redan {MOST} scenarier. Ta bort något som inte behövs längre.")


class TooFewToForecast(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Det är för få som har ställts i kö och startat det senaste året för att räkna på hur kön "
            "utvecklas. Det behövs minst tio tillsammans."
        )


def save(*, session: Session, scope: Scope, command: SaveScenario) -> QueueScenario:
    """Keep a question with the queue it was asked about."""
    start = _start(session, scope, command.team_id)
    _check_name(session, scope, command.team_id, command.name)
    if len(queries.scenarios(session, scope, command.team_id)) >= MOST:
        raise TooMany
    asked = {field.name: getattr(command.question, field.name) for field in fields(command.question)}
    return _add(session, scope, command.team_id, {"name": command.name, **asked, **start})


def rename(*, session: Session, scope: Scope, command: RenameScenario) -> None:
    scenario = queries.scenario(session, scope, command.team_id, command.number)
    _check_name(session, scope, command.team_id, command.name, but=scenario)
    scenario.name = command.name
    _record(session, scope, command.team_id, scenario)


def count_anew(*, session: Session, scope: Scope, team_id: int, numbers: Sequence[int]) -> None:
    """Let scenarios begin from the queue as it is today."""
    start = _start(session, scope, team_id)
    chosen = [queries.scenario(session, scope, team_id, number) for number in numbers]
    if not chosen:
        raise OutOfScope
    for scenario in chosen:
        for name, value in start.items():
            setattr(scenario, name, value)
    _record(session, scope, team_id, *chosen)


def take_away(*, session: Session, scope: Scope, team_id: int, number: int) -> dict[str, Any]:
    """Gives what `put_back` needs, as plain JSON."""
    scenario = queries.scenario(session, scope, team_id, number)
    kept = _contents(scenario)
    session.delete(scenario)
    _record(session, scope, team_id, scenario)
    return kept


def put_back(*, session: Session, scope: Scope, team_id: int, kept: dict[str, Any]) -> QueueScenario:
    scope.require_team(team_id)
    _check_name(session, scope, team_id, kept["name"])
    months = {name: kept[name] and Month.parse(kept[name]) for name in ("vacancy_from", "vacancy_to")}
    day = date.fromisoformat(kept["counted_on"])
    return _add(session, scope, team_id, {**kept, **months, "counted_on": day})


def _start(session: Session, scope: Scope, team_id: int) -> dict[str, Any]:
    team = organisation.own_team(session, scope, team_id)
    overview = queues.overview(session, scope, team)
    caseload = queues.caseload_of(session, scope, team, overview.counted_weeks)
    if not caseload.pace.supports_forecast:
        raise TooFewToForecast
    return queries.start_of(caseload, team_id, clock.today())


def _add(session: Session, scope: Scope, team_id: int, said: dict[str, Any]) -> QueueScenario:
    scenario = QueueScenario(association_id=scope.association_id, team_id=team_id, **said)
    session.add(scenario)
    _record(session, scope, team_id, scenario)
    return scenario


def _contents(scenario: QueueScenario) -> dict[str, Any]:
    names = set(inspect(QueueScenario).columns.keys()) - OWN
    values = {name: getattr(scenario, name) for name in names}
    return {n: str(value) if isinstance(value, date | Month) else value for n, value in values.items()}


def _check_name(
    session: Session, scope: Scope, team_id: int, name: str, but: QueueScenario | None = None
) -> None:
    taken = {each.name.casefold() for each in queries.scenarios(session, scope, team_id) if each is not but}
    if name.casefold() in taken:
        raise NameTaken


def _record(session: Session, scope: Scope, team_id: int, *changed: QueueScenario) -> None:
    session.flush()
    # By number: a name is typed by hand, and the log is for ever.
    numbers = ", ".join(str(scenario.id) for scenario in changed)
    audit.record(session, scope, Event.QUEUE_SCENARIO_CHANGED, team_id=team_id, scenario=numbers)
