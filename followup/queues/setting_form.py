"""What a manager fills in about places and target."""

from contextlib import suppress
from typing import Any

from followup.periods import Month, PeriodError
from followup.queues.commands import SettleQueue
from followup.queues.models import QueueSetting
from followup.web.fields import CodeSelectField, GuardedStringField, SwedishDateField, WholeNumberField
from followup.web.forms import Form

MONTHS_BACK, MONTHS_AHEAD = 36, 24
TARGET = ("target_weeks", "target_decision", "target_decided")
STOP = ("stop_from", "stop_to")
SAID = ("colleagues", "places_per_colleague", *TARGET, *STOP)


class SettingForm(Form):
    valid_from = CodeSelectField("Gäller från och med", missing="Välj från vilken månad det gäller.")
    colleagues = WholeNumberField(
        "Tjänster, procent av heltid",
        low=0,
        high=5000,
        missing="Fyll i hur många tjänster teamet har, i procent av heltid.",
        help_text="250 är två och en halv heltid.",
    )
    places_per_colleague = WholeNumberField(
        "Platser per heltid",
        low=1,
        high=100,
        missing="Fyll i hur många deltagare en heltid har samtidigt.",
        help_text="Så många deltagare som en heltid har samtidigt.",
    )
    target_weeks = WholeNumberField("Mål: längsta kötid, veckor", low=1, high=200)
    target_decision = GuardedStringField("Beslutets diarienummer eller paragraf", longest=60)
    target_decided = SwedishDateField("Beslutets datum")
    stop_from = WholeNumberField(
        "Uppehåll varje år från vecka", low=1, high=53, help_text="Veckor då ingen startar."
    )
    stop_to = WholeNumberField("Uppehåll varje år till vecka", low=1, high=53)

    def offer(self, this_month: Month, opened: Month) -> None:
        """The months that may be chosen; the present one unless something else is typed.

        Further back than the list goes is the month of a row that was taken away and is put back.
        """
        first = max(this_month - MONTHS_BACK, opened)
        with suppress(PeriodError):
            first = min(first, max(Month.parse(self.valid_from.data or ""), opened))
        months = [first + step for step in range(this_month + MONTHS_AHEAD - first + 1)]
        self.valid_from.set_items([(str(month), month.label) for month in months])
        self.valid_from.data = self.valid_from.data or str(max(this_month, first))

    def show(self, setting: QueueSetting | None) -> None:
        """Begin from what is in force, so that one thing can be changed at a time."""
        for name in SAID if setting else ():
            self[name].data = getattr(setting, name)

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field first, then what belongs together."""
        is_valid = super().validate(extra_validators)
        missing = self._missing(
            TARGET, "Ett mål visas bara med sitt beslut: fyll i veckor, nummer och datum."
        )
        missing += self._missing(STOP, "Fyll i både första och sista veckan för uppehållet.")
        if missing:
            return False
        if is_valid and self.stop_from.data and self.stop_from.data > self.stop_to.data:
            self.stop_to.errors = ["Uppehållet slutar innan det börjar. Fyll i en senare vecka."]
            return False
        return is_valid

    def _missing(self, names: tuple[str, ...], message: str) -> int:
        empty = [name for name in names if not self[name].data and not self[name].errors]
        if len(empty) in (0, len(names)) or any(self[name].errors for name in names):
            return 0
        self[empty[0]].errors = [message]
        return len(empty)

    def command(self, team_id: int) -> SettleQueue:
        said = {name: self[name].data for name in SAID}
        return SettleQueue(team_id=team_id, valid_from=Month.parse(self.valid_from.data), **said)
