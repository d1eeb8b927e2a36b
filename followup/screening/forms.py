"""What is typed about violence screening: one conversation, a month's sums, or a correction of them."""

from collections.abc import Mapping
from typing import Any

from wtforms import ValidationError

from followup.errors import Refusal
from followup.organisation.models import Code
from followup.periods import Month
from followup.screening.commands import Adjustment, Conversation, Place, SetCounts
from followup.screening.measures import BEFORE_TOPICS, fingerprint, labels
from followup.screening.service import CountsDisagree
from followup.web.fields import (
    Choices,
    CodeCheckboxField,
    CodeRadioField,
    CodeSelectField,
    TokenField,
    WholeNumberField,
)
from followup.web.forms import FilterForm, Form

LARGEST_COUNT = 9999
DECLINED, ALL_NO, SOME_YES = "declined", "no", "yes"
ANSWERS = (
    (ALL_NO, "Svarade nej på alla frågor"),
    (SOME_YES, "Svarade ja på minst en fråga"),
    (DECLINED, "Avstod från att svara"),
)
REFERRED, DECLINED_SUPPORT = "referred", "declined"
SUPPORT = (
    ("none", "Inte aktuellt"),
    (REFERRED, "Hänvisad till stöd"),
    (DECLINED_SUPPORT, "Avböjde stöd"),
)


class OfferingForm(FilterForm):
    """Fills its choices in before it looks at what was chosen; field name to choices."""

    def __init__(self, **items: Choices) -> None:
        self._items = items
        super().__init__()

    def validate(self, extra_validators: Any = None) -> bool:
        for name, items in self._items.items():
            field: Any = self[name]
            field.set_items(items)
        return bool(super().validate(extra_validators))


class MonthForm(OfferingForm):
    manad = CodeSelectField("Månad", empty="")


class PlaceForm(OfferingForm):
    """Which counters: chosen before their numbers are shown."""

    manad = CodeSelectField("Månad", empty="")
    omgang = CodeRadioField("När var samtalen?")
    kon = CodeRadioField("Kön")
    # Sent with the form, and in no link to it.
    vidare = TokenField()

    def validate(self, extra_validators: Any = None) -> bool:
        """What is missing is told once the form is sent, or the other is chosen in a link."""
        is_valid = super().validate(extra_validators)
        is_answered = bool(self.vidare.data or self.omgang.data or self.kon.data)
        for field, text in ((self.omgang, "Välj när samtalen var."), (self.kon, "Välj kön.")):
            if is_answered and not field.data and not field.errors:
                field.errors = [text]
                is_valid = False
        self.vidare.data = "1"
        return is_valid


class ConversationForm(Form):
    round = CodeRadioField("När var samtalet?", missing="Välj när samtalet var.")
    sex = CodeRadioField("Kön", missing="Välj kön.")
    answer = CodeRadioField("Vad blev svaret?", missing="Välj vad svaret blev.", items=ANSWERS)
    yes_topics = CodeCheckboxField("Ja på")
    unanswered = CodeCheckboxField("Svarade inte på", help_text="Övriga ämnen räknas som nej.")
    ongoing = CodeCheckboxField("Pågår våldet?", items=[("yes", "Ja, våldet pågår")])
    support = CodeRadioField("Stöd", items=SUPPORT, default="none")

    def offer(self, rounds: list[Code], sexes: list[Code], topics: Mapping[str, str]) -> None:
        self.round.set_items(rounds)
        self.sex.set_items(sexes)
        self.yes_topics.set_items(topics.items())
        self.unanswered.set_items(topics.items())

    def validate_yes_topics(self, field: Any) -> None:
        if field.data and self.answer.data not in (SOME_YES, None):
            raise ValidationError("Ja på: ta bort kryssen, eller välj Svarade ja på minst en fråga.")

    def validate_unanswered(self, field: Any) -> None:
        if set(field.data or ()) & set(self.yes_topics.data or ()):
            raise ValidationError("Svarade inte på: samma ämne kan inte också vara ja.")

    def validate_ongoing(self, field: Any) -> None:
        if field.data and self.answer.data not in (SOME_YES, None):
            raise ValidationError("Pågår våldet: ta bort krysset, eller välj Svarade ja på minst en fråga.")

    def validate_support(self, field: Any) -> None:
        if field.data in (REFERRED, DECLINED_SUPPORT) and self.answer.data == DECLINED:
            raise ValidationError("Stöd: välj Inte aktuellt för den som avstod från att svara.")

    def to_command(self, team_id: int, month: Month) -> Conversation:
        place = Place(team_id=team_id, month=month, round=self.round.data, sex=self.sex.data)
        if self.answer.data == DECLINED:
            return Conversation(place=place, has_answered=False)
        topics = self.yes_topics.known
        said_yes = frozenset(self.yes_topics.data or ())
        return Conversation(
            place=place,
            has_answered=True,
            yes_any=self.answer.data == SOME_YES,
            yes_topics=said_yes,
            no_topics=frozenset(topics - said_yes - set(self.unanswered.data or ())),
            ongoing=bool(self.ongoing.data),
            referred=self.support.data == REFERRED,
            declined_support=self.support.data == DECLINED_SUPPORT,
        )


class CountsForm(Form):
    """One number for every measure; the fields are made for the topics in use."""

    seen = TokenField()
    # Which doubt the person has already been shown.
    doubted = TokenField()

    # What is to be looked at before the numbers are saved; drawn above the form.
    doubt = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self:
            field.flags.filtering = True  # the page says once that numbers may be left empty

    def refuse(self, refusal: Refusal) -> None:
        """Each thing that cannot be true stands at the number it concerns."""
        apart = [refusal]
        if isinstance(refusal, CountsDisagree):
            apart = [Refusal(problem.text, field=problem.measure) for problem in refusal.problems]
        for each in apart:
            super().refuse(each)

    def numbers(self) -> dict[str, int | None]:
        return {field.name: field.data for field in self if isinstance(field, WholeNumberField)}

    def to_set(self, place: Place, now: Mapping[str, int]) -> SetCounts:
        """An emptied number counts as nought where something was counted before."""
        typed = self.numbers().items()
        counts = {name: number or 0 for name, number in typed if number is not None or name in now}
        return SetCounts(place=place, counts=counts, seen=self.seen.data or "")

    def to_adjustment(self, place: Place) -> Adjustment:
        return Adjustment(place=place, changes={name: number or 0 for name, number in self.numbers().items()})


def sums_form(topics: Mapping[str, str], now: Mapping[str, int]) -> CountsForm:
    """The sums of one round and sex, filled in with what is counted so far."""
    fields = {
        name: WholeNumberField(
            label, missing=f"Fyll i {label.lower()}." if name in BEFORE_TOPICS else "", high=LARGEST_COUNT
        )
        for name, label in labels(topics).items()
    }
    return _build("SumsForm", fields)(data={**now, "seen": fingerprint(now)})


def adjustment_form(topics: Mapping[str, str], now: Mapping[str, int]) -> CountsForm:
    """A signed number for each counter, with what it says now beside it."""
    fields = {
        name: WholeNumberField(
            label, help_text=f"Nu {now.get(name, 0)}", low=-LARGEST_COUNT, high=LARGEST_COUNT
        )
        for name, label in labels(topics).items()
    }
    return _build("AdjustmentForm", fields)()


def _build(name: str, fields: Mapping[str, Any]) -> type[CountsForm]:
    return type(name, (CountsForm,), dict(fields))
