"""The main menu: at most six entries, and only those that the gate would let this person through."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, current_app, request, url_for

from followup.access.gate import PUBLIC, label_of
from followup.access.roles import Permission
from followup.access.scope import Scope

TEAM = "team/<int:team_id>"
HOME = ""

# Label, and the pages it may lead to; the first one that is open to the person is taken.
MENU: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Start", (HOME,)),
    ("Deltagare", (f"{TEAM}/deltagare", f"{TEAM}/manader")),
    ("Kö", (f"{TEAM}/ko", "ko")),
    ("Våld", (f"{TEAM}/vald",)),
    ("Statistik", ("statistik", f"{TEAM}/statistik")),
    ("Utgåvor", ("utgavor",)),
    ("Förbundet", ("forbundet",)),
    ("System", ("system", "system/konton")),
)


@dataclass(frozen=True, slots=True)
class Entry:
    label: str
    url: str
    current: bool
    exact: bool


def endpoints_by_address(app: Flask) -> Mapping[str, str]:
    """Every page that can be opened, by its address pattern without outer slashes."""
    known: dict[str, str] = app.extensions.setdefault("endpoints_by_address", {})
    if not known:
        known.update(
            (rule.rule.strip("/"), rule.endpoint)
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ())
        )
    return known


def url_of(address: str, **values: object) -> str:
    """The URL of a page by its address pattern, or "" while no feature has brought it."""
    endpoint = endpoints_by_address(current_app).get(address)
    return url_for(endpoint, **values) if endpoint else ""  # type: ignore[arg-type]


def is_open(address: str, scope: Scope, team_id: int | None) -> bool:
    endpoint = endpoints_by_address(current_app).get(address)
    label = label_of(current_app, endpoint) if endpoint else None
    if address.startswith(TEAM):
        return team_id is not None and isinstance(label, Permission) and scope.can(label, team_id)
    return label == PUBLIC or (isinstance(label, Permission) and scope.can(label))


def menu(scope: Scope, team_id: int | None) -> list[Entry]:
    entries = []
    here = request.url_rule.rule.strip("/") if request.url_rule else None
    for label, addresses in MENU:
        address = next((each for each in addresses if is_open(each, scope, team_id)), None)
        if address is not None:
            values = {"team_id": team_id} if address.startswith(TEAM) else {}
            inside = here is not None and any(
                here == each or (each and here.startswith(f"{each}/")) for each in addresses
            )
            entries.append(Entry(label, url_of(address, **values), bool(inside), here == address))
    return entries


def same_page_for(team_id: int) -> str:
    """Where choosing another team leads: the same kind of page, or the start page."""
    here = request.url_rule.rule.strip("/") if request.url_rule else ""
    fitting = [each for _, addresses in MENU for each in addresses if each.startswith(TEAM)]
    if (request.url_rule and request.url_rule.arguments == {"team_id"}) and here in endpoints_by_address(
        current_app
    ):
        return url_of(here, team_id=team_id)
    for address in fitting:
        if here.startswith(address):
            return url_of(address, team_id=team_id)
    return url_of(HOME, team=team_id)
