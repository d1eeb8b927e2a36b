"""Accounts and roles in words for a table."""

from collections.abc import Mapping

from followup import clock
from followup.access.models import Account
from followup.access.roles import Role
from followup.collation import by_name
from followup.web.formats import date_in_text, enumeration, sentence_start


def roles(account: Account, team_names: Mapping[int, str]) -> str:
    """For instance: Teampersonal i Sala och Västerås."""
    places: dict[Role, list[str]] = {}
    for held in account.memberships:
        places.setdefault(Role(held.role), []).append(team_names.get(held.team_id or 0, ""))
    parts = []
    for role, names in sorted(places.items()):
        where = enumeration(sorted(filter(None, names), key=by_name))
        parts.append(f"{role.label} i {where}" if where else role.label)
    return sentence_start(enumeration(parts))


def state(account: Account) -> str:
    if not account.active:
        return "Stängt"
    if account.invited_until is not None and account.invited_until >= clock.today():
        return f"Inbjuden till och med {date_in_text(account.invited_until)}"
    if account.password is None:
        return "Länken har gått ut"
    return "Öppet"
