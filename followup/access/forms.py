"""Forms with which an administrator invites people and gives them roles."""

from collections.abc import Iterable
from typing import Any

from followup.access import service
from followup.access.fields import AddressField
from followup.access.models import Account
from followup.access.queries import AccountFilter
from followup.access.roles import ROLE_DUTIES, Role
from followup.errors import Refusal
from followup.organisation.models import Team
from followup.web.fields import CodeCheckboxField, CodeRadioField, CodeSelectField
from followup.web.formats import sentence_start
from followup.web.forms import FilterForm, Form


class RolesForm(Form):
    """What an account may do and where; with an address when it is a new one."""

    email = AddressField("E-postadress", missing="Fyll i adressen som personen ska logga in med.")
    role = CodeRadioField(
        "Roll",
        items=[(role.value, f"{sentence_start(role.label)}: {ROLE_DUTIES[role]}") for role in Role],
        missing="Välj en roll.",
    )
    teams = CodeCheckboxField(
        "Team",
        help_text="Välj team för teampersonal och verksamhetsledare. Övriga roller gäller hela förbundet.",
    )

    def __init__(self, *, teams: Iterable[Team], **rest: Any) -> None:
        super().__init__(**rest)
        self.teams.set_items((str(team.id), team.name) for team in teams)
        self.teams.flags.filtering = True  # not "frivilligt": it depends on the role

    @classmethod
    def of(cls, account: Account, teams: Iterable[Team]) -> "RolesForm":
        held = account.memberships
        form = cls(
            teams=teams,
            role=held[0].role if held else None,
            data={"teams": [str(m.team_id) for m in held if m.team_id is not None]},
        )
        del form.email
        return form

    def memberships(self) -> list[service.Held]:
        role = Role(self.role.data)
        if role.belongs_to_team:
            if not self.teams.data:
                raise Refusal("Välj minst ett team till rollen.", field="teams")
            return [(role, int(team)) for team in self.teams.data or []]
        if self.teams.data:
            raise Refusal(f"Rollen {role.label} gäller hela förbundet. Ta bort valet av team.", field="teams")
        return [(role, None)]


class AccountFilterForm(FilterForm):
    roll = CodeSelectField("Roll", empty="Alla", items=[(r.value, sentence_start(r.label)) for r in Role])
    team = CodeSelectField("Team", empty="Alla")
    status = CodeSelectField("Konto", empty="Alla", items=[("oppna", "Öppna"), ("stangda", "Stängda")])

    def __init__(self, *, teams: Iterable[Team]) -> None:
        self.own_teams = [(str(team.id), team.name) for team in teams]
        super().__init__()

    def process(self, *args: Any, **kwargs: Any) -> None:
        self.team.set_items(self.own_teams)  # the choices must be there before the address is read
        super().process(*args, **kwargs)

    def chosen(self) -> AccountFilter:
        values = self.values()
        return AccountFilter(
            role=Role(values["roll"]) if "roll" in values else None,
            team_id=int(values["team"]) if "team" in values else None,
            active=values["status"] == "oppna" if "status" in values else None,
        )
