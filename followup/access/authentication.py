"""Who somebody says they are, and whether that is so."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access import delay, passwords
from followup.access.models import Account
from followup.access.scope import Scope
from followup.access.service import normal_address
from followup.audit.events import Event
from followup.audit.service import record
from followup.db import Database
from followup.errors import Refusal
from followup.keys import KeyRing
from followup.organisation.models import Association


class WrongSignIn(Refusal):
    """Unknown address, wrong password, closed account: all told with the same words."""

    def __init__(self) -> None:
        super().__init__("Adressen eller lösenordet stämmer inte. Kontrollera båda och försök igen.")


class WrongPassword(Refusal):
    def __init__(self) -> None:
        super().__init__("Lösenordet stämmer inte. Skriv det igen.", field="password")


def authenticate(
    *,
    database: Database,
    keys: KeyRing,
    email: str,
    password: str,
    address: str,
    known_browser: tuple[str, int] | None = None,
) -> Account:
    """The account, if the password is its own.

    Opens transactions of its own: a failed try must be counted and logged although the request that made it
    saves nothing, and no write lock may be held while the password is being checked.
    """
    email = normal_address(email)
    with database.session(write=True) as session:
        account = session.scalars(select(Account).where(Account.email == email)).one_or_none()
        secret = delay.secret_of(known_browser, account.id if account else None)
        delay.count(session, keys, delay.names(email=email, address=address, known_browser=secret))
    hashed = account.password if account is not None and account.active else None
    if not passwords.is_right(password, hashed) or account is None:
        with database.session(write=True) as session:
            _log_failure(session, account)
        raise WrongSignIn
    return account


def confirm(
    *,
    database: Database,
    keys: KeyRing,
    account_id: int,
    password: str,
    address: str,
    known_browser: tuple[str, int] | None = None,
) -> None:
    """Somebody who is signed in says the password once more; whoever guesses waits as when signing in.

    Raises WrongPassword and TooManyAttempts. Opens transactions of its own, as `authenticate` does.
    """
    with database.session(write=True) as session:
        account = session.get_one(Account, account_id)
        secret = delay.secret_of(known_browser, account_id)
        named = delay.names(email=account.email, address=address, known_browser=secret)
        delay.count(session, keys, named)
    is_right = passwords.is_right(password, account.password)
    with database.session(write=True) as session:
        if is_right:
            delay.forgive(session, keys, named)
        else:
            record(session, Scope.of(account), Event.PASSWORD_REFUSED)
    if not is_right:
        raise WrongPassword


def _log_failure(session: Session, account: Account | None) -> None:
    # An address that nobody has belongs to no förbund; the log of the first one keeps it.
    first = select(Association.id).order_by(Association.id).limit(1)
    association_id = account.association_id if account is not None else session.scalar(first)
    if association_id is not None:
        record(session, Scope(association_id=association_id, actor=None), Event.SIGN_IN_FAILED)
