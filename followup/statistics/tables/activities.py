"""What was arranged for many, and how often advisory teams met."""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.activities import queries
from followup.activities.counting import by_kind, by_party, participations
from followup.disclosure import TOTAL
from followup.disclosure.cells import Axis, Codes
from followup.organisation import queries as organisation
from followup.periods import Period
from followup.statistics.declarations import (
    FIGURE,
    PERIOD,
    Cubes,
    Drawing,
    Figures,
    PlainCube,
    Setting,
    Table,
    Words,
)
from followup.statistics.plain import period_axis
from followup.statistics.told import categories, figure
from followup.web.formats import enumeration, plural, sentence_start

KIND, PARTY, ADVISORY = "activity_kind", "member_party", "advisory_team"
HELD, ATTENDED = "held", "attended"
FIGURES = Axis(FIGURE, "Mått", (HELD, ATTENDED), ("Aktiviteter", "Deltaganden"))


def of_kinds(session: Session, scope: Scope, setting: Setting) -> Figures | None:
    """Activities and participations by slag."""
    found = {period: queries.in_period(session, scope, period) for period in setting.periods}
    kinds = by_kind(activity for held in found.values() for activity in held)
    if not kinds:
        return None
    cells: dict[Codes, float | None] = {}
    axis = _listed(session, scope, KIND, "Slag", kinds)
    for period, held in found.items():
        parts = by_kind(held)
        for code in axis.codes:
            some = held if code == TOTAL else parts.get(code, [])
            # A year before the first activity that was written down is no year without activities.
            told = (len(some), participations(some)) if held else (None, None)
            cells |= {(code, period.code, HELD): told[0], (code, period.code, ATTENDED): told[1]}
    return Figures((axis, period_axis(setting), FIGURES), cells)


def of_parties(session: Session, scope: Scope, setting: Setting) -> Figures | None:
    """Participations by organisation."""
    found = {period: by_party(queries.in_period(session, scope, period)) for period in setting.periods}
    parties = {party for counts in found.values() for party in counts}
    return _summed(
        setting, found, _listed(session, scope, PARTY, "Organisation", parties) if parties else None
    )


def of_advisory_teams(session: Session, scope: Scope, setting: Setting) -> Figures | None:
    """Meetings with an individual and a referrer, by team."""
    found = {
        period: {str(team): number for team, number in queries.meetings_in(session, scope, period).items()}
        for period in setting.periods
    }
    met = {team for counts in found.values() for team in counts}
    teams = [team for team in queries.advisory_teams(session, scope) if str(team.id) in met]
    codes, labels = [str(team.id) for team in teams], [team.name for team in teams]
    axis = Axis(ADVISORY, "Rådgivande team", (TOTAL, *codes), ("Totalt", *labels)) if teams else None
    return _summed(setting, found, axis)


def _summed(setting: Setting, found: Mapping[Period, Mapping[str, int]], axis: Axis | None) -> Figures | None:
    if axis is None:
        return None
    cells: dict[Codes, float | None] = {
        (code, period.code): _sum(counts, code) for period, counts in found.items() for code in axis.codes
    }
    return Figures((axis, period_axis(setting)), cells)


def _sum(counts: Mapping[str, int], code: str) -> int | None:
    if not counts:
        return None
    return sum(counts.values()) if code == TOTAL else counts.get(code, 0)


def _listed(session: Session, scope: Scope, list_name: str, label: str, used: Iterable[str]) -> Axis:
    """The entries of a code list that are used, in its own order, with a total first."""
    names = organisation.labels(session, scope, [list_name])[list_name]
    codes = [code for code in names if code in set(used)]
    return Axis(
        list_name, label, (TOTAL, *codes), ("Totalt", *(sentence_start(names[code]) for code in codes))
    )


def words(cubes: Cubes, period: Period) -> Words:
    held, attended = (figure(cubes, "", period, figure=code) for code in (HELD, ATTENDED))
    met = figure(cubes, "möten", period)
    heads, sentences = [], []
    if held is not None and attended is not None:
        heads.append(
            plural(int(attended), "deltagande", "deltaganden") + " i strukturövergripande aktiviteter"
        )
        sentences.append(
            f"{plural(int(held), 'aktivitet', 'aktiviteter')} hölls, med "
            f"{plural(int(attended), 'deltagande', 'deltaganden')}{_before(cubes, period)}."
        )
    if met is not None:
        heads.append(plural(int(met), "möte", "möten") + " i rådgivande team")
        names = enumeration(categories(cubes, "möten", ADVISORY).values())
        sentences.append(f"{names} hade {plural(int(met), 'möte', 'möten')} med individ och remittent.")
    if not heads:
        return Words(f"Aktiviteter och möten {period.label}", "")
    return Words(f"{enumeration(heads)} {period.label}", " ".join(sentences))


def _before(cubes: Cubes, period: Period) -> str:
    number = figure(cubes, "", period.previous, figure=ATTENDED)
    return (
        ""
        if number is None
        else f" (samma period året före: {plural(int(number), 'deltagande', 'deltaganden')})"
    )


T12 = Table(
    id="T12",
    title="Strukturövergripande aktiviteter och möten",
    inclusion=(
        "Räknar deltaganden, inte unika personer: den som kommer till tre aktiviteter räknas tre gånger.",
        "En aktivitet hör till den period då den hölls.",
        "Möten är de rådgivande teamens möten med individ och remittent, efter månad.",
        "Makulerade aktiviteter räknas inte.",
    ),
    cubes=(
        PlainCube("", "Aktiviteter och deltaganden efter slag", (KIND,), (PERIOD, FIGURE), of_kinds),
        PlainCube("organisation", "Deltaganden efter organisation", (PARTY,), (PERIOD,), of_parties),
        PlainCube("möten", "Möten per rådgivande team", (ADVISORY,), (PERIOD,), of_advisory_teams),
    ),
    finding=words,
    drawing=Drawing("", KIND, {FIGURE: ATTENDED}, "deltaganden"),
)
