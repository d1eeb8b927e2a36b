"""The main menu: at most six entries, and only those that the gate would let this person through."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, current_app, request, url_for

from followup.access.gate import PUBLIC, label_of
from followup.access.roles import Permission
from followup.access.scope import Scope
from followup.organisation.models import Team, TeamKind

TEAM = "team/<int:team_id>"
HOME = ""

Menu = tuple[tuple[str, tuple[str, ...]], ...]

# Label, and the pages it may lead to; the first one that is open to the person is taken.
MENU: Menu = (
    ("Start", (HOME,)),
    ("Deltagare", (f"{TEAM}/deltagare", f"{TEAM}/manader", "import")),
    ("Kö", (f"{TEAM}/ko", "ko")),
    ("Våld", (f"{TEAM}/vald",)),
    ("Statistik", ("statistik", f"{TEAM}/statistik")),
    ("Utgåvor", ("utgavor",)),
    ("Förbundet", ("forbundet",)),
    ("System", ("system", "system/konton")),
)
# An advisory team has meetings to count, and neither participants nor a queue.
ADVISORY_MENU: Menu = (
    ("Start", (HOME,)),
    ("Möten", (f"{TEAM}/moten",)),
    ("Utgåvor", ("utgavor",)),
)
# Under every page, for everybody: what may be looked up without signing in.
FOOTER = (
    ("Tillgänglighet", "tillganglighet"),
    ("Kontrollera en fil", "utgavor/kontrollera"),
    ("Öppna data", "oppna-data"),
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


def footer() -> list[tuple[str, str]]:
    """Label and URL of each page that the footer leads to."""
    return [(label, url) for label, address in FOOTER if (url := url_of(address))]


def is_open(address: str, scope: Scope, team_id: int | None) -> bool:
    endpoint = endpoints_by_address(current_app).get(address)
    label = label_of(current_app, endpoint) if endpoint else None
    if address.startswith(TEAM):
        return team_id is not None and isinstance(label, Permission) and scope.can(label, team_id)
    return label == PUBLIC or (isinstance(label, Permission) and scope.can(label))


def here() -> str | None:
    """The address pattern of the page itself; None on a page that does not exist."""
    return request.url_rule.rule.strip("/") if request.url_rule else None


def holds(addresses: tuple[str, ...]) -> bool:
    """Whether the page is one of these, or lies under one of them."""
    page = here()
    if page is None:
        return False
    return any(page == each or (each != HOME and page.startswith(f"{each}/")) for each in addresses)


def entries_of(team: Team | None) -> Menu:
    return ADVISORY_MENU if team is not None and team.kind == TeamKind.ADVISORY else MENU


def menu(scope: Scope, team: Team | None, kept: Mapping[str, object]) -> list[Entry]:
    """`kept` is what a page without a team in its address carries along, so that the choice is not lost."""
    team_id = team.id if team else None
    entries = []
    for label, addresses in entries_of(team):
        address = next((each for each in addresses if is_open(each, scope, team_id)), None)
        if address is not None:
            url = url_of(address, **({"team_id": team_id} if address.startswith(TEAM) else kept))
            entries.append(Entry(label, url, holds(addresses), here() == address))
    return entries


def same_page_for(team: Team) -> str:
    """Where choosing another team leads: the same page, the menu entry it lies under, or the start page.

    The start page, too, when the other team is of a kind that has no such page.
    """
    entries = [
        each
        for _, addresses in entries_of(team)
        for each in addresses
        if each.startswith(TEAM) and holds((each,))
    ]
    if entries and request.url_rule is not None and request.url_rule.arguments == {"team_id"}:
        entries.insert(0, request.url_rule.rule.strip("/"))
    address = next((each for each in entries if url_of(each, team_id=team.id)), HOME)
    return url_of(address, **({"team_id": team.id} if address else {"team": team.id}))
