"""Form fields that speak Swedish, forgive how things are typed and never give an identity back.

A field with `missing="Fyll i …"` is required and says exactly that when left empty; a field without it
is optional and is marked "(frivilligt)" by the macro, unless it is needed `sometimes`, which its help says.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Protocol

from wtforms import Field, HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import StopValidation
from wtforms.widgets import TextArea

from followup.identity import MESSAGES, find_identity
from followup.legible import legible, one_line
from followup.web.dates import NoSuchDay, NoSuchYear, UnreadableDate, parse_date
from followup.web.formats import (
    UnreadableNumber,
    date_in_table,
    integer,
    parse_decimal,
    parse_whole_number,
)

LONGEST_NUMBER = 9
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,128}")


class CodeItem(Protocol):
    """An entry of a code list, as far as a choice needs it."""

    @property
    def code(self) -> str: ...
    @property
    def label_sv(self) -> str: ...


Choices = Iterable[tuple[str, str] | CodeItem]


class Filled:
    """The first check of every field: says `message` when nothing was typed, or lets an empty field pass."""

    def __init__(self, message: str) -> None:
        self.message = message
        self.field_flags = {"required": True} if message else {}

    def __call__(self, _form: object, field: Field) -> None:
        if field.errors:
            raise StopValidation  # the text could not be read; further checks have nothing to look at
        if not any(legible(text).strip() for text in field.raw_data or []):
            raise StopValidation(self.message)


def identity_message(text: str) -> str | None:
    kind = find_identity(text)
    return MESSAGES[kind] if kind else None


class _Asked(Field):
    """What all our fields share: `missing` makes them required, `help` is shown beside them."""

    def __init__(
        self,
        label: str,
        *,
        missing: str = "",
        help_text: str = "",
        sometimes: bool = False,
        checks: Sequence[Any] = (),
        **rest: Any,
    ) -> None:
        self._sometimes = sometimes
        super().__init__(label, validators=[Filled(missing), *checks], description=help_text, **rest)

    @property
    def is_optional(self) -> bool:
        return not (self.flags.required or self.flags.filtering or self._sometimes)


class _Typed(_Asked):
    """A field with typed text. What looks like an identity is dropped before anything else happens."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        if message := next(filter(None, map(identity_message, map(one_line, valuelist))), None):
            self.raw_data = []
            self.data = None
            raise ValueError(message)
        self.read(self.tidied(valuelist[0]))

    def tidied(self, text: str) -> str:
        return one_line(text)

    def read(self, text: str) -> None:
        self.data = text or None


class GuardedStringField(_Typed, StringField):
    def __init__(self, label: str, *, longest: int = 200, **rest: Any) -> None:
        self.longest = longest
        super().__init__(label, **rest)

    def read(self, text: str) -> None:
        super().read(text)
        if len(text) > self.longest:
            raise ValueError(f"{self.label.text}: skriv högst {self.longest} tecken.")


class GuardedTextArea(GuardedStringField):
    widget = TextArea()

    def tidied(self, text: str) -> str:
        return legible(text).strip()

    def __init__(self, label: str, *, longest: int = 2000, **rest: Any) -> None:
        super().__init__(label, longest=longest, **rest)


class SwedishDateField(_Typed, StringField):
    """One text field for a date; `data` is a date or None."""

    data: Any

    input_mode = "numeric"

    def process_formdata(self, valuelist: list[str]) -> None:
        # A date is read before the guard looks: 20240322 is eight digits, but nobody's number.
        try:
            self.data = parse_date(valuelist[0]) if valuelist and valuelist[0].strip() else None
        except (UnreadableDate, NoSuchDay):
            super().process_formdata(valuelist)

    def read(self, text: str) -> None:
        self.data = None
        try:
            parse_date(text)
        except NoSuchYear as error:
            raise ValueError(f"{self.label.text}: kontrollera året i datumet.") from error
        except NoSuchDay as error:
            raise ValueError(f"{self.label.text}: dagen finns inte i kalendern. Rätta datumet.") from error
        except UnreadableDate as error:
            raise ValueError(f"{self.label.text}: skriv som åååå-mm-dd, till exempel 2024-03-22.") from error

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return date_in_table(self.data) if isinstance(self.data, date) else ""


class WholeNumberField(_Typed, StringField):
    """A whole number with or without blanks; `data` is an int or None."""

    data: Any

    input_mode = "numeric"

    def __init__(self, label: str, *, low: int = 0, high: int = 999_999_999, **rest: Any) -> None:
        self.low, self.high = low, high
        super().__init__(label, **rest)

    def read(self, text: str) -> None:
        self.data = None
        if not text:
            return
        try:
            number = parse_whole_number(text)
        except UnreadableNumber as error:
            if sum(letter.isdigit() for letter in text) > LONGEST_NUMBER:
                self.raw_data = []  # could be anybody's number, mistyped
            example = min(max(12, self.low), self.high)
            raise ValueError(
                f"{self.label.text}: skriv ett heltal med siffror, till exempel {example}."
            ) from error
        if not self.low <= number <= self.high:
            raise ValueError(self._limits)
        self.data = number

    @property
    def _limits(self) -> str:
        return f"{self.label.text}: skriv ett tal från {integer(self.low)} till {integer(self.high)}."

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)


class YearField(WholeNumberField):
    """A year, which is written without blanks."""

    @property
    def _limits(self) -> str:
        return f"{self.label.text}: skriv ett år från {self.low} till {self.high}."


class DecimalField(WholeNumberField):
    """A number with or without decimals; `data` is a Decimal or None."""

    input_mode = "decimal"

    def read(self, text: str) -> None:
        self.data = None
        if not text:
            return
        try:
            number = parse_decimal(text)
        except UnreadableNumber as error:
            if sum(letter.isdigit() for letter in text) > LONGEST_NUMBER:
                self.raw_data = []  # could be anybody's number, mistyped
            raise ValueError(f"{self.label.text}: skriv ett tal med siffror, till exempel 3,4.") from error
        if not self.low <= number <= self.high:
            raise ValueError(self._limits)
        self.data = number

    def _value(self) -> str:
        return super()._value().replace(".", ",")


def _as_choice(item: tuple[str, str] | CodeItem) -> SelectChoice:
    value, label = item if isinstance(item, tuple) else (item.code, item.label_sv)
    return SelectChoice(value=value, label=label)


class _Coded(_Asked, SelectField):
    """A choice from a list. An unknown code is refused without being repeated."""

    def __init__(self, label: str, *, items: Choices = (), **rest: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **rest)
        self.set_items(items)

    def set_items(self, items: Choices) -> None:
        self.choices: list[Any] = [_as_choice(item) for item in items]

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([code for code in valuelist if code])

    @property
    def known(self) -> set[str]:
        return {str(choice.value) for choice in self.choices if choice.value}

    def pre_validate(self, _form: object) -> None:
        chosen = self.data if isinstance(self.data, list) else [self.data] if self.data else []
        if not set(chosen) <= self.known:
            self.data = [] if isinstance(self.data, list) else None
            self.raw_data = []
            raise StopValidation(f"{self.label.text}: välj något av alternativen i listan.")


class CodeRadioField(_Coded, RadioField):
    pass


class CodeSelectField(_Coded, SelectField):
    """A drop-down that begins with an empty choice, so that nothing is chosen by accident."""

    def __init__(self, label: str, *, items: Choices = (), empty: str = "Välj", **rest: Any) -> None:
        self.empty = empty
        super().__init__(label, items=items, **rest)

    def set_items(self, items: Choices) -> None:
        super().set_items([("", self.empty), *items] if self.empty else items)


class CodeCheckboxField(_Coded, SelectMultipleField):
    """Any number of choices; `data` is a list of codes."""


class TokenField(HiddenField):
    """A hidden value that the page itself made; anything that cannot be one is dropped."""

    def process_formdata(self, valuelist: list[str]) -> None:
        fits = bool(valuelist) and _TOKEN.fullmatch(valuelist[0])
        self.data = valuelist[0] if fits else None
        self.raw_data = valuelist[:1] if fits else []
