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
from followup.plan.scales import MEAN, SHARE, parse_scale
from followup.plan.service import check_year
from followup.plan.told_surveys import ToldSurvey, group, is_same, told_of, told_surveys, topic
from followup.protection import queries as protection

# The wider group that a group of the list respondent_group is a part of.
Groups = Mapping[str, str | None]
# Groups of the list respondent_group that hold no participants.
NO_PARTICIPANTS = {"MED", "CHE", "STY"}
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
    if isinstance(entry, SurveyFigure):
        _check_still(said, entry, told_of(session, scope, entry))
    known: list[Any] = [*queries.survey_figures(session, scope, said.year), *among]
    others = [each for each in known if each is not entry and each.year == said.year]
    alike = [each for each in others if topic(each) == topic(said)]
    if any(group(each) == group(said) for each in alike):
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
            by_topic.setdefault(topic(figure), []).append(figure)
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
    """What editions told of the same topic is known beside the `figures`, also when it is voided by now.

    So many answered then. What others say who answer later follows from the difference, so nothing is told of
    them in this topic.
    """
    topics = {topic(each) for each in figures}
    known = [each for each in told if topic(each.figure) in topics]
    latest = {group(each.figure): each for each in reversed(known)}
    for each in figures:
        if group(each) in latest:
            _check_as_told(each, latest[group(each)])
    own = {group(each) for each in figures}
    answered = {(group(each.figure), each.figure.respondents) for each in known}
    if len(answered) > len(latest) and not own <= latest.keys():
        raise EntryRefused(
            "Grupp: området är publicerat med olika många svarande, och vad några av dem har svarat går att "
            "räkna ut om en grupp till berättas. Ta med gruppen nästa år.",
            field="respondent_group",
        )
    gone = [each.figure for place, each in latest.items() if place not in own]
    _check_beside([*figures, *gone], groups, rule)


def _check_as_told(said: Said, told: ToldSurvey) -> None:
    edition, old, _ = told
    if said.respondents != old.respondents:
        raise EntryRefused(
            f"Antal svarande: utgåva {edition} berättar om {old.respondents} svarande. Vad de som kommit "
            "till har svarat går att räkna ut om antalet ändras. Låt det stå, och ta med sena svar nästa år.",
            field="respondents",
        )
    if not is_same(said, old):
        raise EntryRefused(
            f"Mått: utgåva {edition} berättar om gruppen i ett annat mått, eller på en annan skala. "
            "Låt det stå som det är publicerat.",
            field="measure",
        )


def _check_still(said: Said, entry: SurveyFigure, told: ToldSurvey | None) -> None:
    """What an edition told must still be known by its row: nobody else remembers it."""
    if told is not None and not is_same(said, entry):
        raise EntryRefused(
            f"Område: värdet står i utgåva {told.edition}. Bara själva värdet kan rättas. Makulera det om "
            "det inte ska vara med mer, och lägg till ett nytt.",
            field="topic",
        )


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
    return frozenset(f"{team} {code}" for team in teams for code in {*smallest, said.respondent_group})
