"""What surveys made elsewhere came to: means and shares, with how many answered."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.disclosure.cells import Axis, Codes
from followup.disclosure.plain import Among, Derived
from followup.organisation import queries as organisation
from followup.periods import Period, Year
from followup.plan.indicators import PERCENT
from followup.plan.scales import MEAN, SHARE
from followup.plan.surveys import survey_figures_to_tell
from followup.statistics.declarations import FIGURE, PERIOD, Cubes, Figures, PlainCube, Setting, Table, Words
from followup.statistics.plain import period_axis
from followup.statistics.tables.money import flow_of
from followup.statistics.tables.to_key_in import PARTICIPANTS
from followup.statistics.told import categories, figure
from followup.web.formats import HARD_SPACE, decimal, integer, plural

SURVEY, GROUPS = "survey", "respondent_group"
RESPONDENTS = "respondents"
# Groups of participants that T1 tells apart as well.
SEXES = {"DEK": "F", "DEM": "MX"}
LABELS = {RESPONDENTS: "Antal svarande", MEAN: "Medelvärde", SHARE: "Andel"}
# More values than these are read in the table.
MOST_TOLD = 6


class Topic(NamedTuple):
    """What a value is of; the same in both years stands in one row."""

    instrument: str
    topic: str
    respondent_group: str
    team_id: int | None
    measure: str

    @classmethod
    def of(cls, found: Any) -> "Topic":
        return cls(found.instrument, found.topic, found.respondent_group, found.team_id, found.measure)


def of_surveys(session: Session, scope: Scope, setting: Setting) -> Figures | None:
    told_as_one = {team for teams in setting.together.values() for team in teams}
    found = {
        (Topic.of(each), period.code): each
        for period in setting.periods
        for each in survey_figures_to_tell(session, scope, period.first.year)
        if str(each.team_id) not in told_as_one
    }
    if not found:
        return None
    # The latest entry names the row, so that a revised edition knows it again.
    topics: dict[Topic, str] = {}
    for (topic, _), entry in found.items():
        topics.setdefault(topic, f"e{entry.id}")
    cells: dict[Codes, float | None] = {}
    derived: dict[Codes, Derived] = {}
    for topic, code in topics.items():
        for period in setting.periods:
            value = found.get((topic, period.code))
            told = {RESPONDENTS: value.respondents, topic.measure: _told(value)} if value else {}
            for name in (RESPONDENTS, topic.measure):
                if value and topic.respondent_group in SEXES:
                    derived[code, period.code, name] = _of_one_sex(value, told[name], period)
                else:
                    cells[code, period.code, name] = told.get(name)
    measures = [name for name in LABELS if any(codes[-1] == name for codes in (*cells, *derived))]
    figures = Axis(FIGURE, "Mått", tuple(measures), tuple(LABELS[name] for name in measures))
    decimals = {MEAN: _decimals([each.figure for each in found.values() if each.measure == MEAN])}
    axes = (_topic_axis(session, scope, topics), period_axis(setting), figures)
    return Figures(axes, cells, derived, decimals=decimals, units={SHARE: PERCENT}, told=(SURVEY, FIGURE))


def _of_one_sex(value: Any, figure: float, period: Period) -> Among:
    """Those who answered are participants of that sex: told where those are.

    Teams' figures add up, so those of a team are told where everybody of that sex is, too.
    """
    team, sex = str(value.team_id) if value.team_id else None, SEXES[value.respondent_group]
    parts = (flow_of(place, PARTICIPANTS, period, sex) for place in dict.fromkeys((team, None)))
    return Among(figure, tuple(parts))


def _told(value: Any) -> float:
    """A share in whole per cent, as every other share: some tens of answers carry no more."""
    if value.measure == SHARE:
        return float(value.figure.quantize(Decimal(1), ROUND_HALF_UP))
    return float(value.figure)


def _decimals(figures: Sequence[Decimal]) -> int:
    """As many as the values were given with."""
    written = [int(figure.normalize().as_tuple().exponent) for figure in figures]
    return max((-exponent for exponent in written), default=0) if any(e < 0 for e in written) else 0


def _topic_axis(session: Session, scope: Scope, topics: Mapping[Topic, str]) -> Axis:
    groups = organisation.labels(session, scope, [GROUPS])[GROUPS]
    teams = {team.id: team.name for team in organisation.all_teams(session, scope)}
    labels = tuple(
        f"{each.instrument}, {each.topic}, {groups.get(each.respondent_group, '')}"
        + (f" ({teams[each.team_id]})" if each.team_id else "")
        for each in topics
    )
    return Axis(SURVEY, "Enkät, område och grupp", tuple(topics.values()), labels)


def words(cubes: Cubes, period: Period) -> Words:
    topics = categories(cubes, "", SURVEY)
    told = [text for code, label in topics.items() if (text := _clause(cubes, code, label, period))]
    heading = f"{plural(len(told), 'enkätvärde', 'enkätvärden')} {period.label}"
    if len(told) > MOST_TOLD:
        return Words(heading, "Varje värde står i tabellen med antalet svarande.")
    return Words(heading, " ".join(told))


def _clause(cubes: Cubes, code: str, label: str, period: Period) -> str:
    """ "Egen enkät, Bemötande, deltagare: medelvärde 3,6 (48 svarande)." """
    answered = figure(cubes, "", period, survey=code, figure=RESPONDENTS)
    mean, share = (figure(cubes, "", period, survey=code, figure=name) for name in (MEAN, SHARE))
    if answered is None or (mean is None and share is None):
        return ""
    if share is None:
        value = f"medelvärde {decimal(mean or 0, cubes[''].cells[code, period.code, MEAN].decimals)}"
    else:
        shown = decimal(share, cubes[""].cells[code, period.code, SHARE].decimals)
        value = f"{shown}{HARD_SPACE}%"
    return f"{label}: {value} ({integer(answered)} svarande)."


T17 = Table(
    id="T17",
    title="Enkäter",
    inclusion=(
        "Sammanställda värden ur enkäter som gjorts på annat håll, som de skrivits in eller lästs in.",
        "Värden för grupper med färre svarande än regeln för röjandekontroll kräver visas inte.",
        "Utan ett team inom parentes gäller raden hela förbundet.",
        "Team som redovisas tillsammans har inga egna rader.",
        "Värden för kvinnor eller män visas inte där T1 döljer antalet, eller där de andra skulle vara få.",
        "Frågorna hör till den som äger instrumentet och återges inte. Området är en rubrik.",
    ),
    cubes=(PlainCube("", "Enkätvärden", (SURVEY,), (PERIOD, FIGURE), of_surveys),),
    finding=words,
    drawing=None,
    kinds=(Year,),
)
