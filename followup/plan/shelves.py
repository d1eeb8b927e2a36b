"""The lists of goals, surveys and earlier years: their words, their form and their rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from followup.periods import Year
from followup.plan.entry_forms import EntryForm, GoalForm, HistoryForm, SurveyForm
from followup.plan.indicators import PERCENT, indicator
from followup.plan.models import Goal, HistoryFigure, SurveyFigure
from followup.plan.scales import MEAN
from followup.plan.surveys import NO_PARTICIPANTS
from followup.plan.wording import MEASURES, WHOLE
from followup.statistics.tables.goals import source_of
from followup.web.formats import HARD_SPACE, decimal, integer, sentence_start
from followup.web.tables import MISSING, Cell, Column
from followup.weeks import LAST_YEAR


@dataclass(frozen=True)
class Names:
    """What numbers and codes stand for."""

    teams: Mapping[int, str]
    interventions: Mapping[int, str]
    codes: Mapping[str, Mapping[str, str]]
    # What the protected tables say of goals, by their number.
    outcomes: Mapping[int, Cell] = field(default_factory=dict)
    # From this year on figures of people come from the register.
    registered: int = LAST_YEAR

    def place(self, entry: Any) -> str:
        if getattr(entry, "intervention_id", None) is not None:
            return self.interventions[entry.intervention_id]
        return WHOLE if entry.team_id is None else self.teams[entry.team_id]


@dataclass(frozen=True)
class Shelf:
    """`by_year`: the list shows one year. `name_of` says in a few words which entry it is."""

    name: str
    model: type[Any]
    form: type[EntryForm]
    heading: str
    lead: str
    add: str
    correct: str
    save: str
    empty: str
    by_year: bool
    columns: Sequence[Column]
    cells: Callable[[Any, Names], list[Cell]]
    name_of: Callable[[Any], str]


def _goal_cells(goal: Goal, names: Names) -> list[Cell]:
    return [
        Cell(names.place(goal)),
        Cell(indicator(goal.indicator).label),
        _number(goal.target, indicator(goal.indicator).unit),
        names.outcomes.get(goal.id) or _number(goal.outcome, indicator(goal.indicator).unit),
        Cell(sentence_start(names.codes["goal_assessment"].get(goal.assessment or "", "inte bedömt"))),
        Cell(goal.remark or ""),
    ]


def _survey_cells(figure: SurveyFigure, names: Names) -> list[Cell]:
    value = decimal(figure.figure, 1)
    return [
        Cell(str(figure.year)),
        Cell(figure.instrument),
        Cell(sentence_start(names.codes["respondent_group"].get(figure.respondent_group, ""))),
        Cell(names.place(figure)),
        Cell(integer(figure.respondents)),
        Cell(f"{value}{HARD_SPACE}%" if figure.measure == "share" else value),
        Cell(_measure(figure)),
    ]


def _measure(figure: SurveyFigure) -> str:
    measure = MEASURES[figure.measure].partition(",")[0]
    if figure.measure == MEAN and figure.respondent_group not in NO_PARTICIPANTS:
        scale = f"skala {figure.scale}" if figure.scale else "skala saknas: visas inte i T17"
        return f"{measure}, {scale}"
    return measure


def _history_cells(figure: HistoryFigure, names: Names) -> list[Cell]:
    counted = source_of(figure.indicator, figure.team_id, Year(figure.year))
    is_shown = counted is None or figure.year < names.registered
    return [
        Cell(str(figure.year)),
        Cell(names.place(figure)),
        _number(figure.figure, indicator(figure.indicator).unit),
        Cell(figure.source if is_shown else f"{figure.source}. Visas inte: året finns i registret."),
    ]


def _number(number: int | None, unit: str) -> Cell:
    if number is None:
        return MISSING
    return Cell(f"{integer(number)}{HARD_SPACE}%" if unit == PERCENT else integer(number))


SHELVES = {
    shelf.name: shelf
    for shelf in (
        Shelf(
            name="mal",
            model=Goal,
            form=GoalForm,
            heading="Mål",
            lead="Vad förbundet och insatserna ska nå under året, och hur det gick.",
            add="Lägg till mål",
            correct="Rätta mål",
            save="Spara mål",
            empty="Inget mål är skrivet för året. Lägg till det första, eller läs in en fil.",
            by_year=True,
            columns=[
                Column("Mål"),
                Column("Gäller"),
                Column("Indikator"),
                Column("Målvärde", numeric=True),
                Column("Utfall", numeric=True),
                Column("Bedömning"),
                Column("Kommentar"),
            ],
            cells=_goal_cells,
            name_of=lambda goal: str(goal.wording),
        ),
        Shelf(
            name="enkater",
            model=SurveyFigure,
            form=SurveyForm,
            heading="Enkäter",
            lead="Sammanställda värden från enkäter som gjorts på annat håll. Inga svar från enskilda.",
            add="Lägg till värde",
            correct="Rätta värde",
            save="Spara värde",
            empty="Inget enkätvärde är infört. Lägg till det första, eller läs in en fil.",
            by_year=False,
            columns=[
                Column("Område"),
                Column("År"),
                Column("Instrument"),
                Column("Grupp"),
                Column("Gäller"),
                Column("Svarande", numeric=True),
                Column("Värde", numeric=True),
                Column("Mått"),
            ],
            cells=_survey_cells,
            name_of=lambda figure: str(figure.topic),
        ),
        Shelf(
            name="tidigare-ar",
            model=HistoryFigure,
            form=HistoryForm,
            heading="Tidigare år",
            lead="Siffror som tidigare årsredovisningar har tryckt, så att serierna når längre bakåt.",
            add="Lägg till tal",
            correct="Rätta tal",
            save="Spara tal",
            empty="Inget tal från tidigare år är infört. Lägg till det första, eller läs in en fil.",
            by_year=False,
            columns=[
                Column("Indikator"),
                Column("År"),
                Column("Gäller"),
                Column("Tal", numeric=True),
                Column("Källa"),
            ],
            cells=_history_cells,
            name_of=lambda figure: indicator(figure.indicator).label,
        ),
    )
}
