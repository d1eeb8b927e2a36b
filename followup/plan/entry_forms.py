"""What is typed about goals, surveys and earlier years."""

from collections.abc import Mapping
from typing import Any

from followup.plan.commands import SetGoal, SetHistoryFigure, SetSurveyFigure
from followup.plan.indicators import INDICATORS, MANUAL, MANUAL_INDICATOR, PERCENT
from followup.plan.models import Goal, HistoryFigure, SurveyFigure
from followup.plan.wording import MEASURES, WHOLE
from followup.plan.years import EARLIEST
from followup.web.fields import (
    Choices,
    CodeRadioField,
    CodeSelectField,
    DecimalField,
    GuardedStringField,
    GuardedTextArea,
    TokenField,
    WholeNumberField,
    YearField,
)
from followup.web.forms import Form

EVERYTHING = "all"
LATEST = 2100


class EntryFields(Form):
    """What the three forms share. `choices` are what the lists of the förbund offer, by field."""

    seen = TokenField()

    def offer(self, choices: Mapping[str, Choices]) -> None:
        for name, items in choices.items():
            if name in self:
                field: Any = self[name]
                field.set_items(items)

    def show(self, entry: Any) -> None:
        self.seen.data = entry.stamp


def _measured(name: str) -> str:
    unit = f", {INDICATORS[name].unit}" if INDICATORS[name].unit == PERCENT else ""
    return f"{INDICATORS[name].label}{unit}"


COMPUTED = [(name, _measured(name)) for name in INDICATORS]


class GoalForm(EntryFields):
    year = YearField("År", missing="Fyll i året.", low=EARLIEST, high=LATEST)
    place = CodeSelectField("Gäller", missing="Välj vad målet gäller.", empty="", default=EVERYTHING)
    wording = GuardedTextArea("Mål", missing="Skriv målet.", longest=300)
    indicator = CodeSelectField(
        "Indikator",
        items=[*COMPUTED, (MANUAL, MANUAL_INDICATOR.label)],
        missing="Välj vad målet mäts med.",
        help_text="Räknas fram när årets månader är klarmarkerade.",
    )
    target = WholeNumberField("Målvärde", help_text="Ett tal, eller procent om indikatorn är en andel.")
    outcome = WholeNumberField(
        "Utfall",
        help_text="Fyll i om utfallet inte räknas fram. Ett framräknat utfall går före. Skriv inte in antal "
        "deltagare i teamen, eller andelar av dem: det kan avslöja vad som är dolt i tabellerna.",
    )
    assessment = CodeRadioField("Bedömning")
    remark = GuardedTextArea("Kommentar", longest=500)

    def show(self, entry: Goal) -> None:
        super().show(entry)
        for name in ("year", "wording", "indicator", "target", "outcome", "assessment", "remark"):
            self[name].data = getattr(entry, name)
        self.place.data = place_of(entry)

    def command(self) -> SetGoal:
        return SetGoal(
            year=self.year.data,
            wording=self.wording.data or "",
            indicator=self.indicator.data,
            target=self.target.data,
            outcome=self.outcome.data,
            assessment=self.assessment.data or None,
            remark=self.remark.data,
            **_place(self.place.data),
        )


class SurveyForm(EntryFields):
    year = YearField("År", missing="Fyll i året.", low=EARLIEST, high=LATEST)
    instrument = GuardedStringField(
        "Instrument",
        missing="Fyll i instrumentets namn.",
        longest=60,
        help_text="Till exempel NNS indikatorer, SIP-kollen eller BIP.",
    )
    respondent_group = CodeSelectField("Grupp", missing="Välj vilka som svarade.")
    place = CodeSelectField("Gäller", missing="Välj vad svaren gäller.", empty="", default=EVERYTHING)
    topic = GuardedStringField(
        "Område",
        missing="Fyll i vilket område värdet gäller.",
        longest=120,
        help_text="Ett par ord. Skriv inte av instrumentets frågor.",
    )
    respondents = WholeNumberField(
        "Antal svarande",
        missing="Fyll i hur många som svarade.",
        high=99_999,
        help_text="För få svar tas inte emot, eftersom de kan peka ut enskilda.",
    )
    measure = CodeRadioField("Mått", items=MEASURES.items(), missing="Välj vilket mått värdet är.")
    figure = DecimalField("Värde", missing="Fyll i värdet.", low=-999, high=9999)
    scale = GuardedStringField(
        "Skala",
        longest=15,
        sometimes=True,
        help_text="För ett medelvärde: det lägsta och det högsta som går att svara, till exempel 1–5.",
    )

    def show(self, entry: SurveyFigure) -> None:
        super().show(entry)
        for name in ("year", "instrument", "respondent_group", "topic", "respondents", "measure", "scale"):
            self[name].data = getattr(entry, name)
        self.figure.data = entry.figure.normalize() if entry.figure else entry.figure
        self.place.data = place_of(entry)

    def command(self) -> SetSurveyFigure:
        place = _place(self.place.data)
        return SetSurveyFigure(
            year=self.year.data,
            instrument=self.instrument.data or "",
            respondent_group=self.respondent_group.data,
            topic=self.topic.data or "",
            respondents=self.respondents.data,
            measure=self.measure.data,
            figure=self.figure.data,
            scale=self.scale.data,
            team_id=place["team_id"],
        )


class HistoryForm(EntryFields):
    year = YearField("År", missing="Fyll i året.", low=EARLIEST, high=LATEST)
    indicator = CodeSelectField("Indikator", items=COMPUTED, missing="Välj vad talet mäter.")
    place = CodeSelectField("Gäller", missing="Välj vad talet gäller.", empty="", default=EVERYTHING)
    figure = WholeNumberField("Tal", missing="Fyll i talet.")
    source = GuardedStringField(
        "Källa",
        missing="Fyll i var talet är tryckt.",
        longest=120,
        help_text="Till exempel Årsredovisning 2021.",
    )

    def show(self, entry: HistoryFigure) -> None:
        super().show(entry)
        for name in ("year", "indicator", "figure", "source"):
            self[name].data = getattr(entry, name)
        self.place.data = place_of(entry)

    def command(self) -> SetHistoryFigure:
        return SetHistoryFigure(
            year=self.year.data,
            indicator=self.indicator.data,
            figure=self.figure.data,
            source=self.source.data or "",
            team_id=_place(self.place.data)["team_id"],
        )


EntryForm = GoalForm | SurveyForm | HistoryForm


def place_of(entry: Goal | SurveyFigure | HistoryFigure) -> str:
    """What an entry is about, as its form names it: all, t3 for a team, i7 for an intervention."""
    if isinstance(entry, Goal) and entry.intervention_id is not None:
        return f"i{entry.intervention_id}"
    return EVERYTHING if entry.team_id is None else f"t{entry.team_id}"


def places(teams: Mapping[int, str], interventions: Mapping[int, str]) -> list[tuple[str, str]]:
    return [
        (EVERYTHING, WHOLE),
        *((f"i{number}", name) for number, name in interventions.items()),
        *((f"t{number}", _team_name(name, interventions)) for number, name in teams.items()),
    ]


def _team_name(name: str, interventions: Mapping[int, str]) -> str:
    """Told apart from the intervention of the same name, which has the budget."""
    return f"{name} (teamet)" if name in interventions.values() else name


def _place(code: str) -> dict[str, int | None]:
    number = None if code == EVERYTHING else int(code[1:])
    return {
        "team_id": number if code.startswith("t") else None,
        "intervention_id": number if code.startswith("i") else None,
    }
