"""What a team imagines, which stands in the address, and the name it is saved under."""

from collections.abc import Iterable
from typing import Any

from followup.periods import Month
from followup.scenarios.commands import Question
from followup.web.fields import CodeCheckboxField, CodeSelectField, GuardedStringField, WholeNumberField
from followup.web.formats import integer, plural
from followup.web.forms import FilterForm, Form

FEWEST, MOST = 2, 4
NOW = "nu"
MONTHS_AHEAD = 24
USUAL_TARGET = 12
USUAL_STAY = 52
# What else has to be filled in with a field, and what to say when it is not.
GOES_WITH = {
    "colleagues": (("places",), "Fyll i hur många platser en heltid har, så att starterna kan räknas."),
    "vacancy": (("vacancy_from", "vacancy_to"), "Välj från och till vilken månad vakansen gäller."),
    "stop_from": (("stop_to",), "Fyll i till vilken vecka uppehållet varar."),
    "stop_to": (("stop_from",), "Fyll i från vilken vecka uppehållet börjar."),
}


class WhatIfForm(FilterForm):
    colleagues = WholeNumberField(
        "Medarbetare, procent av heltid",
        low=-1000,
        high=1000,
        help_text="100 är en heltid mer, −50 är en halvtid mindre.",
    )
    places = WholeNumberField(
        "Platser per heltid", low=1, high=100, help_text="Så många deltagare som en heltid har samtidigt."
    )
    stay = WholeNumberField(
        "Vistelsetid i dag, veckor", low=1, high=300, help_text="Från start till avslut, i medeltal."
    )
    stay_change = WholeNumberField(
        "Ändrad vistelsetid, veckor", low=-200, high=200, help_text="−8 är åtta veckor kortare."
    )
    referrals = WholeNumberField(
        "Nya i kön, procent", low=-100, high=300, help_text="10 är tio procent fler än i dag."
    )
    vacancy = WholeNumberField(
        "Vakans, procent av starterna", low=0, high=100, help_text="Hur stor del av starterna som uteblir."
    )
    vacancy_from = CodeSelectField("Vakans från och med")
    vacancy_to = CodeSelectField("Vakans till och med")
    stop_from = WholeNumberField(
        "Uppehåll från vecka", low=1, high=53, help_text="Veckor då ingen startar, utöver det vanliga."
    )
    stop_to = WholeNumberField("Uppehåll till vecka", low=1, high=53)
    target = WholeNumberField(
        "Mål för kötiden, veckor", low=1, high=200, help_text="Nästan ingen ska behöva vänta längre än så."
    )

    def __init__(
        self,
        this_month: Month,
        *,
        stay: int | None,
        posts: int | None = None,
        places: int | None = None,
        target: int | None = None,
    ) -> None:
        """Begin from what the team has said and what its stays have been, where that is known."""
        self._posts = posts
        self._months = [
            (str(this_month + step), (this_month + step).label) for step in range(1, MONTHS_AHEAD + 1)
        ]
        self._usual = {"stay": stay or USUAL_STAY, "places": places, "target": target or USUAL_TARGET}
        super().__init__()

    def process(self, *args: Any, **kwargs: Any) -> None:
        """The choices must stand there before what was asked for is read."""
        for field in (self.vacancy_from, self.vacancy_to):
            field.set_items(self._months)
        super().process(*args, **kwargs)
        for name, usual in self._usual.items():
            self[name].data = self[name].data or usual

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field first, then what belongs together."""
        is_valid = bool(super().validate(extra_validators))
        for name, (others, message) in GOES_WITH.items():
            for other in others if self[name].data else ():
                if not self[other].data and not self[other].errors:
                    self[other].errors = [message]
                    is_valid = False
        if is_valid and self._posts is not None and (self.colleagues.data or 0) < -self._posts:
            self.colleagues.errors = [
                f"Teamet har {integer(self._posts)} procent av en heltid i dag. Fyll i högst så många färre."
            ]
            is_valid = False
        if is_valid and (self.stay_change.data or 0) <= -self.stay.data:
            self.stay_change.errors = [
                f"Vistelsetiden i dag är {plural(self.stay.data, 'vecka', 'veckor')}. Korta den med färre."
            ]
            is_valid = False
        if is_valid and self.vacancy.data and self.vacancy_from.data > self.vacancy_to.data:
            self.vacancy_to.errors = ["Vakansen slutar innan den börjar. Välj en senare månad."]
            is_valid = False
        if is_valid and self.stop_from.data and self.stop_from.data > self.stop_to.data:
            self.stop_to.errors = ["Uppehållet slutar innan det börjar. Fyll i en senare vecka."]
            is_valid = False
        return is_valid

    def question(self) -> Question:
        """What was imagined; only for a valid form."""
        is_vacant, is_stopped = bool(self.vacancy.data), bool(self.stop_from.data)
        return Question(
            colleagues=self.colleagues.data or 0,
            places=self.places.data,
            stay=self.stay.data,
            stay_change=self.stay_change.data or 0,
            referrals=self.referrals.data or 0,
            vacancy=self.vacancy.data if is_vacant else None,
            vacancy_from=Month.parse(self.vacancy_from.data) if is_vacant else None,
            vacancy_to=Month.parse(self.vacancy_to.data) if is_vacant else None,
            stop_from=self.stop_from.data if is_stopped else None,
            stop_to=self.stop_to.data if is_stopped else None,
            target=self.target.data,
        )


class NameForm(Form):
    name = GuardedStringField(
        "Scenariots namn",
        longest=60,
        missing="Fyll i vad scenariot ska heta.",
        help_text="Till exempel ”En handläggare till från mars”. Skriv inga personnamn.",
    )

    @property
    def typed(self) -> str:
        """The name; only for a valid form."""
        return str(self.name.data)


class ChoiceForm(FilterForm):
    """Which saved scenarios to set side by side; the choice stands in the address."""

    val = CodeCheckboxField("Scenarier att jämföra")
    fran = CodeSelectField("Utgå från", items=[(NOW, "kön i dag")], empty="kön när scenariot sparades")

    def __init__(self, scenarios: Iterable[tuple[str, str]]) -> None:
        self._items = list(scenarios)
        super().__init__()

    def process(self, *args: Any, **kwargs: Any) -> None:
        self.val.set_items(self._items)
        super().process(*args, **kwargs)

    @property
    def chosen(self) -> list[int]:
        return [int(number) for number in self.val.data or []]

    @property
    def from_now(self) -> bool:
        return bool(self.fran.data == NOW)

    @property
    def can_compare(self) -> bool:
        """Whether the choice can be drawn; says what to choose when it cannot."""
        if self.is_valid and not FEWEST <= len(self.chosen) <= MOST:
            self.val.errors = ["Välj två till fyra scenarier att jämföra."]
        return not self.val.errors and self.is_valid
