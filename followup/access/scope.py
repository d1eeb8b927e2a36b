"""Whose eyes a query looks through. A permission says what; the scope says where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from followup.access.roles import GRANTS, Permission, Role

if TYPE_CHECKING:
    from followup.access.models import Account

COMMAND_LINE = "command"


class OutOfScope(LookupError):
    """Asked for something that is somebody else's, or does not exist; the two look the same."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    association_id: int
    # The account's number, or "command"; what the log writes down.
    actor: str | None
    team_roles: Mapping[int, frozenset[Role]] = field(default_factory=dict)
    association_roles: frozenset[Role] = frozenset()

    @property
    def team_ids(self) -> frozenset[int]:
        """The teams whose rows this person works with."""
        return frozenset(self.team_roles)

    def can(self, permission: Permission, team_id: int | None = None) -> bool:
        """Whether the permission is held: in the given team, or anywhere when no team is given."""
        if any(permission in GRANTS[role] for role in self.association_roles):
            return team_id is None or permission not in TEAM_BOUND
        if team_id is not None:
            return any(permission in GRANTS[role] for role in self.team_roles.get(team_id, ()))
        return any(permission in GRANTS[role] for roles in self.team_roles.values() for role in roles)

    def teams_with(self, permission: Permission) -> frozenset[int]:
        return frozenset(team for team in self.team_roles if self.can(permission, team))

    def require_team(self, team_id: int) -> None:
        if team_id not in self.team_roles:
            raise OutOfScope

    @classmethod
    def of(cls, account: "Account") -> "Scope":
        teams: dict[int, frozenset[Role]] = {}
        for held in account.memberships:
            if held.team_id is not None:
                teams[held.team_id] = teams.get(held.team_id, frozenset()) | {Role(held.role)}
        return cls(
            association_id=account.association_id,
            actor=str(account.id),
            team_roles=teams,
            association_roles=frozenset(Role(m.role) for m in account.memberships if m.team_id is None),
        )

    @classmethod
    def of_command(cls, association_id: int, team_ids: frozenset[int] | set[int]) -> "Scope":
        """The operator of the installation, who reads and writes whole files for every team."""
        return cls(
            association_id=association_id,
            actor=COMMAND_LINE,
            team_roles={team_id: frozenset({Role.TEAM_MANAGER}) for team_id in team_ids},
        )


TEAM_BOUND = frozenset(
    {
        Permission.READ_ROWS,
        Permission.WRITE_ROWS,
        Permission.COUNT_SCREENING,
        Permission.SEE_TEAM_QUEUE,
        Permission.SEE_TEAM_STATISTICS,
        Permission.DECLARE_MONTH,
        Permission.IMPORT_ROWS,
        Permission.SETTLE_QUEUE,
        Permission.COUNT_MEETINGS,
        Permission.PLAN_QUEUE,
    }
)
