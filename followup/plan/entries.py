"""Goals, survey figures and figures of earlier years: added, corrected, voided and put back alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.disclosure import Rule
from followup.errors import Refusal
from followup.organisation import queries as organisation
from followup.plan import queries
from followup.plan.commands import EntryCommand, SetGoal, SetHistoryFigure, SetSurveyFigure
from followup.plan.indicators import INDICATORS, MANUAL, PERCENT
from followup.plan.leftovers import Answers, Group, leftovers
from followup.plan.models import Goal, HistoryFigure, SurveyFigure
from followup.plan.scales import parse_scale
from followup.plan.service import check_year, record
from followup.protection import queries as protection

Entry = Goal | SurveyFigure | HistoryFigure
Among = Sequence[EntryCommand]
# The wider group that a group of the list respondent_group is a part of.
Groups = Mapping[str, str | None]
# Groups of the list respondent_group that hold no participants.
NO_PARTICIPANTS = {"MED", "CHE", "STY"}
SHARE, MEAN = "share", "mean"


class EntryRefused(Refusal):
    """Something typed cannot be; `field` says what."""


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
    _check_place(session, scope, said)
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
    _check_place(session, scope, said)
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


def _check_survey(
    session: Session,
    scope: Scope,
    said: SetSurveyFigure | SurveyFigure,
    entry: Entry | None,
    among: Sequence[SetSurveyFigure] = (),
) -> None:
    _check_place(session, scope, said)
    groups = {code.code: code.report_code for code in organisation.codes(session, scope, "respondent_group")}
    if said.respondent_group not in groups:
        raise EntryRefused("Grupp: välj något av alternativen i listan.", field="respondent_group")
    if said.measure == SHARE and not 0 <= said.figure <= 100:
        raise EntryRefused("Värde: en andel är från 0 till 100 procent.", field="figure")
    rule = protection.rule_in_force(session, scope, clock.today())
    _check_respondents(said, rule)
    known: list[Any] = [*queries.survey_figures(session, scope, said.year), *among]
    others = [each for each in known if each is not entry and each.year == said.year]
    alike = [each for each in others if _topic(each) == _topic(said)]
    if any((each.respondent_group, each.team_id) == (said.respondent_group, said.team_id) for each in alike):
        raise EntryRefused(
            "Det finns redan ett värde för gruppen, området och året. Rätta det i stället.", field="topic"
        )
    _check_beside([*alike, said], groups, rule)


def survey_figures_to_tell(session: Session, scope: Scope, year: int) -> list[SurveyFigure]:
    """Those of a year that the rule in force lets out; it may be stricter than when they were written."""
    rule = protection.rule_in_force(session, scope, clock.today())
    groups = {code.code: code.report_code for code in organisation.codes(session, scope, "respondent_group")}
    by_topic: dict[tuple[str, str], list[SurveyFigure]] = {}
    for figure in queries.survey_figures(session, scope, year):
        if _holds(partial(_check_respondents, figure, rule)):
            by_topic.setdefault(_topic(figure), []).append(figure)
    return [
        figure
        for figures in by_topic.values()
        if _holds(partial(_check_beside, figures, groups, rule))
        for figure in figures
    ]


def _holds(check: Callable[[], None]) -> bool:
    try:
        check()
    except EntryRefused:
        return False
    return True


def _least(rule: Rule) -> int:
    return max(rule.share_base, rule.median_base)


def _check_respondents(said: SetSurveyFigure | SurveyFigure, rule: Rule) -> None:
    """Few answers, or a share of them that is nearly nobody or nearly everybody, tell about single people."""
    if said.respondents < _least(rule):
        raise EntryRefused(
            f"Antal svarande: minst {_least(rule)} behövs. Slå ihop grupper, team eller år.",
            field="respondents",
        )
    if said.measure == MEAN and (said.scale or said.respondent_group not in NO_PARTICIPANTS):
        _check_scale(said)
    if said.respondent_group in NO_PARTICIPANTS:
        return
    threshold = rule.least(screening=False)
    if said.measure == SHARE and _answers(said).may_be_of_few(threshold):
        raise EntryRefused(
            f"Värde: andelen kan gälla färre än {threshold} svarande, eller alla utom färre än {threshold}. "
            "Slå ihop grupper, team eller år, eller skriv andelen med en decimal.",
            field="figure",
        )
    if said.measure == MEAN and _answers(said).may_be_of_few(threshold):
        raise EntryRefused(
            "Värde: medelvärdet ligger så nära skalans ände att nästan alla har svarat lika. "
            "Slå ihop grupper, team eller år.",
            field="figure",
        )


def _check_scale(said: SetSurveyFigure | SurveyFigure) -> None:
    """Without it nobody knows whether a mean tells that everybody answered alike."""
    scale = parse_scale(said.scale or "")
    if scale is None:
        raise EntryRefused(
            "Skala: skriv det lägsta och det högsta som går att svara, till exempel 1–5.", field="scale"
        )
    if not scale.least <= said.figure <= scale.greatest:
        raise EntryRefused(f"Värde: medelvärdet ligger utanför skalan {scale}.", field="figure")


def _check_beside(figures: Sequence[SetSurveyFigure | SurveyFigure], groups: Groups, rule: Rule) -> None:
    """Groups of participants are parts of all of them, and teams parts of the förbund."""
    found = leftovers({_parts(each, figures, groups): _answers(each) for each in figures}).values()
    if any(each.respondents < _least(rule) for each in found):
        raise EntryRefused(
            "Antal svarande: tillsammans med det som redan finns går det att räkna ut en grupp på färre "
            f"än {_least(rule)} svarande. Slå ihop grupper, team eller år.",
            field="respondents",
        )
    threshold = rule.least(screening=False)
    if any(each.is_of_few(threshold) for each in found):
        raise EntryRefused(
            "Värde: tillsammans med det som redan finns går det att räkna ut hur färre än "
            f"{threshold} har svarat. Slå ihop grupper, team eller år.",
            field="figure",
        )


def _answers(said: SetSurveyFigure | SurveyFigure) -> Answers:
    scale = parse_scale(said.scale or "")
    if said.respondent_group in NO_PARTICIPANTS:
        return Answers.unknown(said.respondents)
    if said.measure == SHARE:
        return Answers.of_share(said.respondents, said.figure)
    if scale is None:
        return Answers.unknown(said.respondents)
    return Answers.of_mean(said.respondents, said.figure, scale)


def _parts(
    said: SetSurveyFigure | SurveyFigure, figures: Sequence[SetSurveyFigure | SurveyFigure], groups: Groups
) -> Group:
    """The group as team and smallest group.

    0 stands for those in no team that has figures of its own. The code of a group with parts stands for those
    who are in none of these, as participants who are neither women nor men.
    """
    teams = {each.team_id or 0 for each in figures} | {0} if said.team_id is None else {said.team_id}
    smallest = {code for code, whole in groups.items() if whole == said.respondent_group}
    return frozenset(f"{team} {group}" for team in teams for group in {*smallest, said.respondent_group})


def _topic(said: SetSurveyFigure | SurveyFigure) -> tuple[str, str]:
    return said.instrument.casefold(), said.topic.casefold()


def _check_place(session: Session, scope: Scope, said: EntryCommand | Entry) -> None:
    check_year(said.year)
    if said.team_id is not None:
        organisation.team(session, scope, said.team_id)


@dataclass(frozen=True)
class Part:
    """A kind of entry: its table, what the log calls it, and what must hold."""

    model: type[Any]
    name: str
    check: Callable[..., None]


PARTS: dict[type[Any], Part] = {
    SetGoal: Part(Goal, "goal", _check_goal),
    SetSurveyFigure: Part(SurveyFigure, "survey", _check_survey),
    SetHistoryFigure: Part(HistoryFigure, "history", _check_history),
}
