"""Who is signed in to the present request."""

from typing import cast

from flask_security import current_user
from werkzeug.local import LocalProxy

from followup.access.models import Account


def signed_in_account() -> Account | None:
    account = cast(LocalProxy[Account], current_user)._get_current_object()
    return account if account.is_authenticated else None
