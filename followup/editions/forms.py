"""Preparing, approving and publishing an edition, taking one out in a file, and checking a file."""

from collections.abc import Iterable
from typing import Any

from followup.access.fields import SecretField
from followup.exports.formats import CHOICES
from followup.organisation.models import Association
from followup.web.fields import CodeCheckboxField, CodeRadioField, GuardedStringField, TokenField
from followup.web.forms import Form
from followup.web.uploads import UploadField

OPEN_DATA, SECOND_APPROVAL = "open_data", "second_approval"


class DraftForm(Form):
    period = TokenField()


class Reasoned(Form):
    """A revision is asked why; a first edition is not."""

    period = TokenField()
    reason = CodeRadioField("Varför revideras utgåvan?", missing="Välj varför utgåvan revideras.")

    def ask_for_reason(self, reasons: Iterable[tuple[str, str]]) -> None:
        self.reason.set_items(reasons)

    def ask_for_no_reason(self) -> None:
        del self.reason

    @property
    def chosen_reason(self) -> str | None:
        return self.reason.data if "reason" in self else None


class RequestForm(Reasoned):
    """Asks somebody else to publish."""


class PublishForm(Reasoned):
    """The password is asked for again: a forgotten screen must not publish."""

    password = SecretField("Ditt lösenord", missing="Fyll i ditt lösenord för att publicera.")


class EditionFileForm(Form):
    format = CodeRadioField(
        "Filformat", items=list(CHOICES.items()), default="xlsx", missing="Välj ett filformat."
    )


class CheckForm(Form):
    file = UploadField(
        "Fil", missing="Välj en fil.", help_text="Ett paket (.zip) eller en av utgåvans filer."
    )


class SettingsForm(Form):
    choices = CodeCheckboxField(
        "Vad som gäller för förbundet",
        items=[
            (OPEN_DATA, "Visa publicerade utgåvor som öppna data"),
            (
                SECOND_APPROVAL,
                "Två personer står bakom varje utgåva: en ber om godkännande, en annan publicerar",
            ),
        ],
        sometimes=True,
    )
    decision = GuardedStringField(
        "Beslutets diarienummer",
        longest=40,
        help_text="Behövs för öppna data, och för att gå tillbaka till att en person räcker. Till exempel "
        "2024/15.",
    )
    password = SecretField("Ditt lösenord", missing="Fyll i ditt lösenord för att spara valen.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decision.flags.filtering = True  # not "frivilligt": it depends on what is chosen

    @classmethod
    def of(cls, association: Association) -> "SettingsForm":
        held = [name for name in (OPEN_DATA, SECOND_APPROVAL) if getattr(association, name)]
        return cls(choices=held, decision=association.open_data_decision)

    def chosen(self) -> dict[str, Any]:
        return {
            **{name: name in (self.choices.data or []) for name in (OPEN_DATA, SECOND_APPROVAL)},
            "decision": self.decision.data or "",
        }
