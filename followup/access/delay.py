"""Failed sign-ins make the next one wait: longer each time, never for ever.

Two counters stand against guessing, one for the account and one for the address it comes from. Somebody who
keeps failing on purpose could make the owner wait too; so a browser that has signed in to the account before
has a counter of its own, which nobody else can touch.
"""

import hashlib
import hmac
from collections.abc import Iterable
from ipaddress import ip_address, ip_network

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from followup import clock
from followup.access.models import SignInDelay
from followup.errors import Refusal
from followup.keys import KeyRing
from followup.web.formats import plural

# Failures that cost nothing: an account's owner mistypes, and an office shares one address.
FREE = {"account": 4, "browser": 4, "address": 20}
LONGEST_WAIT = 60
FORGOTTEN_AFTER = 24 * 60 * 60


class TooManyAttempts(Refusal):
    """The next try has to wait; whether the account exists makes no difference."""

    def __init__(self, seconds: int) -> None:
        wait = plural(seconds, "sekund", "sekunder")
        super().__init__(f"Det har blivit många försök. Vänta {wait} och försök igen.")
        self.seconds = seconds


def secret_of(known: tuple[str, int] | None, account_id: int | None) -> str | None:
    """The browser's own secret, if it is known for this account."""
    return known[0] if known is not None and known[1] == account_id else None


def names(*, email: str, address: str, known_browser: str | None) -> list[str]:
    """What an attempt is counted on."""
    if known_browser is not None:
        return [f"browser:{known_browser}"]
    return [f"account:{email}", f"address:{_household(address)}"]


def _household(address: str) -> str:
    """One caller of IPv6 has a whole /64 network to call from, and is counted as one."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if known.version == 4:
        return str(known)
    return str(known.ipv4_mapped or ip_network((known, 64), strict=False))


def count(session: Session, keys: KeyRing, named: Iterable[str]) -> None:
    """Count an attempt as failed before it is tried, so that a hundred at once are a hundred."""
    now = int(clock.now().timestamp())
    rows = [(name, _row(session, keys, name)) for name in named]
    waits = [row.wait_until - now for _, row in rows if row.failures and row.wait_until > now]
    if waits:
        raise TooManyAttempts(max(waits))
    for name, row in rows:
        failures = 0 if row.wait_until + FORGOTTEN_AFTER < now else row.failures
        row.failures = failures + 1
        row.wait_until = now + _wait(name, row.failures)
    session.flush()


def forgive(session: Session, keys: KeyRing, named: Iterable[str]) -> None:
    """It was right after all. The address only gets this one try back: others there may still be guessing."""
    for name in named:
        row = _row(session, keys, name)
        row.failures = max(row.failures - 1, 0) if name.startswith("address:") else 0
        row.wait_until = int(clock.now().timestamp())
    session.flush()


def forget(session: Session) -> None:
    """What is a day old is taken away, also of whoever never comes back."""
    now = int(clock.now().timestamp())
    session.execute(delete(SignInDelay).where(SignInDelay.wait_until < now - FORGOTTEN_AFTER))


def _wait(name: str, failures: int) -> int:
    over = failures - FREE[name.partition(":")[0]]
    return min(1 << min(over, 10), LONGEST_WAIT) if over > 0 else 0


def _row(session: Session, keys: KeyRing, name: str) -> SignInDelay:
    key = hmac.new(keys.derive("sign-in delay"), name.encode(), hashlib.sha256).hexdigest()
    row = session.get(SignInDelay, key, with_for_update=True)
    return row or _new_row(session, key)


def _new_row(session: Session, key: str) -> SignInDelay:
    row = SignInDelay(key=key, failures=0, wait_until=0)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # somebody else's first failure came in between
        return session.get_one(SignInDelay, key, with_for_update=True)
    return row
