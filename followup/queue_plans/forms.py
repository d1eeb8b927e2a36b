"""What a manager fills in about a plan."""

from collections.abc import Iterable
from typing import Any

from followup.organisation.models import Code
from followup.periods import Month
from followup.queue_plans.commands import Decision, Measure
from followup.queue_plans.files import FORMATS
from followup.queue_plans.models import QueueMeasure
from followup.scenarios.commands import Question
from followup.web.fields import (
    CodeRadioField,
    CodeSelectField,
    GuardedStringField,
    SwedishDateField,
    WholeNumberField,
)
from followup.web.forms import Form

MONTHS_BACK, MONTHS_AHEAD = 12, 36
EFFECT = ("colleagues", "places", "stay_change", "referrals")


class MeasureForm(Form):
    what = GuardedStringField("Vad som ska göras", longest=120, missing="Fyll i vad som ska göras.")
    kind = CodeRadioField("Slag av åtgärd", missing="Välj vilket slag av åtgärd det är.")
    responsible_function = GuardedStringField(
        "Ansvarig funktion",
        longest=80,
        missing="Fyll i vilken funktion som ansvarar.",
        help_text="Till exempel verksamhetsledare eller förbundschef. Skriv inte vem det är.",
    )
    first = CodeSelectField("Från och med", missing="Välj från vilken månad åtgärden gäller.")
    last = CodeSelectField("Till och med", empty="Tills vidare")
    colleagues = WholeNumberField(
        "Fler medarbetare, procent av heltid",
        low=-1000,
        high=1000,
        help_text="100 är en heltid mer. Ta inte med det som redan står under Platser och mål.",
    )
    places = WholeNumberField(
        "Platser per heltid", low=1, high=100, help_text="Så många deltagare som en heltid har samtidigt."
    )
    stay_change = WholeNumberField(
        "Ändrad vistelsetid, veckor", low=-200, high=200, help_text="−8 är åtta veckor kortare."
    )
    referrals = WholeNumberField(
        "Ändring av nya i kön, procent", low=-100, high=300, help_text="−10 är tio procent färre."
    )

    def offer(self, kinds: Iterable[Code], counted: Month) -> None:
        self.kind.set_items(kinds)
        months = [counted + step for step in range(-MONTHS_BACK, MONTHS_AHEAD + 1)]
        for field in (self.first, self.last):
            field.set_items([(str(month), month.label) for month in months])

    def show(self, measure: QueueMeasure) -> None:
        for name in ("what", "kind", "responsible_function", *EFFECT):
            self[name].data = getattr(measure, name) or None
        self.first.data = str(measure.first)
        self.last.data = str(measure.last) if measure.last else None

    def show_scenario(self, name: str, question: Question) -> None:
        """Begin from a saved scenario; its vacancy and stop are no measures and stay behind."""
        self.what.data = name
        for field in EFFECT:
            self[field].data = getattr(question, field) or None

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field first, then what belongs together."""
        is_valid = super().validate(extra_validators)
        if self.colleagues.data and not self.places.data and not self.places.errors:
            self.places.errors = ["Fyll i hur många platser en heltid har, så att starterna kan räknas."]
            return False
        if is_valid and self.last.data and self.last.data < self.first.data:
            self.last.errors = ["Åtgärden slutar innan den börjar. Välj en senare månad."]
            return False
        return is_valid

    def measure(self) -> Measure:
        return Measure(
            kind=self.kind.data,
            what=str(self.what.data),
            responsible_function=str(self.responsible_function.data),
            first=Month.parse(self.first.data),
            last=Month.parse(self.last.data) if self.last.data else None,
            colleagues=self.colleagues.data or 0,
            places=self.places.data,
            stay_change=self.stay_change.data or 0,
            referrals=self.referrals.data or 0,
        )


class FollowUpForm(Form):
    day = SwedishDateField(
        "Dag för uppföljning",
        missing="Fyll i dagen för uppföljningen.",
        help_text="Till exempel dagen för ett styrelsemöte.",
    )


class DecisionForm(Form):
    decision = GuardedStringField(
        "Beslutets diarienummer eller paragraf",
        longest=60,
        missing="Fyll i beslutets diarienummer eller paragraf.",
    )
    decided_on = SwedishDateField("Beslutets datum", missing="Fyll i beslutets datum.")

    def command(self) -> Decision:
        return Decision(number=str(self.decision.data), day=self.decided_on.data)


class PlanFileForm(Form):
    format = CodeRadioField(
        "Filformat",
        items=[(name, chosen.label) for name, chosen in FORMATS.items()],
        default=next(iter(FORMATS)),
        missing="Välj ett filformat.",
    )
