"""What a director or an officer fills in when the board has decided on the rule."""

from datetime import date
from typing import Any

from followup.access.fields import SecretField
from followup.disclosure import Rule
from followup.protection.commands import DecideRule
from followup.web.fields import GuardedStringField, SwedishDateField, WholeNumberField
from followup.web.forms import Form

NUMBERS = (
    "threshold",
    "screening_threshold",
    "share_base",
    "screening_share_base",
    "median_base",
    "insider",
)
MOST = 100


def _number(label: str, low: int, usual: int, help_text: str = "") -> Any:
    missing = f"{label}: fyll i ett tal från {low} till {MOST}."
    floor = f"Lägst {low}; grundregeln är {usual}."
    return WholeNumberField(
        label, low=low, high=MOST, missing=missing, help_text=f"{help_text} {floor}".strip()
    )


class RuleForm(Form):
    valid_from = SwedishDateField(
        "Gäller från och med",
        missing="Fyll i från vilken dag versionen ska gälla.",
        help_text="Det som publiceras från den dagen följer den nya versionen.",
    )
    threshold = _number("Minsta grupp som visas", 3, 5, "Färre personer än så döljs.")
    screening_threshold = _number("Minsta grupp i våldsscreeningen", 5, 10, "Gäller både ja och nej.")
    share_base = _number("Minsta antal bakom en andel", 10, 10, "Andelar av färre personer visas inte.")
    screening_share_base = _number("Minsta antal bakom en andel i våldsscreeningen", 10, 20)
    median_base = _number("Minsta antal bakom en median eller ett medelvärde", 10, 10)
    insider = _number(
        "Tillägg för den som känner sitt eget team",
        0,
        0,
        "Personalen vet sitt eget teams siffror och kan dra dem från summan. Skriv 1 om statistiken ska "
        "skydda de andra teamen också mot det. Fler uppgifter döljs då, minsta grupp blir 1 högre och "
        "sidorna med statistik tar längre tid. Med 0 kan ett team räkna ut ett annat, när just de två är "
        "dolda.",
    )
    decision = GuardedStringField(
        "Beslutets diarienummer eller paragraf",
        longest=60,
        missing="Fyll i beslutets diarienummer eller paragraf.",
    )
    decided = SwedishDateField("Beslutets datum", missing="Fyll i vilken dag beslutet fattades.")
    password = SecretField("Ditt lösenord", missing="Fyll i ditt lösenord för att spara versionen.")

    def show(self, rule: Rule, today: date) -> None:
        """Begin from what holds, so that one thing can be changed at a time."""
        for name in NUMBERS:
            self[name].data = getattr(rule, name)
        self.valid_from.data = today

    def command(self) -> DecideRule:
        numbers = {name: self[name].data for name in NUMBERS}
        return DecideRule(
            valid_from=self.valid_from.data,
            decision=self.decision.data or "",
            decided=self.decided.data,
            **numbers,
        )
