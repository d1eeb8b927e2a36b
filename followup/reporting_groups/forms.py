"""Which teams to tell together."""

from collections.abc import Iterable

from followup.organisation.models import Team
from followup.web.fields import CodeCheckboxField
from followup.web.forms import Form


class GroupForm(Form):
    teams = CodeCheckboxField(
        "Team som ska redovisas tillsammans",
        missing="Välj minst två team. En grupp är team som redovisas tillsammans.",
        help_text="Välj två eller flera. Gruppen får sitt namn av teamen.",
    )

    def offer(self, teams: Iterable[Team]) -> None:
        self.teams.set_items([(str(team.id), team.name) for team in teams])

    def show(self, asked_for: Iterable[str]) -> None:
        """Begin from the teams of a suggestion; others than the förbund's own are passed over."""
        self.teams.data = [code for code in asked_for if code in self.teams.known]

    @property
    def chosen(self) -> list[int]:
        return [int(code) for code in self.teams.data or []]
