"""What is asked at each step, in the order of a conversation, and the command it becomes."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from wtforms import Field, ValidationError

from followup import clock
from followup.errors import Refusal
from followup.months.service import MonthIsComplete
from followup.participation.commands import End, JoinQueue, LeaveQueue, RowRef, Start, StartDirectly, Void
from followup.participation.correction import UNDONE
from followup.participation.rules import AT_EXIT, DECEASED, LIST_OF_FIELD, TeamRules
from followup.participation.state import EVENTS, NAMES, State
from followup.periods import Month, WeekAndMonth
from followup.web.fields import (
    Choices,
    CodeCheckboxField,
    CodeRadioField,
    CodeSelectField,
    SwedishDateField,
    TokenField,
    WholeNumberField,
)
from followup.web.forms import Form

# A choice of its own, so that nothing is left out by mistake; it is kept as nothing.
NOT_KNOWN = ("-", "Uppgift saknas")
KNOWN_AT_START = (
    *("education", "time_on_public_support", "income_before"),
    *("occupation_before", "extent_before"),
)
COMPLETE = (
    "Teamet har klarmarkerat till och med {month}. Ligger dagen i en klarmarkerad månad behöver den, och "
    "alla senare, öppnas igen först."
)
MAY_BE_UNKNOWN = ("occupation_before", "occupation_at_exit")


def not_in_future(_form: object, field: Field) -> None:
    if isinstance(field.data, date) and field.data > clock.today():
        raise ValidationError(f"{field.label.text} ligger i framtiden. Ange dagens datum eller ett tidigare.")


def moment(day: date | None) -> WeekAndMonth:
    """A typed date as it is kept."""
    return WeekAndMonth.of(day or clock.today())


class Who:
    """How the team finds the row again, without a name or a number."""

    referring_party = CodeRadioField("Remittent", missing="Välj remittent.")
    sex = CodeRadioField("Kön", missing="Välj kön.")
    age = WholeNumberField(
        "Ålder", missing="Fyll i ålder.", help_text="I hela år. Bara åldersgruppen sparas.", high=130
    )
    municipality = CodeRadioField("Kommun", missing="Välj kommun. Teamet arbetar i flera kommuner.")


class WhenStarted:
    started = SwedishDateField(
        "Startdatum", missing="Fyll i startdatum.", checks=[not_in_future], default=clock.today
    )


class AgeAtStart:
    age = WholeNumberField(
        "Ålder vid start", help_text="Fyll bara i om personen har bytt åldersgrupp under kötiden.", high=130
    )


class AsksBackground:
    education = CodeSelectField("Utbildning", missing="Välj utbildning, eller Okänt.")
    time_on_public_support = CodeSelectField(
        "Tid i offentlig försörjning",
        missing="Välj tid i offentlig försörjning, eller Okänt.",
        help_text="Sammanlagt fram till starten. Räkna inte uppehåll på högst en månad.",
    )


class MayAskBackground:
    education = CodeSelectField("Utbildning", help_text="Frågas annars vid starten.")
    time_on_public_support = CodeSelectField(
        "Tid i offentlig försörjning", help_text="Frågas annars vid starten."
    )


class Before:
    income_before = CodeCheckboxField(
        "Försörjning före", help_text="Inom en vecka före starten. Välj alla som stämmer."
    )
    occupation_before = CodeRadioField(
        "Sysselsättning före",
        missing="Välj sysselsättning före, eller Uppgift saknas.",
        help_text="Vad personen faktiskt gör. Den som är anställd men sjukskriven arbetar inte.",
    )
    extent_before = CodeSelectField(
        "Omfattning före",
        empty="Inte aktuellt",
        help_text="Behövs bara för arbete och studier. 100 procent är 40 timmar i veckan.",
        sometimes=True,
    )


class RegisterForm(Form):
    """A form about one team's rows; its choices come from the team's rules."""

    # The first of the months to open, when complete ones are why nothing was saved.
    opens_from: Month | None = None

    def refuse(self, refusal: Refusal) -> None:
        super().refuse(refusal)
        if isinstance(refusal, MonthIsComplete):
            self.opens_from = refusal.first

    def offer(self, rules: TeamRules, state: State | None = None) -> None:
        """Fill in the choices, with what the row already has among them."""
        for name in set(LIST_OF_FIELD) & set(self._fields):
            kept = getattr(state, name, None) or ()
            items: list[Any] = list(rules.choices(name, keep=[kept] if isinstance(kept, str) else kept))
            self.set_items(name, [*items, NOT_KNOWN] if name in MAY_BE_UNKNOWN else items)
        if "municipality" in self:
            self.set_items("municipality", [(place.code, place.name) for place in rules.municipalities])
            if not rules.covers_several:
                del self["municipality"]

    def tell_complete(self, last: Month | None) -> None:
        """Say beside the day, before it is chosen, what one in a complete month takes. `last`: the latest."""
        for field in self:
            if last and isinstance(field, SwedishDateField) and not field.description:
                field.description = COMPLETE.format(month=last.label)

    def set_items(self, name: str, items: Choices) -> None:
        field: Any = self[name]
        field.set_items(items)

    def facts(self, *names: str) -> dict[str, Any]:
        """Fields as a command wants them: no empty texts, income sources as a tuple."""
        found = {name: self[name].data for name in names if name in self}
        return {
            name: tuple(value) if isinstance(value, list) else None if value in ("", NOT_KNOWN[0]) else value
            for name, value in found.items()
        }

    def typed(self) -> list[tuple[str, str]]:
        """What the next page carries on, hidden, so that nothing is typed twice."""
        visible = [field for field in self if getattr(field.widget, "input_type", "") != "hidden"]
        return [(field.name, text) for field in visible for text in field.raw_data or []]


class NewRowForm(RegisterForm):
    # Which likeness the person has already been shown.
    alike = TokenField()

    # What the likeness is called; drawn above the form.
    likeness = ""

    @property
    def day(self) -> date | None:
        raise LookupError("each way in has its own date")

    def to_command(self, team_id: int, rules: TeamRules) -> Any:
        raise LookupError("each way in has its own command")

    def who(self, rules: TeamRules) -> dict[str, Any]:
        group = rules.age_group(self["age"].data, moment(self.day).month.year)
        return self.facts("referring_party", "sex", "municipality") | {"age_group": group}


class JoinForm(Who, MayAskBackground, NewRowForm):
    accepted = SwedishDateField(
        "I kö från och med", missing="Fyll i datum för kö.", checks=[not_in_future], default=clock.today
    )

    @property
    def day(self) -> date | None:
        return self.accepted.data

    def to_command(self, team_id: int, rules: TeamRules) -> JoinQueue:
        background = self.facts("education", "time_on_public_support")
        return JoinQueue(
            team_id=team_id, accepted=moment(self.accepted.data), **self.who(rules), **background
        )


class StartDirectlyForm(Who, WhenStarted, AsksBackground, Before, NewRowForm):
    @property
    def day(self) -> date | None:
        return self.started.data

    def to_command(self, team_id: int, rules: TeamRules) -> StartDirectly:
        return StartDirectly(
            team_id=team_id,
            started=moment(self.started.data),
            **self.who(rules),
            **self.facts(*KNOWN_AT_START),
        )


class RowForm(RegisterForm):
    """A step for a row that exists; the stamp tells whether somebody changed it meanwhile."""

    stamp = TokenField()
    # Set on the page where the answers are checked before they are saved.
    checked = TokenField()

    @classmethod
    def of(cls, state: State) -> Self:
        """With what the row says already."""
        names = {name for name in NAMES if name not in EVENTS and hasattr(cls, name)}
        values = {name: getattr(state, name) for name in names}
        return cls(
            data={name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
        )

    def to_command(self, ref: RowRef, rules: TeamRules, state: State) -> Any:
        raise LookupError("a form without a question has no command")


class StartForm(WhenStarted, AgeAtStart, AsksBackground, Before, RowForm):
    def to_command(self, ref: RowRef, rules: TeamRules, state: State) -> Start:
        started, age = moment(self.started.data), self.age.data
        return Start(
            row=ref,
            started=started,
            age_group=state.age_group if age is None else rules.age_group(age, started.month.year),
            **self.facts(*KNOWN_AT_START),
        )


class LeaveForm(RowForm):
    left_reason = CodeRadioField("Varför lämnas kön?", missing="Välj varför kön lämnas.")
    left = SwedishDateField(
        "Lämnade kön", missing="Fyll i datum när kön lämnades.", checks=[not_in_future], default=clock.today
    )

    def to_command(self, ref: RowRef, _rules: TeamRules, _state: State) -> LeaveQueue:
        return LeaveQueue(row=ref, left=moment(self.left.data), left_reason=self.left_reason.data)


class EndForm(RowForm):
    ended = SwedishDateField(
        "Avslutsdatum", missing="Fyll i avslutsdatum.", checks=[not_in_future], default=clock.today
    )
    exit_reason = CodeRadioField("Avslutsorsak", missing="Välj avslutsorsak.")
    occupation_at_exit = CodeRadioField(
        "Sysselsättning vid avslut",
        missing="Välj sysselsättning vid avslut, eller Uppgift saknas.",
        help_text="Vad personen faktiskt gör. Den som är anställd men sjukskriven arbetar inte.",
    )
    extent_at_exit = CodeSelectField(
        "Omfattning vid avslut",
        empty="Inte aktuellt",
        help_text="Behövs bara för arbete och studier. 100 procent är 40 timmar i veckan.",
        sometimes=True,
    )
    income_at_exit = CodeCheckboxField("Försörjning vid avslut", help_text="Välj alla som stämmer.")
    continuation = CodeRadioField("Fortsättning efter avslut", missing="Välj fortsättning, eller Okänt.")

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        if self.exit_reason.data == DECEASED:
            for field in (self.occupation_at_exit, self.continuation):
                field.validators = []
        return bool(super().validate(extra_validators))

    def to_command(self, ref: RowRef, _rules: TeamRules, _state: State) -> End:
        # A radio button cannot be taken back, so what does not fit the reason is left out; the page where
        # the answers are checked shows that.
        outcome = {} if self.exit_reason.data == DECEASED else self.facts(*AT_EXIT)
        return End(row=ref, ended=moment(self.ended.data), exit_reason=self.exit_reason.data, **outcome)


class VoidForm(RowForm):
    void_reason = CodeRadioField("Varför är raden fel?", missing="Välj varför raden ska makuleras.")

    def offer(self, rules: TeamRules, state: State | None = None) -> None:
        super().offer(rules, state)
        # Kept for the undo button, which needs no question.
        self.void_reason.set_items([code for code in rules.choices("void_reason") if code.code != UNDONE])

    def to_command(self, ref: RowRef, _rules: TeamRules, _state: State) -> Void:
        return Void(row=ref, void_reason=self.void_reason.data)
