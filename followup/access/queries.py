"""Reading accounts, always within the förbund of the one who asks."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access.models import Account, Membership
from followup.access.roles import Role
from followup.access.scope import OutOfScope, Scope


@dataclass(frozen=True, kw_only=True)
class AccountFilter:
    """What the list is narrowed to; nothing chosen shows every account."""

    role: Role | None = None
    team_id: int | None = None
    active: bool | None = None


def accounts(session: Session, scope: Scope, chosen: AccountFilter) -> Sequence[Account]:
    """Accounts by address."""
    query = select(Account).where(Account.association_id == scope.association_id).order_by(Account.email)
    if chosen.role is not None:
        query = query.where(Account.memberships.any(Membership.role == chosen.role))
    if chosen.team_id is not None:
        query = query.where(Account.memberships.any(Membership.team_id == chosen.team_id))
    if chosen.active is not None:
        query = query.where(Account.active.is_(chosen.active))
    return session.scalars(query).all()


def account(session: Session, scope: Scope, account_id: int) -> Account:
    found = session.get(Account, account_id)
    if found is None or found.association_id != scope.association_id:
        raise OutOfScope
    return found


def teams_with_manager(session: Session, scope: Scope) -> set[int]:
    """Teams where somebody who can sign in may declare months complete."""
    held = session.scalars(
        select(Membership.team_id)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.association_id == scope.association_id,
            Membership.role == Role.TEAM_MANAGER,
            Account.active.is_(True),
        )
    )
    return {team_id for team_id in held if team_id is not None}
