"""Choosing a file, and confirming what the trial found."""

from typing import Any

from wtforms import HiddenField

from followup.errors import Refusal
from followup.imports.kinds import ACTIVITIES, HISTORY, PARTICIPATIONS, PLAN, SCREENING, SURVEYS
from followup.web.fields import Choices, CodeCheckboxField, CodeRadioField, CodeSelectField
from followup.web.forms import Form
from followup.web.uploads import UploadField

KINDS = ((PARTICIPATIONS, "Deltagarlista"), (SCREENING, "Våldsscreening, antal per månad"))
ABOUT_ASSOCIATION = (
    (ACTIVITIES, "Aktiviteter"),
    (PLAN, "Mål och pengar"),
    (SURVEYS, "Enkäter, sammanställda värden"),
    (HISTORY, "Tal ur tidigare årsredovisningar"),
)
DECLARE = "declare"
AGAIN = "Välj filen igen."


class FileForm(Form):
    """A form with a `file`, which no browser keeps when the page comes back: it has to be chosen again."""

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        if not is_valid:
            self._ask_again()
        return is_valid

    def refuse(self, refusal: Refusal) -> None:
        """What a trial refuses is about the file, but for what stands at another field."""
        if self["file"].data and not refusal.field:
            refusal = Refusal(f"{refusal.message} {AGAIN}", field="file")
        super().refuse(refusal)
        self._ask_again()

    def _ask_again(self) -> None:
        field = self["file"]
        if field.data and not field.errors:
            field.errors = [AGAIN]


class UploadForm(FileForm):
    # What is read in most often is chosen from the start, since a page that comes back has lost the file.
    kind = CodeRadioField(
        "Vad ska läsas in?", missing="Välj vad som ska läsas in.", items=KINDS, default=PARTICIPATIONS
    )
    file = UploadField(
        "Fil",
        missing="Välj en fil.",
        help_text="Excel (.xlsx) eller CSV med en rubrikrad. Filen sparas inte.",
    )
    team = CodeSelectField(
        "Team",
        empty="Står i filen",
        help_text="Behövs bara om filen saknar kolumnen Team.",
        sometimes=True,
    )
    declare = CodeCheckboxField(
        "Klarmarkera",
        items=[(DECLARE, "Klarmarkera de avslutade månader som filen täcker")],
        help_text="Välj det bara om filen har med alla deltagare i de månaderna.",
    )

    def offer(self, teams: Choices) -> None:
        self.team.set_items(teams)
        if len(self.team.known) < 2:
            del self["team"]

    @property
    def default_team(self) -> int | None:
        chosen = self["team"].data if "team" in self else None
        return int(chosen) if chosen else None


class AssociationUploadForm(FileForm):
    kind = CodeRadioField("Vad ska läsas in?", missing="Välj vad som ska läsas in.", items=ABOUT_ASSOCIATION)
    file = UploadField(
        "Fil",
        missing="Välj en fil.",
        help_text="Excel (.xlsx) eller CSV med en rubrikrad. Filen sparas inte.",
    )


class ConfirmForm(Form):
    # Sealed rows; anything else does not open.
    box = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.box.data = self.box.data or ""
