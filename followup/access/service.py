"""Accounts: invited, opened with a one-time link, given roles, closed and opened again."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from followup import clock
from followup.access import passwords, queries
from followup.access.models import Account, Membership
from followup.access.roles import Role
from followup.access.scope import Scope
from followup.audit.events import Event
from followup.audit.service import record
from followup.errors import Refusal
from followup.identity import find_identity
from followup.organisation.models import Association, Team

INVITATION_DAYS = 7
ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")

# A role and the team it is held in; the förbund's own roles have no team.
Held = tuple[Role, int | None]


class InvitationGone(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Länken har redan använts eller är äldre än sju dagar. Be systemadministratören om en ny."
        )


class LastAdministrator(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Kontot är det enda öppna som kan hantera konton. Ge en kollega rollen systemadministratör först."
        )


def normal_address(text: str) -> str:
    """One spelling of an address, so that an account is found however it is typed."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def create_account(
    *,
    session: Session,
    association_id: int,
    email: str,
    memberships: Collection[Held],
    password: str | None = None,
) -> Account:
    """An account without an event of its own: `invite` and the setting up of an installation tell it."""
    account = Account(
        association_id=association_id,
        email=_checked_address(session, association_id, email),
        password=passwords.hash_password(password) if password else None,
        fs_uniquifier=secrets.token_hex(16),
    )
    account.memberships = _checked_memberships(session, association_id, memberships)
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError:
        # In another förbund. Nobody is told where somebody else has an account, nor sent to change what
        # they do not reach.
        raise Refusal(
            "Adressen går inte att använda här. Skriv en annan adress till personen.", field="email"
        ) from None
    return account


def _checked_address(session: Session, association_id: int, text: str) -> str:
    email = normal_address(text)
    if not ADDRESS.fullmatch(email) or len(email) > 254:
        raise Refusal("Skriv en e-postadress, till exempel namn@kommun.se.", field="email")
    if find_identity(email.partition("@")[0]):
        raise Refusal("Adressen ser ut att innehålla ett personnummer. Välj en annan.", field="email")
    own = select(Account.id).where(Account.email == email, Account.association_id == association_id)
    if session.scalar(own) is not None:
        raise Refusal("Det finns redan ett konto med den adressen. Ändra det i stället.", field="email")
    return email


def _checked_memberships(session: Session, association_id: int, held: Collection[Held]) -> list[Membership]:
    """Either roles in teams or one role in the förbund: whoever sees rows never compiles the statistics."""
    held = list(dict.fromkeys(held))
    in_teams = [role.belongs_to_team for role, _ in held]
    if not held:
        raise Refusal("Välj en roll.", field="role")
    if any(in_teams) and not all(in_teams):
        raise Refusal("Ett konto kan inte ha både en roll i ett team och en roll i förbundet.", field="role")
    if not any(in_teams) and len(held) > 1:
        raise Refusal("Ett konto kan bara ha en av förbundets roller.", field="role")
    known = set(session.scalars(select(Team.id).where(Team.association_id == association_id)))
    if any(role.belongs_to_team != (team_id in known) for role, team_id in held):
        raise Refusal("Välj minst ett team till rollen.", field="teams")
    return [Membership(association_id=association_id, role=role, team_id=team_id) for role, team_id in held]


def invite(
    *, session: Session, scope: Scope, email: str, memberships: Collection[Held]
) -> tuple[Account, str]:
    """A new account without a password, and the one-time code that lets its owner choose one."""
    account = create_account(
        session=session, association_id=scope.association_id, email=email, memberships=memberships
    )
    return account, _issue_code(session, scope, account)


def invite_again(*, session: Session, scope: Scope, account_id: int) -> tuple[Account, str]:
    """A new link, for somebody who lost the first one or the password. An earlier link stops working."""
    account = queries.account(session, scope, account_id)
    if not account.active:
        raise Refusal("Kontot är stängt. Öppna det först.")
    return account, _issue_code(session, scope, account)


def _issue_code(session: Session, scope: Scope, account: Account) -> str:
    code = secrets.token_urlsafe(24)
    account.invitation_hash = _hash(code)
    account.invited_until = clock.today() + timedelta(days=INVITATION_DAYS)
    record(session, scope, Event.ACCOUNT_INVITED, account=str(account.id), role=_told(account.memberships))
    return code


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _told(memberships: Collection[Membership]) -> str:
    """Roles as the log keeps them: `team_staff:3 team_staff:5`."""
    texts = (m.role if m.team_id is None else f"{m.role}:{m.team_id}" for m in memberships)
    return " ".join(sorted(texts))


def invited_account(*, session: Session, code: str) -> Account:
    account = session.scalars(select(Account).where(Account.invitation_hash == _hash(code))).one_or_none()
    if account is None or not account.active or account.invited_until is None:
        raise InvitationGone
    if account.invited_until < clock.today():
        raise InvitationGone
    return account


def accept_invitation(*, session: Session, code: str, password: str) -> Account:
    account = invited_account(session=session, code=code)
    check_new_password(session=session, account=account, password=password)
    account.password = passwords.hash_password(password)
    account.fs_uniquifier = secrets.token_hex(16)
    account.invitation_hash = account.invited_until = None
    record(session, Scope.of(account), Event.INVITATION_ACCEPTED)
    return account


def check_new_password(*, session: Session, account: Account, password: str) -> None:
    workplace = session.get_one(Association, account.association_id).name
    try:
        passwords.check_strength(password, own_words=(account.email, workplace))
    except passwords.WeakPassword as weak:
        weak.field = "new_password"
        raise


def change_memberships(
    *, session: Session, scope: Scope, account_id: int, memberships: Collection[Held]
) -> Account:
    account = queries.account(session, scope, account_id)
    held = _checked_memberships(session, scope.association_id, memberships)
    if _told(held) == _told(account.memberships):
        return account
    if Role.SYSTEM_ADMIN not in {role for role, _ in memberships}:
        _keep_an_administrator(session, scope, account)
    account.memberships.clear()
    session.flush()
    account.memberships.extend(held)
    session.flush()
    record(session, scope, Event.ACCOUNT_CHANGED, account=str(account.id), roles=_told(held))
    return account


def close_account(*, session: Session, scope: Scope, account_id: int) -> Account:
    """Nobody can sign in with it any more; its open sessions end at once."""
    account = queries.account(session, scope, account_id)
    if account.active:
        _keep_an_administrator(session, scope, account)
        account.active = False
        account.invitation_hash = account.invited_until = None
        account.fs_uniquifier = secrets.token_hex(16)
        record(session, scope, Event.ACCOUNT_CLOSED, account=str(account.id))
    return account


def open_account(*, session: Session, scope: Scope, account_id: int) -> Account:
    account = queries.account(session, scope, account_id)
    if not account.active:
        account.active = True
        record(
            session,
            scope,
            Event.ACCOUNT_OPENED,
            account=str(account.id),
            roles=_told(account.memberships),
        )
    return account


def _keep_an_administrator(session: Session, scope: Scope, leaving: Account) -> None:
    # Two administrators closing each other at once must not both succeed.
    session.execute(select(Association.id).where(Association.id == scope.association_id).with_for_update())
    chosen = queries.AccountFilter(role=Role.SYSTEM_ADMIN, active=True)
    administrators = {account.id for account in queries.accounts(session, scope, chosen) if account.password}
    if administrators == {leaving.id}:
        raise LastAdministrator
