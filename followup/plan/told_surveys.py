"""The survey figures that editions have told, whatever has become of them since."""

from decimal import Decimal
from itertools import product
from typing import NamedTuple

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.editions import queries as editions
from followup.plan import queries
from followup.plan.commands import SetSurveyFigure
from followup.plan.models import SurveyFigure
from followup.plan.scales import MEAN, SHARE, parse_scale
from followup.statistics.past import tables_of

TABLE = "T17"


class ToldSurvey(NamedTuple):
    """A figure as the edition with a number told it, and the entry that its row is called after."""

    edition: str
    figure: SetSurveyFigure
    entry: int


def told_surveys(session: Session, scope: Scope, year: int) -> list[ToldSurvey]:
    """Those of a year, of the edition published last first; also of editions that another has replaced."""
    entries = {f"e{entry.id}": entry for entry in queries.every_survey_figure(session, scope)}
    found = []
    for named in editions.named(session, scope) if entries else ():
        table = tables_of(session, scope, named, frozenset({TABLE})).get(TABLE)
        cells = table.cells if table else {}
        for (code, entry), measure in product(entries.items(), (MEAN, SHARE)):
            respondents = cells.get((code, str(year), "respondents"))
            value = cells.get((code, str(year), measure))
            if respondents and value and respondents.value is not None and value.value is not None:
                figure = SetSurveyFigure(
                    year=year,
                    instrument=entry.instrument,
                    respondent_group=entry.respondent_group,
                    topic=entry.topic,
                    respondents=int(respondents.value),
                    measure=measure,
                    figure=Decimal(str(value.value)),
                    scale=entry.scale if entry.measure == measure else None,
                    team_id=entry.team_id,
                )
                found.append(ToldSurvey(named.number, figure, entry.id))
    return found


def told_of(session: Session, scope: Scope, entry: SurveyFigure) -> ToldSurvey | None:
    """Where an edition told an entry, or another value in the row that is called after it."""
    for year in (entry.year, entry.year - 1):
        for told in told_surveys(session, scope, year):
            if told.entry == entry.id or (year == entry.year and is_same(told.figure, entry)):
                return told
    return None


def topic(said: SetSurveyFigure | SurveyFigure) -> tuple[str, str]:
    """What was asked about."""
    return said.instrument.casefold(), said.topic.casefold()


def group(said: SetSurveyFigure | SurveyFigure) -> tuple[str, int | None]:
    """Who answered."""
    return said.respondent_group, said.team_id


def is_same(one: SetSurveyFigure | SurveyFigure, other: SetSurveyFigure | SurveyFigure) -> bool:
    """Whether they are alike in all but the figure and how many answered.

    The scale of a mean is asked for since; it may be added where there is none.
    """
    scales = {parse_scale(each.scale or "") for each in (one, other) if each.measure == MEAN} - {None}
    return _what(one) == _what(other) and len(scales) < 2


def _what(said: SetSurveyFigure | SurveyFigure) -> tuple[object, ...]:
    return said.year, topic(said), group(said), said.measure
