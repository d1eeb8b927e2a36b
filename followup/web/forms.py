"""The form that every page builds on: CSRF, one-time token, and errors in the shape the summary needs."""

import secrets
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField
from wtforms import Form as PlainForm

from followup.errors import Refusal, StaleRow
from followup.web.fields import TokenField

NOTHING_TYPED: tuple[object, ...] = ("", None, [])


@dataclass(frozen=True, slots=True)
class FormError:
    """A line of the error summary; `target` is the id that its link leads to."""

    message: str
    target: str = ""


def target_of(field: Field) -> str:
    """The id of the first thing in the field that can take focus."""
    return f"{field.id}-0" if field.type in {"CodeRadioField", "CodeCheckboxField"} else field.id


class ErrorLines:
    """Collects a form's errors in the order of the page."""

    saves = True

    def error_lines(self) -> list[FormError]:
        fields: list[Field] = list(self)  # type: ignore[call-overload]
        lines = [FormError(field.errors[0], target_of(field)) for field in fields if field.errors]
        return lines + [FormError(message) for message in self.form_errors]  # type: ignore[attr-defined]


class Form(ErrorLines, FlaskForm):
    """A form that saves something. `once` lets a service see that the same page was sent twice."""

    once = TokenField()
    # The page is older than what it would change: read again, it shows how that is now. `again` is another
    # page where that stands.
    is_stale = False
    again = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.once.data:
            self.once.data = secrets.token_urlsafe(24)

    def as_typed(self) -> dict[str, str]:
        """What its fields hold now, as the page would send it: for a way back that saves it again."""
        kept = (field for field in self if not isinstance(field, HiddenField))
        return {field.name: "" if field.data is None else str(field.data) for field in kept}

    def refuse(self, refusal: Refusal) -> None:
        """Put a service's refusal where the person reads it: at its field, or first in the summary."""
        self.is_stale = isinstance(refusal, StaleRow)
        if refusal.field and refusal.field in self:
            field = self[refusal.field]
            field.errors = [*field.errors, refusal.message]
        else:
            self.form_errors = [*self.form_errors, refusal.message]


class FilterForm(ErrorLines, PlainForm):
    """A form in the address. `values()` is what a link may repeat: only what was understood."""

    saves = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(formdata=request.args, **kwargs)
        for field in self:
            field.flags.filtering = True  # not marked as optional: nobody expects a filter to be required
        self.is_valid = self.validate()

    def values(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in self.data.items()
            if name not in self.errors and value not in NOTHING_TYPED
        }
