"""The survey figures that editions have told, whatever has become of them since."""

from decimal import Decimal
from itertools import product
from typing import NamedTuple

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.editions import queries as editions
from followup.plan import queries
from followup.plan.commands import SetSurveyFigure
from followup.statistics.past import tables_of

TABLE = "T17"
# What was told as a mean may have been corrected to a share since, and the other way.
MEASURES = ("mean", "share")


class ToldSurvey(NamedTuple):
    """A figure as the edition with a number told it."""

    edition: str
    figure: SetSurveyFigure


def told_surveys(session: Session, scope: Scope, year: int) -> list[ToldSurvey]:
    """Those of a year, of the edition published last first; also of editions that another has replaced."""
    entries = {f"e{entry.id}": entry for entry in queries.every_survey_figure(session, scope)}
    found = []
    for named in editions.named(session, scope) if entries else ():
        table = tables_of(session, scope, named, frozenset({TABLE})).get(TABLE)
        cells = table.cells if table else {}
        for (code, entry), measure in product(entries.items(), MEASURES):
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
                found.append(ToldSurvey(named.number, figure))
    return found
