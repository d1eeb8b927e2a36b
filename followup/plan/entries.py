"""Goals, survey figures and figures of earlier years: added, corrected, voided and put back alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.organisation import queries as organisation
from followup.plan import queries
from followup.plan.commands import EntryCommand, SetGoal, SetHistoryFigure, SetSurveyFigure
from followup.plan.indicators import INDICATORS, MANUAL, PERCENT
from followup.plan.models import Goal, HistoryFigure, SurveyFigure
from followup.plan.scales import MEAN, parse_scale
from followup.plan.service import record
from followup.plan.surveys import EntryRefused, check_place, check_survey

Entry = Goal | SurveyFigure | HistoryFigure
Among = Sequence[EntryCommand]


def add(*, session: Session, scope: Scope, command: EntryCommand) -> Entry:
    entry = make(session=session, scope=scope, command=command)
    record(session, scope, PARTS[type(command)].name, "add", entry.id)
    return entry


def make(*, session: Session, scope: Scope, command: EntryCommand) -> Entry:
    """As `add`; whoever adds many of them writes the event."""
    part = PARTS[type(command)]
    part.check(session, scope, command, None)
    entry = part.model(association_id=scope.association_id)
    _fill(entry, command)
    session.add(entry)
    session.flush()
    return entry


def check(*, session: Session, scope: Scope, command: EntryCommand, among: Among) -> None:
    """Whether `command` could be made if those in `among` were. Raises Refusal."""
    PARTS[type(command)].check(session, scope, command, None, among)


def correct(*, session: Session, scope: Scope, number: int, seen: str, command: EntryCommand) -> Entry:
    part = PARTS[type(command)]
    entry = queries.held_entry(session, scope, part.model, number)
    entry.renew(seen)
    part.check(session, scope, command, entry)
    _fill(entry, command)
    session.flush()
    record(session, scope, part.name, "correct", entry.id)
    return entry


def void(*, session: Session, scope: Scope, model: type[Entry], number: int) -> Entry:
    """It is shown and counted nowhere until it is put back."""
    entry = queries.held_entry(session, scope, model, number)
    return _set_voided(session, scope, entry, voided=True)


def restore(*, session: Session, scope: Scope, model: type[Entry], number: int) -> Entry:
    """Refused when what has come in its place speaks against it."""
    entry = queries.held_entry(session, scope, model, number)
    part = next(each for each in PARTS.values() if each.model is model)
    part.check(session, scope, entry, entry)
    return _set_voided(session, scope, entry, voided=False)


def _set_voided(session: Session, scope: Scope, entry: Entry, *, voided: bool) -> Entry:
    entry.renew()
    entry.voided = voided
    session.flush()
    part = next(each for each in PARTS.values() if each.model is type(entry))
    record(session, scope, part.name, "void" if voided else "restore", entry.id)
    return entry


def _fill(entry: Entry, command: EntryCommand) -> None:
    for field in fields(command):
        setattr(entry, field.name, getattr(command, field.name))
    if isinstance(entry, SurveyFigure):
        entry.scale = _scale_of(entry)


def _scale_of(entry: SurveyFigure) -> str | None:
    """As it is kept: of means alone, and always written alike."""
    scale = parse_scale(entry.scale or "") if entry.measure == MEAN else None
    return str(scale) if scale else None


def _check_goal(
    session: Session, scope: Scope, said: SetGoal | Goal, _entry: object, _among: Among = ()
) -> None:
    check_place(session, scope, said)
    if said.intervention_id is not None:
        queries.intervention(session, scope, said.intervention_id)
    if said.indicator not in {*INDICATORS, MANUAL}:
        raise EntryRefused("Indikator: välj något av alternativen i listan.", field="indicator")
    known = {code.code for code in organisation.codes(session, scope, "goal_assessment")}
    if said.assessment is not None and said.assessment not in known:
        raise EntryRefused("Bedömning: välj något av alternativen i listan.", field="assessment")


def _check_history(
    session: Session,
    scope: Scope,
    said: SetHistoryFigure | HistoryFigure,
    entry: Entry | None,
    among: Sequence[SetHistoryFigure] = (),
) -> None:
    check_place(session, scope, said)
    if said.indicator not in INDICATORS:
        raise EntryRefused("Indikator: välj något av alternativen i listan.", field="indicator")
    if INDICATORS[said.indicator].unit == PERCENT and said.figure > 100:
        raise EntryRefused("Tal: en andel är högst 100 procent.", field="figure")
    known: list[Any] = [*queries.history_figures(session, scope, said.year), *among]
    place = (said.year, said.indicator, said.team_id)
    for other in known:
        if other is not entry and (other.year, other.indicator, other.team_id) == place:
            raise EntryRefused(
                "Det finns redan ett tal för indikatorn det året. Rätta det i stället.", field="indicator"
            )


@dataclass(frozen=True)
class Part:
    """A kind of entry: its table, what the log calls it, and what must hold."""

    model: type[Any]
    name: str
    check: Callable[..., None]


PARTS: dict[type[Any], Part] = {
    SetGoal: Part(Goal, "goal", _check_goal),
    SetSurveyFigure: Part(SurveyFigure, "survey", check_survey),
    SetHistoryFigure: Part(HistoryFigure, "history", _check_history),
}
