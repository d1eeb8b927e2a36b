"""Publishing an edition, and taking one out in a file."""

from collections.abc import Iterable

from followup.access.fields import SecretField
from followup.exports.formats import CHOICES
from followup.web.fields import CodeRadioField, TokenField
from followup.web.forms import Form


class PublishForm(Form):
    """The password is asked for again: a forgotten screen must not publish."""

    period = TokenField()
    reason = CodeRadioField("Varför revideras utgåvan?", missing="Välj varför utgåvan revideras.")
    password = SecretField("Ditt lösenord", missing="Fyll i ditt lösenord för att publicera.")

    def ask_for_reason(self, reasons: Iterable[tuple[str, str]]) -> None:
        self.reason.set_items(reasons)

    def ask_for_no_reason(self) -> None:
        del self.reason


class EditionFileForm(Form):
    format = CodeRadioField(
        "Filformat",
        items=list(CHOICES.items()),
        missing="Välj ett filformat.",
    )
