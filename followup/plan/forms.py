"""What is typed about interventions and money."""

from collections.abc import Iterable, Mapping
from typing import Any

from followup.organisation.models import Code, Team
from followup.plan.commands import SetBudget, SetFinancing, SetIntervention
from followup.plan.kinds import Kind
from followup.plan.models import Budget, Intervention
from followup.plan.service import seen_budget, seen_financing
from followup.plan.wording import KINDS
from followup.web.fields import (
    CodeCheckboxField,
    CodeRadioField,
    CodeSelectField,
    GuardedStringField,
    TokenField,
    WholeNumberField,
)
from followup.web.forms import Form

LARGEST_SUM = 999_999_999


class InterventionForm(Form):
    name = GuardedStringField("Namn", missing="Fyll i insatsens namn.", longest=120)
    kind = CodeRadioField(
        "Slag",
        items=[(kind.value, text) for kind, text in KINDS.items()],
        missing="Välj vilket slags insats det är.",
    )
    team = CodeSelectField(
        "Team",
        empty="Inget enskilt team",
        help_text="Kostnaden delas då med teamets deltagare.",
    )

    def offer(self, teams: Iterable[Team]) -> None:
        self.team.set_items([(str(team.id), team.name) for team in teams])

    def show(self, intervention: Intervention) -> None:
        self.name.data, self.kind.data = intervention.name, intervention.kind
        self.team.data = str(intervention.team_id or "")

    def command(self) -> SetIntervention:
        team = int(self.team.data) if self.team.data else None
        return SetIntervention(name=self.name.data or "", kind=Kind(self.kind.data), team_id=team)


# So many times the budget, or the outcome, is a question worth asking.
FAR_APART = 10
FAR_APART_WORDS = (
    "Budget och utfall skiljer sig mer än tio gånger. Skriv båda i hela kronor, eller svara att de stämmer."
)


class BudgetForm(Form):
    amount = WholeNumberField("Budget, kronor", high=LARGEST_SUM)
    outcome = WholeNumberField("Utfall, kronor", low=-LARGEST_SUM, high=LARGEST_SUM)
    planned = WholeNumberField(
        "Planerat antal deltagare", high=99_999, help_text="Eller möten, eller deltaganden."
    )
    # Asked for only when the two are so far apart that one may be in thousands.
    is_right = CodeCheckboxField(
        "Stämmer beloppen?", items=[("ja", "Ja, båda är i hela kronor")], sometimes=True
    )
    seen = TokenField()
    asks = False

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        is_valid, self.asks = bool(super().validate(*args, **kwargs)), self._are_far_apart()
        if is_valid and self.asks and not self.is_right.data:
            self.outcome.errors = [FAR_APART_WORDS]
            return False
        return is_valid

    def _are_far_apart(self) -> bool:
        amount, outcome = self.amount.data or 0, abs(self.outcome.data or 0)
        return max(amount, outcome) > FAR_APART * min(amount, outcome) > 0

    def show(self, budget: Budget | None) -> None:
        self.seen.data = seen_budget(budget)
        if budget is not None:
            self.amount.data, self.outcome.data = budget.amount, budget.outcome
            self.planned.data = budget.planned

    def command(self, intervention_id: int, year: int) -> SetBudget:
        return SetBudget(
            intervention_id=intervention_id,
            year=year,
            amount=self.amount.data,
            outcome=self.outcome.data,
            planned=self.planned.data,
            seen=self.seen.data,
        )


class FinancingForm(Form):
    """One amount for every source; the fields are made for the sources in the list."""

    seen = TokenField()

    def command(self, year: int) -> SetFinancing:
        typed = {field.name: field.data for field in self if isinstance(field, WholeNumberField)}
        amounts = {name: number for name, number in typed.items() if number is not None}
        return SetFinancing(year=year, amounts=amounts, seen=self.seen.data)


def financing_form(sources: Iterable[Code], now: Mapping[str, int]) -> FinancingForm:
    fields: dict[str, Any] = {
        source.code: WholeNumberField(f"{source.label_sv}, kronor", high=LARGEST_SUM) for source in sources
    }
    form: type[FinancingForm] = type("SourcesForm", (FinancingForm,), fields)
    return form(data={**now, "seen": seen_financing(now)})
