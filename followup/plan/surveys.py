"""What survey figures may be told: never of few, nor beside others that give few away."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, Protocol

from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.disclosure import Rule
from followup.errors import Refusal
from followup.organisation import queries as organisation
from followup.plan import queries
from followup.plan.commands import SetSurveyFigure
from followup.plan.leftovers import Answers, Group, fewest_left, half_of, tells_of_few
from followup.plan.models import SurveyFigure
from followup.plan.scales import parse_scale
from followup.plan.service import check_year
from followup.plan.told_surveys import ToldSurvey, told_surveys
from followup.protection import queries as protection

# The wider group that a group of the list respondent_group is a part of.
Groups = Mapping[str, str | None]
# Groups of the list respondent_group that hold no participants.
NO_PARTICIPANTS = {"MED", "CHE", "STY"}
SHARE, MEAN = "share", "mean"
HUNDREDTHS = Decimal("0.01")
Said = SetSurveyFigure | SurveyFigure


class Placed(Protocol):
    @property
    def year(self) -> int: ...
    @property
    def team_id(self) -> int | None: ...


class EntryRefused(Refusal):
    """Something typed cannot be; `field` says what."""


def check_place(session: Session, scope: Scope, said: Placed) -> None:
    check_year(said.year)
    if said.team_id is not None:
        organisation.team(session, scope, said.team_id)


def check_survey(
    session: Session,
    scope: Scope,
    said: Said,
    entry: object,
    among: Sequence[SetSurveyFigure] = (),
) -> None:
    check_place(session, scope, said)
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
    if any(_group(each) == _group(said) for each in alike):
        raise EntryRefused(
            "Det finns redan ett värde för gruppen, området och året. Rätta det i stället.", field="topic"
        )
    _check_beside([*alike, said], groups, rule)
    _check_told([*alike, said], told_surveys(session, scope, said.year), groups, rule)


def survey_figures_to_tell(session: Session, scope: Scope, year: int) -> list[SurveyFigure]:
    """Those of a year that the rule in force lets out; it may be stricter than when they were written."""
    rule = protection.rule_in_force(session, scope, clock.today())
    groups = {code.code: code.report_code for code in organisation.codes(session, scope, "respondent_group")}
    by_topic: dict[tuple[str, str], list[SurveyFigure]] = {}
    for figure in queries.survey_figures(session, scope, year):
        if _holds(partial(_check_respondents, figure, rule)):
            by_topic.setdefault(_topic(figure), []).append(figure)
    told = told_surveys(session, scope, year) if by_topic else []
    return [
        figure
        for figures in by_topic.values()
        if _holds(partial(_check_beside, figures, groups, rule))
        and _holds(partial(_check_told, figures, told, groups, rule))
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


def _check_respondents(said: Said, rule: Rule) -> None:
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
    if said.measure == MEAN and _answers(said, half_of(said.figure)).may_be_of_few(threshold):
        raise EntryRefused(
            "Värde: medelvärdet ligger så nära skalans ände att nästan alla har svarat lika. "
            "Slå ihop grupper, team eller år.",
            field="figure",
        )


def _check_scale(said: Said) -> None:
    """Without it nobody knows whether a mean tells that everybody answered alike."""
    scale = parse_scale(said.scale or "")
    if scale is None:
        raise EntryRefused(
            "Skala: skriv det lägsta och det högsta som går att svara, till exempel 1–5.", field="scale"
        )
    if not scale.least <= said.figure <= scale.greatest:
        raise EntryRefused(f"Värde: medelvärdet ligger utanför skalan {scale}.", field="figure")


def _check_beside(figures: Sequence[Said], groups: Groups, rule: Rule) -> None:
    """Groups of participants are parts of all of them, and teams parts of the förbund."""
    known = {_parts(each, figures, groups): _answers(each) for each in figures}
    fewest = fewest_left(known)
    if fewest is not None and fewest < _least(rule):
        raise EntryRefused(
            "Antal svarande: tillsammans med det som redan finns går det att räkna ut en grupp på färre "
            f"än {_least(rule)} svarande. Slå ihop grupper, team eller år.",
            field="respondents",
        )
    threshold = rule.least(screening=False)
    if tells_of_few(known, threshold):
        raise EntryRefused(
            "Värde: tillsammans med det som redan finns går det att räkna ut hur färre än "
            f"{threshold} har svarat. Slå ihop grupper, team eller år.",
            field="figure",
        )


def _check_told(figures: Sequence[Said], told: Sequence[ToldSurvey], groups: Groups, rule: Rule) -> None:
    """What editions told of the same topic is known beside the `figures`, also when it is voided by now."""
    topics = {_topic(each) for each in figures}
    known = [each for each in told if _topic(each.figure) in topics]
    own = {_group(each): each.respondents for each in figures}
    for edition, old in known:
        now = own.get(_group(old), old.respondents)
        if 0 < abs(now - old.respondents) < _least(rule):
            raise EntryRefused(
                f"Antal svarande: utgåva {edition} berättar om {old.respondents}, och vad så få fler eller "
                f"färre har svarat går att räkna ut. Skillnaden behöver vara minst {_least(rule)}. "
                "Låt värdet stå som det är publicerat.",
                field="respondents",
            )
    gone = {_group(each.figure): each.figure for each in reversed(known) if _group(each.figure) not in own}
    _check_beside([*figures, *gone.values()], groups, rule)


def _group(said: Said) -> tuple[str, int | None]:
    return said.respondent_group, said.team_id


def _answers(said: Said, half: Decimal = HUNDREDTHS / 2) -> Answers:
    """Between which numbers it lies; a mean may be told in hundredths beside others that are written so."""
    scale = parse_scale(said.scale or "")
    if said.respondent_group in NO_PARTICIPANTS:
        return Answers.unknown(said.respondents)
    if said.measure == SHARE:
        return Answers.of_share(said.respondents, said.figure)
    if scale is None:
        return Answers.unknown(said.respondents)
    return Answers.of_mean(said.respondents, said.figure, scale, half=half)


def _parts(said: Said, figures: Sequence[Said], groups: Groups) -> Group:
    """The group as team and smallest group.

    0 stands for those in no team that has figures of its own. The code of a group with parts stands for those
    who are in none of these, as participants who are neither women nor men.
    """
    teams = {each.team_id or 0 for each in figures} | {0} if said.team_id is None else {said.team_id}
    smallest = {code for code, whole in groups.items() if whole == said.respondent_group}
    return frozenset(f"{team} {group}" for team in teams for group in {*smallest, said.respondent_group})


def _topic(said: Said) -> tuple[str, str]:
    return said.instrument.casefold(), said.topic.casefold()
